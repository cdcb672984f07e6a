import { describe, expect, it } from "vitest";
import { americanPrice } from "./american.ts";
import { americanGreeks } from "./american-greeks.ts";
import { refinedValue } from "./grid-value.ts";
import type { AmericanOption, AmericanScheme } from "./option.ts";
import { binomialPrice } from "./testing/binomial-tree.ts";
import { fundOptions, widePuts } from "./testing/sample-options.ts";

const COUNT = 400;
const SETS = { fund: fundOptions(COUNT, 20_240_607), wide: widePuts(COUNT, 20_240_608) } as const;
const REFERENCE = {
  fund: SETS.fund.map((option) => americanPrice({ ...option, scheme: "reference" })),
  wide: SETS.wide.map((option) => americanPrice({ ...option, scheme: "reference" })),
} as const;

/** Root mean square and largest error as shares of the strike. */
function errorsOf(
  set: "fund" | "wide",
  scheme: AmericanScheme,
): { readonly rms: number; readonly most: number } {
  const errors = SETS[set].map((option, i) => {
    return Math.abs(americanPrice({ ...option, scheme }) - (REFERENCE[set][i] ?? 0)) / option.strike;
  });
  const squares = errors.reduce((sum, error) => sum + error * error, 0);
  return { rms: Math.sqrt(squares / errors.length), most: Math.max(...errors) };
}

describe("against the reference scheme", () => {
  it.each([
    ["fast", "fund", 9e-8, 8e-7],
    ["fast", "wide", 1.5e-7, 1.5e-6],
    ["accurate", "fund", 1e-9, 1.5e-8],
    ["accurate", "wide", 6e-9, 1e-7],
  ] as const)(
    "the %s scheme is right on 400 %s options to %s rms and %s at most",
    (scheme, set, rms, most) => {
      const errors = errorsOf(set, scheme);
      expect(errors.rms).toBeLessThan(rms);
      expect(errors.most).toBeLessThan(most);
    },
  );

  it.each([
    { right: "put", spot: 50, strike: 100, rate: 0.1, dividendYield: 0.12, volatility: 0.5, years: 1 },
    { right: "call", spot: 200, strike: 100, rate: 0.1, dividendYield: 0.08, volatility: 0.5, years: 1 },
    { right: "call", spot: 200, strike: 100, rate: 0.06, dividendYield: 0.12, volatility: 0.5, years: 3 },
    {
      right: "call",
      spot: 100,
      strike: 64.03,
      rate: 0.0703,
      dividendYield: 0.0562,
      volatility: 0.148,
      years: 25,
    },
  ] as const)(
    "the accurate scheme is right where volatility is large and the boundary turns sharply: %o",
    (option) => {
      const expected = americanPrice({ ...option, scheme: "reference" });
      expect(Math.abs(americanPrice(option) - expected)).toBeLessThan(5e-8 * option.strike);
    },
  );

  it("the accurate Greeks are right", () => {
    for (const option of [...SETS.fund.slice(0, 60), ...SETS.wide.slice(0, 60)]) {
      const accurate = americanGreeks(option);
      const reference = americanGreeks({ ...option, scheme: "reference" });
      for (const greek of ["delta", "gamma", "vega", "theta", "rho"] as const) {
        const size = Math.max(Math.abs(reference[greek]), 1);
        // Reached on 2,400 such options: 6.0e-7, rho where the strike lies 1.2 deviations above rate / yield of it.
        expect(Math.abs(accurate[greek] - reference[greek]), greek).toBeLessThan(7e-7 * size);
      }
    }
  });
});

describe("the reference scheme", () => {
  it("agrees with finite differences, which share no line with it", () => {
    for (const [i, option] of [...SETS.fund.slice(0, 15), ...SETS.wide.slice(0, 15)].entries()) {
      const expected = REFERENCE[i < 15 ? "fund" : "wide"][i % 15] ?? 0;
      const grid = refinedValue(option, [], 1e-9 * option.strike);
      // The grid's own change by its last refinement is about that.
      expect(Math.abs(grid.price - expected)).toBeLessThan(1e-8 * option.strike);
    }
  });

  it("agrees with a binomial tree", () => {
    const terms = { right: "put", spot: 95, strike: 100, years: 0.7 } as const;
    const options: AmericanOption[] = [
      { ...terms, volatility: 0.25, rate: 0.06, dividendYield: 0.02 },
      { ...terms, volatility: 0.25, rate: 0.03, dividendYield: 0.07 },
      { ...terms, right: "call", volatility: 0.4, rate: 0.03, dividendYield: 0.07 },
      { ...terms, right: "call", spot: 110, volatility: 0.15, rate: -0.01, dividendYield: 0.02 },
      { ...terms, volatility: 0.2, rate: -0.01, dividendYield: -0.04 },
    ];
    for (const option of options) {
      const tree = 0.5 * (binomialPrice(option, 1000) + binomialPrice(option, 1001));
      // The tree's error at a thousand steps.
      expect(Math.abs(americanPrice({ ...option, scheme: "reference" }) - tree)).toBeLessThan(3e-5 * 100);
    }
  });
});
