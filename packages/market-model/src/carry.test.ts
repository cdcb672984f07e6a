import { type CalendarDate, calendarDate } from "@steward/model";
import { describe, expect, it } from "vitest";
import { carryOf, policyRate } from "./carry.ts";
import { fixtureSeries, hasFixtures } from "./testing/index-history.ts";

/** Months in which the market rate left the target: the first millennium days, September 2001, and the crisis of 2008. */
const TURBULENT = new Set(["2001-09", "2007-08", "2008-01", "2008-09", "2008-10", "2008-11", "2008-12"]);

describe("the policy rate", () => {
  it.each([
    ["2000-05-15", 0.06],
    ["2000-05-16", 0.065],
    ["2008-12-15", 0.01],
    ["2008-12-16", 0.00125],
    ["2020-03-16", 0.00125],
    ["2023-07-27", 0.05375],
    ["2026-03-02", 0.03625],
  ])("on %s is %f", (date, rate) => {
    expect(policyRate(calendarDate(date))).toBeCloseTo(rate, 12);
  });

  it("is a quarter point below what options pay, unless a series says more", () => {
    const date = calendarDate("2019-06-03");
    expect(carryOf(date, { rate: undefined, dividendYield: undefined })).toEqual({
      rate: 0.02375 + 0.0025,
      dividendYield: 0.017,
      isModelled: { rate: true, dividendYield: true },
    });
    expect(carryOf(date, { rate: 0.03, dividendYield: 0.02 })).toEqual({
      rate: 0.0325,
      dividendYield: 0.02,
      isModelled: { rate: false, dividendYield: false },
    });
  });

  it.skipIf(!hasFixtures)("is within 0.3 points of the effective rate's monthly mean", () => {
    const months = Map.groupBy(fixtureSeries("rates/us_rates_daily.csv.gz", 1), ({ date }) =>
      date.slice(0, 7),
    );
    expect(months.size).toBeGreaterThan(380);
    const off: string[] = [];
    for (const [month, days] of months) {
      const mean = (of: (date: CalendarDate, value: number) => number): number =>
        days.reduce((sum, { date, value }) => sum + of(date, value), 0) / days.length;
      const gap = mean((_, value) => value / 100) - mean((date) => policyRate(date));
      if (Math.abs(gap) > 0.003 && !TURBULENT.has(month)) off.push(`${month} ${(gap * 100).toFixed(2)}`);
    }
    expect(off).toEqual([]);
  });
});
