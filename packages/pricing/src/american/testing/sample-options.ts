import { seededUniform } from "../../testing/seeded-uniform.ts";
import type { AmericanOption } from "../option.ts";

/** Options on a fund like SPY: a day to two years, strikes within a fifth of the spot, calls and puts in turn. */
export function fundOptions(count: number, seed: number): readonly AmericanOption[] {
  const uniform = seededUniform(seed);
  return Array.from({ length: count }, (_, i) => ({
    right: i % 2 === 0 ? "put" : "call",
    spot: 600,
    strike: 600 * (0.8 + 0.4 * uniform()),
    years: (1 + 729 * uniform()) / 365,
    volatility: 0.1 + 0.4 * uniform(),
    rate: 0.03 + 0.025 * uniform(),
    dividendYield: 0.0005 + 0.0195 * uniform(),
  }));
}

/** Puts over the ranges of Andersen, Lake and Offengenden (2016, table 1), yields above and below the rate. */
export function widePuts(count: number, seed: number): readonly AmericanOption[] {
  const uniform = seededUniform(seed);
  return Array.from({ length: count }, () => ({
    right: "put",
    strike: 100,
    spot: 25 + 175 * uniform(),
    rate: 0.02 + 0.08 * uniform(),
    dividendYield: 0.12 * uniform(),
    volatility: 0.1 + 0.5 * uniform(),
    years: (30 + 335 * uniform()) / 365,
  }));
}
