import { type CalendarDate, daysBetween, type Money, toLedger, toModel } from "@steward/model";
import { strictExp as exp } from "@steward/pricing";
import { type BoxTerms, boxTerms, type FillConfig, type MarketView } from "@steward/strategy";
import type { InterestEvent } from "./events.ts";
import type { Unplaced } from "./settling.ts";

/** A loan that charges interest session by session. */
export interface Loan {
  /** What is owed since the session before; undefined on the day on which it is taken, and while no chain implies a rate. */
  readonly charge: (view: MarketView) => Unplaced<InterestEvent> | undefined;
}

interface Box extends BoxTerms {
  readonly openedOn: CalendarDate;
  readonly chargedUntil: CalendarDate;
}

/**
 * Borrows by short SPX boxes, one after another. A box pays back what it brought, grown at its rate; the growth of each session is
 * charged at once, so that what was borrowed is all that is left to pay when it ends, and the next box borrows that. Rates are fixed
 * while a box lasts; where no chain implies a new one, the old rate goes on.
 */
export function boxLoan(borrowed: Money, fills: FillConfig): Loan {
  let box: Box | undefined;
  return {
    charge: (view) => {
      const session = view.session.date;
      const before = box;
      if (before === undefined || before.expiration <= session)
        box = openBox(view, fills) ?? (before && { ...before, chargedUntil: session });
      else box = { ...before, chargedUntil: session };
      return before && interestOf(before, session, { borrowed, bills: view.carry.rate.value });
    },
  };
}

function openBox(view: MarketView, fills: FillConfig): Box | undefined {
  const terms = boxTerms(view, fills);
  const { date } = view.session;
  return terms && { ...terms, openedOn: date, chargedUntil: date };
}

function interestOf(
  { rate, openedOn, chargedUntil, expiration }: Box,
  session: CalendarDate,
  { borrowed, bills }: { readonly borrowed: Money; readonly bills: number },
): Unplaced<InterestEvent> {
  const grown = (until: CalendarDate): number => exp((rate * daysBetween(openedOn, until)) / 365);
  const owed = toModel(borrowed) * (grown(session) - grown(chargedUntil));
  const days = daysBetween(chargedUntil, session);
  return { kind: "interest", cash: toLedger(-owed), borrowed, rate, bills, days, until: expiration };
}
