import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tradeStatistics } from "./trades.ts";

describe("tradeStatistics", () => {
  test("of wins and losses", () => {
    const found = tradeStatistics([1, 1, 1, -2]);
    expect(found).toMatchObject({
      count: 4,
      wins: 3,
      averageWin: 1,
      averageLoss: -2,
      worst: -2,
      best: 1,
      total: 1,
      average: 0.25,
    });
    expect(found?.winRate.value).toBe(0.75);
    // 2 / (1 + 2): two wins pay for one loss.
    expect(found?.breakEvenWinRate).toBeCloseTo(2 / 3, 15);
  });

  test("of only wins, of only losses there is no break-even rate", () => {
    expect(tradeStatistics([0.5, 0.7])).toMatchObject({
      wins: 2,
      averageLoss: undefined,
      breakEvenWinRate: undefined,
      worst: 0.5,
      best: 0.7,
    });
    expect(tradeStatistics([0.5, 0.7])?.winRate.high95).toBe(1);
    expect(tradeStatistics([-0.5])).toMatchObject({ wins: 0, averageWin: undefined, best: -0.5 });
    expect(tradeStatistics([-0.5])?.breakEvenWinRate).toBeUndefined();
  });

  test("nothing won is no win", () => {
    expect(tradeStatistics([0, 1])).toMatchObject({ wins: 1, averageWin: 1, averageLoss: 0 });
  });

  test("of no trades there are none", () => {
    expect(tradeStatistics([])).toBeUndefined();
  });

  test("at the break-even rate the average win and loss cancel; above it the total is a gain", () => {
    const results = fc.array(fc.integer({ min: -500, max: 300 }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(results, (drawn) => {
        const found = tradeStatistics(drawn);
        const { averageWin, averageLoss, breakEvenWinRate: rate } = found ?? {};
        if (averageWin === undefined || averageLoss === undefined || rate === undefined) return;
        expect(Math.abs(rate * averageWin + (1 - rate) * averageLoss)).toBeLessThan(1e-9);
        const margin = (found?.winRate.value ?? 0) - rate;
        if (Math.abs(margin) > 1e-12) expect(Math.sign(found?.total ?? 0)).toBe(Math.sign(margin));
      }),
      { seed: 4, numRuns: 1000 },
    );
  });
});
