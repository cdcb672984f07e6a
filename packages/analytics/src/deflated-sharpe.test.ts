import { normalCdf, normalPdf, normalQuantile } from "@steward/pricing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bestTrial, deflatedSharpe, expectedMaximumSharpe } from "./deflated-sharpe.ts";
import { mean } from "./moments.ts";
import { probabilisticSharpe } from "./probabilistic-sharpe.ts";
import { type Random, seededRandom } from "./random.ts";

const fiveDecimals = 5e-6;

/** Mean of a function of the highest of so many standard normal draws, by the rectangle rule, which is exact enough here. */
function meanOfMaximum(count: number, of: (maximum: number) => number): number {
  const step = 1e-3;
  let total = 0;
  for (let x = -10; x <= 10; x += step)
    total += of(x) * count * normalPdf(x) * normalCdf(x) ** (count - 1) * step;
  return total;
}

/** The value below which the highest of so many standard normal draws stays with a probability. */
function quantileOfMaximum(count: number, probability: number): number {
  return normalQuantile(probability ** (1 / count));
}

describe("expectedMaximumSharpe", () => {
  test.each([
    // Expected best annual Sharpe ratio of worthless trials over 5 and 10 years, to two decimals.
    [10, 0.7, 0.5],
    [100, 1.13, 0.8],
    [432, 1.35, 0.95],
    [1540, 1.51, 1.07],
    [4600, 1.64, 1.16],
  ])("of %d trials over five and ten years", (count, five, ten) => {
    expect(expectedMaximumSharpe({ count, variance: 1 / 5 })).toBeCloseTo(five, 2);
    expect(expectedMaximumSharpe({ count, variance: 1 / 10 })).toBeCloseTo(ten, 2);
  });

  test("is near the normal distribution's own mean maximum: 8 % low at two, up to 2.6 % high from three on", () => {
    const errorOf = (count: number): number =>
      (expectedMaximumSharpe({ count, variance: 1 }) ?? 0) / meanOfMaximum(count, (x) => x) - 1;
    // The mean of the higher of two is 1/√π.
    expect(meanOfMaximum(2, (x) => x)).toBeCloseTo(1 / Math.sqrt(Math.PI), 10);
    expect(errorOf(2)).toBeCloseTo(-0.0788, 4);
    expect(errorOf(100)).toBeCloseTo(0.0092, 4);
    for (const count of [3, 4, 6, 10, 30, 432, 10_000]) {
      expect(errorOf(count)).toBeGreaterThan(0);
      expect(errorOf(count)).toBeLessThan(0.026);
    }
  });

  test("rises with the trials and is in proportion to their deviation", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 100_000 }),
        fc.integer({ min: 1, max: 1000 }),
        (tenths, size) => {
          const count = tenths / 10;
          const found = expectedMaximumSharpe({ count, variance: 1 }) ?? Number.NaN;
          expect(found).toBeGreaterThanOrEqual(0);
          expect(expectedMaximumSharpe({ count: count + 1, variance: 1 })).toBeGreaterThan(found);
          expect(expectedMaximumSharpe({ count, variance: size * size })).toBeCloseTo(size * found, 9);
        },
      ),
      { seed: 41, numRuns: 1000 },
    );
  });

  test("one trial is the best of nothing; fewer than one, or a negative variance, there are none", () => {
    expect(expectedMaximumSharpe({ count: 1, variance: 1 })).toBe(0);
    expect(expectedMaximumSharpe({ count: 1.1, variance: 1 })).toBe(0);
    expect(expectedMaximumSharpe({ count: 0, variance: 1 })).toBeUndefined();
    expect(expectedMaximumSharpe({ count: 10, variance: -1 })).toBeUndefined();
    expect(expectedMaximumSharpe({ count: 10, variance: 0 })).toBe(0);
  });
});

describe("deflatedSharpe", () => {
  // Bailey and López de Prado (2014): 2.5 a year over five years of 250 days; the trials' annual variance is a half.
  const track = { sharpe: 2.5 / Math.sqrt(250), periods: 1250 };
  const variance = 0.5 / 250;

  test.each([
    ["100 trials", 100, { skewness: -3, kurtosis: 10 }, 0.11317, 0.9004],
    ["46 trials", 46, { skewness: -3, kurtosis: 10 }, 0.10036, 0.9505],
    ["88 trials, normal returns", 88, { skewness: 0, kurtosis: 3 }, 0.11115, 0.95049],
    // A probability that excess kurtosis taken for raw would give: close enough to hide from three decimals.
    ["100 trials, excess kurtosis taken for raw", 100, { skewness: -3, kurtosis: 7 }, 0.11317, 0.90178],
  ])("of the example with %s", (_, count, shape, benchmark, expected) => {
    const found = expectedMaximumSharpe({ count, variance }) ?? Number.NaN;
    expect(Math.abs(found - benchmark)).toBeLessThan(fiveDecimals);
    const deflated = deflatedSharpe({ ...track, ...shape }, { count, variance }) ?? Number.NaN;
    expect(Math.abs(deflated - expected)).toBeLessThan(fiveDecimals);
  });

  test("never exceeds the probabilistic ratio over zero, equals it for one trial, and falls with more", () => {
    const counts = fc.integer({ min: 2, max: 5000 });
    const sharpes = fc.integer({ min: -200, max: 200 }).map((thousandths) => thousandths / 1000);
    fc.assert(
      fc.property(counts, sharpes, fc.integer({ min: 0, max: 100 }), (count, sharpe, variance10k) => {
        const record = { sharpe, periods: 1000, skewness: -1, kurtosis: 6 };
        const trials = { count, variance: variance10k / 10_000 };
        const over = probabilisticSharpe(record, 0) ?? Number.NaN;
        const deflated = deflatedSharpe(record, trials) ?? Number.NaN;
        expect(deflated).toBeLessThanOrEqual(over);
        expect(deflatedSharpe(record, { ...trials, count: 1 })).toBe(over);
        expect(deflatedSharpe(record, { ...trials, count: count + 1 })).toBeLessThanOrEqual(deflated);
      }),
      { seed: 42, numRuns: 1000 },
    );
  });

  test("is undefined for what are no trials", () => {
    expect(deflatedSharpe({ ...track, skewness: 0, kurtosis: 3 }, { count: 0, variance })).toBeUndefined();
  });
});

/** A standard normal draw, never infinite. */
function normalDraw(random: Random): number {
  return normalQuantile(random.next() + 2 ** -33);
}

function noiseTrials(seed: number, count: number, sessions: number): readonly Float64Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: sessions }, () => 0.01 * normalDraw(random)),
  );
}

describe("the best of 432 variants of nothing over five years", () => {
  const histories = Array.from({ length: 8 }, (_, seed) => bestTrial(noiseTrials(2014 + seed, 432, 1260)));
  const chosen = histories.filter((best) => best !== undefined);
  // One annual Sharpe ratio over five years has a standard error of √(1/5).
  const error = Math.sqrt(1 / 5);

  test("shows the annual Sharpe ratio that theory expects, 1.34", () => {
    expect(chosen).toHaveLength(8);
    const center = meanOfMaximum(432, (x) => x);
    const deviation = Math.sqrt(meanOfMaximum(432, (x) => (x - center) ** 2));
    expect(center * error).toBeCloseTo(1.338, 3);
    const found = mean(chosen.map(({ sharpe }) => sharpe.value)) ?? Number.NaN;
    expect(Math.abs(found - center * error)).toBeLessThan((3 * deviation * error) / Math.sqrt(8));
    for (const { sharpe, luck } of chosen) {
      expect(sharpe.value).toBeGreaterThan(error * quantileOfMaximum(432, 0.0005));
      expect(sharpe.value).toBeLessThan(error * quantileOfMaximum(432, 0.9995));
      // The deviation of 432 ratios is known to 1/√864 = 3.4 %.
      expect(Math.abs(luck / 1.3454 - 1)).toBeLessThan(4 * 0.034);
    }
  });

  test("would pass alone at 95 %, always, and deflated, practically never: it is a throw of a coin", () => {
    // A best of 432 under 1.645 deviations has a chance of 0.95⁴³² = 2e-10; one 1.645 over the expectation, of 0.07 %.
    expect(1 - normalCdf(3.0083 + 1.6449) ** 432).toBeLessThan(0.0008);
    for (const { probabilistic, deflated } of chosen) {
      expect(probabilistic).toBeGreaterThan(0.95);
      expect(deflated).toBeLessThan(0.95);
    }
    const center = meanOfMaximum(432, (x) => normalCdf(x - 3.0083));
    const deviation = Math.sqrt(meanOfMaximum(432, (x) => (normalCdf(x - 3.0083) - center) ** 2));
    const found = mean(chosen.map(({ deflated }) => deflated)) ?? Number.NaN;
    expect(center).toBeCloseTo(0.492, 3);
    // Three standard errors, and what an error of 3.4 % in the trials' deviation adds.
    expect(Math.abs(found - center)).toBeLessThan((3 * deviation) / Math.sqrt(8) + 0.02);
  });
});

describe("bestTrial", () => {
  test("finds a true ratio of three among noise, and believes it", () => {
    const trials = noiseTrials(7, 60, 1260).map((returns, index) =>
      index === 41 ? returns.map((value) => value + (0.01 * 3) / Math.sqrt(252)) : returns,
    );
    const found = bestTrial(trials);
    expect(found?.index).toBe(41);
    expect(found?.deflated).toBeGreaterThan(0.99);
  });

  test("counts what never traded with a ratio of zero", () => {
    const returns = [0.01, -0.01, 0.02];
    const idle = [0, 0, 0];
    const ratio = (bestTrial([returns, idle])?.sharpe.value ?? 0) / Math.sqrt(252);
    // Ratios r and 0 have the sample variance r² / 2.
    const expected = expectedMaximumSharpe({ count: 2, variance: (ratio * ratio) / 2 }) ?? Number.NaN;
    expect(bestTrial([returns, idle])?.luck).toBeCloseTo(expected * Math.sqrt(252), 12);
  });

  test("takes the first of equals, and has no answer without a choice", () => {
    const returns = [0.01, -0.01, 0.02];
    expect(bestTrial([[-0.01, 0.01, -0.02], returns, returns])?.index).toBe(1);
    expect(bestTrial([returns])).toBeUndefined();
    expect(bestTrial([])).toBeUndefined();
    expect(
      bestTrial([
        [0, 0],
        [0, 0],
      ]),
    ).toBeUndefined();
  });
});
