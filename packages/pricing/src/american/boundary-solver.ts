import { writeDecays, writeEquations } from "./boundary-equation.ts";
import { guessBoundary } from "./first-guess.ts";
import { solveInPlace } from "./linear-system.ts";
import type { AmericanScheme } from "./option.ts";
import type { CollocationScheme } from "./scheme.ts";
import { schemeOf, schemesFor } from "./schemes.ts";
import type { UnitPut } from "./unit-put.ts";

/**
 * The scheme with the exercise boundary of a put in the regime `below` solved for, in `squares`; undefined if Newton's
 * method settled in none of the schemes.
 */
export function solvedScheme(put: UnitPut, name: AmericanScheme | "fine"): CollocationScheme | undefined {
  for (const candidate of schemesFor(name, put)) {
    const scheme = schemeOf(candidate, put);
    if (isSolved(put, scheme)) return scheme;
  }
  return undefined;
}

function isSolved(put: UnitPut, scheme: CollocationScheme): boolean {
  guessBoundary(put, scheme);
  writeDecays(put, scheme);
  for (let step = 0; step < MOST_STEPS; step++) {
    writeEquations(put, scheme);
    if (!solveInPlace(scheme.jacobian, scheme.residual)) return false;
    const move = moveBoundary(put, scheme);
    if (move <= scheme.lastMove * put.sigma || move <= ROUNDING) return true;
  }
  return false;
}

/** Takes Newton's step, shortened where it would leave the domain, and returns the boundary's largest move. */
function moveBoundary(put: UnitPut, { size, roots, squares, residual }: CollocationScheme): number {
  const least = put.logLimit * put.logLimit;
  let most = 0;
  for (let j = 0; j < size; j++) {
    const now = squares[j] ?? 0;
    const excess = now - least;
    const wanted = excess - (residual[j] ?? 0);
    const kept = wanted > excess / LARGEST_FACTOR ? wanted : excess / LARGEST_FACTOR;
    const next = least + (kept < excess * LARGEST_FACTOR ? kept : excess * LARGEST_FACTOR);
    squares[j] = next;
    const root = roots[j] ?? 0;
    const move = (root * root * Math.abs(next - now)) / Math.sqrt(now);
    if (move > most) most = move;
  }
  return most;
}

// A full step can overshoot where the first guess is poor.
const LARGEST_FACTOR = 4;
const MOST_STEPS = 40;
// Moves of ln(B / K) below this are rounding where the volatility is tiny.
const ROUNDING = 1e-14;
