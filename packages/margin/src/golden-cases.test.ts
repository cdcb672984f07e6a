import { toModel } from "@steward/model";
import { describe, expect, it } from "vitest";
import { portfolioMargin, portfolioRules } from "./portfolio-margin.ts";
import { cashAccount, exchangeMinimum, typicalBroker } from "./rules.ts";
import { bookOf, dollarsOf, marginOf, marketOf } from "./testing/books.ts";

// Worked by hand from the formulas of the Cboe margin manual and FINRA rule 4210(f)(2), the arithmetic checked by a script;
// where only a net price was given, it is laid on one leg. `memory` marks a rule without a source that was seen.
const CASES = [
  ["M01 long call, 30 days", ["+1 C 5000 @60"], 6_000, 6_000, "manual"],
  ["M03 short put, out of the money", ["-1 P 4800 @25"], 57_500, 55_000, "manual"],
  ["M05 short call at the floor", ["-1 C 5300 @5"], 50_500, 50_000, "manual"],
  ["M09 put credit spread", ["-1 P 4800 @25", "+1 P 4750 @20"], 5_000, 4_500, "manual"],
  [
    "M11 iron condor, equal wings",
    ["+1 P 4750 @20", "-1 P 4800 @25", "-1 C 5200 @9", "+1 C 5250 @6"],
    5_000,
    4_200,
    "manual",
  ],
  ["M13 short straddle", ["-1 P 5000 @60", "-1 C 5000 @62"], 87_200, 75_000, "manual"],
  ["M15 long butterfly", ["+1 C 4950 @90", "-2 C 5000 @62", "+1 C 5050 @42"], 800, 800, "manual"],
  ["M17 broken wing", ["+1 C 5000 @62", "-2 C 5050 @38", "+1 C 5150 @13"], 5_000, 4_900, "manual"],
  [
    "M19 calendar, long later",
    ["+1 SPXW 2026-03-06 C 5000 @95", "-1 SPXW 2026-02-04 C 5000 @62"],
    3_300,
    3_300,
    "manual",
  ],
  ["M21 ratio backspread", ["-1 C 5000 @62", "+2 C 5100 @20"], 14_000, 7_800, "manual"],
  [
    "M23 short box",
    ["-1 C 5000 @100", "+1 C 5100 @50", "-1 P 5100 @98", "+1 P 5000 @50"],
    10_000,
    200,
    "manual",
  ],
  [
    "M29 AM short, PM long of one Friday",
    ["-1 SPX 2026-01-16 C 5000 @60", "+1 SPXW 2026-01-16 C 5050 @40"],
    5_000,
    3_000,
    "memory",
  ],
] as const;

describe("worked cases with SPX at 5,000", () => {
  it.each(CASES)("%s", (_, legs, requirement, deposit) => {
    const margin = marginOf(bookOf(legs));
    expect(dollarsOf(margin)).toEqual([requirement, deposit]);
    expect(margin.slack).toBe(0);
  });

  it("M07 short SPY call, 20/10 at a broker and 15/10 at the exchange", () => {
    const book = bookOf(["-1 SPY 2026-02-04 C 540 @1"]);
    const market = marketOf({ SPY: 500 });
    expect(dollarsOf(marginOf(book, market, typicalBroker))).toEqual([6_100, 6_000]);
    // 15 % less 40 points is 3,500, under the floor of 5,000.
    expect(dollarsOf(marginOf(book, market, exchangeMinimum))).toEqual([5_100, 5_000]);
  });

  it("M25 covered call", () => {
    const margin = marginOf(bookOf(["-1 SPY 2026-02-04 C 510 @4"], 100), marketOf({ SPY: 500 }));
    expect(dollarsOf(margin)).toEqual([25_000, 24_600]);
    expect(margin.groups.map(({ name }) => name)).toEqual(["covered call"]);
  });

  it("M27 put of a cash account", () => {
    const margin = marginOf(bookOf(["-1 P 4800 @25"]), marketOf(), cashAccount(exchangeMinimum));
    expect(dollarsOf(margin)).toEqual([480_000, 477_500]);
  });

  it("wings of 50 and 160 points, twice: the wider one, neither the sum nor the puts' alone", () => {
    const legs = ["+2 P 4750 @20", "-2 P 4800 @25", "-2 C 5200 @9", "+2 C 5360 @2"];
    expect(dollarsOf(marginOf(bookOf(legs)))).toEqual([32_000, 29_600]);
    const mirrored = ["+2 P 4640 @10", "-2 P 4800 @25", "-2 C 5200 @9", "+2 C 5250 @6"];
    expect(dollarsOf(marginOf(bookOf(mirrored)))[0]).toBe(32_000);
  });
});

describe("worked cases of portfolio margin, at the close of the expiration", () => {
  const market = { ...marketOf(), rate: 0 };
  const expiring = (legs: readonly string[]) =>
    portfolioMargin(
      bookOf(legs.map((text) => text.replace(" ", " SPXW 2026-01-05 "))),
      market,
      portfolioRules,
    );

  // The grid is of SEC 34-46576; ten equal steps and 37.50 a contract are from memory.
  it("P01 iron condor", () => {
    const { requirement, classes } = expiring(["+1 P 4750", "-1 P 4800", "-1 C 5200", "+1 C 5250"]);
    expect(toModel(requirement)).toBe(5_000);
    const points = classes[0]?.points.map(({ move, result }) => [Number(move.toFixed(9)), toModel(result)]);
    expect(points).toEqual([
      [-8, -5_000],
      [-6.4, -5_000],
      [-4.8, -4_000],
      [-3.2, 0],
      [-1.6, 0],
      [1.2, 0],
      [2.4, 0],
      [3.6, 0],
      [4.8, -4_000],
      [6, -5_000],
    ]);
  });

  it("P03 the minimum of three short calls", () => {
    expect(toModel(expiring(["-3 C 5400"]).requirement)).toBe(112.5);
  });
});

// Cboe, "Margin Requirement Examples for Sample Options-based Positions" (2007), 100 contracts each. The table gives what is
// needed beyond the proceeds; SPX stood at 1451.19, as its short call and short put both imply.
describe("the exchange's own table", () => {
  const april = (text: string): string => text.replace(/ ([CP])/, " SPX 2026-04-17 $1");
  const table = [
    ["short call", ["-100 C 1460 @21.66"], 2_088_685],
    ["short put", ["-100 P 1460 @22.55"], 2_176_785],
    ["synthetic long", ["+100 C 1460 @21.66", "-100 P 1460 @22.55"], 2_393_385],
    ["risk reversal", ["+100 P 1450 @18.72", "-100 C 1500 @5.96"], 1_875_885],
    ["long vertical call spread", ["+100 C 1450 @27.57", "-100 C 1500 @5.96"], 216_100],
  ] as const;

  it.each(table)("%s", (_, legs, deposit) => {
    const margin = marginOf(bookOf(legs.map(april)), marketOf({ SPX: 1451.19 }));
    expect(dollarsOf(margin)[1]).toBe(deposit);
  });

  it("portfolio margin of a straddle held is the minimum of 37.50 a contract", () => {
    const legs = ["+100 C 1450 @27.56", "+100 P 1450 @18.72"].map(april);
    const { classes } = portfolioMargin(
      bookOf(legs),
      { ...marketOf({ SPX: 1451.19 }), rate: 0 },
      portfolioRules,
    );
    expect(classes.map(({ minimum }) => toModel(minimum))).toEqual([7_500]);
  });
});
