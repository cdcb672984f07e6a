import { strictExp, strictLog } from "../strict-math.ts";
import type { ExerciseRegion } from "./exercise-region.ts";
import { edgeValue, type Induction, NO_KINK, writePayoffs } from "./induction.ts";
import { cubicAt, spotFactor } from "./log-grid.ts";

/**
 * Moves the values from just after a dividend to just before it: the spot will fall by the amount, or to 0 if it is
 * less, unless the holder exercises first. Returns where that pays; a put never gains by it.
 */
export function payDividend(induction: Induction, time: number, amount: number): ExerciseRegion {
  const { option, grid, state, sign } = induction;
  const { values, payoffs, target, exercised } = state;
  const factor = spotFactor(grid, time);
  const years = option.years - time;
  writePayoffs(induction, time);
  const spotAt = (rest: number): number => factor * (grid.nodes[0] ?? 0) * strictExp(rest * grid.step);
  const waitingAt = (spot: number): number => valueAfter(induction, spot - amount, factor);
  for (let i = 0; i < values.length; i++) target[i] = waitingAt(factor * (grid.nodes[i] ?? 0));

  const first = sign > 0 ? firstGain(payoffs, target) : undefined;
  let place = 0;
  if (first !== undefined) {
    place = criticalPlace(first, (at) => spotAt(at) - option.strike - waitingAt(spotAt(at)));
  }
  for (let i = 0; i < values.length; i++) values[i] = Math.max(target[i] ?? 0, payoffs[i] ?? 0);
  exercised.fill(0);
  induction.kink = NO_KINK;
  payEdges(induction, { time, amount, factor });
  if (first === undefined) return { years, from: undefined, to: undefined };
  smoothKink(induction, place);
  return { years, from: spotAt(place), to: Number.POSITIVE_INFINITY };
}

/** The value at a spot just after the dividend; beyond the grid and down to a spot of 0 that of the ends. */
function valueAfter({ grid, state, low, high }: Induction, spot: number, factor: number): number {
  const lowest = factor * (grid.nodes[0] ?? 0);
  if (spot <= lowest) return low.cash + low.shares * Math.max(spot, 0);
  const last = grid.nodes.length - 1;
  if (spot >= factor * (grid.nodes[last] ?? 0)) return high.cash + high.shares * spot;
  const place = (strictLog(spot / factor) - grid.logFirst) / grid.step;
  const index = Math.max(1, Math.min(Math.floor(place), last - 2));
  return cubicAt(state.values, index, place - index);
}

/** The first inner node at which exercise pays more than waiting. */
function firstGain(payoffs: Float64Array, waiting: Float64Array): number | undefined {
  for (let i = 1; i < payoffs.length - 1; i++) {
    if ((payoffs[i] ?? 0) > (waiting[i] ?? 0)) return i;
  }
  return undefined;
}

/** The place of the root of a growing function left of a node, in steps from the first node: false position. */
function criticalPlace(node: number, gain: (place: number) => number): number {
  let [left, right] = [node - 1, node];
  let [leftGain, rightGain] = [gain(left), gain(right)];
  if (!(leftGain < 0)) return left;
  for (let round = 0; round < MOST_ROUNDS && right - left > NARROW; round++) {
    const place = left + (right - left) * Math.min(Math.max(leftGain / (leftGain - rightGain), 0.01), 0.99);
    const found = gain(place);
    if (found < 0) [left, leftGain] = [place, found];
    else [right, rightGain] = [place, found];
  }
  return left + ((right - left) * leftGain) / (leftGain - rightGain);
}

const MOST_ROUNDS = 40;
const NARROW = 1e-9;

/** The value at both ends falls with the spot, or stays what it is without any. */
function payEdges(
  induction: Induction,
  { time, amount, factor }: { readonly time: number; readonly amount: number; readonly factor: number },
): void {
  const { grid, low, high, state } = induction;
  const last = grid.nodes.length - 1;
  if (factor * (grid.nodes[0] ?? 0) > amount) low.cash -= low.shares * amount;
  else low.shares = 0;
  high.cash -= high.shares * amount;
  state.values[0] = edgeValue(induction, "low", time);
  state.values[last] = edgeValue(induction, "high", time);
}

/**
 * A kink between two nodes looks to them like one spread over both: its curvature has the right weight and mean, but a
 * variance. Taking that away keeps the error of second order regular, so that extrapolation removes it (compare Pooley,
 * Vetzal and Forsyth 2003, "Convergence remedies for non-smooth payoffs in option pricing").
 */
function smoothKink(induction: Induction, place: number): void {
  const { payoffs, target, values } = induction.state;
  const i = Math.floor(place);
  const rest = place - i;
  const gainAt = (at: number): number => (payoffs[at] ?? 0) - (target[at] ?? 0);
  const surplus = 0.5 * (gainAt(i + 1) - gainAt(i)) * rest * (1 - rest);
  values[i] = (values[i] ?? 0) - surplus * (1 - rest);
  values[i + 1] = (values[i + 1] ?? 0) - surplus * rest;
  induction.kink = i;
}
