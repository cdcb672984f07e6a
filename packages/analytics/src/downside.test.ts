import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { downsideDeviation, omega, sortino } from "./downside.ts";
import { mean } from "./moments.ts";

const percents = [0.03, -0.01, 0.02, -0.02];

describe("of four sessions", () => {
  test("downsideDeviation divides by all of them", () => {
    // √((0.01² + 0.02²) / 4); over a target of 1 %: √((0.02² + 0.03²) / 4).
    expect(downsideDeviation(percents, 0)).toBeCloseTo(Math.sqrt(0.0005 / 4), 15);
    expect(downsideDeviation(percents, 0.01)).toBeCloseTo(Math.sqrt(0.0013 / 4), 15);
    expect(downsideDeviation([0.01, 0.02], 0)).toBe(0);
    expect(downsideDeviation([], 0)).toBeUndefined();
  });

  test("sortino is the mean excess by that, a year", () => {
    const expected = (0.005 / Math.sqrt(0.0005 / 4)) * Math.sqrt(252);
    expect(sortino(percents, { target: 0, sessionsAYear: 252 })).toBeCloseTo(expected, 12);
    const over = (-0.005 / Math.sqrt(0.0013 / 4)) * Math.sqrt(52);
    expect(sortino(percents, { target: 0.01, sessionsAYear: 52 })).toBeCloseTo(over, 12);
    expect(sortino([0.01, 0.02], { target: 0, sessionsAYear: 252 })).toBeUndefined();
    expect(sortino([], { target: 0, sessionsAYear: 252 })).toBeUndefined();
  });

  test("omega is what was gained over what was lost", () => {
    expect(omega(percents, 0)).toBeCloseTo(5 / 3, 14);
    expect(omega(percents, 0.01)).toBeCloseTo(3 / 5, 14);
    expect(omega([0.01, 0.02], 0)).toBeUndefined();
    expect(omega([], 0)).toBeUndefined();
  });
});

describe("laws", () => {
  const samples = fc.array(
    fc.integer({ min: -100, max: 100 }).map((thousandths) => thousandths / 1000),
    { minLength: 2, maxLength: 40 },
  );
  const targets = fc.integer({ min: -50, max: 50 }).map((thousandths) => thousandths / 1000);

  test("omega exceeds one where the mean exceeds the target: (Ω − 1) losses = n (mean − target)", () => {
    fc.assert(
      fc.property(samples, targets, (returns, target) => {
        const found = omega(returns, target);
        fc.pre(found !== undefined);
        const losses = returns.reduce((total, value) => total + Math.max(target - value, 0), 0);
        const excess = returns.length * ((mean(returns) ?? 0) - target);
        expect((found - 1) * losses).toBeCloseTo(excess, 10);
      }),
      { seed: 51, numRuns: 1000 },
    );
  });

  test("squares below and above the target sum to all squares", () => {
    fc.assert(
      fc.property(samples, targets, (returns, target) => {
        const below = downsideDeviation(returns, target) ?? 0;
        const above =
          downsideDeviation(
            returns.map((value) => -value),
            -target,
          ) ?? 0;
        const all = mean(returns.map((value) => (value - target) ** 2)) ?? 0;
        expect(below ** 2 + above ** 2).toBeCloseTo(all, 12);
      }),
      { seed: 52, numRuns: 1000 },
    );
  });
});
