// The last resort where a violation is tiny and the optimizer circles around it. Raising a alone always ends well: the
// higher a slice, the less it bends in proportion (g tends to 1 - slope^2 / 16 where a dominates) and the surer it lies over
// its neighbor, if its wings are no less steep. Other directions often cost less.

import { type SviSlice, wingSlopes } from "./svi.ts";

/** What a repair needs to know of its slice. */
export interface RepairTerms {
  /** Total volatility at the money. */
  readonly scale: number;
  readonly isFree: (slice: SviSlice) => boolean;
  /** Sum of squared distances from the points. */
  readonly sumOf: (slice: SviSlice) => number;
}

const FIRST_STEP = 1e-6;
const MOST_DOUBLINGS = 24;
const BISECTIONS = 6;

/** The slice without violation that a step in one direction from a candidate reaches and that fits best. */
export function repaired(candidates: readonly SviSlice[], terms: RepairTerms): SviSlice {
  let best: SviSlice | undefined;
  for (const candidate of candidates) {
    for (const direction of DIRECTIONS) {
      const found = leastStep((step) => direction(candidate, step, terms.scale), terms.isFree);
      if (found === undefined) continue;
      if (best === undefined || terms.sumOf(found) < terms.sumOf(best)) best = found;
    }
  }
  return best ?? candidates[0] ?? { a: terms.scale * terms.scale, b: 0, rho: 0, m: 0, sigma: terms.scale };
}

type Direction = (slice: SviSlice, step: number, scale: number) => SviSlice;

const DIRECTIONS: readonly Direction[] = [
  (slice, step, scale) => raised(slice, step * scale * scale),
  (slice, step, scale) => steepened(slice, { left: 0, right: step * scale }),
  (slice, step, scale) => steepened(slice, { left: step * scale, right: 0 }),
  (slice, step, scale) => steepened(slice, { left: step * scale, right: step * scale }),
  (slice, step, scale) =>
    raised(steepened(slice, { left: step * scale, right: step * scale }), step * scale * scale),
  (slice, step) => ({ ...slice, sigma: slice.sigma * (1 + step) }),
];

function raised(slice: SviSlice, by: number): SviSlice {
  return { ...slice, a: slice.a + by };
}

/** Steeper wings about the same lowest point of the straight lines. */
function steepened(slice: SviSlice, by: { readonly left: number; readonly right: number }): SviSlice {
  const left = wingSlopes(slice).left + by.left;
  const right = wingSlopes(slice).right + by.right;
  const sum = left + right;
  return { ...slice, b: 0.5 * sum, rho: sum > 0 ? (right - left) / sum : 0 };
}

/** Doubles the step until the slice is free, then halves the last doubling a few times. */
function leastStep(
  at: (step: number) => SviSlice,
  isFree: (slice: SviSlice) => boolean,
): SviSlice | undefined {
  let step = FIRST_STEP;
  let doublings = 0;
  while (!isFree(at(step))) {
    step *= 2;
    doublings += 1;
    if (doublings > MOST_DOUBLINGS) return undefined;
  }
  let low = step / 2;
  let high = step;
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = 0.5 * (low + high);
    if (isFree(at(middle))) high = middle;
    else low = middle;
  }
  return at(high);
}
