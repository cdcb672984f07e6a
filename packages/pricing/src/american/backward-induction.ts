// Finite differences for an American option whose spot jumps down by cash dividends. Time runs from expiration to now.
// After expiration and after every dividend the steps grow quadratically, which keeps second order in spite of the kink
// there (Reisinger and Whitley 2014), and begin with implicit half steps (Rannacher 1984).

import type { CashDividend, EuropeanOption } from "../option.ts";
import { strictExp } from "../strict-math.ts";
import { payDividend } from "./dividend-jump.ts";
import { type ExerciseRegion, regionOf } from "./exercise-region.ts";
import { atExpiration, edgeValue, type Induction, NO_KINK, writePayoffs } from "./induction.ts";
import { type LogGrid, logGrid, spotFactor } from "./log-grid.ts";
import { takeStep } from "./obstacle-step.ts";

/** What the induction leaves. */
export interface GridSolution {
  readonly grid: LogGrid;
  /** Values at the nodes now. */
  readonly values: Float64Array;
  /** 1 at the nodes where the holder exercises now. */
  readonly exercised: Uint8Array;
  /** The spot over s now. */
  readonly factor: number;
  /** Where the holder exercises, from now to expiration, after each step of time. */
  readonly regions: readonly ExerciseRegion[];
  /** By dividend, in the order of time: where exercise just before it is worth more than waiting. */
  readonly beforeDividends: readonly ExerciseRegion[];
}

/** How fine a grid is, and the option whose terms place its nodes. */
export interface GridChoice {
  /** Each level is twice as fine, in both directions. */
  readonly level: number;
  readonly frame: EuropeanOption;
}

/** Solves backward from expiration. Dividends must be in the order of time and within the life. */
export function induce(
  option: EuropeanOption,
  dividends: readonly CashDividend[],
  { level, frame }: GridChoice,
): GridSolution {
  const induction = atExpiration(option, logGrid(option, { level, frame }));
  const regions: ExerciseRegion[] = [];
  const beforeDividends: ExerciseRegion[] = [];
  let time = 0;
  const runUntil = (end: number): void => {
    if (end <= time) return;
    const steps =
      2 ** level * Math.max(LEAST_STEPS, Math.ceil(COARSEST * Math.sqrt((end - time) / option.years)));
    run(induction, { from: time, to: end, steps }, regions);
    time = end;
  };
  for (const { years, amount } of dividends.toReversed()) {
    runUntil(option.years - years);
    beforeDividends.push(payDividend(induction, time, amount));
  }
  runUntil(option.years);
  return {
    grid: induction.grid,
    values: induction.state.values,
    exercised: induction.state.exercised,
    factor: spotFactor(induction.grid, option.years),
    regions: regions.toReversed(),
    beforeDividends: beforeDividends.toReversed(),
  };
}

// Steps of a whole life, and of the shortest time between two dividends, on the coarsest grid.
const COARSEST = 25;
const LEAST_STEPS = 8;

interface Span {
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

function run(induction: Induction, { from, to, steps }: Span, regions: ExerciseRegion[]): void {
  let time = from;
  for (let k = 1; k <= steps; k++) {
    const end = k === steps ? to : from + ((to - from) * k * k) / (steps * steps);
    if (k <= IMPLICIT_STEPS) {
      const middle = 0.5 * (time + end);
      advance(induction, { from: time, to: middle }, 1);
      advance(induction, { from: middle, to: end }, 1);
    } else {
      induction.kink = NO_KINK;
      advance(induction, { from: time, to: end }, 0.5);
    }
    time = end;
    regions.push(regionOf(induction, time, from));
  }
}

const IMPLICIT_STEPS = 2;

function advance(
  induction: Induction,
  { from, to }: { readonly from: number; readonly to: number },
  implicitness: number,
): void {
  const { grid, state, low, high, kink } = induction;
  const length = to - from;
  writePayoffs(induction, to);
  for (const edge of [low, high]) {
    edge.cash *= strictExp(-grid.rate * length);
    edge.shares *= strictExp(-grid.dividendYield * length);
  }
  const lowValue = edgeValue(induction, "low", to);
  const highValue = edgeValue(induction, "high", to);
  takeStep(grid, state, { length, implicitness, low: lowValue, high: highValue, kink });
}
