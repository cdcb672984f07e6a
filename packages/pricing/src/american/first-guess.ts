import { strictLog } from "../strict-math.ts";
import type { CollocationScheme } from "./scheme.ts";
import type { UnitPut } from "./unit-put.ts";

/**
 * Writes a first guess of ln(B / K)^2, good to a few percent. Near expiration B is known in closed form (Evans, Kuske
 * and Keller 2002, "American options on assets with dividends near expiry", equations 1.1 to 1.3), far from it B tends
 * to the perpetual boundary (Merton 1973); the five constants between the two are fitted to 1,422 solved boundaries.
 */
export function guessBoundary(put: UnitPut, scheme: CollocationScheme): void {
  const { sigma, rate, yieldRate, logLimit } = put;
  const { roots, squares } = scheme;
  const far = 1.03 * (logLimit - logPerpetual(put));
  const carry = 7.04 * Math.max(rate - yieldRate, 0);
  for (let j = 0; j < squares.length; j++) {
    const root = roots[j] ?? 0;
    const time = root * root;
    const spread = sigma * root;
    // How much of a move of one standard deviation the carry until expiration pays for.
    const pull = (carry * time) / spread + 4.956 * Math.max(rate, 0) * time;
    const deviations = Math.sqrt(strictLog(1 + (0.49 / pull + 2.6) / pull) + 1.24);
    // Below the strike's own path if that is lower, else straight from the limit rate / yield.
    const fall = Math.max(deviations * spread + logLimit, logLimit < 0 ? 0.6388 * spread : 0);
    const ratio = fall / far;
    const depth = fall / Math.sqrt(1 + ratio * ratio) - logLimit;
    squares[j] = depth * depth;
  }
}

/** ln of the perpetual boundary over the strike: lambda / (lambda - 1) with lambda the negative root. */
export function logPerpetual({ sigma, rate, yieldRate }: UnitPut): number {
  const variance = sigma * sigma;
  const growth = (2 * (rate - yieldRate)) / variance - 1;
  const pay = (8 * rate) / variance;
  const root = Math.sqrt(growth * growth + pay);
  // lambda = -(growth + root) / 2, in the form that does not cancel.
  const minusLambda = growth > 0 ? 0.5 * (growth + root) : ((0.25 * pay) / (root - growth)) * 2;
  return -strictLog(1 + 1 / minusLambda);
}
