import { describe, expect, test } from "vitest";
import { bigTop, initialBigTop, nextBigTop } from "./big-top.ts";

interface Day {
  readonly vix: number;
  readonly spot: number;
}
/** An index that rises by a tenth of a per cent one day and stands still the next, under a VIX that falls from 14 by a cent a day. */
const quiet = (sessions: number): readonly Day[] =>
  Array.from({ length: sessions }, (_, index) => ({
    vix: 14 - index / 100,
    spot: 3000 * 1.001 ** Math.ceil(index / 2),
  }));
const read = (days: readonly Day[], second = 16.8) =>
  bigTop(
    days.reduce((state, day) => nextBigTop(state, day), initialBigTop),
    { first: 15, second },
  );
const lastVix = (vix: number): readonly Day[] =>
  quiet(200).map((day, index) => (index === 199 ? { ...day, vix } : day));

describe("the literal big top", () => {
  test("is not known before 200 sessions", () => {
    expect(read(quiet(199))).toBeUndefined();
    expect(read(quiet(200))).toBeDefined();
  });

  test("holds where all four conditions do", () => {
    expect(read(lastVix(14))).toEqual({
      "vix-above-mean": true,
      "implied-over-realized": true,
      "steep-curve": true,
      "index-overbought": true,
    });
  });

  test("VIX lies above the mean of 200 sessions, its own among them", () => {
    // 14 less 0.00 to 1.98 over 199 sessions add up to 2786 − 197.01 = 2588.99: the mean of 200 is VIX itself at 2588.99 / 199.
    const even = 2588.99 / 199;
    expect(read(lastVix(even + 0.001))?.["vix-above-mean"]).toBe(true);
    expect(read(lastVix(even - 0.001))?.["vix-above-mean"]).toBe(false);
  });

  test("only the last 200 sessions count", () => {
    const high = Array.from({ length: 200 }, () => ({ vix: 80, spot: 3000 }));
    expect(read([...high, ...lastVix(14)])).toEqual(read(lastVix(14)));
  });

  test("VIX is at least 1.18 times the volatility of thirty sessions", () => {
    // Half of thirty returns are 0.1 % in logarithms, half nothing: their deviation is half of it × √(30 / 29).
    const realized = 100 * (Math.log(1.001) / 2) * Math.sqrt(30 / 29) * Math.sqrt(252);
    expect(read(lastVix(1.181 * realized))?.["implied-over-realized"]).toBe(true);
    expect(read(lastVix(1.179 * realized))?.["implied-over-realized"]).toBe(false);
  });

  test("the second future is at least 12 % over the first", () => {
    expect(read(lastVix(14), 16.8001)?.["steep-curve"]).toBe(true);
    expect(read(lastVix(14), 16.7999)?.["steep-curve"]).toBe(false);
  });

  test("the index's RSI is above 68, not the VIX's", () => {
    // Rises of 68 and 67 against falls of 32 and 33, day by day: Wilder's index swings about their shares.
    const swinging = (rise: number): readonly Day[] =>
      Array.from({ length: 260 }, (_, index) => ({
        vix: 14,
        spot: 3000 + Math.ceil(index / 2) * rise - Math.floor(index / 2) * (10 - rise),
      }));
    expect(read(swinging(7.5))?.["index-overbought"]).toBe(true);
    expect(read(swinging(6))?.["index-overbought"]).toBe(false);
  });
});
