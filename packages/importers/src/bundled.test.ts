import { isSession, sessionsBetween } from "@steward/model";
import { describe, expect, test } from "vitest";
import { BUNDLED_INDEX_DETAIL, bundledIndex } from "./bundled.ts";

const bars = bundledIndex();

describe("bundledIndex", () => {
  test("holds every session from 2000-01-03 to 2020-04-17", () => {
    const [first] = bars;
    const last = bars.at(-1);
    expect([first?.date, last?.date]).toEqual(["2000-01-03", "2020-04-17"]);
    expect(bars).toHaveLength(5105);
    expect(bars.every(({ date }) => isSession(date))).toBe(true);
    if (first !== undefined && last !== undefined)
      expect(bars.map(({ date }) => date)).toEqual(sessionsBetween(first.date, last.date));
  });

  test("begins and ends with the prices that S&P published, in hundredths", () => {
    expect(bars[0]).toEqual({ date: "2000-01-03", open: 1469.25, high: 1478, low: 1438.36, close: 1455.22 });
    expect(bars.at(-1)).toMatchObject({ close: 2874.56 });
    expect(bars.find(({ date }) => date === "2008-10-15")?.close).toBe(907.84);
    for (const { open, high, low, close } of bars) {
      for (const price of [open, high, low, close])
        expect(Math.abs(price * 100 - Math.round(price * 100))).toBeLessThan(1e-8);
    }
  });

  test("says where it comes from", () => {
    expect(BUNDLED_INDEX_DETAIL).toContain("BSD-3-Clause");
  });
});
