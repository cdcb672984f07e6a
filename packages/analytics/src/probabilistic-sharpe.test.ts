import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minimumTrackRecord, probabilisticSharpe } from "./probabilistic-sharpe.ts";

const fiveDecimals = 5e-6;
const normal = { skewness: 0, kurtosis: 3 };

/** Moments that a sample can have: γ₄ at least γ₃² + 1, here by a margin. */
const moments = fc
  .tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: 10, max: 2000 }))
  .map(([skew, margin]) => ({ skewness: skew / 100, kurtosis: (skew / 100) ** 2 + 1 + margin / 100 }));
const sharpes = fc.integer({ min: -800, max: 800 }).map((thousandths) => thousandths / 1000);
const periods = fc.integer({ min: 2, max: 5000 });

describe("probabilisticSharpe", () => {
  // The worked example of Bailey and López de Prado (2012): 24 months at 0.458 a month.
  const track = { sharpe: 0.458, periods: 24 };

  test.each([
    ["normal returns", normal, 0.98167],
    ["skewed and fat-tailed ones", { skewness: -2.448, kurtosis: 10.164 }, 0.91336],
  ])("of the example with %s", (_, shape, expected) => {
    expect(probabilisticSharpe({ ...track, ...shape }, 0)).toBeGreaterThan(expected - fiveDecimals);
    expect(probabilisticSharpe({ ...track, ...shape }, 0)).toBeLessThan(expected + fiveDecimals);
  });

  test("is one half at the benchmark", () => {
    expect(probabilisticSharpe({ ...track, skewness: -1, kurtosis: 5 }, 0.458)).toBe(0.5);
  });

  test("is undefined below two periods and for moments that leave no error", () => {
    expect(probabilisticSharpe({ ...track, ...normal, periods: 1 }, 0)).toBeUndefined();
    // Two points of unequal weight: γ₄ = γ₃² + 1, and at SR = 2 / γ₃ no error is left.
    expect(probabilisticSharpe({ sharpe: 1, periods: 24, skewness: 2, kurtosis: 5 }, 0)).toBeUndefined();
    expect(probabilisticSharpe({ sharpe: 1, periods: 24, skewness: 3, kurtosis: 2 }, 0)).toBeUndefined();
  });

  test("falls with the benchmark and mirrors: gains and losses exchanged exchange the probabilities", () => {
    fc.assert(
      fc.property(moments, sharpes, sharpes, periods, (shape, sharpe, benchmark, count) => {
        const record = { sharpe, periods: count, ...shape };
        const found = probabilisticSharpe(record, benchmark) ?? Number.NaN;
        expect(probabilisticSharpe(record, benchmark + 0.01)).toBeLessThanOrEqual(found);
        const mirrored = { ...record, sharpe: -sharpe, skewness: -shape.skewness };
        expect(probabilisticSharpe(mirrored, -benchmark)).toBeCloseTo(1 - found, 12);
      }),
      { seed: 31, numRuns: 1000 },
    );
  });

  test("rises with the ratio where moments are the normal's, and over zero with negative skew", () => {
    const shapes = fc.constantFrom(normal, { skewness: -3, kurtosis: 10 }, { skewness: -1, kurtosis: 5 });
    fc.assert(
      fc.property(shapes, fc.integer({ min: 0, max: 800 }), periods, (shape, thousandths, count) => {
        const at = (sharpe: number): number =>
          probabilisticSharpe({ sharpe, periods: count, ...shape }, 0) ?? Number.NaN;
        expect(at((thousandths + 1) / 1000)).toBeGreaterThanOrEqual(at(thousandths / 1000));
      }),
      { seed: 32, numRuns: 1000 },
    );
  });

  test("a longer record makes surer, a fatter tail less sure of what is above the benchmark", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 300 }), periods, (shape, thousandths, count) => {
        const record = { sharpe: thousandths / 1000, periods: count, ...shape };
        const found = probabilisticSharpe(record, 0) ?? Number.NaN;
        expect(probabilisticSharpe({ ...record, periods: count + 1 }, 0)).toBeGreaterThanOrEqual(found);
        const fatter = { ...record, kurtosis: shape.kurtosis + 1 };
        expect(probabilisticSharpe(fatter, 0)).toBeLessThanOrEqual(found);
      }),
      { seed: 33, numRuns: 1000 },
    );
  });
});

describe("minimumTrackRecord", () => {
  test.each([
    // The examples of Bailey and López de Prado (2012): 2 a year against 1, in years, with 95 %.
    ["days", 252, normal, 2.73],
    ["weeks", 52, normal, 2.83],
    ["months", 12, normal, 3.24],
    ["months of a hedge fund", 12, { skewness: -0.72, kurtosis: 5.78 }, 4.99],
  ])("of the example in %s", (_, aYear, shape, years) => {
    const record = { sharpe: 2 / Math.sqrt(aYear), ...shape };
    const found = minimumTrackRecord(record, { benchmark: 1 / Math.sqrt(aYear), confidence: 0.95 });
    // Printed to two decimals.
    expect(Math.abs((found ?? 0) / aYear - years)).toBeLessThan(0.005);
  });

  test("is the length at which the probabilistic ratio reaches the confidence", () => {
    const confidences = fc.integer({ min: 501, max: 999 }).map((thousandths) => thousandths / 1000);
    fc.assert(
      fc.property(
        moments,
        sharpes,
        fc.integer({ min: 10, max: 500 }),
        confidences,
        (shape, sharpe, over, confidence) => {
          const benchmark = sharpe - over / 1000;
          const length = minimumTrackRecord({ sharpe, ...shape }, { benchmark, confidence }) ?? 0;
          fc.pre(length >= 2);
          expect(probabilisticSharpe({ sharpe, periods: length, ...shape }, benchmark)).toBeCloseTo(
            confidence,
            12,
          );
        },
      ),
      { seed: 34, numRuns: 1000 },
    );
  });

  test("no length is enough at or below the benchmark, and none for what is no confidence", () => {
    const record = { sharpe: 0.1, ...normal };
    expect(minimumTrackRecord(record, { benchmark: 0.1, confidence: 0.95 })).toBeUndefined();
    expect(minimumTrackRecord(record, { benchmark: 0.2, confidence: 0.95 })).toBeUndefined();
    expect(minimumTrackRecord(record, { benchmark: 0, confidence: 1 })).toBeUndefined();
    expect(minimumTrackRecord(record, { benchmark: 0, confidence: 0.4 })).toBeUndefined();
    const impossible = { sharpe: 1, skewness: 3, kurtosis: 2 };
    expect(minimumTrackRecord(impossible, { benchmark: 0, confidence: 0.95 })).toBeUndefined();
    expect(minimumTrackRecord(record, { benchmark: 0, confidence: 0.5 })).toBe(1);
  });
});
