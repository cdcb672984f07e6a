// The solver of total-volatility.ts for a block of rows. Searches that are open stand close together in front; every
// step takes all of them, and those that find their root leave. Only the two regions in which real prices lie are here.

import { INVERSE_SQRT_2PI, LARGEST_SERIES_STEP } from "../scaled-tail.ts";
import { strictLog } from "../strict-math.ts";
import {
  ABOVE_ONE,
  BELOW_ONE,
  bachelierGuess,
  householderStep,
  inside,
  LAST_STEP,
} from "../total-volatility.ts";
import { bellBlock, differenceBlock } from "./block.ts";
import { MOST_U } from "./ordinary.ts";
import type { Passes } from "./run-passes.ts";
import { BASE, BELL, BLOCK, DIFFERENCE, FAR_TAIL, H, H_PLUS_T, LOG, SERIES, TOTAL, U, X } from "./scratch.ts";

/** Questions: |ln F/K|, the out-of-the-money price, at most 1/2, and |F - K|, both per unit of min(F, K), and the block's row. */
export const QUESTION_X: Float64Array = new Float64Array(BLOCK);
export const QUESTION_PRICE: Float64Array = new Float64Array(BLOCK);
export const QUESTION_SPREAD: Float64Array = new Float64Array(BLOCK);
export const QUESTION_ROW: Int32Array = new Int32Array(BLOCK);

/** Answers: the total volatility of a block's row, NaN where the scalar solver has to look. */
export const FOUND: Float64Array = new Float64Array(BLOCK);

const INFLECTION = new Float64Array(BLOCK);
const BELOW = new Int32Array(BLOCK);
const MIDDLE = new Int32Array(BLOCK);
// Of an open search, beside X and TOTAL: its row, the objective's value there, and the bracket.
const ROW = new Int32Array(BLOCK);
const TARGET = new Float64Array(BLOCK);
const LOWER = new Float64Array(BLOCK);
const UPPER = new Float64Array(BLOCK);

// Two steps are the rule; what needs more than this is left to the scalar solver.
const MOST_STEPS = 8;
const MOST_H = 1e15;
let open = 0;

/** Answers the first `count` questions, in FOUND. */
export function searchBlock(passes: Passes, count: number): void {
  const { below, middle } = sortByRegion(passes, count);
  openBelow(below);
  for (let step = 0; step < MOST_STEPS && open > 0; step++) {
    standardize(passes);
    passes.logPass(open);
    stepBelow();
  }
  abandon();
  openMiddle(middle);
  for (let step = 0; step < MOST_STEPS && open > 0; step++) {
    standardize(passes);
    bellBlock(passes, open);
    stepMiddle();
  }
  abandon();
}

function standardize(passes: Passes): void {
  passes.standardPass(open);
  passes.farTailPass(open);
  differenceBlock(passes, open);
}

/** As in totalVolatilityOf: which region a price is in, by the price at the inflection, 1/2 - E(sqrt(2 x)). */
function sortByRegion(passes: Passes, count: number): { readonly below: number; readonly middle: number } {
  let series = 0;
  for (let i = 0; i < count; i++) {
    const inflection = Math.sqrt(2 * (QUESTION_X[i] ?? 0));
    INFLECTION[i] = inflection;
    TOTAL[i] = inflection;
    H[i] = 0.5 * inflection;
    H_PLUS_T[i] = inflection;
    SERIES[series] = i;
    series += +(0.5 * inflection <= LARGEST_SERIES_STEP);
  }
  passes.farTailPass(count);
  for (let i = 0; i < count; i++) DIFFERENCE[i] = 0.5 - (FAR_TAIL[i] ?? 0);
  SERIES[series] = BLOCK;
  passes.seriesPass(series);
  let below = 0;
  let middle = 0;
  for (let i = 0; i < count; i++) {
    const price = QUESTION_PRICE[i] ?? 0;
    const isBelow = +(price < (DIFFERENCE[i] ?? 0));
    BELOW[below] = i;
    below += isBelow;
    MIDDLE[middle] = i;
    middle += 1 - isBelow;
    FOUND[QUESTION_ROW[i] ?? 0] = Number.NaN;
  }
  return { below, middle };
}

function openBelow(count: number): void {
  for (let j = 0; j < count; j++) {
    const i = BELOW[j] ?? 0;
    const price = QUESTION_PRICE[i] ?? 0;
    TARGET[j] = strictLog(price);
    start(i, j, 0, (INFLECTION[i] ?? 0) * ABOVE_ONE);
  }
  open = count;
}

function openMiddle(count: number): void {
  for (let j = 0; j < count; j++) {
    const i = MIDDLE[j] ?? 0;
    TARGET[j] = QUESTION_PRICE[i] ?? 0;
    start(i, j, (INFLECTION[i] ?? 0) * BELOW_ONE, Number.POSITIVE_INFINITY);
  }
  open = count;
}

function start(question: number, at: number, low: number, high: number): void {
  const x = QUESTION_X[question] ?? 0;
  const guess = bachelierGuess(x, QUESTION_PRICE[question] ?? 0, QUESTION_SPREAD[question] ?? 0);
  ROW[at] = QUESTION_ROW[question] ?? 0;
  X[at] = x;
  TOTAL[at] = guess > low ? (guess < high ? guess : high) : low;
  LOWER[at] = low;
  UPPER[at] = high;
}

function stepBelow(): void {
  let left = 0;
  for (let i = 0; i < open; i++) {
    const h = H[i] ?? 0;
    const u = U[i] ?? 0;
    const slope = INVERSE_SQRT_2PI / (DIFFERENCE[i] ?? 0);
    const newton = ((TARGET[i] ?? 0) + 0.5 * u * u - (LOG[i] ?? 0)) / slope;
    // Where h < t the difference of the passes is another one than this region's.
    const isCovered = h < MOST_H && (u >= 0 || 0.5 * (TOTAL[i] ?? 0) <= LARGEST_SERIES_STEP);
    if (isCovered) left = advance(i, left, slope, newton);
  }
  open = left;
}

function stepMiddle(): void {
  let left = 0;
  for (let i = 0; i < open; i++) {
    const bell = BELL[i] ?? 0;
    const price = (BASE[i] ?? 0) + bell * (DIFFERENCE[i] ?? 0);
    const newton = ((TARGET[i] ?? 0) - price) / (INVERSE_SQRT_2PI * bell);
    if (Math.abs(U[i] ?? 0) < MOST_U) left = advance(i, left, 0, newton);
  }
  open = left;
}

/** The end of the solver's step: the search is answered, or goes on at place `left`; gives the next free place. */
function advance(i: number, left: number, slope: number, newton: number): number {
  const s = TOTAL[i] ?? 0;
  const low = newton > 0 ? s : (LOWER[i] ?? 0);
  const high = newton > 0 ? (UPPER[i] ?? 0) : s;
  const next = s + householderStep(s, H[i] ?? 0, 0.5 * s, slope, newton);
  const isInside = next > low && next < high;
  const row = ROW[i] ?? 0;
  if (Math.abs(newton) <= LAST_STEP * s) {
    FOUND[row] = isInside ? next : s;
    return left;
  }
  ROW[left] = row;
  X[left] = X[i] ?? 0;
  TARGET[left] = TARGET[i] ?? 0;
  LOWER[left] = low;
  UPPER[left] = high;
  TOTAL[left] = isInside ? next : inside(low, high);
  return left + 1;
}

function abandon(): void {
  open = 0;
}
