import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FairValueConfig, SizeConfig } from "./config.ts";
import { drawdownBrake } from "./drawdown-brake.ts";
import { fairValue, fairValueFactor } from "./fair-value.ts";
import { sizeFactors } from "./size-factors.ts";
import { fakeView } from "./testing/fake-market.ts";

const seed = 1509;
const brake = { from: 0.1, until: 0.3, least: 0.25 };
const monday = "2019-06-03";

describe("drawdownBrake", () => {
  const factorAt = (equity: number) => drawdownBrake(brake, { equity, peakEquity: 1000 }).factor;

  test("whole until the first depth, straight to the least at the second, and no less beyond", () => {
    expect([1000, 950, 900].map(factorAt)).toEqual([1, 1, 1]);
    expect(factorAt(800)).toBeCloseTo(1 - 0.5 * 0.75, 12);
    expect(factorAt(700)).toBeCloseTo(0.25, 12);
    expect([100, 0, -50].map(factorAt)).toEqual([0.25, 0.25, 0.25]);
    expect(drawdownBrake(brake, { equity: 800, peakEquity: 1000 }).because).toBe(
      "20.0 % below the peak: 62.5 % of the size",
    );
    expect(drawdownBrake(brake, { equity: 960, peakEquity: 1000 }).because).toBe(
      "4.0 % below the peak: no brake",
    );
  });

  test("an account that never had equity is not below a peak", () => {
    expect(drawdownBrake(brake, { equity: -5, peakEquity: 0 }).factor).toBe(1);
  });

  test("deeper never sells more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }), (one, other) => {
        expect(factorAt(Math.min(one, other))).toBeLessThanOrEqual(factorAt(Math.max(one, other)));
      }),
      { seed, numRuns: 500 },
    );
  });
});

const gordon: FairValueConfig = {
  premium: 0.05,
  growth: 0.03,
  years: 10,
  terminalGrowth: 0.03,
  interval: 0.005,
};
const known = (rate: number, dividendYield: number) =>
  ({
    rate: { value: rate, source: "downloaded" },
    dividendYield: { value: dividendYield, source: "downloaded" },
  }) as const;

describe("fairValue", () => {
  test("with one growth it is Gordon's perpetuity, whatever the number of years", () => {
    // Dividends of 100 a year, discount 0.07, growth 0.03: 100 q / (1 − q) with q = e^−0.04.
    const q = Math.exp(-0.04);
    for (const years of [1, 5, 10, 50]) {
      const { value } = fairValue({ ...gordon, years }, { spot: 5000, rate: 0.02, dividendYield: 0.02 });
      expect(value).toBeCloseTo((100 * q) / (1 - q), 8);
    }
  });

  test("two stages, worked by hand", () => {
    // Discount 0.05, growth 0.10 for two years, then 0.02; a dividend of 50:
    // 50 e^0.05 + 50 e^0.10, then 50 e^0.10 · e^−0.03 / (1 − e^−0.03).
    const config = { premium: 0.03, growth: 0.1, years: 2, terminalGrowth: 0.02, interval: 0.005 };
    const { value } = fairValue(config, { spot: 2500, rate: 0.02, dividendYield: 0.02 });
    expect(value).toBeCloseTo(52.563555 + 55.258546 + (55.258546 * 0.970445534) / 0.029554466, 2);
  });

  test("is worth any price where growth eats the discount", () => {
    const { low, value, high } = fairValue(
      { ...gordon, premium: 0.012 },
      { spot: 5000, rate: 0.02, dividendYield: 0.02 },
    );
    expect(Number.isFinite(low) && Number.isFinite(value)).toBe(true);
    expect(high).toBe(Number.POSITIVE_INFINITY);
  });

  test("a higher discount is never worth more", () => {
    const rates = fc.integer({ min: -100, max: 1000 }).map((basis) => basis / 10_000);
    fc.assert(
      fc.property(rates, fc.integer({ min: 0, max: 500 }), (rate, yields) => {
        const terms = { spot: 4000, rate, dividendYield: yields / 10_000 };
        const { low, value, high } = fairValue(gordon, terms);
        expect(low).toBeLessThanOrEqual(value);
        expect(value).toBeLessThanOrEqual(high);
      }),
      { seed, numRuns: 1000 },
    );
  });
});

describe("fairValueFactor", () => {
  const factorAt = (rate: number, dividendYield: number) =>
    fairValueFactor(gordon, fakeView({ session: monday, spot: 3000, carry: known(rate, dividendYield) }));

  test("1 wherever the interval spans the index", () => {
    // At 2 % and a yield of 4 % dividends are worth 4 % q / (1 − q) = 98 % of the index, at 50 points less discount 112 %.
    expect(factorAt(0.02, 0.04)).toMatchObject({ factor: 1, because: expect.stringContaining("unchanged") });
  });

  test("less above the value of dividends, more below, within bounds", () => {
    expect(factorAt(0.02, 0.03).factor).toBeCloseTo(0.03 * (Math.exp(-0.04) / (1 - Math.exp(-0.04))), 10);
    expect(factorAt(0.02, 0.005).factor).toBe(0.5);
    expect(factorAt(0.02, 0.048).factor).toBeCloseTo(0.048 * (Math.exp(-0.04) / (1 - Math.exp(-0.04))), 10);
    expect(factorAt(0.02, 0.1).factor).toBe(1.25);
  });

  test("abstains where dividends are only modelled", () => {
    const assessed = fairValueFactor(gordon, fakeView({ session: monday }));
    expect(assessed).toEqual({
      name: "fair-value",
      factor: 1,
      because: "the dividends of the index are not known: size unchanged",
    });
  });
});

describe("sizeFactors", () => {
  const account = { equity: 800, peakEquity: 1000 };
  const view = fakeView({ session: monday, spot: 3000, carry: known(0.02, 0.03) });

  test("names what is configured and what happened, and nothing else", () => {
    const size: SizeConfig = {
      profile: undefined,
      totalRiskShare: 0.03,
      drawdownBrake: undefined,
      fairValue: undefined,
    };
    expect(sizeFactors(view, { factor: 1, because: [] }, account, size)).toEqual([]);
    const all = sizeFactors(view, { factor: 0.5, because: ["cpi"] }, account, {
      ...size,
      drawdownBrake: brake,
      fairValue: gordon,
    });
    expect(all.map(({ name }) => name)).toEqual(["events", "drawdown", "fair-value"]);
    expect(all[0]).toEqual({ name: "events", factor: 0.5, because: "cpi" });
  });
});
