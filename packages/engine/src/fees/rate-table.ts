// Rates as data: what was charged from which day on, and how well that is known.

import { type CalendarDate, type Confidence, calendarDate } from "@steward/model";

/** A rate from a date on. */
export interface DatedRate<Rate> {
  readonly from: CalendarDate | "earliest";
  readonly rate: Rate;
  readonly source: string;
  readonly confidence: Confidence;
}

/** A rate through the years, ascending. The first row holds for all dates before the second: no older page was found. */
export type RateTable<Rate> = readonly [DatedRate<Rate>, ...DatedRate<Rate>[]];

/** A row of a table. */
export function dated<Rate>(
  from: string,
  rate: Rate,
  [source, confidence]: readonly [string, Confidence],
): DatedRate<Rate> {
  return { from: from === "earliest" ? from : calendarDate(from), rate, source, confidence };
}

/** The rate that held on a day. */
export function rateOn<Rate>(table: RateTable<Rate>, on: CalendarDate): Rate {
  let current = table[0].rate;
  for (const { from, rate } of table) if (from === "earliest" || from <= on) current = rate;
  return current;
}

/** Dollars per contract and side, by premium in points: the first tier whose `below` exceeds the premium applies. */
export interface PremiumTier {
  readonly below: number;
  readonly fee: number;
}

/** One fee whatever the premium. */
export function anyPremium(fee: number): readonly PremiumTier[] {
  return [{ below: Number.POSITIVE_INFINITY, fee }];
}

/** Tiers by their bounds; the last has none. */
export function tiersOf(
  last: number,
  ...under: readonly (readonly [number, number])[]
): readonly PremiumTier[] {
  return [...under.map(([below, fee]) => ({ below, fee })), ...anyPremium(last)];
}

/** The fee at a premium. */
export function tierFee(tiers: readonly PremiumTier[], premium: number): number {
  return tiers.find(({ below }) => premium < below)?.fee ?? 0;
}
