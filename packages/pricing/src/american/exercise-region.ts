import { strictExp } from "../strict-math.ts";
import type { Induction } from "./induction.ts";
import { type LogGrid, spotFactor } from "./log-grid.ts";

/** The spots at which the holder exercises at one time; nowhere if the ends are missing. */
export interface ExerciseRegion {
  /** Time from now, in years. */
  readonly years: number;
  /** Lowest spot of exercise; 0 if there is none on the grid, which spans 6.5 standard deviations. */
  readonly from: number | undefined;
  /** Highest spot of exercise; infinite if there is none on the grid. */
  readonly to: number | undefined;
}

/** The region at a time to expiration, its ends placed between the nodes; `since` is the time of the last kink. */
export function regionOf({ option, grid, state }: Induction, time: number, since: number): ExerciseRegion {
  const { exercised } = state;
  const years = option.years - time;
  const first = exercised.indexOf(1);
  if (first < 0) return { years, from: undefined, to: undefined };
  const last = exercised.lastIndexOf(1);
  const factor = spotFactor(grid, time);
  const stride = strideOf(grid, time - since);
  const spotAt = (node: number, side: 1 | -1): number => {
    return (
      factor * (grid.nodes[node] ?? 0) * strictExp(side * grid.step * distance(state, { node, side, stride }))
    );
  };
  return {
    years,
    from: first === 0 ? 0 : spotAt(first, -1),
    to: last === exercised.length - 1 ? Number.POSITIVE_INFINITY : spotAt(last, 1),
  };
}

/** Nodes close to the boundary carry its own error, those far from it the shape of the values since the last kink. */
function strideOf({ step, diffusion }: LogGrid, age: number): number {
  const spread = Math.sqrt(2 * diffusion * age);
  return Math.max(1, Math.min(Math.floor(spread / (SHAPE * step)), MOST_STRIDE));
}

const SHAPE = 8;
const MOST_STRIDE = 6;

/**
 * How far, in steps, the boundary lies from the last node of exercise. What waiting adds grows about with the square of
 * the distance, so the distance is almost linear in its root: the quadratic through three nodes, at a gain of 0.
 */
function distance(
  { values, payoffs }: Induction["state"],
  { node, side, stride }: { readonly node: number; readonly side: 1 | -1; readonly stride: number },
): number {
  const gain = (steps: number): number => {
    const at = node + side * steps;
    return Math.sqrt(Math.max((values[at] ?? 0) - (payoffs[at] ?? 0), 0));
  };
  const [a, b, c] = [gain(stride), gain(2 * stride), gain(3 * stride)];
  if (!(a > 0 && b > a && c > b)) return HALFWAY;
  const near = (b * c) / ((b - a) * (c - a));
  const middle = (2 * a * c) / ((a - b) * (c - b));
  const far = (3 * a * b) / ((a - c) * (b - c));
  // The decision at the nodes themselves trails by up to a step.
  return Math.max(-1, Math.min(stride * (near + middle + far), 1));
}

const HALFWAY = 0.5;
