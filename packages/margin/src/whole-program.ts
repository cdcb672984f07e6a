import {
  bestBasis,
  bestBasisWithin,
  gainOf,
  type LinearProgram,
  type Tableau,
  valuesOf,
} from "./linear-program.ts";

/** Whole counts of the variables and what they gain. */
export interface WholeCounts {
  readonly counts: readonly number[];
  readonly gain: number;
}

/** A program whose first `wholes` variables count contracts. */
export interface WholeProgram extends LinearProgram {
  readonly wholes: number;
  /** Whole counts near fractional ones that keep all limits. */
  readonly near: (values: readonly number[]) => WholeCounts;
}

/** The best found, and the gain that no solution exceeds: equal where the search was finished. */
export interface WholeSolution extends WholeCounts {
  readonly bound: number;
}

/** Farther than this from a whole number is a fraction. */
const FRACTION = 1e-6;
/** Gains are in points: less than a cent does not pay for a search, and may be rounding. */
const WORTHWHILE = 1e-4;

/**
 * The whole solution with the highest gain, by branch and bound (Land and Doig 1960), deepest first. The work is exact
 * unless it takes more than `nodeLimit` relaxations; then the best found stands, and `bound` tells how far the least could
 * lie from it.
 */
export function bestWholeSolution(program: WholeProgram, nodeLimit: number): WholeSolution {
  const root = bestBasis(program);
  let best: WholeCounts = program.near(new Array<number>(program.wholes).fill(0));
  // The most that a part of the search which rounding cut off could have gained.
  let bound = 0;
  const open: Tableau[] = [root];

  for (let nodes = 0; open.length > 0; nodes += 1) {
    if (nodes === nodeLimit) return { ...best, bound: Math.max(best.gain, bound, ...open.map(gainOf)) };
    const node = open.pop() ?? root;
    if (gainOf(node) <= best.gain + WORTHWHILE) continue;

    const values = valuesOf(node, program.wholes);
    const near = program.near(values);
    if (near.gain > best.gain) best = near;
    const variable = mostFractional(values);
    if (variable === undefined) continue;
    const sides = branches(node, variable, values[variable] ?? 0);
    if (sides.includes("unfinished")) bound = Math.max(bound, gainOf(node));
    // Last in, first out: the side with the higher gain comes last.
    const bases = sides.filter((side) => typeof side === "object");
    open.push(...bases.toSorted((left, right) => gainOf(left) - gainOf(right)));
  }
  return { ...best, bound: Math.max(best.gain, bound) };
}

function branches(
  node: Tableau,
  variable: number,
  value: number,
): readonly ReturnType<typeof bestBasisWithin>[] {
  return [
    bestBasisWithin(node, { variable, side: "at-most", limit: Math.floor(value) }),
    bestBasisWithin(node, { variable, side: "at-least", limit: Math.ceil(value) }),
  ];
}

function mostFractional(values: readonly number[]): number | undefined {
  let most: { readonly variable: number; readonly fraction: number } | undefined;
  for (const [variable, value] of values.entries()) {
    const fraction = Math.abs(value - Math.round(value));
    if (fraction > FRACTION && (most === undefined || fraction > most.fraction))
      most = { variable, fraction };
  }
  return most?.variable;
}
