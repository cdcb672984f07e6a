import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarDate } from "./calendar-date.ts";
import { formatInstant } from "./instant.ts";
import { InvariantError } from "./invariant.ts";
import { isOptionRoot, lastTradingInstant, type Root, rootSpec, roundToTick, tickSize } from "./roots.ts";

const roots = ["SPX", "SPXW", "XSP", "SPY", "VIX", "VX"] as const satisfies readonly Root[];
const today = calendarDate("2025-06-02");

describe("rootSpec", () => {
  test.each([
    ["SPX", "SPX", "option", "european", "cash", "am", "SET", 100],
    ["SPXW", "SPX", "option", "european", "cash", "pm", "close", 100],
    ["XSP", "XSP", "option", "european", "cash", "pm", "close", 100],
    ["SPY", "SPY", "option", "american", "physical", "pm", "none", 100],
    ["VIX", "VIX", "option", "european", "cash", "am", "VRO", 100],
    ["VX", "VIX", "future", "none", "cash", "am", "VRO", 1000],
  ] as const)("%s", (root, underlying, kind, exercise, delivery, fixing, settlementValue, multiplier) => {
    expect(rootSpec(root)).toEqual({
      root,
      underlying,
      kind,
      exercise,
      delivery,
      fixing,
      settlementValue,
      multiplier,
    });
  });

  test("options are all roots but the future, and no other text is one", () => {
    expect(roots.filter(isOptionRoot)).toEqual(["SPX", "SPXW", "XSP", "SPY", "VIX"]);
    expect(["", "spx", "SPXPM", "NDX", "toString"].filter(isOptionRoot)).toEqual([]);
  });
});

describe("tickSize", () => {
  test.each([
    ["SPX", 2.95, false, "2025-06-02", 0.05],
    ["SPX", 3, false, "2025-06-02", 0.1],
    ["SPXW", 0.05, false, "2011-01-03", 0.05],
    ["SPXW", 12.4, false, "2011-01-03", 0.1],
    ["SPXW", 12.4, true, "2025-06-02", 0.05],
    ["SPXW", -12.4, true, "2025-06-02", 0.05],
    ["XSP", 0.01, false, "2025-06-02", 0.01],
    ["XSP", 30, true, "2025-06-02", 0.01],
    ["SPY", 30, false, "2025-06-02", 0.01],
    ["VIX", 2.95, false, "2022-10-02", 0.05],
    ["VIX", 3, false, "2022-10-02", 0.1],
    ["VIX", 2.95, false, "2022-10-03", 0.01],
    ["VIX", 3, false, "2022-10-03", 0.05],
    ["VIX", 3, true, "2019-04-29", 0.01],
    ["VX", 18, false, "2025-06-02", 0.05],
    ["VX", 0.4, true, "2025-06-02", 0.01],
  ] as const)("%s at %d (complex %s) on %s is %d", (root, price, complex, on, tick) => {
    expect(tickSize(root, price, { on: calendarDate(on), complex })).toBe(tick);
  });

  test("an order is simple unless it says otherwise", () => {
    expect(tickSize("SPX", 10, { on: today })).toBe(0.1);
  });
});

describe("roundToTick", () => {
  test.each([
    [0.15, 0.05, "down", 0.15],
    [0.3, 0.1, "up", 0.3],
    [2.97, 0.05, "nearest", 2.95],
    [2.97, 0.05, "up", 3],
    [2.97, 0.05, "down", 2.95],
    [2.975, 0.05, "nearest", 3],
    [-2.97, 0.05, "up", -2.95],
    [-2.97, 0.05, "down", -3],
    [-0.02, 0.05, "up", 0],
    [1.2300000000000002, 0.01, "up", 1.23],
  ] as const)("%d by %d %s is %d", (price, tick, toward, expected) => {
    expect(roundToTick(price, tick, toward)).toBe(expected);
  });

  test("the result lies on the grid, on the side that was asked for and within one tick", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -500_000_000, max: 500_000_000 }).map((millionths) => millionths / 1e6),
        fc.constantFrom(0.01, 0.05, 0.1),
        (price, tick) => {
          const [down, near, up] = (["down", "nearest", "up"] as const).map((toward) =>
            roundToTick(price, tick, toward),
          );
          if (down === undefined || near === undefined || up === undefined)
            return expect.fail("three roundings");
          // Prices within a millionth of a step count as being on it.
          const slack = tick * 1e-6;
          expect(down).toBeLessThanOrEqual(price + slack);
          expect(up).toBeGreaterThanOrEqual(price - slack);
          expect(Math.abs(near - price)).toBeLessThanOrEqual(tick / 2 + slack);
          expect(up - down).toBeLessThanOrEqual(tick + slack);
          for (const rounded of [down, near, up]) {
            expect(roundToTick(rounded, tick, "nearest")).toBe(rounded);
            expect(Math.abs(rounded / tick - Math.round(rounded / tick))).toBeLessThan(1e-9);
          }
        },
      ),
      { seed: 5, numRuns: 1000 },
    );
  });

  test("a price that is no number is a bug", () => {
    expect(() => roundToTick(Number.NaN, 0.05, "up")).toThrow(InvariantError);
    expect(() => roundToTick(1, 0, "up")).toThrow(InvariantError);
  });
});

describe("lastTradingInstant", () => {
  test.each([
    ["SPX", "2024-06-21", "2024-06-20T20:15:00Z", "the eve, with all options"],
    ["SPX", "2019-04-18", "2019-04-17T20:15:00Z", "the eve of a Thursday monthly"],
    ["SPX", "2025-01-17", "2025-01-16T21:15:00Z", "winter"],
    ["SPXW", "2024-06-21", "2024-06-21T20:00:00Z", "the day itself, with the stocks"],
    ["SPXW", "2023-11-24", "2023-11-24T18:00:00Z", "a half day"],
    ["SPXW", "2011-01-07", "2011-01-07T21:15:00Z", "with all options until spring 2011"],
    ["SPXW", "2018-12-05", "2018-12-04T21:00:00Z", "closed: the session before"],
    ["SPXW", "2025-01-09", "2025-01-08T21:00:00Z", "closed: the session before"],
    ["XSP", "2024-06-21", "2024-06-21T20:00:00Z", "as SPXW"],
    ["SPY", "2024-06-21", "2024-06-21T20:15:00Z", "with all options"],
    ["SPY", "2023-11-24", "2023-11-24T18:15:00Z", "a half day"],
    ["VIX", "2024-06-18", "2024-06-17T20:15:00Z", "the eve"],
    ["VIX", "2008-02-19", "2008-02-15T21:15:00Z", "the eve lies before a holiday weekend"],
    ["VIX", "2018-12-05", "2018-12-04T21:15:00Z", "as planned, though the opening moved to Thursday"],
    ["VX", "2024-06-18", "2024-06-18T13:00:00Z", "nine in the morning"],
    ["VX", "2018-12-05", "2018-12-05T14:00:00Z", "the night session ran"],
  ] as const)("%s of %s trades until %s (%s)", (root, expiration, iso, _why) => {
    expect(formatInstant(lastTradingInstant(root, calendarDate(expiration)))).toBe(iso);
  });
});
