import { INVERSE_SQRT_2PI, scaledTailAbove } from "../scaled-tail.ts";
import { strictExp, strictLog } from "../strict-math.ts";
import type { CollocationScheme, IntegralTable } from "./scheme.ts";
import type { UnitPut } from "./unit-put.ts";

/**
 * What early exercise adds to the European price (Kim 1990, "The analytic valuation of American options", equation 12):
 * the expected, discounted gain r K - q S of holding cash instead of stock while the spot is below the boundary, given
 * the boundary in `scheme.squares`.
 */
export function premiumOf(put: UnitPut, scheme: CollocationScheme, life: IntegralTable): number {
  const { spot, sigma, rate, yieldRate, logLimit } = put;
  const { size, squares } = scheme;
  const { count, ages, weights, rows } = life;
  const limitSquare = logLimit * logLimit;
  const logSpot = strictLog(spot);
  const inverseSigma = 1 / sigma;
  const tilt = (rate - yieldRate) * inverseSigma;
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const row = k * size;
    let square = limitSquare;
    for (let j = 0; j < size; j++) square += (rows[row + j] ?? 0) * ((squares[j] ?? 0) - limitSquare);
    const depth = square > 0 ? Math.sqrt(square) : 0;
    const age = ages[k] ?? 0;
    const time = age * age;
    const middle = ((logSpot + depth) * inverseSigma) / age + tilt * age;
    const half = 0.5 * sigma * age;
    let flow = rate * strictExp(-rate * time) * upperTail(middle - half);
    if (yieldRate !== 0) flow -= yieldRate * spot * strictExp(-yieldRate * time) * upperTail(middle + half);
    sum += (weights[k] ?? 0) * age * flow;
  }
  return sum;
}

/**
 * First and second derivative of the premium to the spot, by differentiating under the integral: with b the boundary over
 * the strike and d+ as for the European price, of
 *   e^(-q t) (-q Phi(-d+) - (r / b - q) phi(d+) / v)  and  e^(-q t) phi(d+) / (S v) (q + (r / b - q) d+ / v).
 */
export function premiumShapeOf(
  put: UnitPut,
  scheme: CollocationScheme,
  life: IntegralTable,
): { readonly slope: number; readonly curvature: number } {
  const { spot, sigma, rate, yieldRate, logLimit } = put;
  const { size, squares } = scheme;
  const { count, ages, weights, rows } = life;
  const limitSquare = logLimit * logLimit;
  const logSpot = strictLog(spot);
  const tilt = (rate - yieldRate) / sigma + 0.5 * sigma;
  let slope = 0;
  let curvature = 0;
  for (let k = 0; k < count; k++) {
    const row = k * size;
    let square = limitSquare;
    for (let j = 0; j < size; j++) square += (rows[row + j] ?? 0) * ((squares[j] ?? 0) - limitSquare);
    const depth = square > 0 ? Math.sqrt(square) : 0;
    const age = ages[k] ?? 0;
    const spread = sigma * age;
    const d = (logSpot + depth) / spread + tilt * age;
    // dt / v is the rule's weight over sigma.
    const weight = (weights[k] ?? 0) * strictExp(-yieldRate * age * age);
    const density = (INVERSE_SQRT_2PI * strictExp(-0.5 * d * d)) / sigma;
    const gain = rate * strictExp(depth) - yieldRate;
    slope -= weight * (yieldRate * age * upperTail(d) + gain * density);
    curvature += (weight * density * (yieldRate + (gain * d) / spread)) / spot;
  }
  return { slope, curvature };
}

/** Phi(-x). */
function upperTail(x: number): number {
  const bell = strictExp(-0.5 * x * x);
  return x > 0 ? bell * scaledTailAbove(x) : 1 - bell * scaledTailAbove(-x);
}
