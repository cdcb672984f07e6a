import { toModel } from "@steward/model";
import { americanPrice, black76Price, europeanPrice } from "@steward/pricing";
import { describe, expect, it } from "vitest";
import { equityMoves, portfolioMargin, portfolioRules } from "./portfolio-margin.ts";
import { bookOf, marketOf } from "./testing/books.ts";

const market = { ...marketOf({ SPX: 5000, SPY: 500, VIX: 18 }), rate: 0.03 };
/** From 16:00 on 2026-01-05 to 16:00 on 2026-02-04. */
const MONTH = 30 / 365;

describe("portfolio margin", () => {
  it("reprices a short put at the volatility that its price holds", () => {
    const put = { right: "put", strike: 4800, years: MONTH, rate: 0.03, dividendYield: 0 } as const;
    const price = europeanPrice({ ...put, spot: 5000, volatility: 0.18 });
    const { classes, requirement } = portfolioMargin(bookOf([`-2 P 4800 @${price}`]), market, portfolioRules);
    expect(classes[0]?.legs[0]?.volatility).toBeCloseTo(0.18, 10);
    const loss = 200 * (europeanPrice({ ...put, spot: 4600, volatility: 0.18 }) - price);
    expect(toModel(requirement)).toBeCloseTo(loss, 4);
    expect(classes[0]?.points.map(({ move }) => Number(move.toFixed(9)))).toEqual([
      ...[-8, -6.4, -4.8, -3.2, -1.6],
      ...[1.2, 2.4, 3.6, 4.8, 6],
    ]);
  });

  it("takes SPY as American, and as a single stock where that is asked", () => {
    const put = { right: "put", strike: 510, years: MONTH, rate: 0.03, dividendYield: 0.012 } as const;
    const price = americanPrice({ ...put, spot: 500, volatility: 0.16 });
    const rules = { ...portfolioRules, moves: { ...portfolioRules.moves, SPY: equityMoves } };
    const yielding = { ...market, dividendYields: { SPY: 0.012 } };
    const { requirement } = portfolioMargin(bookOf([`-1 SPY 2026-02-04 P 510 @${price}`]), yielding, rules);
    expect(toModel(requirement)).toBeCloseTo(
      100 * (americanPrice({ ...put, spot: 425, volatility: 0.16 }) - price),
      4,
    );
  });

  it("moves a VIX option's future by the percentage of VIX", () => {
    const call = { right: "call", strike: 25, rate: 0.03, years: (44 - 6.5 / 24) / 365 } as const;
    const price = black76Price({ ...call, forward: 20, volatility: 0.9 });
    const futures = { ...market, vixFutures: { ["2026-02-18" as never]: 20 } };
    const { requirement } = portfolioMargin(
      bookOf([`-1 VIX 2026-02-18 C 25 @${price}`]),
      futures,
      portfolioRules,
    );
    const moved = black76Price({ ...call, forward: 24, volatility: 0.9 });
    expect(toModel(requirement)).toBeCloseTo(100 * (moved - price), 4);
  });

  it("offsets within an underlying and adds underlyings up", () => {
    const spread = portfolioMargin(bookOf(["-1 P 4800 @25", "+1 P 4750 @20"]), market, portfolioRules);
    expect(toModel(spread.requirement)).toBeLessThan(5_000);
    const shares = portfolioMargin(bookOf([], 100), market, portfolioRules);
    expect(toModel(shares.requirement)).toBe(4_000);
    const both = portfolioMargin(bookOf(["-1 P 4800 @25", "+1 P 4750 @20"], 100), market, portfolioRules);
    expect(both.requirement).toBe(spread.requirement + shares.requirement);
    expect(both.classes.map(({ underlying }) => underlying)).toEqual(["SPX", "SPY"]);
  });

  it("asks no less than the minimum, and holds a price without time value at none", () => {
    const { classes } = portfolioMargin(bookOf(["+1 P 5200 @150"]), market, portfolioRules);
    expect(classes[0]?.legs[0]?.volatility).toBe(0);
    const far = portfolioMargin(bookOf(["+2 P 3000 @0.05", "-2 P 2900 @0.05"]), market, portfolioRules);
    expect(toModel(far.requirement)).toBe(150);
  });
});
