// One block of rows through the formula. Rows that are not ordinary (outside the domain, without time or volatility, of
// extreme size) run through as garbage; `SLOW` lists them, and the scalar formula answers them afterwards.

import { LARGEST_SERIES_STEP } from "../scaled-tail.ts";
import { logRatio, NEAR_ZERO } from "../strict-math.ts";
import type { EuropeanColumns } from "./columns.ts";
import type { Passes } from "./run-passes.ts";
import { BLOCK, DRIFT, EXPONENT, PLAIN, ROOT_YEARS, S, SERIES, SLOW, TOTAL, U, WIDE, X } from "./scratch.ts";

/** Within these sizes no step of an ordinary row leaves the normal doubles. */
export const LEAST: number = 1e-6;
export const MOST: number = 1e12;
export const MOST_VOLATILITY: number = 100;
export const LEAST_YEARS: number = 1e-12;
/** Of (spot - strike) / (spot + strike): up to the first logRatio is surely twiceArtanh; the second is 2000 to 1. */
export const WIDE_S: number = 0.17;
export const MOST_S: number = 0.999;
/** Below this exp(-u^2 / 2) is a normal double. */
export const MOST_U: number = 37;

/** Some rows of the columns. */
export interface Span {
  readonly from: number;
  readonly count: number;
}

/** How many rows of a block are in WIDE and in SLOW. */
export interface Counts {
  readonly wide: number;
  readonly slow: number;
}

/** Fills the scratch columns with all that prices and Greeks are made of; gives the length of SLOW. */
export function computeBlock(passes: Passes, columns: EuropeanColumns, span: Span): number {
  const { wide, slow } = readBlock(columns, span);
  passes.yieldPass(span.count);
  passes.growthPass(span.count);
  moneynessBlock(passes, span, wide, columns);
  return timeValueBlock(passes, span.count, slow);
}

/** The parts of the time value from X and TOTAL; gives the length of SLOW, which was `slow`. */
export function timeValueBlock(passes: Passes, count: number, slow: number): number {
  passes.standardPass(count);
  let slowCount = slow;
  for (let i = 0; i < count; i++) {
    SLOW[slowCount] = i;
    slowCount += +!(Math.abs(U[i] ?? 0) < MOST_U);
  }
  bellBlock(passes, count);
  passes.farTailPass(count);
  differenceBlock(passes, count);
  return slowCount;
}

/** X, with the logarithm of the first `wide` rows of WIDE. */
export function moneynessBlock(
  passes: Passes,
  { from, count }: Span,
  wide: number,
  { spots, strikes }: Pick<EuropeanColumns, "spots" | "strikes">,
): void {
  passes.moneynessPass(count);
  for (let j = 0; j < wide; j++) {
    const i = WIDE[j] ?? 0;
    X[i] = logRatio(spots[from + i] ?? 0, strikes[from + i] ?? 0) + (DRIFT[i] ?? 0);
  }
}

/** BELL from U. */
export function bellBlock(passes: Passes, count: number): void {
  passes.reducePass(count);
  passes.reducedExpPass(count);
  passes.powerPass(count);
}

/** BASE and DIFFERENCE from TOTAL, H, U and FAR_TAIL: differenceOfTails of black.ts. */
export function differenceBlock(passes: Passes, count: number): void {
  let series = 0;
  let plain = 0;
  for (let i = 0; i < count; i++) {
    const isSmall = 0.5 * (TOTAL[i] ?? 0) <= LARGEST_SERIES_STEP;
    SERIES[series] = i;
    series += +isSmall;
    PLAIN[plain] = i;
    plain += +!isSmall;
  }
  // Two rows a turn: where the last turn has but one, the other is the spare row behind the block.
  SERIES[series] = BLOCK;
  PLAIN[plain] = BLOCK;
  passes.plainPass(plain);
  passes.seriesPass(series);
}

/** Reads the block's rows and sorts out those that are not ordinary. */
function readBlock(columns: EuropeanColumns, { from, count }: Span): Counts {
  const { rights, spots, strikes, years, volatilities, rates, dividendYields } = columns;
  let slowCount = 0;
  let wideCount = 0;
  for (let i = 0; i < count; i++) {
    const row = from + i;
    const spot = spots[row] ?? 0;
    const strike = strikes[row] ?? 0;
    const time = years[row] ?? 0;
    const volatility = volatilities[row] ?? 0;
    const dividendYield = dividendYields[row] ?? 0;
    const exponent = -dividendYield * time;
    const drift = ((rates[row] ?? 0) - dividendYield) * time;
    const rootYears = Math.sqrt(time);
    const total = volatility * rootYears;
    const s = (spot - strike) / (spot + strike);
    const isOrdinary =
      Math.abs(exponent) < NEAR_ZERO &&
      Math.abs(drift) < NEAR_ZERO &&
      Math.abs(s) < MOST_S &&
      spot > LEAST &&
      spot < MOST &&
      time > LEAST_YEARS &&
      total > LEAST &&
      volatility < MOST_VOLATILITY &&
      (rights[row] ?? 2) < 2;
    // A list takes every row and keeps the last one only if it belongs: no branch to mispredict.
    SLOW[slowCount] = i;
    slowCount += +!isOrdinary;
    WIDE[wideCount] = i;
    wideCount += +(Math.abs(s) > WIDE_S);
    EXPONENT[i] = exponent;
    DRIFT[i] = drift;
    ROOT_YEARS[i] = rootYears;
    TOTAL[i] = total;
    S[i] = s;
  }
  return { wide: wideCount, slow: slowCount };
}
