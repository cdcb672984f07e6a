import { expect, test } from "vitest";
import { expectedShortfall } from "./tail.ts";

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
