import { normalCdf } from "@steward/pricing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalEstimate, wilson, Z50, Z95 } from "./interval.ts";

const fourDecimals = 5e-5;

describe("the bands", () => {
  test("hold 95 and 50 percent of a normal", () => {
    expect(2 * normalCdf(Z95) - 1).toBeCloseTo(0.95, 14);
    expect(2 * normalCdf(Z50) - 1).toBeCloseTo(0.5, 14);
  });
});

describe("wilson", () => {
  test.each([
    // Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("%i of %i is in %d to %d", (successes, trials, low, high) => {
    const found = wilson(successes, trials);
    expect(found?.value).toBe(successes / trials);
    expect(Math.abs((found?.low95 ?? 1) - low)).toBeLessThan(fourDecimals);
    expect(Math.abs((found?.high95 ?? 0) - high)).toBeLessThan(fourDecimals);
  });

  test("solves its own equation: each edge lies z errors from the share, with the error of the edge", () => {
    const found = wilson(7, 30);
    for (const [edge, z] of [
      [found?.low95, Z95],
      [found?.high95, Z95],
      [found?.low50, Z50],
      [found?.high50, Z50],
    ] as const) {
      const share = edge ?? Number.NaN;
      const errors = Math.abs(7 / 30 - share) / Math.sqrt((share * (1 - share)) / 30);
      expect(errors).toBeCloseTo(z, 12);
    }
  });

  test("of no trials there is none", () => {
    expect(wilson(0, 0)).toBeUndefined();
  });

  test("stays in [0, 1], holds its value, keeps the narrow band in the wide one, mirrors failures", () => {
    const counts = fc
      .integer({ min: 1, max: 5000 })
      .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)));
    fc.assert(
      fc.property(counts, ([successes, trials]) => {
        const found = wilson(successes, trials);
        const mirrored = wilson(trials - successes, trials);
        if (found === undefined || mirrored === undefined) return expect.fail("expected an interval");
        const { low95, low50, value, high50, high95 } = found;
        expect(low95).toBeGreaterThanOrEqual(0);
        expect(high95).toBeLessThanOrEqual(1);
        const ordered = [low95, low50, value, high50, high95];
        expect(ordered).toEqual(ordered.toSorted((left, right) => left - right));
        expect(mirrored.low95).toBeCloseTo(1 - high95, 12);
        expect(mirrored.high50).toBeCloseTo(1 - low50, 12);
      }),
      { seed: 1927, numRuns: 2000 },
    );
  });

  test("covers: of all outcomes of 50 trials those whose interval holds the truth weigh about 95 percent", () => {
    // Exact coverage by the binomial; Wilson's dips near the ends but averages its level (Brown, Cai and DasGupta 2001).
    const shares = Array.from({ length: 181 }, (_, index) => 0.05 + index * 0.005);
    const coverages = shares.map((share) => coverageAt(share, 50));
    const average = coverages.reduce((total, coverage) => total + coverage, 0) / coverages.length;
    expect(Math.abs(average - 0.95)).toBeLessThan(0.005);
    expect(Math.min(...coverages)).toBeGreaterThan(0.9);
  });
});

function coverageAt(share: number, trials: number): number {
  let coverage = 0;
  let weight = (1 - share) ** trials;
  for (let successes = 0; successes <= trials; successes += 1) {
    const found = wilson(successes, trials);
    if (found !== undefined && found.low95 <= share && share <= found.high95) coverage += weight;
    weight *= ((trials - successes) * share) / ((successes + 1) * (1 - share));
  }
  return coverage;
}

test("normalEstimate lays its bands on both sides of the value", () => {
  expect(normalEstimate(1, 2)).toEqual({
    value: 1,
    low95: 1 - 2 * 1.959963984540054,
    high95: 1 + 2 * 1.959963984540054,
    low50: 1 - 2 * 0.6744897501960817,
    high50: 1 + 2 * 0.6744897501960817,
  });
});
