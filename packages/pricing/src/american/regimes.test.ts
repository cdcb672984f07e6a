import { describe, expect, it } from "vitest";
import { europeanGreeks, europeanPrice } from "../european.ts";
import { seededUniform } from "../testing/seeded-uniform.ts";
import { americanPrice } from "./american.ts";
import { americanGreeks } from "./american-greeks.ts";
import { refinedValue } from "./grid-value.ts";
import type { AmericanOption } from "./option.ts";
import { unitPut } from "./unit-put.ts";

const PUT: AmericanOption = {
  right: "put",
  spot: 95,
  strike: 100,
  years: 1,
  volatility: 0.25,
  rate: 0.05,
  dividendYield: 0.02,
};

function grid(option: AmericanOption): number {
  return refinedValue(option, [], 1e-9 * option.strike).price;
}

describe("every regime of rate and yield", () => {
  it.each([
    ["rate above yield", 0.05, 0.02, "below"],
    ["rate below yield", 0.02, 0.05, "below"],
    ["rate just below yield", 0.05, 0.0502, "below"],
    ["rate and yield equal", 0.05, 0.05, "below"],
    ["no yield", 0.05, 0, "below"],
    ["a negative yield", 0.05, -0.03, "below"],
    ["no rate and a negative yield", 0, -0.03, "below"],
    ["a negative rate and a lower yield", -0.02, -0.05, "band"],
    ["no rate", 0, 0.03, "never"],
    ["neither", 0, 0, "never"],
    ["a negative rate", -0.02, 0.03, "never"],
    ["a negative rate and a higher yield", -0.03, -0.02, "never"],
  ] as const)(
    "a put with %s agrees with finite differences, and so does its call",
    (_, rate, dividendYield, regime) => {
      const option = { ...PUT, rate, dividendYield };
      const call: AmericanOption = { ...option, right: "call", rate: dividendYield, dividendYield: rate };
      expect(unitPut(option).regime).toBe(regime);
      expect(unitPut(call).regime).toBe(regime);
      // The grid's own error.
      expect(Math.abs(americanPrice(option) - grid(option))).toBeLessThan(1e-6);
      expect(Math.abs(americanPrice(call) - grid(call))).toBeLessThan(1e-6);
      if (regime === "never") expect(americanPrice(option)).toBe(europeanPrice(option));
      else expect(americanPrice(option)).toBeGreaterThan(europeanPrice(option) + 5e-6);
    },
  );

  it("passes continuously through equal rate and yield, and through no rate", () => {
    const at = (rate: number): number => americanPrice({ ...PUT, rate, scheme: "reference" });
    expect(Math.abs(at(0.02 + 1e-9) - at(0.02))).toBeLessThan(1e-6);
    expect(Math.abs(at(0.02 - 1e-9) - at(0.02))).toBeLessThan(1e-6);
    expect(Math.abs(at(1e-9) - at(0))).toBeLessThan(1e-6);
    const greeksAt = (rate: number): number => americanGreeks({ ...PUT, rate, scheme: "reference" }).rho;
    expect(Math.abs(greeksAt(0.02 + 1e-6) - greeksAt(0.02 - 1e-6))).toBeLessThan(0.01);
  });

  it("prices a band of exercise: more than the European, less than with the same rate and a lower yield", () => {
    const option = { ...PUT, spot: 60, rate: -0.02, dividendYield: -0.05 };
    expect(americanPrice(option)).toBeGreaterThanOrEqual(europeanPrice(option));
    expect(americanPrice(option)).toBeGreaterThanOrEqual(40);
    const greeks = americanGreeks({ ...option, spot: 95 });
    const step = 0.5;
    const at = (spot: number): number => americanPrice({ ...option, spot });
    expect(greeks.delta).toBeCloseTo((at(95 + step) - at(95 - step)) / (2 * step), 4);
    expect(greeks.gamma).toBeCloseTo((at(95 + step) - 2 * at(95) + at(95 - step)) / (step * step), 4);
  });
});

describe("at the edges", () => {
  it("without time the option is its payoff", () => {
    expect(americanPrice({ ...PUT, years: 0 })).toBe(5);
    expect(americanPrice({ ...PUT, years: 0, right: "call" })).toBe(0);
    expect(americanGreeks({ ...PUT, years: 0 })).toEqual(europeanGreeks({ ...PUT, years: 0 }));
  });

  it("without volatility it is exercised at the best fixed time", () => {
    const still = { ...PUT, volatility: 0 };
    expect(americanPrice(still)).toBe(5);
    expect(americanGreeks(still)).toEqual({ price: 5, delta: -1, gamma: 0, vega: 0, theta: 0, rho: 0 });
    expect(americanPrice({ ...still, spot: 105 })).toBe(0);
    // A falling forward: e^(-rt) K - e^(-qt) S is largest at ln(r K / (q S)) / (r - q), inside the life.
    const falling: AmericanOption = { ...still, spot: 42, rate: 0.05, dividendYield: 0.15, years: 3 };
    const time = Math.log((0.05 * 100) / (0.15 * 42)) / (0.05 - 0.15);
    const best = 100 * Math.exp(-0.05 * time) - 42 * Math.exp(-0.15 * time);
    expect(americanPrice(falling)).toBeCloseTo(best, 12);
    const greeks = americanGreeks(falling);
    const at = (shift: Partial<AmericanOption>): number => americanPrice({ ...falling, ...shift });
    expect(greeks.delta).toBeCloseTo((at({ spot: 42.01 }) - at({ spot: 41.99 })) / 0.02, 7);
    expect(greeks.gamma).toBeCloseTo((at({ spot: 42.1 }) - 2 * at({}) + at({ spot: 41.9 })) / 0.01, 5);
    expect(greeks.rho).toBeCloseTo((at({ rate: 0.0501 }) - at({ rate: 0.0499 })) / 0.0002, 3);
    expect(greeks.theta).toBe(0);
    // And at the end of a shorter life.
    const short = { ...falling, years: 0.5 * time };
    expect(americanPrice(short)).toBe(europeanPrice(short));
  });

  it("tends to that as volatility vanishes", () => {
    for (const [rate, dividendYield] of [
      [0.05, 0.02],
      [0.05, 0],
      [0.02, 0.05],
      [0.05, 0.05],
      [0.05, -0.02],
    ] as const) {
      for (const spot of [60, 90, 99.9, 100.1, 120]) {
        const option = { ...PUT, spot, rate, dividendYield };
        const still = americanPrice({ ...option, volatility: 0 });
        for (const volatility of [1e-2, 1e-3, 1e-4, 1e-5, 1e-7, 1e-9, 1e-12]) {
          const difference = americanPrice({ ...option, volatility }) - still;
          // At the money an option is worth about 0.4 of the standard deviation.
          expect(difference).toBeGreaterThanOrEqual(-1e-9);
          expect(difference).toBeLessThan(0.4 * volatility * 100 + 1e-12);
        }
      }
    }
  });

  it("is the payoff where exercise is right now", () => {
    const deep = { ...PUT, spot: 40 };
    expect(americanPrice(deep)).toBe(60);
    expect(americanGreeks(deep)).toEqual({ price: 60, delta: -1, gamma: 0, vega: 0, theta: 0, rho: 0 });
    const call: AmericanOption = { ...PUT, right: "call", spot: 300, rate: 0.02, dividendYield: 0.1 };
    expect(americanPrice(call)).toBe(200);
    expect(americanGreeks(call).delta).toBe(1);
  });

  it("keeps the digits of a far option", () => {
    const far = { ...PUT, spot: 100, strike: 40, years: 0.05 };
    const price = americanPrice(far);
    expect(price).toBeGreaterThan(0);
    expect(price).toBeLessThan(1e-50);
    expect(price / europeanPrice(far)).toBeGreaterThanOrEqual(1);
    expect(price / europeanPrice(far)).toBeLessThan(1.2);
  });

  it("holds a minute before expiration", () => {
    const minute = 1 / (365 * 1440);
    for (const strike of [99.9, 99.99, 100, 100.01, 100.1]) {
      const option = { ...PUT, spot: 100, strike, years: minute };
      expect(Math.abs(americanPrice(option) - grid(option))).toBeLessThan(1e-9 * strike);
    }
  });

  it("has the Greeks of no rate at next to none", () => {
    const terms: AmericanOption = { ...PUT, dividendYield: -0.02 };
    const none = americanGreeks({ ...terms, rate: 0 });
    for (const rate of [5e-324, 1e-300, 1e-20, 1e-12]) {
      const greeks = americanGreeks({ ...terms, rate });
      for (const greek of ["price", "delta", "gamma", "vega", "theta", "rho"] as const) {
        expect(Math.abs(greeks[greek] - none[greek]), greek).toBeLessThan(
          1e-8 * Math.max(1, Math.abs(none[greek])),
        );
      }
    }
  });

  it("tends to the perpetual option", () => {
    const { rate, dividendYield, volatility } = PUT;
    const variance = volatility * volatility;
    const growth = (2 * (rate - dividendYield)) / variance - 1;
    const lambda = -0.5 * (growth + Math.sqrt(growth * growth + (8 * rate) / variance));
    const boundary = (100 * lambda) / (lambda - 1);
    const perpetual = (100 - boundary) * (95 / boundary) ** lambda;
    expect(americanPrice({ ...PUT, years: 400 })).toBeCloseTo(perpetual, 5);
    expect(americanPrice({ ...PUT, years: 50 })).toBeLessThan(perpetual);
    // The drift carries spot and strike apart long before; the price does not depend on the life any more.
    const strong: AmericanOption = { ...PUT, spot: 100, volatility: 0.05, dividendYield: 0 };
    expect(americanPrice({ ...strong, years: 300 })).toBeCloseTo(
      americanPrice({ ...strong, years: 200 }),
      12,
    );
    expect(americanGreeks({ ...strong, years: 300 }).theta).toBe(0);
    expect(americanGreeks({ ...strong, years: 300 }).vega).toBeGreaterThan(1);
  });

  it("rises to its bound with a huge volatility", () => {
    let last = 0;
    for (const volatility of [1, 2, 4, 8, 16, 32]) {
      const price = americanPrice({ ...PUT, volatility });
      expect(price).toBeGreaterThanOrEqual(last);
      expect(price).toBeLessThanOrEqual(100);
      last = price;
    }
    expect(last).toBeGreaterThan(99.9);
  });

  it("is finite, and between payoff and bound, on terms of all sizes", () => {
    const uniform = seededUniform(20_240_609);
    const size = (low: number, high: number): number => low * (high / low) ** uniform();
    const rateOf = (): number => {
      const kind = uniform();
      if (kind < 0.2) return 0;
      return kind < 0.7 ? size(1e-4, 0.3) : -size(1e-4, 0.1);
    };
    for (let i = 0; i < 1500; i++) {
      const option: AmericanOption = {
        right: uniform() < 0.5 ? "call" : "put",
        spot: size(20, 500),
        strike: 100,
        years: size(1e-7, 50),
        volatility: size(1e-5, 4),
        rate: rateOf(),
        dividendYield: rateOf(),
      };
      // Finite differences take a tenth of a second each; a test above has them.
      if (unitPut(option).regime === "band") continue;
      const price = americanPrice(option);
      const { spot, strike, years, rate, dividendYield } = option;
      const payoff = option.right === "call" ? spot - strike : strike - spot;
      const bound =
        option.right === "call"
          ? spot * Math.exp(Math.max(-dividendYield * years, 0))
          : strike * Math.exp(Math.max(-rate * years, 0));
      expect(price).toBeGreaterThanOrEqual(Math.max(payoff, 0));
      expect(price).toBeLessThanOrEqual(bound * (1 + 1e-12));
      expect(price).toBeGreaterThanOrEqual(europeanPrice(option) - 1e-12 * bound);
    }
  });

  it("refuses what is no option", () => {
    expect(() => americanPrice({ ...PUT, spot: 0 })).toThrow("expected spot above 0, found 0");
    expect(() => americanGreeks({ ...PUT, volatility: -0.1 })).toThrow("expected volatility of 0 or more");
    expect(() => americanPrice({ ...PUT, years: Number.NaN })).toThrow(
      "expected years to be a finite number",
    );
  });
});
