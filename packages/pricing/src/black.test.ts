import { describe, expect, it } from "vitest";
import { blackPrice } from "./black.ts";
import type { Right } from "./option.ts";

// Undiscounted, out of the money; mpmath, 80 digits. Chosen where a textbook form cancels: minutes to expiration, both
// sides of the switch to the series (total volatility 0.1), |z| to 50, a total volatility near the upper bound.
const TABLE: readonly (readonly [Right, number, number, number, number])[] = [
  ["call", 6000, 6000, 1e-6, 0.0023936536824084964],
  ["call", 6000, 6000.5, 4e-5, 0.001625791568210329],
  ["call", 6000, 6001.5, 4e-5, 7.560437342779986e-12],
  ["call", 6000, 6001.875, 4e-5, 8.433855569194473e-17],
  ["put", 6000, 5999.25, 1.6e-5, 3.326688378145792e-17],
  ["call", 6000, 6400, 0.0999, 96.7530173914547],
  ["call", 6000, 6400, 0.1001, 97.15399129530151],
  ["put", 6000, 4200, 0.08, 0.0003411599105433193],
  ["call", 6000, 6000, 0.1001, 239.5047361099941],
  ["call", 18.5, 80, 0.5, 0.00919059001003903],
  ["put", 6000, 100, 1.5, 0.8809358910640237],
  ["call", 18.5, 20, 6.5, 18.477802785766894],
  ["call", 100, 300, 0.037, 1.0416379110300341e-194],
  ["call", 1, 1e9, 3, 1.1013170775523233e-8],
];

describe("blackPrice", () => {
  it.each(TABLE)(
    "has its relative digits: %s, forward %d, strike %d, total volatility %d",
    (right, f, k, s, price) => {
      // 1e-13 covers the rounding of z itself, which the tail multiplies by z^2.
      expect(Math.abs(blackPrice(right, f, k, s, 1) / price - 1)).toBeLessThan(1e-13);
    },
  );

  it("joins its two forms without a seam", () => {
    // 6000 erf(s / sqrt 8), mpmath, 60 digits; half of the series' last term would be seen.
    expect(Math.abs(blackPrice("call", 6000, 6000, 0.0999, 1) / 239.0266034132791 - 1)).toBeLessThan(1e-14);
    expect(Math.abs(blackPrice("call", 6000, 6000, 0.1001, 1) / 239.5047361099941 - 1)).toBeLessThan(1e-14);
  });

  it("is intrinsic value plus the other side's value in the money", () => {
    for (const [right, f, k, s, price] of TABLE) {
      const other = right === "call" ? "put" : "call";
      expect(blackPrice(other, f, k, s, 0.5)).toBeCloseTo(0.5 * (Math.abs(f - k) + price), 9);
    }
  });

  it("is discounted intrinsic value without volatility, and never a negative zero", () => {
    expect(blackPrice("call", 110, 100, 0, 0.9)).toBe(9);
    expect(blackPrice("put", 90, 100, 0, 0.9)).toBe(9);
    expect(blackPrice("put", 110, 100, 0, 0.9)).toBe(0);
    expect(blackPrice("call", 100, 100, 0, 0.9)).toBe(0);
    expect(blackPrice("call", 100, 101, Number.MIN_VALUE, 1)).toBe(0);
  });

  it("ends at the forward for a call and at the strike for a put", () => {
    for (const s of [80, 1e10, 1e300]) {
      expect(blackPrice("call", 110, 100, s, 1)).toBe(110);
      expect(blackPrice("put", 110, 100, s, 1)).toBe(100);
    }
  });
});
