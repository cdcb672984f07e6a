import { describe, expect, test } from "vitest";
import { usualSecondEngine } from "../presets.ts";
import { fakeView } from "../testing/fake-market.ts";
import { initialTiming, nextTiming, type TimingState, type VixMarket, vixMarket } from "./timing.ts";
import { scoreOf, type Vote, votesOf } from "./votes.ts";

const { readings: weights } = usualSecondEngine;
const market: VixMarket = {
  spot: 3000,
  vix: 14,
  curve: { first: 14.5, second: 16, thirtyDays: 15, sixtyDays: 16.2 },
};
const votes = (state: TimingState, today: VixMarket | undefined = market) =>
  Object.fromEntries(votesOf(state, today, weights).map((vote) => [vote.name, vote]));
const after = (days: readonly VixMarket[]) =>
  days.reduce((state, day) => nextTiming(state, day, "second-over-first"), initialTiming);
const level = (sessions: number): readonly VixMarket[] => Array(sessions).fill(market);

describe("votesOf", () => {
  test("the slope of the curve votes at once, by its state", () => {
    const slopes = [0.99, 1.01, 1.05, 1.09, 1.2].map((ratio) => {
      const curve = { ...market.curve, sixtyDays: market.curve.thirtyDays * ratio };
      return votes(initialTiming, { ...market, curve })["contango"]?.vote;
    });
    expect(slopes).toEqual([-1, 0, 0.5, 1, 1]);
  });

  test("what warms up abstains with what it waits for", () => {
    expect(votes(after(level(14)))["rsi-cash"]).toMatchObject({
      available: false,
      vote: 0,
      because: "the RSI of VIX needs fourteen changes",
    });
    expect(votes(after(level(15)))["rsi-cash"]).toMatchObject({ available: true, value: 50, vote: 0 });
    expect(votes(after(level(34)))["macd"]).toMatchObject({
      available: false,
      because: "MACD needs 35 sessions",
    });
    expect(votes(after(level(35)))["macd"]).toMatchObject({ available: true, vote: 0 });
    expect(votes(after(level(60)))["rsi-divergence"]).toMatchObject({
      available: false,
      because: "two highs and two lows of VIX are not known yet",
    });
  });

  test("all abstain in a session without a market, whatever they remember", () => {
    for (const vote of votesOf(after(level(60)), undefined, weights))
      expect(vote).toMatchObject({
        available: false,
        vote: 0,
        value: undefined,
        because: "VIX or a future of its curve is missing",
      });
  });

  test("a VIX that has risen far votes for selling, one that has fallen far against", () => {
    const path = (step: number) =>
      Array.from({ length: 20 }, (_, index) => ({ ...market, vix: 40 + step * index }));
    expect(votes(after(path(1)))["rsi-cash"]).toMatchObject({ value: 100, vote: 1 });
    expect(votes(after(path(-1)))["rsi-cash"]).toMatchObject({ value: 0, vote: -1 });
  });

  test("a curve that steepens ever faster votes for selling, the mirrored one against", () => {
    const path = (sign: number) =>
      Array.from({ length: 40 }, (_, index) => ({
        ...market,
        curve: { ...market.curve, second: 14.5 * (1 + (sign * index ** 2) / 10_000) },
      }));
    expect(votes(after(path(1)))["macd"]).toMatchObject({ vote: 1, group: "momentum" });
    expect(votes(after(path(-1)))["macd"]).toMatchObject({ vote: -1 });
  });

  test("a high of VIX that its future does not confirm votes for selling, a low against", () => {
    // VIX rises by steps to 20, back to 15, up to 21 and down again; the future answers the first spike and sleeps through the second.
    const corners = [14, 20, 15, 21, 16, 17];
    const vix = corners.flatMap((to, index) => {
      const from = corners[index - 1] ?? to;
      return [1, 2, 3, 4].map((step) => from + ((to - from) * step) / 4);
    });
    const days = (sign: number) =>
      vix.map((value, index) => ({
        spot: 3000,
        vix: 40 + sign * (value - 17),
        curve: { ...market.curve, thirtyDays: 20 + sign * (index < 12 ? value : 15 + index / 100) },
      }));
    const warm = (sign: number) =>
      Array.from({ length: 16 }, (_, index) => ({
        spot: 3000,
        vix: 40 + sign * (index / 100 - 4),
        curve: { ...market.curve, thirtyDays: 20 + sign * (14 + (index % 2) / 10) },
      }));
    expect(votes(after([...warm(1), ...days(1)]))["rsi-divergence"]).toMatchObject({ vote: 1 });
    expect(votes(after([...warm(-1), ...days(-1)]))["rsi-divergence"]).toMatchObject({ vote: -0.5 });
  });
});

describe("what MACD is read of", () => {
  test.each([
    ["second-over-first", 16 / 14.5],
    ["sixty-over-thirty", 16.2 / 15],
    ["thirty-over-vix", 15 / 14],
  ] as const)("%s", (source, ratio) => {
    expect(nextTiming(initialTiming, market, source).macd.slow.value).toBeCloseTo(ratio, 12);
  });
});

test("a session without VIX has no market", () => {
  expect(vixMarket(fakeView({ session: "2019-06-03", isWarmingUp: true }))).toBeUndefined();
  expect(vixMarket(fakeView({ session: "2019-06-03" }))?.vix).toBe(14);
});

describe("scoreOf", () => {
  const vote = (group: Vote["group"], weight: number, own: number, available = true): Vote => ({
    name: "contango",
    group,
    weight,
    value: own,
    vote: own,
    available,
    because: "",
  });

  test("is the mean by weight of what is available, and counts each group once", () => {
    const votes = [
      vote("term-structure", 2, 1),
      vote("volatility", 1, -0.5),
      vote("volatility", 1, 1),
      vote("momentum", 4, 0, false),
    ];
    // (2 × 1 − 0.5 + 1) / 4.
    expect(scoreOf(votes)).toEqual({ value: 0.625, groups: ["term-structure", "volatility"] });
  });

  test("does not hear a weight of nothing, and is none where nobody votes", () => {
    expect(scoreOf([vote("momentum", 0, 1)])).toEqual({ value: undefined, groups: [] });
    expect(scoreOf([vote("momentum", 1, 1, false)])).toEqual({ value: undefined, groups: [] });
    expect(scoreOf([vote("volatility", 1, 1), vote("volatility", 1, -1)])).toEqual({ value: 0, groups: [] });
  });
});
