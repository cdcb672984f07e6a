import { describe, expect, test } from "vitest";
import { expectedRange } from "./expected-range.ts";
import { fakeReadings } from "./testing/fake-market.ts";

// VIX 16, VIX9D 14.4 and realized volatility 12.8 %; √252 = 15.874507866387544.
const readings = fakeReadings(16);

describe("expectedRange", () => {
  test.each([
    ["vix", 0.16 / 15.874507866387544],
    // (0.1 × 0.144 + 0.5 × 0.128) / 0.6 = 0.0784 / 0.6
    ["glossary", 0.130666666666667 / 15.874507866387544],
    // 0.6 × 0.144 + 0.4 × 0.128
    ["blend6040", 0.1376 / 15.874507866387544],
  ] as const)("%s is a session's standard deviation", (formula, expected) => {
    expect(Math.abs(expectedRange(formula, readings, 1) - expected)).toBeLessThan(1e-15);
  });

  test("0.94 % of the index is a VIX of 14.9", () => {
    expect(expectedRange("vix", fakeReadings(14.92), 1)).toBeCloseTo(0.0094, 5);
  });

  test("the blends weigh what they say: they agree where both volatilities do", () => {
    const flat = {
      ...readings,
      vix9d: readings.vix,
      realized20: { value: 0.16, source: "modelled" as const },
    };
    for (const formula of ["vix", "glossary", "blend6040"] as const)
      expect(Math.abs(expectedRange(formula, flat, 1) - 0.16 / 15.874507866387544)).toBeLessThan(1e-15);
  });
});
