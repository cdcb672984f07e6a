import {
  addMoney,
  type CalendarDate,
  type Instant,
  isLastSessionBefore,
  type Money,
  multiplyMoney,
  negateMoney,
  type OptionContract,
  strikePoints,
  toLedger,
  toModel,
  zeroMoney,
} from "@steward/model";
import { type HeldPosition, type MarketView, OPTION_MULTIPLIER } from "@steward/strategy";
import type { Known, LedgerEvent, SettlementEvent } from "./events.ts";
import { assertLedger, explained } from "./invariants.ts";
import { applyEvent, type Ledger, openLedger, type RoundTrip } from "./ledger.ts";
import { isBroken, type Lot } from "./lot.ts";
import type { Journal, Market } from "./ports.ts";
import { expirationOf, fixingOf, isDelivered, settlementOf, type Unplaced } from "./settling.ts";

/** What lots are worth together, the hedge's apart from all other, and the account with them. */
export interface MarkedBook {
  readonly equity: Money;
  readonly condor: Money;
  readonly hedge: Money;
}

/** Where an event falls: when it became known, in which session. */
export interface Moment {
  readonly knownAt: Instant;
  readonly session: CalendarDate;
}

/** Prices at which shares are marked, dollars a share, by lot. */
export type ShareMark = (lot: Lot) => number | undefined;

/** The account of one run while it runs: the ledger, its journal, and the last known mark of each lot. */
export class Book {
  ledger: Ledger;
  hedgeCash: Money = zeroMoney;
  readonly roundTrips: RoundTrip[] = [];
  readonly #journal: Journal;
  readonly #marks = new Map<number, Money>();
  readonly #positions = new WeakMap<Lot, HeldPosition>();
  #sequence = 0;

  constructor(start: Money, journal: Journal) {
    this.ledger = openLedger(start);
    this.#journal = journal;
  }

  /** The number of the next thing that happens. */
  nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  /** Gives an event its place, writes it down, and applies it. */
  record<Event extends LedgerEvent>(unplaced: Unplaced<Event>, { knownAt, session }: Moment): Event {
    const place: Known = { knownAt, sequence: this.nextSequence(), session };
    const event = { ...unplaced, ...place } as unknown as Event;
    this.#journal.append(event);
    const before = this.ledger;
    const ended = explained(event, before, () => {
      const applied = applyEvent(before, event);
      assertLedger(before, applied.ledger, event);
      this.ledger = applied.ledger;
      return applied.ended;
    });
    this.roundTrips.push(...ended);
    this.hedgeCash = addMoney(this.hedgeCash, hedgeCashOf(event));
    return event;
  }

  /** Settles in cash what has expired and is fixed at this time of the day. */
  settle(market: Market, fixing: "am" | "pm", moment: Moment): void {
    for (const lot of this.ledger.lots) {
      if (expirationOf(lot) > moment.session || fixingOf(lot) !== fixing || isDelivered(lot)) continue;
      const event = settlementOf(lot, market, moment.session);
      if (event !== undefined) this.record<SettlementEvent>(event, moment);
    }
  }

  /**
   * Dollars that open condors, and all that a sleeve holds, can still lose at settlement, beyond the credit that they brought. What is delivered tonight is
   * decided already, though it leaves the book only in the morning.
   */
  condorRisk(session: CalendarDate): number {
    let risk = 0;
    for (const lot of this.ledger.lots) {
      if (lot.purpose.kind === "hedge") continue;
      if (isDelivered(lot) && isLastSessionBefore(session, expirationOf(lot))) continue;
      risk -= lot.worst + lot.premium + lot.closedCash;
    }
    return toModel(risk as Money);
  }

  /** Dollars that what has ended brought, after all fees and interest so far. */
  get realized(): number {
    const { realized, fees, interest } = this.ledger.balances;
    return 0 - toModel(addMoney(realized, fees, interest));
  }

  /** What is open, as the rules see it: not what a delivery has broken. */
  positions(): readonly HeldPosition[] {
    return this.ledger.lots
      .filter((lot) => lot.shares === 0 && !isBroken(lot))
      .map((lot) => {
        // A lot never changes: what it looks like is asked every session and worked out once.
        const known = this.#positions.get(lot) ?? positionOf(lot);
        this.#positions.set(lot, known);
        return known;
      });
  }

  mark(view: MarketView, priceOf: ShareMark): MarkedBook {
    let condor = zeroMoney;
    let hedge = zeroMoney;
    for (const lot of this.ledger.lots) {
      // Where a quote is missing the last mark stands; before the first it is what was paid.
      const mark =
        markOf(lot, view, priceOf) ??
        this.#marks.get(lot.id) ??
        negateMoney(addMoney(lot.premium, lot.closedCash));
      this.#marks.set(lot.id, mark);
      if (lot.purpose.kind === "hedge") hedge = addMoney(hedge, mark);
      else condor = addMoney(condor, mark);
    }
    return { equity: addMoney(this.ledger.balances.cash, condor, hedge), condor, hedge };
  }
}

function positionOf({
  purpose,
  structure,
  legs,
  quantity,
  openedQuantity,
  openedOn,
  premium,
}: Lot): HeldPosition {
  return {
    purpose,
    structure: legs.length === structure.legs.length ? structure : { ...structure, legs },
    quantity,
    openedQuantity,
    openedOn,
    premium: toModel(premium) / quantity / OPTION_MULTIPLIER,
  };
}

/** What an event adds to the cash of the hedge. */
function hedgeCashOf(event: LedgerEvent): Money {
  if (event.kind === "reject" || event.kind === "lapse" || event.kind === "interest") return zeroMoney;
  const { purpose } = event.kind === "fill" ? event.intent : event.lot;
  if (purpose.kind !== "hedge") return zeroMoney;
  switch (event.kind) {
    case "fill":
      return addMoney(event.premium, event.fees);
    case "settlement":
      return event.payoff;
    case "shares":
      return addMoney(event.cash, event.fees);
    default:
      return event.cash;
  }
}

function markOf(lot: Lot, view: MarketView, priceOf: ShareMark): Money | undefined {
  const { legs, quantity, shares } = lot;
  const share = isDelivered(lot) ? priceOf(lot) : undefined;
  let value = 0;
  for (const { contract, ratio } of legs) {
    const price =
      contract.expiration > view.session.date
        ? view.slice(contract.root, contract.expiration)?.mark(contract.right, contract.strike)?.price
        : expiring(contract, share);
    if (price === undefined) return undefined;
    value += ratio * price;
  }
  const marked = multiplyMoney(toLedger(value * OPTION_MULTIPLIER), quantity);
  // Middles of real quotes need not be free of arbitrage: what settles at no less is worth no less.
  const options = isBroken(lot) || marked >= lot.worst ? marked : lot.worst;
  if (shares === 0) return options;
  return share === undefined ? undefined : addMoney(options, multiplyMoney(toLedger(share), shares));
}

/** What an option that ends tonight by delivery is worth at the close. */
function expiring({ right, strike }: OptionContract, share: number | undefined): number | undefined {
  if (share === undefined) return undefined;
  const beyond = share - strikePoints(strike);
  return Math.max(right === "call" ? beyond : -beyond, 0);
}
