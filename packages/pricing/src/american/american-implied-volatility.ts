import { requireEuropeanTerms, requireFinite } from "../domain.ts";
import { europeanImpliedVolatility, type ImpliedVolatility } from "../implied-volatility.ts";
import { strictExp } from "../strict-math.ts";
import { ROUNDING } from "../total-volatility.ts";
import { americanPrice } from "./american.ts";
import type { AmericanOption } from "./option.ts";
import { unitPut } from "./unit-put.ts";

/**
 * The volatility at which `americanPrice`, with the same scheme, gives `price`. `intrinsic` is the price without
 * volatility: exercise at the best fixed time. Where that is at once, a range of volatilities gives it, and the outcome is
 * `no-vega`. Throws PricingError for terms outside the domain and a price that is not finite.
 */
export function americanImpliedVolatility(
  option: Omit<AmericanOption, "volatility">,
  price: number,
): ImpliedVolatility {
  requireEuropeanTerms(option);
  requireFinite("price", price);
  const { years } = option;
  if (years === 0 || unitPut({ ...option, volatility: 1 }).regime === "never") {
    return europeanImpliedVolatility(option, price);
  }
  const intrinsic = americanPrice({ ...option, volatility: 0 });
  const bound = boundOf(option);
  // A payoff of nothing is exact, so that the smallest price tells a volatility.
  const rounding = intrinsic === 0 ? 0 : ROUNDING * Math.max(bound, intrinsic);
  if (price < intrinsic - rounding) return { kind: "below-intrinsic", intrinsic };
  if (price <= intrinsic + rounding) return { kind: "no-vega", intrinsic };
  if (price >= bound) return { kind: "above-bound", bound };
  const volatility = solve((sigma) => americanPrice({ ...option, volatility: sigma }) - price, option, price);
  return volatility === undefined ? { kind: "above-bound", bound } : { kind: "found", volatility };
}

/** What the price tends to as volatility grows: the spot certain to be near 0, or beyond all bounds, before long. */
function boundOf({
  right,
  spot,
  strike,
  years,
  rate,
  dividendYield,
}: Omit<AmericanOption, "volatility">): number {
  return right === "call"
    ? spot * strictExp(Math.max(-dividendYield * years, 0))
    : strike * strictExp(Math.max(-rate * years, 0));
}

/** A bracket around the root, then the root; undefined if no volatility is high enough. */
function solve(
  excessAt: (sigma: number) => number,
  option: Omit<AmericanOption, "volatility">,
  price: number,
): number | undefined {
  const most = MOST_SIGMA / Math.sqrt(option.years);
  let high = Math.min(highestGuess(option, price), most);
  let highExcess = excessAt(high);
  while (highExcess < 0) {
    if (high === most) return undefined;
    high = Math.min(2 * high, most);
    highExcess = excessAt(high);
  }
  let low = 0.8 * high;
  let lowExcess = excessAt(low);
  while (lowExcess > 0) {
    [high, highExcess] = [low, lowExcess];
    low *= 0.5;
    lowExcess = excessAt(low);
  }
  return rootBetween(excessAt, { value: low, excess: lowExcess }, { value: high, excess: highExcess });
}

// Of a put with a rate what is missing to the bound falls as slowly as 1 / sigma^2: here to 1e-4 of it.
const MOST_SIGMA = 400;

/** The European option is worth no more at the same volatility, so its implied volatility is no lower. */
function highestGuess(option: Omit<AmericanOption, "volatility">, price: number): number {
  const european = europeanImpliedVolatility(option, price);
  return european.kind === "found" && european.volatility > 0 ? european.volatility : 1;
}

interface Point {
  readonly value: number;
  readonly excess: number;
}

/**
 * Chandrupatla (1997), "A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function": inverse
 * quadratic interpolation where it can be trusted, else bisection.
 */
function rootBetween(excessAt: (value: number) => number, low: Point, high: Point): number {
  let [near, far] = [low, high];
  let share = near.excess / (near.excess - far.excess);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const value = near.value + share * (far.value - near.value);
    const found = { value, excess: excessAt(value) };
    const isSameSide = found.excess > 0 === near.excess > 0;
    const [last, opposite] = isSameSide ? [near, far] : [far, near];
    [near, far] = [found, opposite];
    const best = Math.abs(near.excess) < Math.abs(far.excess) ? near : far;
    const least = (SHARPNESS * best.value) / Math.abs(far.value - near.value);
    if (near.excess === 0 || least > 0.5) return best.value;
    share = Math.min(Math.max(nextShare(near, far, last), least), 1 - least);
  }
  return near.value;
}

const MOST_ROUNDS = 100;
const SHARPNESS = 1e-14;

function nextShare(a: Point, b: Point, c: Point): number {
  const place = (a.value - b.value) / (c.value - b.value);
  const height = (a.excess - b.excess) / (c.excess - b.excess);
  if (!(height * height < place && (1 - height) * (1 - height) < 1 - place)) return 0.5;
  const first = (a.excess / (b.excess - a.excess)) * (c.excess / (b.excess - c.excess));
  const reach = (c.value - a.value) / (b.value - a.value);
  return first + reach * (a.excess / (c.excess - a.excess)) * (b.excess / (c.excess - b.excess));
}
