import type { CalendarDate } from "./calendar-date.ts";
import type { Right, Strike } from "./contract.ts";
import type { Instant } from "./instant.ts";
import type { SeriesSource } from "./provenance.ts";
import type { Quote } from "./quote.ts";
import type { Root } from "./roots.ts";

/** What a contract is taken to be worth, in points, with the volatility (decimal, ACT/365) and forward delta behind it. */
export interface Mark {
  readonly price: number;
  readonly volatility: number;
  /** Derivative of the undiscounted price to the forward: 0.50 is at the money. */
  readonly delta: number;
}

/** One expiration of a chain at one instant. All of it is observed or all of it is modelled, never a mixture. */
export interface Slice {
  readonly root: Root;
  readonly expiration: CalendarDate;
  readonly source: SeriesSource;
  /** When the quotes stood; left out where they are modelled, which is for the instant of the decision. */
  readonly quotedAt?: Instant;
  /** ACT/365 from the instant of the quotes to the settlement. */
  readonly years: number;
  /** Outright to this expiration, in points. For VIX options it is the future of the same expiration, never spot VIX. */
  readonly forward: number;
  readonly discountFactor: number;
  /** Points between listed strikes near the money. */
  readonly strikeIncrement: number;
  /** Best bid and ask, or undefined where the contract is not quoted. */
  quote(right: Right, strike: Strike): Quote | undefined;
  mark(right: Right, strike: Strike): Mark | undefined;
}
