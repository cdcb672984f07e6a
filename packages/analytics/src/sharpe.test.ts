import { describe, expect, test } from "vitest";
import { SESSIONS_A_YEAR } from "./convention.ts";
import { seededRandom } from "./random.ts";
import { sharpe, trackRecord } from "./sharpe.ts";

describe("sharpe", () => {
  test("of a hand-made series, with the error of Mertens (2002)", () => {
    // 0, 0, 0, 4 percent: mean 1, sample deviation 2, ratio 0.5; γ₃ 2/√3, γ₄ 7/3.
    const found = sharpe([0, 0, 0, 0.04]);
    expect(found?.value).toBeCloseTo(0.5 * Math.sqrt(252), 12);
    const variance = (1 - (2 / Math.sqrt(3)) * 0.5 + (4 / 3 / 4) * 0.25) / 3;
    expect(found?.high95).toBeCloseTo((0.5 + 1.959963984540054 * Math.sqrt(variance)) * Math.sqrt(252), 12);
    expect(SESSIONS_A_YEAR).toBe(252);
  });

  test("is annualized by the sessions given", () => {
    expect(sharpe([0, 0, 0, 0.04], 52)?.value).toBeCloseTo(0.5 * Math.sqrt(52), 12);
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

test("trackRecord is what a ratio is judged by: per session, with raw kurtosis", () => {
  const record = trackRecord([0, 0, 0, 0.04]);
  expect(record?.sharpe).toBeCloseTo(0.5, 14);
  expect(record?.periods).toBe(4);
  expect(record?.skewness).toBeCloseTo(2 / Math.sqrt(3), 14);
  expect(record?.kurtosis).toBeCloseTo(7 / 3, 14);
  expect(trackRecord([0.1, 0.1, 0.1])).toBeUndefined();
});
