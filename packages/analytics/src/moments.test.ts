import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mean, quantile, shape, standardDeviation } from "./moments.ts";

const seed = 7;
const ulps = 1e-14;

describe("mean", () => {
  test("is the sum over the count; of nothing there is none", () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(mean(Float64Array.of(-1, 1))).toBe(0);
    expect(mean([])).toBeUndefined();
  });
});

describe("standardDeviation", () => {
  test("divides by one less than the count", () => {
    // Deviations of 2, 4, 4, 4, 5, 5, 7, 9 from 5 square to 32 in all.
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 14);
    expect(standardDeviation([1, 3])).toBeCloseTo(Math.SQRT2, 15);
  });

  test("needs two values, and is exactly zero where nothing varies", () => {
    expect(standardDeviation([])).toBeUndefined();
    expect(standardDeviation([1])).toBeUndefined();
    // The mean of three 0.1 is rounded to another double than 0.1.
    expect(standardDeviation([0.1, 0.1, 0.1])).toBe(0);
  });
});

describe("shape", () => {
  test("of a hand-made sample", () => {
    // 0, 0, 0, 4: mean 1, deviations −1, −1, −1, 3; squares 12, cubes 24, fourth powers 84.
    // γ₃ = (24 / 4) / (12 / 4)^1.5 = 2 / √3; γ₄ = (84 / 4) / 9 = 7 / 3.
    const found = shape([0, 0, 0, 4]);
    expect(found?.skewness).toBeCloseTo(2 / Math.sqrt(3), 14);
    expect(found?.kurtosis).toBeCloseTo(7 / 3, 14);
  });

  test("of two points is flat: kurtosis 1, no skewness", () => {
    expect(shape([-1, 1])).toEqual({ skewness: 0, kurtosis: 1 });
  });

  test("kurtosis is raw: near three for the binomial", () => {
    // Twelve fair coins, each count of heads as often as it occurs among 4096 throws: kurtosis 3 − 2 / 12.
    const sample: number[] = [];
    let weight = 1;
    for (let heads = 0; heads <= 12; heads += 1) {
      for (let copy = 0; copy < weight; copy += 1) sample.push(heads);
      weight = (weight * (12 - heads)) / (heads + 1);
    }
    expect(sample).toHaveLength(4096);
    expect(shape(sample)?.kurtosis).toBeCloseTo(3 - 2 / 12, 12);
    expect(Math.abs(shape(sample)?.skewness ?? 1)).toBeLessThan(ulps);
  });

  test("is undefined where nothing varies, or only by what squares to zero", () => {
    expect(shape([])).toBeUndefined();
    expect(shape([5])).toBeUndefined();
    expect(shape([0.1, 0.1, 0.1])).toBeUndefined();
    expect(shape([0, 1e-200])).toBeUndefined();
  });

  test("kurtosis is at least one more than the square of skewness (Pearson 1916)", () => {
    const samples = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(samples, (values) => {
        const found = shape(values);
        if (found === undefined) return;
        expect(found.kurtosis).toBeGreaterThanOrEqual(1 + found.skewness * found.skewness - 1e-9);
      }),
      { seed, numRuns: 1000 },
    );
  });
});

describe("quantile", () => {
  test.each([
    // Hyndman and Fan (1996), definition 7: position (n − 1) p, as R's default.
    [[1, 2, 3, 4], 0.25, 1.75],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4, 5], 0.95, 4.8],
    [[1, 2, 3, 4, 5], 0, 1],
    [[1, 2, 3, 4, 5], 1, 5],
    [[10, 20, 40], 0.75, 30],
    [[3], 0.3, 3],
  ])("of %j at %d is %d", (sorted, share, expected) => {
    expect(quantile(sorted, share)).toBeCloseTo(expected, 14);
  });

  test("of nothing there is none", () => {
    expect(quantile([], 0.5)).toBeUndefined();
  });

  test("rises with the share and stays inside the sample", () => {
    const samples = fc
      .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 })
      .map((values) => values.toSorted((left, right) => left - right));
    const shares = fc.integer({ min: 0, max: 10_000 }).map((basisPoints) => basisPoints / 10_000);
    fc.assert(
      fc.property(samples, shares, shares, (sorted, one, other) => {
        const low = quantile(sorted, Math.min(one, other)) ?? Number.NaN;
        const high = quantile(sorted, Math.max(one, other)) ?? Number.NaN;
        expect(low).toBeLessThanOrEqual(high + 1e-9);
        expect(low).toBeGreaterThanOrEqual((sorted[0] ?? 0) - 1e-9);
        expect(high).toBeLessThanOrEqual((sorted.at(-1) ?? 0) + 1e-9);
      }),
      { seed, numRuns: 500 },
    );
  });
});
