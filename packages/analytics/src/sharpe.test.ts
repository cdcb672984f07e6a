import { describe, expect, test } from "vitest";
import { seededRandom } from "./random.ts";
import { probabilisticSharpe, SESSIONS_A_YEAR, sharpe } from "./sharpe.ts";

const fiveDecimals = 5e-6;

describe("probabilisticSharpe", () => {
  // The worked example of Bailey and López de Prado (2012): 24 months at 0.458 a month.
  const track = { sharpe: 0.458, benchmark: 0, periods: 24 };

  test.each([
    ["normal returns", { skewness: 0, kurtosis: 3 }, 0.98167],
    ["skewed and fat-tailed ones", { skewness: -2.448, kurtosis: 10.164 }, 0.91336],
  ])("of the example with %s", (_, moments, expected) => {
    expect(Math.abs(probabilisticSharpe({ ...track, ...moments }) - expected)).toBeLessThan(fiveDecimals);
  });

  test.each([
    // Bailey and López de Prado (2014): 2.5 a year over five years, against the best of N idle trials.
    ["N = 100", 0.11317, { skewness: -3, kurtosis: 10 }, 0.9004],
    ["N = 46", 0.10036, { skewness: -3, kurtosis: 10 }, 0.9505],
    ["N = 88, normal", 0.11115, { skewness: 0, kurtosis: 3 }, 0.95049],
    ["excess kurtosis taken for raw", 0.11317, { skewness: -3, kurtosis: 7 }, 0.90178],
  ])("against the benchmark of %s", (_, benchmark, moments, expected) => {
    const observed = { sharpe: 2.5 / Math.sqrt(250), benchmark, periods: 1250, ...moments };
    // The benchmarks are printed to five decimals, which moves the probability by as much as 5e-5.
    expect(Math.abs(probabilisticSharpe(observed) - expected)).toBeLessThan(1e-4);
  });

  test("is one half at the benchmark", () => {
    expect(probabilisticSharpe({ ...track, benchmark: 0.458, skewness: -1, kurtosis: 5 })).toBe(0.5);
  });
});

describe("sharpe", () => {
  test("of a hand-made series, with the error of Mertens (2002)", () => {
    // 0, 0, 0, 4 percent: mean 1, sample deviation 2, ratio 0.5; γ₃ 2/√3, γ₄ 7/3.
    const found = sharpe([0, 0, 0, 0.04]);
    expect(found?.value).toBeCloseTo(0.5 * Math.sqrt(252), 12);
    const variance = (1 - (2 / Math.sqrt(3)) * 0.5 + (4 / 3 / 4) * 0.25) / 3;
    expect(found?.high95).toBeCloseTo((0.5 + 1.959963984540054 * Math.sqrt(variance)) * Math.sqrt(252), 12);
    expect(SESSIONS_A_YEAR).toBe(252);
  });

  test("is undefined where returns do not vary, be they as many as they want", () => {
    expect(sharpe([])).toBeUndefined();
    expect(sharpe([0.01])).toBeUndefined();
    expect(sharpe([0.1, 0.1, 0.1])).toBeUndefined();
    expect(sharpe(new Float64Array(26).fill(0.006))).toBeUndefined();
  });

  test("covers: of 400 random years the band holds the truth in about 95 percent", () => {
    const random = seededRandom(2002);
    const truth = 0.05 / Math.sqrt(1 / 12);
    let held = 0;
    for (let year = 0; year < 400; year += 1) {
      const found = sharpe(Array.from({ length: 252 }, () => random.next() - 0.45));
      const annual = truth * Math.sqrt(252);
      if (found !== undefined && found.low95 <= annual && annual <= found.high95) held += 1;
    }
    // Two standard errors of the share are 0.022.
    expect(Math.abs(held / 400 - 0.95)).toBeLessThan(0.022);
  });
});
