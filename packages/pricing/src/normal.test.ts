import { describe, expect, it } from "vitest";
import { normalCdf, normalPdf, normalQuantile, scaledTail } from "./normal.ts";
import { PricingError } from "./pricing-error.ts";
import { seededUniform } from "./testing/seeded-uniform.ts";

type Table = readonly (readonly [number, number])[];

// All tables: mpmath, 60 digits, rounded to the nearest double.
const CDF: Table = [
  [-20.5, 1.0764673258790961e-93],
  [-8.25, 7.919726314642477e-17],
  [-3, 0.0013498980316300946],
  [-1, 0.15865525393145705],
  [-0.1, 0.460172162722971],
  [0, 0.5],
  [0.5, 0.6914624612740131],
  [2, 0.9772498680518208],
  [6, 0.9999999990134123],
];

const QUANTILE: Table = [
  [1e-300, -37.0470962993612],
  [1e-100, -21.273453560965326],
  [1e-20, -9.262340089798407],
  [1e-9, -5.9978070150076865],
  [0.001, -3.0902323061678136],
  [0.07, -1.4757910281791706],
  [0.3, -0.5244005127080408],
  [0.75, 0.6744897501960817],
  [0.93, 1.475791028179171],
  [0.999999, 4.753424308817087],
  [0.9999999999999999, 8.209536151601387],
];

const SCALED_TAIL: Table = [
  [-30, 2.7071782767869983e195],
  [-5, 268337.20960156946],
  [-0.5, 0.7835296183464282],
  [0, 0.5],
  [0.01, 0.4960354448375763],
  [0.5, 0.34961883472039806],
  [1, 0.2615782918651234],
  [3, 0.12151394835556217],
  [10, 0.039506694101386006],
  [38, 0.010491225699639976],
  [1000, 0.0003989418814603491],
  [1e9, 3.9894228040143266e-10],
  [1e16, 3.989422804014327e-17],
];

function expectTable(f: (x: number) => number, table: Table): void {
  for (const [x, expected] of table) expect(Math.abs(f(x) / expected - 1), `at ${x}`).toBeLessThan(1e-15);
}

describe("normalCdf", () => {
  it("has its digits in the middle and in the tail", () => {
    expectTable(normalCdf, CDF);
    expect(normalCdf(-38)).toBeCloseTo(2.88542835e-316, 320);
  });

  it("adds up to one with its mirror image", () => {
    for (let x = 0; x < 9; x += 0.01)
      expect(Math.abs(normalCdf(x) + normalCdf(-x) - 1)).toBeLessThan(2.3e-16);
  });

  it("ends at 0 and 1", () => {
    expect([
      normalCdf(-40),
      normalCdf(Number.NEGATIVE_INFINITY),
      normalCdf(Number.POSITIVE_INFINITY),
    ]).toEqual([0, 0, 1]);
  });
});

it("normalPdf is the slope of normalCdf and keeps its tail", () => {
  for (let x = -6; x < 6; x += 0.1) {
    const slope = (normalCdf(x + 1e-4) - normalCdf(x - 1e-4)) / 2e-4;
    expect(Math.abs(slope - normalPdf(x))).toBeLessThan(2e-9);
  }
  expect(Math.abs(normalPdf(-30) / 1.4736461348785476e-196 - 1)).toBeLessThan(1e-15);
  expect(normalPdf(Number.POSITIVE_INFINITY)).toBe(0);
});

describe("normalQuantile", () => {
  it("has its digits in the middle and in both tails", () => {
    expectTable(normalQuantile, QUANTILE);
    expect(normalQuantile(0.5)).toBe(0);
  });

  it("undoes normalCdf to what the probability's last digit carries", () => {
    const uniform = seededUniform(4);
    for (let i = 0; i < 20_000; i++) {
      const x = -37 + 37 * uniform();
      const p = normalCdf(x);
      const attainable = (2 ** -51 * p) / normalPdf(x);
      expect(Math.abs(normalQuantile(p) - x)).toBeLessThan(attainable + 1e-15 * Math.abs(x));
    }
  });
});

it("scaledTail is the tail without its exponential, far out and on the negative side", () => {
  expectTable(scaledTail, SCALED_TAIL);
  expect(scaledTail(-40)).toBe(Number.POSITIVE_INFINITY);
  expect(scaledTail(Number.POSITIVE_INFINITY)).toBe(0);
});

it("refuses what is no number and no probability", () => {
  for (const f of [normalCdf, normalPdf, scaledTail]) {
    expect(() => f(Number.NaN)).toThrow(expect.objectContaining({ code: "pricing.not-finite", key: "x" }));
  }
  for (const p of [0, 1, -0.1, 1.1, Number.NaN]) {
    expect(() => normalQuantile(p)).toThrow(PricingError);
    expect(() => normalQuantile(p)).toThrow(expect.objectContaining({ code: "pricing.not-a-probability" }));
  }
});
