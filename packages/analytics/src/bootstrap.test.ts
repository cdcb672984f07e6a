import { describe, expect, test } from "vitest";
import { type BootstrapOptions, bootstrapMean, bootstrapPair, bootstrapPaths } from "./bootstrap.ts";
import type { Estimate } from "./interval.ts";
import { standardDeviation } from "./moments.ts";
import { deepestDrawdownOf, growthOf } from "./path.ts";
import { type Random, seededRandom } from "./random.ts";

function options(seed: number, changes: Partial<BootstrapOptions> = {}): BootstrapOptions {
  return { random: seededRandom(seed), resamples: 500, meanBlock: 21, sessionsAYear: 252, ...changes };
}

function noise(seed: number, length = 400): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length }, () => (random.next() - 0.48) / 50);
}

function ordered({ low95, low50, high50, high95 }: Estimate): boolean {
  return low95 <= low50 && low50 <= high50 && high50 <= high95;
}

/** Draws from a list, and then from its beginning again. */
function scripted(...draws: readonly number[]): Random {
  let at = 0;
  return { next: () => draws[at++ % draws.length] ?? 0 };
}

describe("bootstrapPaths", () => {
  test("the value is what happened, the bands lie around what might have", () => {
    const returns = noise(1);
    const found = bootstrapPaths(returns, options(42));
    expect(found?.growth.value).toBe(growthOf(returns, 252));
    expect(found?.drawdown.value).toBe(deepestDrawdownOf(returns));
    expect(found && ordered(found.growth) && ordered(found.drawdown)).toBe(true);
    expect(found?.growth.low95).toBeLessThan(found?.growth.value ?? 0);
    expect(found?.growth.high95).toBeGreaterThan(found?.growth.value ?? 0);
    expect(found?.drawdown.high95).toBeLessThanOrEqual(0);
  });

  test("the same seed gives the same numbers, another seed others", () => {
    const returns = noise(1);
    expect(bootstrapPaths(returns, options(42))).toEqual(bootstrapPaths(returns, options(42)));
    expect(bootstrapPaths(returns, options(43))).not.toEqual(bootstrapPaths(returns, options(42)));
  });

  test("a constant series has bands without width", () => {
    const found = bootstrapPaths(new Float64Array(50).fill(0.001), options(42));
    const growth = growthOf(new Float64Array(50).fill(0.001), 252);
    expect(new Set(Object.values(found?.growth ?? {}))).toEqual(new Set([growth]));
    expect(new Set(Object.values(found?.drawdown ?? {}))).toEqual(new Set([0]));
  });

  test("is undefined below two returns", () => {
    expect(bootstrapPaths(new Float64Array(2), options(42))).toBeDefined();
    expect(bootstrapMean(new Float64Array(2), options(42))).toBeDefined();
    expect(bootstrapPair(new Float64Array(2), new Float64Array(2), options(42))).toBeDefined();
    expect(bootstrapPaths(new Float64Array(1), options(42))).toBeUndefined();
    expect(bootstrapMean(new Float64Array(1), options(42))).toBeUndefined();
  });

  test("leaves the returns as they were", () => {
    const returns = noise(1);
    bootstrapPaths(returns, options(42));
    expect(returns).toEqual(noise(1));
  });
});

describe("the stationary bootstrap", () => {
  /** The one history that a script of draws makes, as its mean over powers of ten. */
  const values = Float64Array.of(1, 10, 100, 1000);
  const meanOf = (random: Random, meanBlock: number): number | undefined =>
    bootstrapMean(values, { random, resamples: 1, meanBlock })?.low95;

  test("copies a block from where it starts, wrapping at the end", () => {
    // Starts at 2 of 4; a draw of 0.9 is a block of 1 + ⌊ln 0.1 / ln 0.5⌋ = 4.
    expect(meanOf(scripted(0.5, 0.9), 2)).toBe((100 + 1000 + 1 + 10) / 4);
  });

  test("starts anew anywhere once a block ends, and cuts the last one", () => {
    // 0.5 starts at 100, 0.49 is a block of 1; 0 starts at 1, 0.6 is one of 2; 0.75 starts at 1000, 0.9 would be one of 4.
    expect(meanOf(scripted(0.5, 0.49, 0, 0.6, 0.75, 0.9), 2)).toBe((100 + 1 + 10 + 1000) / 4);
    expect(meanOf(scripted(0.75, 0.49, 0.75, 0.6, 0.75, 0), 2)).toBe((1000 + 1000 + 1 + 1000) / 4);
  });

  test("blocks of one are independent draws", () => {
    expect(meanOf(scripted(0.75, 0.25, 0.75, 0.5), 1)).toBe((1000 + 10 + 1000 + 100) / 4);
  });

  test("blocks have the mean length that was asked for", () => {
    let draws = 0;
    const random = seededRandom(9);
    const counted: Random = {
      next: () => {
        draws += 1;
        return random.next();
      },
    };
    bootstrapMean(new Float64Array(50_000), { random: counted, resamples: 1, meanBlock: 21 });
    // Two draws a block; the deviation of the mean of 2381 geometric lengths is 0.42.
    expect(Math.abs(50_000 / (draws / 2) - 21)).toBeLessThan(1.3);
  });
});

test("bands are the percentiles 2.5, 25, 75 and 97.5 of the resamples", () => {
  // Forty-one values and as many resamples, each made of one value alone: the means are 0 to 40.
  const values = Float64Array.from({ length: 41 }, (_, index) => index);
  let draws = -1;
  const random: Random = {
    next: () => {
      draws += 1;
      return (Math.floor(draws / 41) + 0.5) / 41;
    },
  };
  expect(bootstrapMean(values, { random, resamples: 41, meanBlock: 1 })).toEqual({
    value: 20,
    low95: 1,
    low50: 10,
    high50: 30,
    high95: 39,
  });
});

describe("bootstrapPair", () => {
  test("of one series twice has no difference at all", () => {
    const found = bootstrapPair(noise(1), noise(1), options(42));
    expect(new Set(Object.values(found?.growth ?? {}))).toEqual(new Set([0]));
    expect(new Set(Object.values(found?.drawdown ?? {}))).toEqual(new Set([0]));
    expect(found?.shallower).toBe(0);
  });

  test("the value is the difference of what happened", () => {
    const [first, second] = [noise(1), noise(2)];
    const found = bootstrapPair(first, second, options(42));
    expect(found?.growth.value).toBe(growthOf(first, 252) - growthOf(second, 252));
    expect(found?.drawdown.value).toBe(deepestDrawdownOf(first) - deepestDrawdownOf(second));
    expect(found && ordered(found.growth) && ordered(found.drawdown)).toBe(true);
  });

  test("what both share cancels: the band of the difference is far narrower than either's", () => {
    const first = noise(1);
    const second = first.map((value) => value - 0.0001);
    const width = ({ low95, high95 }: Estimate): number => high95 - low95;
    const alone = bootstrapPaths(first, options(42));
    const pair = bootstrapPair(first, second, options(42));
    expect(alone && pair && width(pair.growth) / width(alone.growth)).toBeLessThan(0.1);
    expect(pair?.growth.low95).toBeGreaterThan(0);
    expect(pair?.shallower).toBe(1);
    expect(bootstrapPair(second, first, options(42))?.shallower).toBe(0);
  });

  test("is undefined below two returns and for accounts that lived different sessions", () => {
    expect(bootstrapPair(new Float64Array(1), new Float64Array(1), options(42))).toBeUndefined();
    expect(bootstrapPair(noise(1, 10), noise(1, 11), options(42))).toBeUndefined();
  });
});

describe("bootstrapMean", () => {
  test("the mean of independent values has the band of its standard error", () => {
    const values = noise(5, 1000);
    const found = bootstrapMean(values, options(42, { resamples: 2000, meanBlock: 1 }));
    const error = (standardDeviation(values) ?? 0) / Math.sqrt(1000);
    // Quantiles of 2000 resamples are known to some percent.
    expect(Math.abs(((found?.high95 ?? 0) - (found?.low95 ?? 0)) / (2 * 1.96 * error) - 1)).toBeLessThan(0.1);
    expect(Math.abs(((found?.high50 ?? 0) - (found?.low50 ?? 0)) / (2 * 0.6745 * error) - 1)).toBeLessThan(
      0.1,
    );
  });

  test("neighbors that resemble each other widen it", () => {
    const values = Float64Array.from({ length: 600 }, (_, index) => Math.sign((index % 100) - 49.5));
    const width = (meanBlock: number): number => {
      const found = bootstrapMean(values, options(42, { meanBlock }));
      return (found?.high95 ?? 0) - (found?.low95 ?? 0);
    };
    expect(width(21) / width(1)).toBeGreaterThan(3);
  });

  test("covers: of 100 series the band holds the true mean in about 95", () => {
    let held = 0;
    for (let series = 0; series < 100; series += 1) {
      const found = bootstrapMean(
        noise(1000 + series, 200),
        options(series, { meanBlock: 5, resamples: 300 }),
      );
      const truth = 0.02 / 50;
      if (found !== undefined && found.low95 <= truth && truth <= found.high95) held += 1;
    }
    // Percentile bands of short series fall a little short of their level.
    expect(held).toBeGreaterThanOrEqual(88);
    expect(held).toBeLessThanOrEqual(100);
  });
});
