// One block of rows through the formula. Rows that are not ordinary (outside the domain, without time or volatility, of
// extreme size) run through as garbage; `SLOW` lists them, and the scalar formula answers them afterwards.

import { LAST_TAIL } from "../black.ts";
import { LARGEST_SERIES_STEP } from "../scaled-tail.ts";
import { logRatio } from "../strict-math.ts";
import type { EuropeanColumns } from "./columns.ts";
import { MOST_U, WIDE_S } from "./ordinary.ts";
import type { Passes } from "./run-passes.ts";
import {
  BELL,
  BLOCK,
  DIVIDEND_YIELD,
  DRIFT,
  IS_ORDINARY,
  IS_PUT,
  PLAIN,
  RATE,
  S,
  SERIES,
  SLOW,
  SPOT,
  STRIKE,
  TOTAL,
  U,
  VOLATILITY,
  WIDE,
  WORTHLESS,
  X,
  YEARS,
} from "./scratch.ts";

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
  const { wide, slow } = readBlock(passes, columns, span);
  passes.yieldPass(span.count);
  passes.growthPass(span.count);
  moneynessBlock(passes, span, wide, columns);
  return timeValueBlock(passes, span.count, slow);
}

/** The parts of the time value from X and TOTAL; gives the length of SLOW, which was `slow`. */
export function timeValueBlock(passes: Passes, count: number, slow: number): number {
  passes.standardPass(count);
  let slowCount = slow;
  let worthless = 0;
  for (let i = 0; i < count; i++) {
    const u = U[i] ?? 0;
    const isWorthless = +(u > LAST_TAIL);
    WORTHLESS[worthless] = i;
    worthless += isWorthless;
    SLOW[slowCount] = i;
    slowCount += +!(Math.abs(u) < MOST_U) - isWorthless;
  }
  bellBlock(passes, count);
  for (let j = 0; j < worthless; j++) BELL[WORTHLESS[j] ?? 0] = 0;
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

/** Copies the block's rows to the scratch columns and sorts out those that are not ordinary. */
function readBlock(passes: Passes, columns: EuropeanColumns, { from, count }: Span): Counts {
  const { rights, spots, strikes, years, volatilities, rates, dividendYields } = columns;
  for (let i = 0; i < count; i++) IS_PUT[i] = rights[from + i] ?? 2;
  // Copied as a whole, which takes a fifth of the time of a loop.
  const to = from + count;
  SPOT.set(spots.subarray(from, to));
  STRIKE.set(strikes.subarray(from, to));
  YEARS.set(years.subarray(from, to));
  VOLATILITY.set(volatilities.subarray(from, to));
  RATE.set(rates.subarray(from, to));
  DIVIDEND_YIELD.set(dividendYields.subarray(from, to));
  return sortBlock(passes, count);
}

/** The formula's ingredients from a row's terms, and the rows that are not ordinary or need a logarithm. */
export function sortBlock(passes: Passes, count: number): Counts {
  passes.preparePass(count);
  let slow = 0;
  let wide = 0;
  for (let i = 0; i < count; i++) {
    // A list takes every row and keeps the last one only if it belongs: no branch to mispredict.
    SLOW[slow] = i;
    slow += +!((IS_ORDINARY[i] ?? 0) > 0);
    WIDE[wide] = i;
    wide += +(Math.abs(S[i] ?? 0) > WIDE_S);
  }
  return { wide, slow };
}
