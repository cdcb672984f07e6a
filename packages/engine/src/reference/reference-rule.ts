// What a published option index does, as a rule that anybody could follow: the controls that a strategy has to beat.

import {
  assert,
  type CalendarDate,
  isPlannedSession,
  type Mark,
  monthlySpxExpiration,
  monthOf,
  nextVixExpirations,
  type Right,
  type Slice,
  type Strike,
  yearOf,
} from "@steward/model";
import { strictLog as log } from "@steward/pricing";
import type { MarketView } from "@steward/strategy";
import type { Market } from "../ports.ts";

/** The index after which a rule is made. */
export type ReferenceName = "cndr" | "put" | "bxm" | "vxth";

/** One roll, for whoever wants to check it by hand. */
export interface ReferenceRoll {
  readonly session: CalendarDate;
  readonly expiration: CalendarDate;
  readonly legs: readonly ReferenceLeg[];
  /** Contracts a unit of the level: of a condor for CNDR, of puts, calls or VIX calls for the others. */
  readonly contracts: number;
  /** Level before and after the roll: the same, for a roll at the middle costs nothing. */
  readonly level: number;
}

/** One leg as it was traded: points at the middle, positive prices. */
export interface ReferenceLeg {
  readonly right: Right;
  readonly strike: Strike;
  readonly price: number;
  readonly delta: number;
}

/** A rule that lives through sessions and has a level in each. */
export interface ReferenceRule {
  readonly name: ReferenceName;
  /** The level of a session, undefined until it holds something. Sessions come in order, each once. */
  readonly step: (market: Market, session: CalendarDate) => number | undefined;
  readonly rolls: readonly ReferenceRoll[];
}

/** Days of a year at which money grows. */
export const DAYS_A_YEAR = 365;

/** The first SPX monthly after the session. */
export function nextSpxMonthly(session: CalendarDate): CalendarDate {
  let [year, month] = [yearOf(session), monthOf(session)];
  for (;;) {
    const expiration = monthlySpxExpiration(year, month);
    if (expiration > session && isPlannedSession(expiration, session)) return expiration;
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
}

/** The VIX monthly after a session. */
export function nextVixMonthly(session: CalendarDate): CalendarDate {
  const [next] = nextVixExpirations(session, 1);
  assert(next !== undefined, `VIX options expire after ${session}`);
  return next;
}

/** The continuous rate that a slice discounts at. */
export function rateOf({ discountFactor, years }: Slice): number {
  return -log(discountFactor) / years;
}

/** The continuous dividend yield between the index and a slice's forward. */
export function dividendYieldOf(slice: Slice, spot: number): number {
  return rateOf(slice) - log(slice.forward / spot) / slice.years;
}

/** A leg at the middle; undefined where it is not quoted. */
export function legAt(slice: Slice, right: Right, strike: Strike | undefined): ReferenceLeg | undefined {
  const quote = strike && slice.quote(right, strike);
  const mark: Mark | undefined = strike && slice.mark(right, strike);
  if (strike === undefined || quote === undefined || mark === undefined) return undefined;
  return { right, strike, price: (quote.bid + quote.ask) / 2, delta: mark.delta };
}

/** What held legs are worth at the mark; undefined where one has none. */
export function worthOf(
  view: MarketView,
  { root, expiration }: { readonly root: "SPX" | "VIX"; readonly expiration: CalendarDate },
  legs: readonly ReferenceLeg[],
): readonly number[] | undefined {
  const slice = view.slice(root, expiration);
  const prices = legs.map(({ right, strike }) => slice?.mark(right, strike)?.price);
  return prices.every((price) => price !== undefined) ? prices : undefined;
}

/** What a leg pays at a settlement. */
export function payoffOf({ right, strike }: ReferenceLeg, settlement: number): number {
  const beyond = settlement - strike / 1000;
  return Math.max(right === "call" ? beyond : -beyond, 0);
}
