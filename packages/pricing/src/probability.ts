// Probabilities under a lognormal price. They are risk-neutral when the forward is the market's; with another forward (a
// drift of one's own) they are that view's.

import { requireBlack76, requireFinite, requireInRange } from "./domain.ts";
import { requirePositive } from "./market/paired-quote.ts";
import { normalCdf } from "./normal.ts";
import type { Right } from "./option.ts";
import { PricingError } from "./pricing-error.ts";
import { scaledTailAbove } from "./scaled-tail.ts";
import { logRatio, strictExp } from "./strict-math.ts";

/** The price after some time: lognormal with the forward as its mean. */
export interface LognormalPrice {
  readonly forward: number;
  /** In years, ACT/365. */
  readonly years: number;
  /** Yearly standard deviation of the log return, as a decimal. */
  readonly volatility: number;
}

/** A driftless or drifting path from a spot to a level. */
export interface TouchTerms {
  readonly spot: number;
  /** The level to be touched, above or below the spot. */
  readonly barrier: number;
  /** In years, ACT/365. */
  readonly years: number;
  /** Yearly standard deviation of the log return, as a decimal. */
  readonly volatility: number;
  /** Yearly growth of the forward, continuously compounded: rate less dividend yield. */
  readonly drift: number;
}

/** One leg of a structure that expires as a whole. */
export interface ProfitLeg {
  readonly right: Right;
  readonly strike: number;
  /** Positive bought, negative sold. */
  readonly quantity: number;
}

/**
 * Probability that an option expires in the money: Phi(d2) for a call, Phi(-d2) for a put (Black 1976). Without time or
 * volatility it is 1 or 0; exactly at the money then 0, since nothing is paid. Throws PricingError outside the domain.
 */
export function inTheMoneyProbability(right: Right, strike: number, price: LognormalPrice): number {
  requireLognormal(price, right, strike);
  return right === "call" ? aboveProbability(price, strike) : belowProbability(price, strike);
}

/**
 * Probability that the price touches a level before the time is over. With b = ln(B/S), nu = drift - sigma^2 / 2 and
 * s = sigma sqrt T, for a level above: Phi((nu T - b) / s) + exp(2 nu b / sigma^2) Phi((-nu T - b) / s), from the reflection
 * principle and a change of measure (Shreve 2004, "Stochastic calculus for finance II", 7.2); below, b and nu change signs.
 * Throws PricingError outside the domain.
 */
export function touchProbability({ spot, barrier, years, volatility, drift }: TouchTerms): number {
  requirePositive("spot", spot);
  requirePositive("barrier", barrier);
  requireLognormal({ forward: spot, years, volatility }, "call", barrier);
  requireFinite("drift", drift);
  const side = barrier < spot ? -1 : 1;
  const distance = side * logRatio(barrier, spot);
  const total = volatility * Math.sqrt(years);
  const moved = side * (drift - 0.5 * volatility * volatility) * years;
  requireInRange(moved);
  if (distance === 0) return 1;
  if (total === 0) return moved >= distance ? 1 : 0;
  const near = (distance - moved) / total;
  const far = (distance + moved) / total;
  // exp(2 nu b / sigma^2) is exp((far^2 - near^2) / 2) and may overflow where Phi(-far) underflows.
  const reflected =
    far > 0
      ? strictExp(-0.5 * near * near) * scaledTailAbove(far)
      : strictExp(2 * (moved / total) * (distance / total)) * normalCdf(-far);
  return Math.min(1, normalCdf(-near) + reflected);
}

/**
 * Probability that a structure held to its expiration earns more than nothing: the probability of all prices at which
 * `credit` (received for one unit; negative when paid) and the legs' payoffs sum to more than 0. Throws PricingError
 * outside the domain.
 */
export function profitProbability(legs: readonly ProfitLeg[], credit: number, price: LognormalPrice): number {
  requireFinite("credit", credit);
  requireLognormal(price, "call", 1);
  for (const { right, strike, quantity } of legs) {
    requireLognormal(price, right, strike);
    requireFinite("quantity", quantity);
  }
  const profit = (level: number): number => credit + payoffOf(legs, level);
  if (price.volatility * Math.sqrt(price.years) === 0) return profit(price.forward) > 0 ? 1 : 0;
  const strikes = [...new Set(legs.map(({ strike }) => strike))].toSorted((left, right) => left - right);
  const levels = [0, ...strikes];
  let probability = 0;
  for (const [index, low] of levels.entries()) {
    const high = levels[index + 1];
    const [from, to] = profitableSpan(profit, low, high);
    if (from < to) probability += betweenProbability(price, from, to);
  }
  return Math.min(1, probability);
}

/** Where the profit, a straight line between two levels (or beyond the last), is above 0. */
function profitableSpan(
  profit: (level: number) => number,
  low: number,
  high: number | undefined,
): readonly [from: number, to: number] {
  const atLow = profit(low);
  // Beyond the last strike any two points give the line.
  const end = high ?? 2 * low + 1;
  const slope = (profit(end) - atLow) / (end - low);
  const until = high ?? Number.POSITIVE_INFINITY;
  const zero = low - atLow / slope;
  if (atLow > 0) return [low, slope < 0 ? Math.min(zero, until) : until];
  return slope > 0 ? [zero, until] : [low, low];
}

function payoffOf(legs: readonly ProfitLeg[], level: number): number {
  let payoff = 0;
  for (const { right, strike, quantity } of legs) {
    payoff += quantity * Math.max(right === "call" ? level - strike : strike - level, 0);
  }
  return payoff;
}

/** From the side on which both probabilities are small, so that a far span keeps its digits. */
function betweenProbability(price: LognormalPrice, low: number, high: number): number {
  return low >= price.forward
    ? aboveProbability(price, low) - aboveProbability(price, high)
    : belowProbability(price, high) - belowProbability(price, low);
}

function aboveProbability(price: LognormalPrice, level: number): number {
  if (level === 0) return 1;
  return level === Number.POSITIVE_INFINITY ? 0 : tail(price, level, 1);
}

function belowProbability(price: LognormalPrice, level: number): number {
  if (level === 0) return 0;
  return level === Number.POSITIVE_INFINITY ? 1 : tail(price, level, -1);
}

/** Phi(side * d2). */
function tail({ forward, years, volatility }: LognormalPrice, level: number, side: 1 | -1): number {
  const x = side * logRatio(forward, level);
  const total = volatility * Math.sqrt(years);
  if (total === 0) return x > 0 ? 1 : 0;
  return normalCdf(x / total - side * 0.5 * total);
}

function requireLognormal(
  { forward, years, volatility }: LognormalPrice,
  right: Right,
  strike: number,
): void {
  requireBlack76({ right, forward, strike, years, volatility, rate: 0 });
  // Black's formula says "out of range" by its result; a probability has to look.
  if (!Number.isFinite(volatility * Math.sqrt(years))) {
    const message = "expected a total volatility that fits a double, found one that does not";
    throw new PricingError("pricing.out-of-range", "volatility", message);
  }
}
