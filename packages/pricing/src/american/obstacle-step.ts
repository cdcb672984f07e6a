// One step of time of the pricing equation under the right to exercise: a linear complementarity problem, solved by
// policy iteration (Reisinger and Witte 2012, "On the use of policy iteration as an easy way of pricing American
// options"): wait or exercise at every node, solve, correct, until nothing changes. It asks nothing of the shape of the
// region of exercise.

import type { LogGrid } from "./log-grid.ts";

/** Values and decisions at one time, and scratch arrays. */
export interface GridState {
  /** The first and last value are given from outside before every step. */
  readonly values: Float64Array;
  /** What exercise pays at each node. */
  readonly payoffs: Float64Array;
  /** 1 where the holder exercises. */
  readonly exercised: Uint8Array;
  readonly target: Float64Array;
  readonly upper: Float64Array;
}

/** An empty state. */
export function gridState(count: number): GridState {
  return {
    values: new Float64Array(count),
    payoffs: new Float64Array(count),
    exercised: new Uint8Array(count),
    target: new Float64Array(count),
    upper: new Float64Array(count),
  };
}

/** What a step needs beside the grid. */
export interface StepOptions {
  readonly length: number;
  /** Share of the equation taken at the new time: 1 is fully implicit, 1/2 is Crank and Nicolson's. */
  readonly implicitness: number;
  /** Values at the ends of the grid at the new time. */
  readonly low: number;
  readonly high: number;
  /** The node left of a kink, where no decision is to be taken; far below 0 if there is none. */
  readonly kink: number;
}

/** Advances the values by one step; `payoffs` are already those of the new time. */
export function takeStep(grid: LogGrid, state: GridState, options: StepOptions): void {
  const { values } = state;
  const { length, implicitness } = options;
  writeTarget(grid, state, (1 - implicitness) * length);
  values[0] = options.low;
  values[values.length - 1] = options.high;
  const weight = implicitness * length;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    solve(grid, state, weight);
    if (!correct(grid, state, { weight, kink: options.kink })) return;
  }
}

// Three or four are usual.
const MOST_ROUNDS = 100;

/** The explicit part, u + w L u. */
function writeTarget({ diffusion, step, rate }: LogGrid, { values, target }: GridState, w: number): void {
  const spread = (w * diffusion) / (step * step);
  const keep = 1 - w * rate - 2 * spread;
  for (let i = 1; i < values.length - 1; i++) {
    target[i] = keep * (values[i] ?? 0) + spread * ((values[i - 1] ?? 0) + (values[i + 1] ?? 0));
  }
}

/** Solves (1 - w L) u = target where the holder waits, u = payoff where not, by elimination. */
function solve({ diffusion, step, rate }: LogGrid, state: GridState, w: number): void {
  const { values, exercised, payoffs, target, upper } = state;
  const last = values.length - 1;
  const spread = (w * diffusion) / (step * step);
  const diagonal = 1 + w * rate + 2 * spread;
  let above = 0;
  let value = values[0] ?? 0;
  for (let i = 1; i < last; i++) {
    if (exercised[i] === 1) {
      above = 0;
      value = payoffs[i] ?? 0;
    } else {
      const inverse = 1 / (diagonal - spread * above);
      above = spread * inverse;
      value = ((target[i] ?? 0) + spread * value) * inverse;
    }
    upper[i] = above;
    values[i] = value;
  }
  value = values[last] ?? 0;
  for (let i = last - 1; i > 0; i--) {
    value = (values[i] ?? 0) + (upper[i] ?? 0) * value;
    values[i] = value;
  }
}

/** Exercises where waiting is worth less, waits where exercise loses; tells whether any decision changed. */
function correct(
  { diffusion, step, rate }: LogGrid,
  { values, exercised, payoffs, target }: GridState,
  { weight: w, kink }: { readonly weight: number; readonly kink: number },
): boolean {
  const spread = (w * diffusion) / (step * step);
  const diagonal = 1 + w * rate + 2 * spread;
  let hasChanged = false;
  for (let i = 1; i < values.length - 1; i++) {
    const payoff = payoffs[i] ?? 0;
    const mayExercise = payoff > 0 && (i < kink - KINK_REACH || i > kink + 1 + KINK_REACH);
    if (exercised[i] === 0) {
      if (!mayExercise || (values[i] ?? 0) >= payoff) continue;
      exercised[i] = 1;
    } else {
      const waited = spread * ((values[i - 1] ?? 0) + (values[i + 1] ?? 0)) + (target[i] ?? 0);
      // Decisions within rounding of indifference stay as they are, or they might alternate.
      if (mayExercise && waited <= diagonal * payoff * ABOVE_ONE) continue;
      exercised[i] = 0;
    }
    hasChanged = true;
  }
  return hasChanged;
}

// The value smoothed away at the two nodes around a kink spreads by a node in each of the steps that follow.
const KINK_REACH = 4;

const ABOVE_ONE = 1 + 4 / 2 ** 52;
