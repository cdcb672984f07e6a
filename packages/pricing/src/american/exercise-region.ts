import { strictExp } from "../strict-math.ts";
import type { Induction } from "./induction.ts";
import { spotFactor } from "./log-grid.ts";

/** The spots at which the holder exercises at one time; nowhere if the ends are missing. */
export interface ExerciseRegion {
  /** Time from now, in years. */
  readonly years: number;
  /** Lowest spot of exercise; 0 if there is none. */
  readonly from: number | undefined;
  /** Highest spot of exercise; infinite if there is none. */
  readonly to: number | undefined;
}

/** The region at a time to expiration, its ends placed between the nodes. */
export function regionOf({ option, grid, state }: Induction, time: number): ExerciseRegion {
  const { exercised } = state;
  const years = option.years - time;
  const first = exercised.indexOf(1);
  if (first < 0) return { years, from: undefined, to: undefined };
  const last = exercised.lastIndexOf(1);
  const factor = spotFactor(grid, time);
  const spotAt = (i: number, side: 1 | -1): number => {
    return factor * (grid.nodes[i] ?? 0) * strictExp(-side * grid.step * distance(state, i, side));
  };
  return {
    years,
    from: first === 0 ? 0 : spotAt(first - 1, -1),
    to: last === exercised.length - 1 ? Number.POSITIVE_INFINITY : spotAt(last + 1, 1),
  };
}

/**
 * How far, in steps, the boundary lies from the first node that waits: what waiting adds grows with the square of the
 * distance, so its root is linear.
 */
function distance({ values, payoffs }: Induction["state"], i: number, side: 1 | -1): number {
  const gain = (at: number): number => Math.sqrt(Math.max((values[at] ?? 0) - (payoffs[at] ?? 0), 0));
  const near = gain(i);
  const far = gain(i + side);
  return far > near ? Math.min(near / (far - near), 1) : 0.5;
}
