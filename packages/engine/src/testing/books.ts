import type { CalendarDate, Instant, Money } from "@steward/model";
import type { FillConfig, Intent, MarketView } from "@steward/strategy";
import { Book } from "../book.ts";
import type { FillEvent, LedgerEvent, RejectEvent } from "../events.ts";
import { quoteVenue } from "../execution.ts";
import type { Market } from "../ports.ts";

/** A book and what it has written down. */
export interface WrittenBook {
  readonly book: Book;
  readonly journal: readonly LedgerEvent[];
}

export function writtenBook(start: Money): WrittenBook {
  const journal: LedgerEvent[] = [];
  return { book: new Book(start, { append: (event) => journal.push(event) }), journal };
}

/** Sends an order to the quotes of a view and records what became of it. */
export function order(
  book: Book,
  intent: Intent,
  { view, fills }: { readonly view: MarketView; readonly fills: FillConfig },
): FillEvent | RejectEvent {
  const execution = quoteVenue(fills).execute(book.ledger, intent, view);
  const { date: session, decision: knownAt } = view.session;
  return book.record<FillEvent | RejectEvent>({ ...execution, bornOn: 0 }, { knownAt, session });
}

/** Settles what has expired, the opening before the close. */
export function settleAll(book: Book, market: Market, session: CalendarDate): void {
  const { open, close } = market.view(session).session;
  const at = (knownAt: Instant) => ({ knownAt, session });
  book.settle(market, "am", at(open));
  book.settle(market, "pm", at(close));
}
