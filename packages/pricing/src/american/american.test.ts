import { describe, expect, it } from "vitest";
import golden from "../../golden/american.json" with { type: "json" };
import type { Right } from "../option.ts";
import { americanPrice, earlyExercisePremium } from "./american.ts";
import { americanGreeks } from "./american-greeks.ts";
import { americanImpliedVolatility } from "./american-implied-volatility.ts";
import { exerciseBoundary } from "./exercise-boundary.ts";
import type { AmericanOption, AmericanScheme } from "./option.ts";

type Case = (typeof golden.american)[number];
const GREEKS = ["delta", "gamma", "vega", "theta", "rho"] as const;

function optionOf(c: Case, scheme?: AmericanScheme): AmericanOption {
  const right: Right = c.type === "call" ? "call" : "put";
  return {
    right,
    spot: c.S,
    strike: c.K,
    years: c.T,
    volatility: c.sigma,
    rate: c.r,
    dividendYield: c.q,
    scheme,
  };
}

// Reached, as shares of the strike: fast 5.0e-7 (A23), accurate 6.3e-9 (A27), reference 2.2e-13 (A21).
const PRICE_TOLERANCE = { fast: 7e-7, accurate: 1e-8, reference: 1e-12 } as const;

describe("the reference values", () => {
  it("are all there", () => {
    expect(golden.american).toHaveLength(16);
    expect(golden.quantlib).toHaveLength(80);
  });

  describe.each(["fast", "accurate", "reference"] as const)("hold with the %s scheme", (scheme) => {
    it.each(golden.american)("for $id $tag", (c) => {
      const option = optionOf(c, scheme);
      expect(Math.abs(americanPrice(option) - c.price)).toBeLessThan(PRICE_TOLERANCE[scheme] * c.K);
    });
  });

  it("hold by default with the accurate scheme", () => {
    for (const c of golden.american) {
      expect(americanPrice(optionOf(c))).toBe(americanPrice(optionOf(c, "accurate")));
    }
  });

  // Reached: accurate 3.0e-7 (A23 rho), reference 4.6e-8 (A25 rho), of 1 or of the Greek if that is larger.
  it.each(golden.american)("hold for the Greeks of $id $tag", (c) => {
    for (const [scheme, tolerance] of [
      ["accurate", 4e-7],
      ["reference", 6e-8],
    ] as const) {
      const greeks = americanGreeks(optionOf(c, scheme));
      expect(greeks.price).toBeCloseTo(americanPrice(optionOf(c, scheme)), 5);
      for (const greek of GREEKS) {
        const error = Math.abs(greeks[greek] - c[greek]) / Math.max(1, Math.abs(c[greek]));
        expect(error, `${scheme} ${greek}`).toBeLessThan(tolerance);
      }
    }
  });

  it.each(golden.american.filter((c) => c.boundary_at_T > 0))("hold for the boundary of $id $tag", (c) => {
    const accurate = exerciseBoundary(optionOf(c));
    const reference = exerciseBoundary(optionOf(c, "reference"));
    if (accurate.kind !== "single" || reference.kind !== "single") throw new Error("expected one boundary");
    expect(Math.abs(accurate.at(c.T) / c.boundary_at_T - 1)).toBeLessThan(3e-8);
    expect(Math.abs(reference.at(c.T) / c.boundary_at_T - 1)).toBeLessThan(1e-11);
  });

  it.each(golden.american.filter((c) => c.id !== "A07"))("give back the volatility of $id $tag", (c) => {
    const { volatility, ...terms } = optionOf(c, "reference");
    const implied = americanImpliedVolatility(terms, c.price);
    if (implied.kind !== "found") throw new Error("expected a volatility");
    // The reference price is good to 1e-12 of the strike, and volatility to that over vega.
    const slack = (1e-12 * c.K) / c.vega;
    expect(Math.abs(implied.volatility - volatility)).toBeLessThan(1e-13 + slack);
  });
});

describe("QuantLib", () => {
  // Largest difference, as a share of the strike: fund-like 4.9e-12, wide 5.1e-11 (two independent implementations).
  const tolerance = { S: 1e-11, L: 1e-10 } as const;

  it.each(golden.quantlib)("agrees on the $set $type struck at $K of $days days on $S", (c) => {
    const option: AmericanOption = {
      right: c.type === "call" ? "call" : "put",
      spot: c.S,
      strike: c.K,
      years: c.days / 365,
      volatility: c.sigma,
      rate: c.r,
      dividendYield: c.q,
      scheme: "reference",
    };
    // Its engine does not hold the price to intrinsic value.
    const expected = Math.max(c.price, c.type === "call" ? c.S - c.K : c.K - c.S);
    const limit = c.set === "S" ? tolerance.S : tolerance.L;
    expect(Math.abs(americanPrice(option) - expected)).toBeLessThan(limit * c.K);
  });
});

describe("the early exercise premium", () => {
  it("is the difference to the European price, and exactly 0 where exercise is never right", () => {
    for (const c of golden.american) {
      const expected = Math.max(c.price - c.european_price, 0);
      expect(Math.abs(earlyExercisePremium(optionOf(c, "reference")) - expected)).toBeLessThan(1e-12 * c.K);
    }
    const never = golden.american.find((c) => c.id === "A29");
    expect(never === undefined ? undefined : earlyExercisePremium(optionOf(never))).toBe(0);
  });
});
