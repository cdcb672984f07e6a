// The index that the options of a snapshot imply, from their forwards less the cost of carry.

import { rateOf, strictExp } from "@steward/pricing";
import { fitOf, type QuoteChain, type QuoteSlice } from "./chain.ts";

/** Yearly, continuous: SPX paid 1.2 to 2.2 % from 2005 to 2025. */
export const DIVIDEND_YIELD = 0.017;
export const DIVIDEND_YIELD_ERROR = 0.008;
/** Years: from here on a discount factor tells a rate. */
const FIRST_RATE_YEARS = 20 / 365;
/** Years: half a day to about fifteen weeks; the yield's error is under 0.25 % of the index there. */
const FIRST_LEVEL_YEARS = 0.5 / 365;
const LAST_LEVEL_YEARS = 0.3;
/** Pairs: a forward of fewer is not worth judging an index by. */
const LEAST_PAIRS = 8;

/** What one slice implies of the index. */
export interface ImpliedLevel {
  readonly slice: QuoteSlice;
  readonly level: number;
  /** Points by which yield and fit may be wrong. */
  readonly error: number;
}

/** One implied index for each European slice of moderate term, soonest first; none for VIX, whose spot is not carried. */
export function impliedLevels(chain: QuoteChain): readonly ImpliedLevel[] {
  if (chain.underlying === "VIX") return [];
  const rate = commonRate(chain);
  return chain.slices.flatMap((slice) => {
    const fit = fitOf(slice);
    const { years } = slice;
    if (fit === undefined || fit.pairs < LEAST_PAIRS) return [];
    if (years < FIRST_LEVEL_YEARS || years > LAST_LEVEL_YEARS) return [];
    const growth = (rate ?? rateOf(fit.discountFactor, years)) - DIVIDEND_YIELD;
    const level = fit.forward * strictExp(-growth * years);
    return [{ slice, level, error: DIVIDEND_YIELD_ERROR * years * level + 3 * fit.forwardError }];
  });
}

/** The middle one of the rates that the discount factors tell. */
export function commonRate(chain: QuoteChain): number | undefined {
  const rates = chain.slices.flatMap((slice) => {
    const fit = fitOf(slice);
    return fit === undefined || slice.years < FIRST_RATE_YEARS
      ? []
      : [rateOf(fit.discountFactor, slice.years)];
  });
  return rates.toSorted((a, b) => a - b)[rates.length >> 1];
}
