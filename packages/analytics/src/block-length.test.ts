import { describe, expect, test } from "vitest";
import { optimalBlockLength } from "./block-length.ts";

/** Uniform noise on (−½, ½) of Park and Miller's generator from 1, each value joined by a share of the one before. */
function autoregression(share: number, length: number): Float64Array {
  const values = new Float64Array(length);
  let state = 1;
  let before = 0;
  for (let i = 0; i < length; i += 1) {
    state = (state * 16_807) % 2_147_483_647;
    before = share * before + state / 2_147_483_647 - 0.5;
    values[i] = before;
  }
  return values;
}

describe("optimalBlockLength", () => {
  test.each([
    // By a program of a dozen lines in NumPy that follows the papers' sums over lags of both signs.
    [0.3, 500, 5.432104970130238],
    [0.7, 500, 13.8240550624323],
    [-0.5, 500, 8.71593147354846],
    [0.9, 60, 9.46334075964857],
    [0.5, 100, 3.13613321323251],
    [0.5, 10, 1.1435146629749333],
    // Autocorrelations that a band 2 % narrower, or wider, would judge otherwise.
    [0.7, 300, 11.20182112170968],
    [0.4, 600, 7.840398222740258],
    // Memory so long that no run of lags is quiet: all are used.
    [0.95, 200, 19.158159576123765],
  ])("of a share of %f over %d values", (share, length, expected) => {
    expect(optimalBlockLength(autoregression(share, length))).toBeCloseTo(expected, 10);
  });

  test.each([[0.7], [0.3], [-0.3]])(
    "of a long first-order autoregression of %f nears its closed form, (2 ρ / (1 − ρ²))^⅔ n^⅓",
    (share) => {
      const found = optimalBlockLength(autoregression(share, 20_000)) ?? Number.NaN;
      const ideal = Math.cbrt(((2 * share) / (1 - share * share)) ** 2 * 20_000);
      expect(Math.abs(found / ideal - 1)).toBeLessThan(0.08);
    },
  );

  test("is one where the formula asks for less: independent values need no blocks", () => {
    expect(optimalBlockLength(autoregression(0, 500))).toBe(1);
  });

  test("is not longer than min(3 √n, n / 3)", () => {
    // Covariances of an endless swing nearly cancel, and the formula asks for far more.
    const wave = (length: number) => Float64Array.from({ length }, (_, index) => Math.sin(index / 3));
    expect([60, 100, 400].map((length) => optimalBlockLength(wave(length)))).toEqual([20, 30, 60]);
    expect(optimalBlockLength(wave(40))).toBe(14);
  });

  test("does not see unit or level", () => {
    const values = autoregression(0.6, 300);
    const found = optimalBlockLength(values) ?? Number.NaN;
    expect(optimalBlockLength(values.map((value) => 1024 * value))).toBe(found);
    expect(optimalBlockLength(values.map((value) => value + 1))).toBeCloseTo(found, 9);
  });

  test("of absolute returns is long where volatility clusters and returns do not remember", () => {
    const calm = autoregression(0, 1200).map((value, index) => value * (index % 200 < 100 ? 0.2 : 1));
    expect(optimalBlockLength(calm)).toBeLessThan(5);
    expect(optimalBlockLength(calm.map(Math.abs))).toBeGreaterThan(20);
  });

  test("is undefined for too few values and for those that do not vary", () => {
    expect(optimalBlockLength(autoregression(0.5, 8))).toBeUndefined();
    expect(optimalBlockLength(autoregression(0.5, 9))).toBeDefined();
    expect(optimalBlockLength([])).toBeUndefined();
    expect(optimalBlockLength(new Float64Array(100).fill(0.1))).toBeUndefined();
  });
});
