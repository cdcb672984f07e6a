import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CONVENTION } from "./convention.ts";
import { deepestDrawdownOf, growthOf } from "./path.ts";
import { performance } from "./performance.ts";

describe("performance", () => {
  // Wealth 1, 1.25, 1, 1.5, 0.75: under water by 0, 0, 20 %, 0 and 50 %.
  const returns = [0.25, -0.2, 0.5, -0.5];

  test("of four sessions, in the convention it names", () => {
    const found = performance(returns, { ...CONVENTION, sessionsAYear: 4, tailShare: 0.25 });
    expect(found?.convention.sessionsAYear).toBe(4);
    expect(found?.sessions).toBe(4);
    expect(found?.totalReturn).toBeCloseTo(-0.25, 14);
    expect(found?.growth).toBeCloseTo(-0.25, 13);
    // Mean 0.0125; deviations 0.2375, −0.2125, 0.4875, −0.5125 square to 0.601875.
    expect(found?.volatility).toBeCloseTo(Math.sqrt(0.601875 / 3) * 2, 13);
    expect(found?.sharpe?.value).toBeCloseTo((0.0125 / Math.sqrt(0.601875 / 3)) * 2, 13);
    expect(found?.downsideDeviation).toBeCloseTo(Math.sqrt(0.29 / 4) * 2, 13);
    expect(found?.sortino).toBeCloseTo((0.0125 / Math.sqrt(0.29 / 4)) * 2, 13);
    expect(found?.omega).toBeCloseTo(0.75 / 0.7, 13);
    expect(found?.expectedShortfall).toBe(-0.5);
    // Sorted −0.5, −0.2, 0.25, 0.5: a quarter of the way between the first and the last three.
    expect(found?.valueAtRisk).toBeCloseTo(-0.275, 14);
    expect(found?.tailRatio).toBeCloseTo(0.3125 / 0.275, 13);
  });

  test("its falls, over the wealth before the first session and after each", () => {
    const found = performance(returns, { ...CONVENTION, sessionsAYear: 4 });
    expect(found?.deepestDrawdown).toMatchObject({ peak: 3, trough: 4, recovered: undefined, sessions: 1 });
    expect(found?.longestDrawdown).toMatchObject({ peak: 1, trough: 2, recovered: 3, sessions: 2 });
    expect(found?.averageDrawdown).toBeCloseTo(-0.35, 14);
    expect(found?.conditionalDrawdown).toBeCloseTo(-0.5, 14);
    expect(found?.ulcerIndex).toBeCloseTo(Math.sqrt((0.04 + 0.25) / 5), 14);
    expect(found?.calmar).toBeCloseTo(-0.25 / 0.5, 13);
    expect(found?.martin).toBeCloseTo(-0.25 / Math.sqrt(0.29 / 5), 13);
  });

  test("a target moves what counts as a loss, and nothing else", () => {
    const found = performance(returns, { ...CONVENTION, target: 0.3 });
    const usual = performance(returns, CONVENTION);
    expect(found?.omega).toBeCloseTo(0.2 / (0.05 + 0.5 + 0.8), 13);
    expect(found?.downsideDeviation).not.toBe(usual?.downsideDeviation);
    expect(found?.sortino).not.toBe(usual?.sortino);
    expect([found?.calmar, found?.valueAtRisk, found?.volatility]).toEqual([
      usual?.calmar,
      usual?.valueAtRisk,
      usual?.volatility,
    ]);
  });

  test("has no ratio to losses where there were none, and no answer without a session", () => {
    const found = performance([0.01, 0.02], CONVENTION);
    expect([found?.calmar, found?.martin, found?.sortino, found?.omega, found?.deepestDrawdown]).toEqual(
      new Array(5).fill(undefined),
    );
    expect(found?.ulcerIndex).toBe(0);
    expect(performance([], CONVENTION)).toBeUndefined();
  });

  test("what is lost stays lost", () => {
    const found = performance([0.1, -1, 0.5], CONVENTION);
    expect([found?.totalReturn, found?.growth, found?.deepestDrawdown?.depth]).toEqual([-1, -1, -1]);
    expect(performance([-1.5, -0.5], CONVENTION)?.totalReturn).toBe(-1.5);
  });

  test("agrees with the statistics of a path that reshuffles are judged by", () => {
    const paths = fc.array(
      fc.integer({ min: -300, max: 300 }).map((thousandths) => thousandths / 1000),
      { minLength: 1, maxLength: 50 },
    );
    fc.assert(
      fc.property(paths, (path) => {
        const found = performance(path, CONVENTION);
        expect(found?.growth).toBe(growthOf(path, 252));
        expect(found?.deepestDrawdown?.depth ?? 0).toBe(deepestDrawdownOf(path));
        // A growth near −1 keeps few digits of what is left.
        const compounded = (1 + (found?.totalReturn ?? 0)) ** (252 / path.length);
        expect(Math.abs(1 + (found?.growth ?? 0) - compounded)).toBeLessThan(1e-12 * (1 + compounded));
      }),
      { seed: 61, numRuns: 500 },
    );
  });
});
