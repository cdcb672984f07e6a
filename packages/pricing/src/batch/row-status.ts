import type { ImpliedVolatility } from "../implied-volatility.ts";
import type { PricingErrorCode } from "../pricing-error.ts";

/** What became of a row: numbers, a refused input by the code that the scalar function throws, or no volatility. */
export type RowStatus = "ok" | PricingErrorCode | Exclude<ImpliedVolatility["kind"], "found">;

/** The number that stands for a status in a column: its place in this list. */
export const ROW_STATUSES: readonly RowStatus[] = [
  "ok",
  "pricing.not-finite",
  "pricing.not-positive",
  "pricing.negative-time",
  "pricing.negative-volatility",
  "pricing.unknown-right",
  "pricing.out-of-range",
  "below-intrinsic",
  "above-bound",
  "no-vega",
];

export const OK = 0;
export const NOT_FINITE = 1;
export const NOT_POSITIVE = 2;
export const NEGATIVE_TIME = 3;
export const NEGATIVE_VOLATILITY = 4;
export const UNKNOWN_RIGHT = 5;
export const OUT_OF_RANGE = 6;
export const BELOW_INTRINSIC = 7;
export const ABOVE_BOUND = 8;
export const NO_VEGA = 9;

/** The place in the list of what the domain says about the terms, in the order in which the scalar functions look. */
export function termsStatus(
  right: number,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
): number {
  if (right > 1) return UNKNOWN_RIGHT;
  if (!Number.isFinite(spot)) return NOT_FINITE;
  if (spot <= 0) return NOT_POSITIVE;
  const ofStrike = strikeStatus(strike);
  if (ofStrike !== OK) return ofStrike;
  if (!Number.isFinite(years)) return NOT_FINITE;
  if (years < 0) return NEGATIVE_TIME;
  return Number.isFinite(rate) && Number.isFinite(dividendYield) ? OK : NOT_FINITE;
}

/** The same about a strike alone. */
export function strikeStatus(strike: number): number {
  if (!Number.isFinite(strike)) return NOT_FINITE;
  return strike <= 0 ? NOT_POSITIVE : OK;
}

/** The same about a volatility. */
export function volatilityStatus(volatility: number): number {
  if (!Number.isFinite(volatility)) return NOT_FINITE;
  return volatility < 0 ? NEGATIVE_VOLATILITY : OK;
}
