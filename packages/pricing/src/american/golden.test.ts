import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { americanPrice, earlyExercisePremium } from "./american.ts";
import { americanGreeks } from "./american-greeks.ts";
import { americanImpliedVolatility } from "./american-implied-volatility.ts";
import { americanPriceWithDividends, exerciseSchedule } from "./dividends.ts";
import { exerciseBoundary } from "./exercise-boundary.ts";
import type { AmericanOption, AmericanScheme } from "./option.ts";

interface GoldenCase {
  readonly id: string;
  readonly type: "call" | "put";
  readonly S: number;
  readonly K: number;
  readonly r: number;
  readonly q: number;
  readonly sigma: number;
  readonly T: number;
  readonly price: number;
  readonly delta: number;
  readonly gamma: number;
  readonly theta: number;
  readonly vega: number;
  readonly rho: number;
  readonly boundary_at_T?: number | null;
}

type DatedCase = Omit<GoldenCase, "id" | "T"> & {
  readonly days: number;
  readonly dividends?: readonly { readonly days: number; readonly amount: number }[];
};

const golden: {
  readonly american: readonly GoldenCase[];
  readonly quantlib: readonly DatedCase[];
  readonly dividends: readonly DatedCase[];
} = JSON.parse(readFileSync(new URL("../../golden/american.json", import.meta.url), "utf8"));

function optionOf(of: Omit<GoldenCase, "id" | "T">, years: number, scheme: AmericanScheme): AmericanOption {
  return {
    right: of.type,
    spot: of.S,
    strike: of.K,
    years,
    volatility: of.sigma,
    rate: of.r,
    dividendYield: of.q,
    scheme,
  };
}

describe.each(golden.american)("American case $id", (of) => {
  it.each([
    ["fast", 1e-6],
    ["accurate", 5e-8],
    ["reference", 1e-9],
  ] as const)("is met by the scheme %s within %d of the strike", (scheme, tolerance) => {
    expect(Math.abs(americanPrice(optionOf(of, of.T, scheme)) - of.price)).toBeLessThanOrEqual(
      tolerance * of.K,
    );
  });

  it("has its Greeks within a millionth", () => {
    const greeks = americanGreeks(optionOf(of, of.T, "reference"));
    for (const name of ["delta", "gamma", "theta", "vega", "rho"] as const) {
      expect(Math.abs(greeks[name] - of[name]), name).toBeLessThanOrEqual(
        1e-6 * Math.max(1, Math.abs(of[name])),
      );
    }
  });

  it("is worth at least its payoff, and its premium is what it has over the European option", () => {
    const option = optionOf(of, of.T, "accurate");
    const payoff = Math.max(of.type === "call" ? of.S - of.K : of.K - of.S, 0);
    expect(americanPrice(option)).toBeGreaterThanOrEqual(payoff);
    expect(earlyExercisePremium(option)).toBeGreaterThanOrEqual(0);
  });
});

it("agrees with QuantLib's high-precision engine on 80 options of two laws, within 2e-8 of the strike", () => {
  let worst = 0;
  for (const of of golden.quantlib) {
    const error = Math.abs(americanPrice(optionOf(of, of.days / 365, "reference")) - of.price) / of.K;
    worst = Math.max(worst, error);
  }
  // The precision of QuantLib's scheme, not of ours: its own error is up to 1.3e-8 of the strike.
  expect(worst).toBeLessThan(2e-8);
});

it.each(golden.dividends)(
  "prices cash dividends as QuantLib's finite differences: $type $K, $days days",
  (of) => {
    const dividends = (of.dividends ?? []).map(({ days, amount }) => ({ years: days / 365, amount }));
    const option = optionOf(of, of.days / 365, "accurate");
    // Their own error is about 3e-7 of the strike.
    expect(Math.abs(americanPriceWithDividends(option, dividends) - of.price)).toBeLessThan(1e-6 * of.K);
    expect(exerciseSchedule(option, dividends).beforeDividends.length).toBeLessThanOrEqual(dividends.length);
  },
);

describe("americanImpliedVolatility", () => {
  it("finds the volatility that gave the price", () => {
    const option = {
      right: "put",
      spot: 100,
      strike: 105,
      years: 0.5,
      rate: 0.05,
      dividendYield: 0.01,
    } as const;
    const outcome = americanImpliedVolatility(option, americanPrice({ ...option, volatility: 0.27 }));
    expect(outcome.kind === "found" ? outcome.volatility : Number.NaN).toBeCloseTo(0.27, 6);
  });
});

describe("exerciseBoundary", () => {
  it("starts where the independent solver's does", () => {
    const known = golden.american.filter(
      ({ boundary_at_T }) => boundary_at_T !== undefined && boundary_at_T !== null,
    );
    expect(known.length).toBeGreaterThan(5);
    for (const of of known) {
      const boundary = exerciseBoundary(optionOf(of, of.T, "reference"));
      if (boundary.kind !== "single" || typeof of.boundary_at_T !== "number") continue;
      expect(Math.abs(boundary.at(of.T) - of.boundary_at_T), of.id).toBeLessThan(1e-6 * of.K);
    }
  });

  it("is never for a call without dividends at a positive rate", () => {
    const call = {
      right: "call",
      spot: 100,
      strike: 100,
      years: 1,
      volatility: 0.25,
      rate: 0.05,
      dividendYield: 0,
    } as const;
    expect(exerciseBoundary(call)).toEqual({ kind: "never" });
  });
});
