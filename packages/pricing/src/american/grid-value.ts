import type { CashDividend, EuropeanOption } from "../option.ts";
import { strictLog } from "../strict-math.ts";
import { type GridSolution, induce } from "./backward-induction.ts";

/** Value, delta and gamma by finite differences. */
export interface GridValue {
  readonly price: number;
  readonly delta: number;
  readonly gamma: number;
}

/** A value and the level of the grid that reached it. */
export interface GridResult extends GridValue {
  readonly level: number;
}

/**
 * Value, delta and gamma, on grids twice as fine in turn, each extrapolated from the last two (Richardson 1911) until the
 * price moves by less than `tolerance`, or the finest grid is reached.
 */
export function refinedValue(
  option: EuropeanOption,
  dividends: readonly CashDividend[],
  tolerance: number,
): GridResult {
  let coarse = valueOn(option, dividends, { level: FIRST_LEVEL, frame: option });
  let last: GridValue | undefined;
  let lastMove = Number.POSITIVE_INFINITY;
  for (let level = FIRST_LEVEL + 1; ; level++) {
    const fine = valueOn(option, dividends, { level, frame: option });
    const found = extrapolate(option, coarse, fine);
    const move = last === undefined ? Number.POSITIVE_INFINITY : Math.abs(found.price - last.price);
    if (isSettled(move, lastMove, tolerance) || level === LAST_LEVEL) return { ...found, level };
    coarse = fine;
    last = found;
    lastMove = move;
  }
}

/** One small move can be an accident of the grid: it has to be very small, or to follow one that was not large. */
function isSettled(move: number, lastMove: number, tolerance: number): boolean {
  return move <= tolerance / CERTAIN || (move <= tolerance && lastMove <= tolerance * STEADY);
}

const CERTAIN = 16;
const STEADY = 8;

const FIRST_LEVEL = 1;
const LAST_LEVEL = 6;

/** Value, delta and gamma from two given levels, on the grid of `frame`: smooth in every term of the option. */
export function valueAtLevel(
  option: EuropeanOption,
  dividends: readonly CashDividend[],
  { level, frame }: { readonly level: number; readonly frame: EuropeanOption },
): GridValue {
  const coarse = valueOn(option, dividends, { level: level - 1, frame });
  return extrapolate(option, coarse, valueOn(option, dividends, { level, frame }));
}

/** The errors of both are of second order. */
function extrapolate({ right, spot, strike }: EuropeanOption, coarse: GridValue, fine: GridValue): GridValue {
  const better = (key: keyof GridValue): number => fine[key] + (fine[key] - coarse[key]) / 3;
  const payoff = right === "call" ? spot - strike : strike - spot;
  return { price: Math.max(better("price"), payoff), delta: better("delta"), gamma: better("gamma") };
}

function valueOn(
  option: EuropeanOption,
  dividends: readonly CashDividend[],
  { level, frame }: { readonly level: number; readonly frame: EuropeanOption },
): GridValue {
  return readValue(option, induce(option, dividends, { level, frame }));
}

/**
 * Reads a solution at the spot: the polynomial through six nodes on the spot's side of the boundary of exercise, where
 * the curvature jumps.
 */
function readValue({ right, spot, strike }: EuropeanOption, solution: GridSolution): GridValue {
  const { grid, values, exercised, factor } = solution;
  const sign = right === "call" ? 1 : -1;
  const place = (strictLog(spot / factor) - grid.logFirst) / grid.step;
  const index = Math.floor(place);
  if (exercised[index] === 1 && exercised[index + 1] === 1) {
    return { price: sign * (spot - strike), delta: sign, gamma: 0 };
  }
  let first = index - 2;
  while (first < index + 1 && exercised.subarray(first, index + 1).includes(1)) first++;
  while (first > index - 5 && exercised.subarray(index + 1, first + DEGREE + 1).includes(1)) first--;
  const start = Math.max(0, Math.min(first, values.length - 1 - DEGREE));
  const { value, slope, curvature } = jetAt(values.slice(start, start + DEGREE + 1), place - start);
  const logSlope = slope / grid.step;
  const logCurvature = curvature / (grid.step * grid.step);
  return { price: value, delta: logSlope / spot, gamma: (logCurvature - logSlope) / (spot * spot) };
}

const DEGREE = 5;

/** Newton's polynomial through values at 0, 1, 2 ..., with its first two derivatives. */
function jetAt(
  values: Float64Array,
  t: number,
): { readonly value: number; readonly slope: number; readonly curvature: number } {
  let [value, slope, curvature] = [0, 0, 0];
  // The binomial (t over k) and its derivatives, against the k-th difference at 0.
  let [basis, first, second] = [1, 0, 0];
  for (let k = 0; k < values.length; k++) {
    const difference = values[0] ?? 0;
    value += basis * difference;
    slope += first * difference;
    curvature += second * difference;
    second = (second * (t - k) + 2 * first) / (k + 1);
    first = (first * (t - k) + basis) / (k + 1);
    basis = (basis * (t - k)) / (k + 1);
    for (let i = 0; i < values.length - 1 - k; i++) values[i] = (values[i + 1] ?? 0) - (values[i] ?? 0);
  }
  return { value, slope, curvature };
}
