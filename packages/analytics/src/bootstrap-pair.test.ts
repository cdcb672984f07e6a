import { describe, expect, it } from "vitest";
import { bootstrapMean, bootstrapPair, bootstrapPaths } from "./bootstrap.ts";
import { seededRandom } from "./random.ts";

const options = (seed = 1) => ({
  random: seededRandom(seed),
  resamples: 400,
  meanBlock: 21,
  sessionsAYear: 252,
});

function noise(seed: number, count: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: count }, () => (random.next() - 0.5) * 0.02);
}

describe("bootstrapPair", () => {
  it("finds no difference between an account and itself", () => {
    const returns = noise(3, 500);
    const found = bootstrapPair(returns, returns, options());
    expect(found?.growth).toEqual({ value: 0, low95: 0, high95: 0, low50: 0, high50: 0 });
    expect(found?.shallower).toBe(0);
  });

  it("sees a constant cost without the noise that both accounts share", () => {
    const returns = noise(3, 500);
    const dearer = returns.map((value) => value - 0.0001);
    const paired = bootstrapPair(dearer, returns, options());
    const alone = bootstrapPaths(dearer, options());
    // 0.0001 a session is 2.5 points a year; the account alone varies far more than the difference does.
    expect(paired?.growth.value).toBeCloseTo(-0.025, 2);
    expect(paired?.growth.high95).toBeLessThan(-0.02);
    const width = (band: { low95: number; high95: number } | undefined): number =>
      (band?.high95 ?? 0) - (band?.low95 ?? 0);
    expect(width(paired?.growth)).toBeLessThan(width(alone?.growth) / 5);
  });

  it("says that half the size falls less deep", () => {
    const returns = noise(4, 500);
    const found = bootstrapPair(
      returns.map((value) => value / 2),
      returns,
      options(),
    );
    expect(found?.shallower).toBe(1);
    expect(found?.drawdown.low95).toBeGreaterThan(0);
  });

  it("has no answer for accounts of different lengths or for one session", () => {
    expect(bootstrapPair(noise(1, 10), noise(1, 11), options())).toBeUndefined();
    expect(bootstrapPair(noise(1, 1), noise(1, 1), options())).toBeUndefined();
  });
});

describe("blocks", () => {
  it("of mean one are independent draws, long ones keep neighbors together", () => {
    const alternating = Float64Array.from({ length: 1000 }, (_, index) => (index % 2 === 0 ? 1 : -1));
    const spread = (meanBlock: number): number => {
      const band = bootstrapMean(alternating, { random: seededRandom(9), resamples: 400, meanBlock });
      return (band?.high95 ?? 0) - (band?.low95 ?? 0);
    };
    // Independent draws of ±1 have a 95 % band of 2 × 1.96 / √1000 = 0.124; whole blocks of neighbors cancel.
    expect(spread(1)).toBeGreaterThan(0.11);
    expect(spread(1)).toBeLessThan(0.14);
    expect(spread(200)).toBeLessThan(0.03);
  });

  it("longer than the history wrap around it", () => {
    const values = Float64Array.from([1, 2, 3]);
    const band = bootstrapMean(values, { random: seededRandom(2), resamples: 50, meanBlock: 1e9 });
    expect(band).toEqual({ value: 2, low95: 2, high95: 2, low50: 2, high50: 2 });
  });
});
