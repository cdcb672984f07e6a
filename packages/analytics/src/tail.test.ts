import fc from "fast-check";
import { expect, test } from "vitest";
import { expectedShortfall, tailRatio, valueAtRisk } from "./tail.ts";

test("expectedShortfall is the mean of the worst share, in any order", () => {
  const returns = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? index : -index));
  // The worst two of forty are −39 and −37.
  expect(expectedShortfall(returns, 0.05)).toBe(-38);
  expect(expectedShortfall(returns, 0.025)).toBe(-39);
});

test("expectedShortfall takes whole sessions, at least one, and none of nothing", () => {
  expect(expectedShortfall([3, -1, 2], 0.05)).toBe(-1);
  // 0.05 × 59 = 2.95: two.
  const returns = Array.from({ length: 59 }, (_, index) => -index);
  expect(expectedShortfall(returns, 0.05)).toBe(-57.5);
  expect(expectedShortfall([], 0.05)).toBeUndefined();
});

test("expectedShortfall leaves the returns as they were", () => {
  const returns = Float64Array.of(3, -1, 2);
  expectedShortfall(returns, 0.05);
  expect([...returns]).toEqual([3, -1, 2]);
});

test("valueAtRisk is the quantile between sessions, and negative for a loss", () => {
  // Twenty-one returns from −10 to 10: one in twenty is the second worst, exactly.
  const returns = Array.from({ length: 21 }, (_, index) => ((index * 8) % 21) - 10);
  expect(valueAtRisk(returns, 0.05)).toBe(-9);
  expect(valueAtRisk(returns, 0.025)).toBe(-9.5);
  expect(valueAtRisk([], 0.05)).toBeUndefined();
});

test("tailRatio is the upper quantile's size over the lower's", () => {
  const returns = Array.from({ length: 21 }, (_, index) => (index < 11 ? index - 10 : 2 * (index - 10)));
  expect(tailRatio(returns, 0.05)).toBe(18 / 9);
  // By quantiles: what lies beyond them does not matter.
  expect(tailRatio([-100, ...returns.slice(1)], 0.05)).toBe(18 / 9);
  expect(tailRatio([0, 0, 1], 0.05)).toBeUndefined();
  expect(tailRatio([], 0.05)).toBeUndefined();
});

const samples = fc.array(
  fc.integer({ min: -1000, max: 1000 }).map((thousandths) => thousandths / 1000),
  { minLength: 1, maxLength: 60 },
);
const shares = fc.integer({ min: 1, max: 50 }).map((hundredths) => hundredths / 100);

test("the expected loss beyond value at risk is at least the value at risk", () => {
  fc.assert(
    fc.property(samples, shares, (returns, share) => {
      const shortfall = expectedShortfall(returns, share) ?? Number.NaN;
      expect(shortfall).toBeLessThanOrEqual((valueAtRisk(returns, share) ?? Number.NaN) + 1e-12);
    }),
    { seed: 21, numRuns: 1000 },
  );
});

test("gains and losses exchanged turn the tail ratio over", () => {
  fc.assert(
    fc.property(samples, shares, (returns, share) => {
      const ratio = tailRatio(returns, share);
      const turned = tailRatio(
        returns.map((value) => -value),
        share,
      );
      fc.pre(ratio !== undefined && turned !== undefined && ratio > 1e-9 && turned > 1e-9);
      expect(ratio * turned).toBeCloseTo(1, 9);
    }),
    { seed: 22, numRuns: 1000 },
  );
});
