// The equation of the exercise boundary at one time, and its derivatives. With y = ln(B / K), tau the time to
// expiration, t the age of a point of the boundary's past and v = sigma sqrt t, smooth pasting (delta = -1 at the
// boundary) reads, all over B,
//   e^(-q tau) Phi(d(tau)) + integral of q e^(-q t) Phi(d) dt = integral of (r e^(-y(tau - t)) - q) e^(-q t) phi(d) / v dt,
//   d = (y(tau) - y(tau - t) + (r - q) t) / v + v / 2.
// It is the equation that Andersen, Lake and Offengenden (2016, equation 3.8) call fixed point system A, where two equal
// terms are added to both sides. Solved by Newton's method on the logarithms of the two sides it converges in every
// regime; as a fixed point it diverges where rates are large against the variance.

import { INVERSE_SQRT_2PI, scaledTailAbove } from "../scaled-tail.ts";
import { strictExp, strictLog } from "../strict-math.ts";
import type { CollocationScheme } from "./scheme.ts";
import type { UnitPut } from "./unit-put.ts";

/**
 * Writes residual and Jacobian (to H = ln(B / K)^2 at the nodes) of the equation at every node: ln of the left side less
 * ln of the right. In passes over all points, so that exponentials follow each other without waiting.
 */
export function writeEquations(put: UnitPut, scheme: CollocationScheme): void {
  tracePast(put, scheme);
  for (let i = 0; i < scheme.size; i++) {
    writeSides(i, put, scheme);
    writeJacobianRow(i, scheme);
  }
}

/** Writes the residual alone. */
export function writeResiduals(put: UnitPut, scheme: CollocationScheme): void {
  tracePast(put, scheme);
  for (let i = 0; i < scheme.size; i++) writeSides(i, put, scheme);
}

/** At every point of every node's past: depth -y, d, and the exponentials of the integrands. */
function tracePast(put: UnitPut, scheme: CollocationScheme): void {
  const { sigma, rate, yieldRate, logLimit } = put;
  const { size, past, squares, excesses, depths, distances, bells, grown } = scheme;
  const { count, ages, steepnesses, rows } = past;
  const limitSquare = logLimit * logLimit;
  const inverseSigma = 1 / sigma;
  const tilt = (rate - yieldRate) * inverseSigma + 0.5 * sigma;
  for (let j = 0; j < size; j++) excesses[j] = (squares[j] ?? 0) - limitSquare;
  let at = 0;
  for (let i = 0; i < size; i++) {
    const depth = Math.sqrt(squares[i] ?? 0);
    for (let k = 0; k < count; k++) {
      const row = at * size;
      let even = limitSquare;
      let odd = 0;
      for (let j = 0; j < size; j += 2) {
        even += (rows[row + j] ?? 0) * (excesses[j] ?? 0);
        odd += (rows[row + j + 1] ?? 0) * (excesses[j + 1] ?? 0);
      }
      const square = even + odd;
      const pastDepth = square > LEAST_SQUARE ? Math.sqrt(square) : LEAST_DEPTH;
      const age = ages[at] ?? 0;
      const d = (pastDepth - depth) * inverseSigma * (steepnesses[at] ?? 0) + tilt * age;
      depths[at] = pastDepth;
      distances[at] = d;
      bells[at] = -yieldRate * age * age - 0.5 * d * d;
      at++;
    }
  }
  for (let k = 0; k < at; k++) bells[k] = strictExp(bells[k] ?? 0);
  for (let k = 0; k < at; k++) grown[k] = strictExp(depths[k] ?? 0);
}

/** Writes e^(-q t) at every point; it does not change with the boundary. */
export function writeDecays({ yieldRate }: UnitPut, { past, decays }: CollocationScheme): void {
  const { ages } = past;
  for (let k = 0; k < decays.length; k++) {
    const age = ages[k] ?? 0;
    decays[k] = strictExp(-yieldRate * age * age);
  }
}

/** Both sides of the equation at node `i`, with the derivatives that its row of the Jacobian is made of. */
function writeSides(i: number, put: UnitPut, scheme: CollocationScheme): void {
  const { sigma, rate, yieldRate } = put;
  const { past, sides, depths, distances, bells, grown, decays, leftSlopes, rightSlopes } = scheme;
  const { count, ages, steepnesses, weights } = past;
  const depth = Math.sqrt(scheme.squares[i] ?? 0);
  const root = scheme.roots[i] ?? 0;
  const inverseSigma = 1 / sigma;
  const densityScale = INVERSE_SQRT_2PI * inverseSigma;

  const end = ((rate - yieldRate) * inverseSigma + 0.5 * sigma) * root - (depth * inverseSigma) / root;
  const endBell = strictExp(-yieldRate * root * root - 0.5 * end * end);
  const endTail = endBell * scaledTailAbove(end < 0 ? -end : end);
  let left = end < 0 ? endTail : strictExp(-yieldRate * root * root) - endTail;
  let right = 0;
  // Derivatives to y(tau).
  let leftSlope = (densityScale * endBell) / root;
  let rightSlope = 0;
  for (let k = 0; k < count; k++) {
    const at = i * count + k;
    const weight = weights[at] ?? 0;
    const bell = bells[at] ?? 0;
    const d = distances[at] ?? 0;
    const density = weight * densityScale * bell;
    const paid = rate * (grown[at] ?? 0) * density;
    const heldSlope = yieldRate * density;
    const flow = paid - heldSlope;
    const flowSlope = -flow * d * inverseSigma * (steepnesses[at] ?? 0);
    const tail = bell * scaledTailAbove(d < 0 ? -d : d);
    const held = yieldRate * weight * (ages[at] ?? 0) * (d < 0 ? tail : (decays[at] ?? 0) - tail);
    // y(tau - t) falls by half of 1 / depth for a unit of H.
    const fall = -0.5 / (depths[at] ?? 0);
    right += flow;
    rightSlope += flowSlope;
    let rightPast = -flowSlope - paid;
    if (put.hasNegativeYield) {
      // Both sides stay positive only if what is held stands on the right.
      right -= held;
      rightSlope -= heldSlope;
      rightPast += heldSlope;
      leftSlopes[k] = 0;
    } else {
      left += held;
      leftSlope += heldSlope;
      leftSlopes[k] = -heldSlope * fall;
    }
    rightSlopes[k] = rightPast * fall;
  }

  // A first guess far off can make the right side negative; then the sides are compared as they are.
  const leftShare = 1 / left;
  const rightShare = right > 0 ? 1 / right : leftShare;
  sides[LEFT_SHARE] = leftShare;
  sides[RIGHT_SHARE] = rightShare;
  sides[OWN_SLOPE] = (-0.5 * (leftSlope * leftShare - rightSlope * rightShare)) / depth;
  scheme.residual[i] = right > 0 ? strictLog(left * rightShare) : 1 - right * leftShare;
}

const LEFT_SHARE = 0;
const RIGHT_SHARE = 1;
const OWN_SLOPE = 2;

function writeJacobianRow(i: number, scheme: CollocationScheme): void {
  const { size, past, sides, leftSlopes, rightSlopes, slopes, jacobian } = scheme;
  const { count, rows } = past;
  const leftShare = sides[LEFT_SHARE] ?? 0;
  const rightShare = sides[RIGHT_SHARE] ?? 0;
  for (let k = 0; k < count; k++) {
    slopes[k] = (leftSlopes[k] ?? 0) * leftShare - (rightSlopes[k] ?? 0) * rightShare;
  }
  const target = i * size;
  for (let j = 0; j < size; j++) jacobian[target + j] = 0;
  // Two points at a time: half the loads and stores of the sums.
  for (let k = 0; k < count; k += 2) {
    const one = slopes[k] ?? 0;
    const two = slopes[k + 1] ?? 0;
    const row = (i * count + k) * size;
    for (let j = 0; j < size; j++) {
      jacobian[target + j] =
        (jacobian[target + j] ?? 0) + (one * (rows[row + j] ?? 0) + two * (rows[row + size + j] ?? 0));
    }
  }
  jacobian[target + i] = (jacobian[target + i] ?? 0) + (sides[OWN_SLOPE] ?? 0);
}

// Below this H the boundary is the strike to rounding; a polynomial may dip under 0 next to expiration.
const LEAST_SQUARE = 1e-30;
const LEAST_DEPTH = 1e-15;
