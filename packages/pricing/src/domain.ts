// What the public functions accept. Everything finite is welcome but a price or a strike that is not positive, and a
// negative time or volatility; the inner kernels (blackPrice, impliedTotalVolatility) trust their caller instead.

import type { Black76Option, EuropeanOption } from "./option.ts";
import { PricingError } from "./pricing-error.ts";

const INFINITY = Number.POSITIVE_INFINITY;

/** Throws a PricingError for the first field outside the domain. Most calls run the quick comparisons only. */
export function requireEuropean(option: EuropeanOption): void {
  const { spot, strike, years, volatility, rate, dividendYield } = option;
  const isPriced = spot > 0 && spot < INFINITY && strike > 0 && strike < INFINITY;
  const isDiscounted = rate - rate === 0 && dividendYield - dividendYield === 0;
  const hasScale = years >= 0 && years < INFINITY && volatility >= 0 && volatility < INFINITY;
  if (isPriced && isDiscounted && hasScale && isRight(option.right)) return;
  requireEuropeanTerms(option);
  requireVolatility(volatility);
}

/** Throws a PricingError for the first field outside the domain. */
export function requireBlack76(option: Black76Option): void {
  requireBlack76Terms(option);
  requireVolatility(option.volatility);
}

/** Throws a PricingError for the first field outside the domain, of an option whose volatility is asked for. */
export function requireEuropeanTerms(option: Omit<EuropeanOption, "volatility">): void {
  requireRight(option.right);
  requirePositive("spot", option.spot);
  requirePositive("strike", option.strike);
  requireYears(option.years);
  requireFinite("rate", option.rate);
  requireFinite("dividendYield", option.dividendYield);
}

/** Throws a PricingError for the first field outside the domain, of an option whose volatility is asked for. */
export function requireBlack76Terms(option: Omit<Black76Option, "volatility">): void {
  requireRight(option.right);
  requirePositive("forward", option.forward);
  requirePositive("strike", option.strike);
  requireYears(option.years);
  requireFinite("rate", option.rate);
}

function requireVolatility(volatility: number): void {
  requireFinite("volatility", volatility);
  if (volatility < 0) refuseNegative("pricing.negative-volatility", "volatility", volatility);
}

/** Throws a PricingError unless the value is a finite number. */
export function requireFinite(key: string, value: number): void {
  if (!Number.isFinite(value)) {
    throw new PricingError(
      "pricing.not-finite",
      key,
      `expected ${key} to be a finite number, found ${value}`,
    );
  }
}

/** Throws unless `value` is finite: finite inputs so extreme that a result leaves the doubles. */
export function requireInRange(value: number): void {
  if (!Number.isFinite(value)) {
    const message = "expected inputs whose price and Greeks fit a double, found a result that is not finite";
    throw new PricingError("pricing.out-of-range", "option", message);
  }
}

function requireRight(right: string): void {
  if (!isRight(right)) {
    throw new PricingError(
      "pricing.unknown-right",
      "right",
      `expected right to be call or put, found ${right}`,
    );
  }
}

function isRight(right: string): boolean {
  return right === "call" || right === "put";
}

function requirePositive(key: string, value: number): void {
  requireFinite(key, value);
  if (value <= 0) {
    throw new PricingError("pricing.not-positive", key, `expected ${key} above 0, found ${value}`);
  }
}

function requireYears(years: number): void {
  requireFinite("years", years);
  if (years < 0) refuseNegative("pricing.negative-time", "years", years);
}

function refuseNegative(
  code: "pricing.negative-time" | "pricing.negative-volatility",
  key: string,
  value: number,
): never {
  throw new PricingError(code, key, `expected ${key} of 0 or more, found ${value}`);
}
