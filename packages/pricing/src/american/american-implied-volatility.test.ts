import { describe, expect, it } from "vitest";
import { europeanImpliedVolatility } from "../implied-volatility.ts";
import { americanPrice } from "./american.ts";
import { americanGreeks } from "./american-greeks.ts";
import { americanImpliedVolatility } from "./american-implied-volatility.ts";
import type { AmericanOption } from "./option.ts";
import { fundOptions, widePuts } from "./testing/sample-options.ts";

const PUT: Omit<AmericanOption, "volatility"> = {
  right: "put",
  spot: 95,
  strike: 100,
  years: 1,
  rate: 0.05,
  dividendYield: 0.02,
};

describe("implied volatility", () => {
  it("gives back the volatility of the price, as far as its digits reach", () => {
    for (const option of [...fundOptions(150, 7), ...widePuts(150, 8)]) {
      const { volatility, ...terms } = option;
      const price = americanPrice(option);
      const payoff = option.right === "call" ? option.spot - option.strike : option.strike - option.spot;
      const implied = americanImpliedVolatility(terms, price);
      // Of a payoff of that many digits no more is left.
      if (price <= payoff * (1 + 1e-15)) {
        expect(implied).toEqual({ kind: "no-vega", intrinsic: payoff });
        continue;
      }
      if (implied.kind !== "found") throw new Error(`expected a volatility, found ${implied.kind}`);
      const { vega } = americanGreeks(option);
      expect(Math.abs(implied.volatility - volatility)).toBeLessThan(1e-12 + (2e-13 * option.strike) / vega);
    }
  });

  it("reads the smallest price", () => {
    const terms = { ...PUT, spot: 190, years: 0.12 };
    const price = americanPrice({ ...terms, volatility: 0.16 });
    expect(price).toBeGreaterThan(0);
    expect(price).toBeLessThan(1e-30);
    const implied = americanImpliedVolatility(terms, price);
    expect(implied).toEqual({ kind: "found", volatility: expect.closeTo(0.16, 13) });
  });

  it("works with every scheme and far from everyday volatilities", () => {
    for (const scheme of ["fast", "accurate", "reference"] as const) {
      for (const volatility of [0.004, 0.03, 0.7, 3, 9]) {
        const terms = { ...PUT, spot: 100, scheme };
        const implied = americanImpliedVolatility(terms, americanPrice({ ...terms, volatility }));
        expect(implied.kind).toBe("found");
        // The small schemes give way to a large one in between, and their prices meet to 1e-7 of the strike.
        if (implied.kind === "found") expect(implied.volatility / volatility).toBeCloseTo(1, 5);
      }
    }
  });

  it("says when a price is under what exercise at the best time pays", () => {
    expect(americanImpliedVolatility(PUT, 4.99)).toEqual({ kind: "below-intrinsic", intrinsic: 5 });
    expect(americanImpliedVolatility(PUT, 0)).toEqual({ kind: "below-intrinsic", intrinsic: 5 });
    const call: Omit<AmericanOption, "volatility"> = { ...PUT, right: "call", spot: 105 };
    const discounted = americanPrice({ ...call, volatility: 0 });
    expect(discounted).toBeGreaterThan(5);
    expect(americanImpliedVolatility(call, 5)).toEqual({ kind: "below-intrinsic", intrinsic: discounted });
  });

  it("says when a range of volatilities gives the price", () => {
    expect(americanImpliedVolatility(PUT, 5)).toEqual({ kind: "no-vega", intrinsic: 5 });
    const out = { ...PUT, spot: 120 };
    expect(americanImpliedVolatility(out, 0)).toEqual({ kind: "no-vega", intrinsic: 0 });
  });

  it("says when a price is at or over its bound", () => {
    expect(americanImpliedVolatility(PUT, 100)).toEqual({ kind: "above-bound", bound: 100 });
    expect(americanImpliedVolatility(PUT, 100.1)).toEqual({ kind: "above-bound", bound: 100 });
    const call: Omit<AmericanOption, "volatility"> = { ...PUT, right: "call" };
    expect(americanImpliedVolatility(call, 95)).toEqual({ kind: "above-bound", bound: 95 });
  });

  it("is found next to the bound, which a put approaches slowly", () => {
    for (const volatility of [42, 100, 300]) {
      const terms = { ...PUT, spot: 100 };
      const implied = americanImpliedVolatility(terms, americanPrice({ ...terms, volatility }));
      expect(implied.kind === "found" ? implied.volatility / volatility : 0).toBeCloseTo(1, 4);
    }
  });

  it("is the European one where exercise is never right, or no time is left", () => {
    const call: Omit<AmericanOption, "volatility"> = { ...PUT, right: "call", dividendYield: 0 };
    expect(americanImpliedVolatility(call, 12)).toEqual(europeanImpliedVolatility(call, 12));
    const due = { ...PUT, years: 0 };
    for (const price of [4, 5, 6]) {
      expect(americanImpliedVolatility(due, price)).toEqual(europeanImpliedVolatility(due, price));
    }
  });

  it("refuses what is no price and no option", () => {
    expect(() => americanImpliedVolatility(PUT, Number.NaN)).toThrow("expected price to be a finite number");
    expect(() => americanImpliedVolatility({ ...PUT, strike: -1 }, 5)).toThrow("expected strike above 0");
  });
});
