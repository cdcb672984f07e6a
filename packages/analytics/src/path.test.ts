import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { annualGrowth, deepestDrawdownOf, growthOf, returnsOf } from "./path.ts";
import { power } from "./power.ts";

const relative = 1e-13;

describe("power", () => {
  test("agrees with the engine's own to a few units of the last place", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.integer({ min: -3000, max: 3000 }).map((thousandths) => thousandths / 1000),
        (base, exponent) => {
          const expected = base ** exponent;
          expect(Math.abs(power(base, exponent) / expected - 1)).toBeLessThan(relative);
        },
      ),
      { seed: 2, numRuns: 2000 },
    );
  });

  test("keeps 1 and a zero exponent exact", () => {
    expect([power(1, 252), power(7, 0)]).toEqual([1, 1]);
  });
});

describe("growth", () => {
  // 26 weeks of 0.6 %: 16.83 % in all. QuantStats once divided calendar days by 252 and showed 4.7 % a year less.
  const weeks = new Float64Array(26).fill(0.006);
  const total = 1.006 ** 26;

  test("26 weeks of 0.6 percent make 16.83 percent, 36.5 percent a year of 52 weeks", () => {
    expect(growthOf(weeks, 26)).toBeCloseTo(0.1683, 4);
    expect(growthOf(weeks, 52)).toBeCloseTo(0.365, 3);
    expect(growthOf(weeks, 52)).toBeCloseTo(total * total - 1, 13);
  });

  test("the same over 175 calendar days is 38.33 percent on a year of 365 days, 38.35 on ours of 365.25", () => {
    expect(total ** (365 / 175) - 1).toBeCloseTo(0.3832, 4);
    expect(annualGrowth(1, total, 175)).toBeCloseTo(total ** (365.25 / 175) - 1, 13);
    expect(annualGrowth(1, total, 175)).toBeCloseTo(0.3835, 4);
  });

  test("ten percent a year for ten years is ten percent a year", () => {
    expect(annualGrowth(100, 100 * 1.1 ** 10, 3652.5)).toBeCloseTo(0.1, 13);
  });

  test("a doubling in four years of sessions", () => {
    expect(growthOf([1, 0, 0, 0], 1)).toBeCloseTo(2 ** 0.25 - 1, 14);
    expect(growthOf([0.5, -0.5], 2)).toBeCloseTo(-0.25, 14);
  });

  test("is minus one once everything is lost, and stays so", () => {
    expect(growthOf([0.1, -1, 0.5], 252)).toBe(-1);
    expect(growthOf([-1.5, -1.5], 252)).toBe(-1);
    expect(annualGrowth(100, 0, 365)).toBe(-1);
    expect(annualGrowth(100, -5, 365)).toBe(-1);
  });

  test("of nothing is nothing", () => {
    expect(growthOf([], 252)).toBe(0);
    expect(annualGrowth(100, 110, 0)).toBeUndefined();
    expect(annualGrowth(0, 110, 365)).toBeUndefined();
    expect(annualGrowth(-1, 110, 365)).toBeUndefined();
  });
});

describe("returnsOf", () => {
  test("is each value over the one before, less one", () => {
    expect([...returnsOf([100, 110, 99])].map((value) => value.toFixed(12))).toEqual([
      "0.100000000000",
      "-0.100000000000",
    ]);
    expect(returnsOf([100])).toHaveLength(0);
    expect(returnsOf([])).toHaveLength(0);
  });

  test("of an account that lost everything is zero from then on, never NaN", () => {
    expect([...returnsOf([100, 0, 0, 5])]).toEqual([-1, 0, 0]);
  });
});

describe("deepestDrawdownOf", () => {
  test("is the deepest fall of compounded wealth", () => {
    // 1, 1.1, 0.88, 0.968, 0.7744.
    expect(deepestDrawdownOf([0.1, -0.2, 0.1, -0.2])).toBeCloseTo(0.7744 / 1.1 - 1, 14);
    expect(deepestDrawdownOf([-0.1, 0.5])).toBeCloseTo(-0.1, 14);
    expect(deepestDrawdownOf([0.1, 0.1])).toBe(0);
    expect(deepestDrawdownOf([])).toBe(0);
  });
});
