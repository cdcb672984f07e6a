// Black's formula inverted. The unknown is the total volatility s of an out-of-the-money price; x = |ln F/K|. Three
// regions, as in Jaeckel (2015), "Let's be rational", each with an objective that is close to a straight line:
//   below the inflection of the price at s = sqrt(2 x):       ln of the price,
//   above it, while the price is under half its bound:        the price,
//   nearer the bound:                                         ln of what is missing to the bound.
// The first guess inverts Bachelier's formula (rationals, 2e-5) and adds the terms that turn a normal into a lognormal
// volatility at the money; Householder's third-order step multiplies the digits by four, inside a bracket.

import { differenceOfTails } from "./black.ts";
import { normalQuantile } from "./normal.ts";
import type { Right } from "./option.ts";
import { INVERSE_SQRT_2PI, scaledTailAbove, scaledTailDifference } from "./scaled-tail.ts";
import { logRatio, strictExp, strictLog } from "./strict-math.ts";

/**
 * The total volatility (volatility times the square root of the years) at which Black's formula gives an undiscounted
 * price; `undefined` when none does, or when an in-the-money price is intrinsic value to within rounding. It checks
 * nothing: forward and strike must be positive. Positional for inner loops, like blackPrice.
 */
export function impliedTotalVolatility(
  right: Right,
  forward: number,
  strike: number,
  undiscountedPrice: number,
): number | undefined {
  const spread = right === "call" ? forward - strike : strike - forward;
  const timeValue = spread > 0 ? undiscountedPrice - spread : undiscountedPrice;
  if (spread > 0 && timeValue <= ROUNDING * undiscountedPrice) return undefined;
  const smaller = forward < strike ? forward : strike;
  const x = Math.abs(logRatio(forward, strike));
  return totalVolatilityOf(x, timeValue / smaller, Math.abs(spread) / smaller);
}

/** An in-the-money price is known to this share of itself at best: half a unit for it and for each of its parts. */
export const ROUNDING: number = 4 / 2 ** 53;

/**
 * Total volatility from x = |ln F/K|, the out-of-the-money price and |F - K|, both per unit of min(F, K);
 * `undefined` when no volatility gives the price.
 */
export function totalVolatilityOf(x: number, price: number, spread: number): number | undefined {
  if (!(price > 0 && price < 1)) return price === 0 && x === 0 ? 0 : undefined;
  const inflection = Math.sqrt(2 * x);
  const half = 0.5 * inflection;
  // The price at the inflection is 1/2 - E(sqrt(2 x)), and E(0) = 1/2.
  if (price < scaledTailDifference(half, half)) {
    return solve(x, BELOW, strictLog(price), bachelierGuess(x, price, spread), 0, inflection * ABOVE_ONE);
  }
  const least = inflection * BELOW_ONE;
  if (price <= 0.5) {
    return solve(x, MIDDLE, price, bachelierGuess(x, price, spread), least, Number.POSITIVE_INFINITY);
  }
  const missing = 1 - price;
  const guess = price < 0.7 ? bachelierGuess(x, price, spread) : nearBoundGuess(x, missing);
  return solve(x, NEAR_BOUND, strictLog(missing), guess, least, Number.POSITIVE_INFINITY);
}

const BELOW = 0;
const MIDDLE = 1;
const NEAR_BOUND = 2;

/** The two sides of the inflection overlap a little, so that rounding cannot lock a root out of its bracket. */
export const ABOVE_ONE: number = 1.001;
export const BELOW_ONE: number = 0.999;

/** A third-order step of relative size e leaves about e^4, so after one this small nothing is left to do. */
export const LAST_STEP: number = 1e-4;
const MOST_STEPS = 100;

function solve(
  x: number,
  region: number,
  target: number,
  guess: number,
  least: number,
  most: number,
): number {
  let low = least;
  let high = most;
  let s = guess > low ? (guess < high ? guess : high) : low;
  for (let i = 0; i < MOST_STEPS; i++) {
    const h = x / s;
    const t = 0.5 * s;
    const u = h - t;
    // `slope` is price'/price in the terms of the objective; 0 where the objective is the price itself.
    let slope = 0;
    let newton: number;
    if (region === BELOW) {
      const difference = scaledTailDifference(h, t);
      slope = INVERSE_SQRT_2PI / difference;
      newton = (target + 0.5 * u * u - strictLog(difference)) / slope;
    } else if (region === MIDDLE) {
      const bell = strictExp(-0.5 * u * u);
      newton = (target - differenceOfTails(h, t, bell)) / (INVERSE_SQRT_2PI * bell);
    } else {
      const sum = scaledTailAbove(-u) + scaledTailAbove(h + t);
      slope = -INVERSE_SQRT_2PI / sum;
      newton = (target + 0.5 * u * u - strictLog(sum)) / slope;
    }
    if (newton > 0) low = s;
    else high = s;
    const step = householderStep(s, h, t, slope, newton);
    const next = s + step;
    const isInside = next > low && next < high;
    if (Math.abs(newton) <= LAST_STEP * s) return isInside ? next : s;
    s = isInside ? next : inside(low, high);
  }
  return s;
}

/**
 * Householder's third-order step from Newton's. With v the price's first derivative in s, v'/v = (h^2 - t^2) / s =: eta
 * and v''/v = eta^2 - 3 h^2 / s^2 - 1/4; for the logarithm of a price (or of what is missing) these give the second and
 * third derivative over the first.
 */
export function householderStep(s: number, h: number, t: number, slope: number, newton: number): number {
  const eta = ((h - t) * (h + t)) / s;
  const second = eta - slope;
  const third = eta * eta - (3 * h * h) / (s * s) - 0.25 + slope * (2 * slope - 3 * eta);
  const bend = newton * second;
  const denominator = 1 + bend + (newton * newton * third) / 6;
  // Far from the root the expansion means nothing, and its steps can be misleadingly short.
  return bend > -1 && bend < 1 && denominator > 0.1 ? (newton * (1 + 0.5 * bend)) / denominator : newton;
}

/** A place in a bracket that a step has left. */
export function inside(low: number, high: number): number {
  if (high === Number.POSITIVE_INFINITY) return low > 0 ? 2 * low : 1;
  return low > 0 ? 0.5 * (low + high) : 0.125 * high;
}

/** Bachelier's formula inverted for the ratio |F - K| / price, then the expansion of erf at the money. */
export function bachelierGuess(x: number, price: number, spread: number): number {
  const r = spread / price;
  let s: number;
  if (r < 51) {
    const n = 0.39893457 + r * (0.26273655 + r * (0.028229086 + r * 0.000357479089));
    const d = 1 + r * (1.15803365 + r * (0.322716487 + r * (0.0198011705 + r * 0.000156024267)));
    s = ((x > 1e-6 ? x / spread : 1) * price * d) / n;
  } else {
    const l = Math.sqrt(strictLog(spread) - strictLog(price));
    const n = -0.55725691 + l * (1.86770382 + l * (-1.40013772 + l * (0.42134225 + l * 0.13669137)));
    const d = 1 + l * (-0.46393672 + l * (0.30380506 + l * 0.09660514));
    s = (x * d) / n;
  }
  const s2 = s * s;
  return s * (1 + s2 * (1 / 24 + s2 * (7 / 1920)));
}

/** From 1 - price = Phi(-d1) + exp(x) Phi(d2), whose two parts are equal at the money. */
function nearBoundGuess(x: number, missing: number): number {
  const d1 = -normalQuantile(0.5 * missing);
  return d1 + Math.sqrt(d1 * d1 + 2 * x);
}
