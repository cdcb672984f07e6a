// Black's formula (Black 1976; Black and Scholes 1973 and Merton 1973 in the forward measure), arranged so that an
// out-of-the-money price keeps its relative accuracy down to the smallest double and an in-the-money price is
// intrinsic value plus that. With x = |ln F/K|, s the total volatility, h = x/s, t = s/2 and m = min(F, K):
//   out-of-the-money price / m = Phi(t - h) - exp(x) Phi(-t - h) = exp(-(h - t)^2 / 2) (E(h - t) - E(h + t)),
// because exp(x) phi(h + t) = phi(h - t) (Jaeckel 2015, "Let's be rational", uses the same symmetry). The difference
// of E is where a textbook form cancels; scaled-tail.ts has it in full accuracy.

import type { Right } from "./option.ts";
import { LARGEST_SERIES_STEP, scaledTailAbove, scaledTailDifference } from "./scaled-tail.ts";
import { logRatio, strictExp } from "./strict-math.ts";

/**
 * Discounted price of a European option on a forward, from the total volatility (volatility times the square root of
 * the years) and the discount factor. It checks nothing: forward, strike and discount factor must be positive, total
 * volatility 0 or more. Zero total volatility gives discounted intrinsic value. Positional numbers, although they
 * could be swapped, because the calls sit in inner loops where an options object costs as much as the formula.
 */
export function blackPrice(
  right: Right,
  forward: number,
  strike: number,
  totalVolatility: number,
  discountFactor: number,
): number {
  const x = logRatio(forward, strike);
  const smaller = forward < strike ? forward : strike;
  const timeValue = smaller * relativeTimeValue(Math.abs(x), totalVolatility);
  const intrinsic = right === "call" ? forward - strike : strike - forward;
  return discountFactor * (intrinsic > 0 ? intrinsic + timeValue : timeValue);
}

/** The price of the out-of-the-money option per unit of min(F, K), for x = |ln F/K| and total volatility s. */
export function relativeTimeValue(x: number, s: number): number {
  if (!(s > 0)) return 0;
  const h = x / s;
  const t = 0.5 * s;
  const u = h - t;
  return u > LAST_TAIL ? 0 : differenceOfTails(h, t, strictExp(-0.5 * u * u));
}

/** Phi(t - h) - exp(x) Phi(-t - h) for x = 2 h t, given bell = exp(-(h - t)^2 / 2). */
export function differenceOfTails(h: number, t: number, bell: number): number {
  if (h >= t || t <= LARGEST_SERIES_STEP) return bell * scaledTailDifference(h, t);
  return 1 - bell * (scaledTailAbove(t - h) + scaledTailAbove(h + t));
}

/** exp(-u^2 / 2) is 0 beyond. */
export const LAST_TAIL = 39;
