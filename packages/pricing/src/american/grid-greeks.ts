import type { CashDividend, EuropeanOption, PriceAndGreeks } from "../option.ts";
import { refinedValue, valueAtLevel } from "./grid-value.ts";

/**
 * Price and Greeks by finite differences. Delta and gamma are read off the grid, theta follows from the pricing equation,
 * vega and rho are differences of fourth order on one grid.
 */
export function gridGreeks(
  option: EuropeanOption,
  dividends: readonly CashDividend[],
  tolerance: number,
): PriceAndGreeks {
  const { spot, volatility, rate, dividendYield } = option;
  const { price, delta, gamma, level } = refinedValue(option, dividends, tolerance);
  const slopeTo = (key: "volatility" | "rate", step: number): number => {
    const priceAt = (shift: number): number => {
      const moved = { ...option, [key]: option[key] + shift * step };
      return valueAtLevel(moved, dividends, { level: Math.max(level - 1, LEAST_LEVEL), frame: option }).price;
    };
    return (8 * (priceAt(1) - priceAt(-1)) - (priceAt(2) - priceAt(-2))) / (12 * step);
  };
  const carry = (rate - dividendYield) * spot * delta;
  const convexity = 0.5 * volatility * volatility * spot * spot * gamma;
  return {
    price,
    delta,
    gamma,
    vega: slopeTo("volatility", VOLATILITY_STEP * volatility),
    // Where the option is exercised its payoff does not decay.
    theta: gamma === 0 && Math.abs(delta) === 1 ? 0 : rate * price - carry - convexity,
    rho: slopeTo("rate", Math.max(RATE_STEP * Math.abs(rate), LEAST_RATE_STEP)),
  };
}

// Large enough for the rounding and the small unevenness of the grid's error.
const VOLATILITY_STEP = 0.01;
const RATE_STEP = 0.015;
const LEAST_RATE_STEP = 3e-4;
// A level less than the price needs: a difference along one grid keeps more digits than the price itself.
const LEAST_LEVEL = 3;
