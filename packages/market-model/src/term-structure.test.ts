import { describe, expect, it } from "vitest";
import { termIndex, VIX3M, VIX6M, VIX9D, volatilityOfVix } from "./term-structure.ts";

// Published reference values, to the digits given.
const state = { vix: 18.86, surprise5: 0.103882, surprise63: 0.174116 };

describe("the modelled term structure", () => {
  it.each([
    ["VIX9D", VIX9D, 18.8375],
    ["VIX3M", VIX3M, 19.7203],
    ["VIX6M", VIX6M, 20.9785],
  ] as const)("gives the published %s", (_, coefficients, value) => {
    expect(termIndex(state, coefficients)).toBeCloseTo(value, 4);
  });

  it("gives the published VVIX", () => {
    expect(volatilityOfVix(state)).toBeCloseTo(99.688, 3);
  });

  it("inverts in a panic and stays within its bounds", () => {
    const panic = { vix: 80, surprise5: 0.6, surprise63: 1.2 };
    expect(termIndex(panic, VIX9D)).toBeGreaterThan(80);
    expect(termIndex(panic, VIX3M)).toBeLessThan(80);
    expect(termIndex(panic, VIX6M)).toBeCloseTo(80 * 0.62, 10);
    expect(volatilityOfVix(panic)).toBeLessThanOrEqual(180);
  });
});
