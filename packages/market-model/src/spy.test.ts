import { calendarDate, SPY_DIVIDENDS, strike } from "@steward/model";
import { americanPriceWithDividends, earlyExercisePremium, europeanPrice } from "@steward/pricing";
import { describe, expect, it } from "vitest";
import { marketOf, volatilityHistory } from "./index.ts";
import { dividendOn, expectedDividends, nextExDate, sharePrice } from "./spy-shares.ts";
import { americanOnShare, type ShareTerms } from "./spy-slice.ts";
import { bundledIndex } from "./testing/index-history.ts";

const on = calendarDate;
const market = marketOf(volatilityHistory({ index: bundledIndex(), indexSource: "bundled" }));

describe("a share of SPY", () => {
  it("goes without its dividend on the third Friday of the quarter's last month", () => {
    expect(nextExDate(on("2019-06-20"))).toBe("2019-06-21");
    expect(nextExDate(on("2019-06-21"))).toBe("2019-09-20");
    expect(nextExDate(on("2019-12-20"))).toBe("2020-03-20");
    // Good Friday.
    expect(nextExDate(on("2008-03-01"))).toBe("2008-03-20");
    const regular = SPY_DIVIDENDS.filter(({ exDate }) => exDate !== "2004-11-15" && exDate >= "1993-06");
    for (const [i, { exDate }] of regular.entries()) {
      const before = regular[i - 1];
      if (before !== undefined) expect(nextExDate(before.exDate)).toBe(exDate);
    }
    expect([dividendOn(on("2019-06-21")), dividendOn(on("2019-06-20"))]).toEqual([1.432, 0]);
  });

  it("is expected to pay what the same quarter paid a year before, and nothing that is not yet known", () => {
    const paid = (date: string): number =>
      SPY_DIVIDENDS.find(({ exDate }) => exDate === date)?.amount ?? Number.NaN;
    expect(expectedDividends(on("2019-06-20"), on("2019-12-31"))).toEqual([
      { exDate: "2019-06-21", amount: paid("2018-06-15") },
      { exDate: "2019-09-20", amount: paid("2018-09-21") },
      { exDate: "2019-12-20", amount: paid("2018-12-21") },
    ]);
    expect(expectedDividends(on("2019-06-21"), on("2019-09-19"))).toEqual([]);
  });

  it("is a tenth of the index and what the trust has taken in", () => {
    expect(sharePrice(3000, on("2019-06-21"))).toBe(300);
    expect(sharePrice(3000, on("2019-09-19"))).toBeCloseTo(300 + (1.323 * 90) / 91, 2);
    expect(market.shares("SPY", on("2019-06-21"))?.dividend).toBe(1.432);
    expect(market.shares("SPXW", on("2019-06-21"))).toBeUndefined();
  });
});

describe("its options", () => {
  const terms: ShareTerms = {
    spot: 300,
    rate: 0.024,
    years: 30 / 365,
    forward: 300 * Math.exp((0.024 * 30) / 365),
    discountFactor: Math.exp((-0.024 * 30) / 365),
    dividend: undefined,
  };
  const option = { spot: 300, rate: 0.024, dividendYield: 0, years: 30 / 365, volatility: 0.15 };

  it("without a dividend ahead are worth the European call, and puts more", () => {
    const call = americanOnShare(terms, { right: "call", strike: 290, volatility: 0.15 });
    expect(call).toBeCloseTo(europeanPrice({ ...option, right: "call", strike: 290 }), 10);
    const put = americanOnShare(terms, { right: "put", strike: 315, volatility: 0.15 });
    const premium = earlyExercisePremium({ ...option, right: "put", strike: 315 });
    expect(premium).toBeGreaterThan(0.05);
    expect(put).toBeCloseTo(europeanPrice({ ...option, right: "put", strike: 315 }) + premium, 4);
  });

  // Finite differences on the same spot, with the dividend due on the evening before its date.
  it.each([
    ["call", 250, 1],
    ["call", 270, 10],
    ["call", 290, 10],
    ["call", 300, 20],
    ["call", 305, 29],
    ["put", 290, 10],
    ["put", 310, 10],
    ["put", 330, 20],
    ["put", 330, 2],
  ] as const)("a %s of %s with a dividend in %s days is right to a cent", (right, points, days) => {
    const dividend = { years: days / 365, amount: 1.4 };
    const exact = americanPriceWithDividends({ ...option, right, strike: points }, [dividend]);
    const found = americanOnShare({ ...terms, dividend }, { right, strike: points, volatility: 0.15 });
    expect(Math.abs(found - exact)).toBeLessThan(0.01);
  });

  it("of the evening before an ex-date are worth exercising deep in the money, and of the next day are not", () => {
    const callOf = (session: string, points: number): number => {
      const view = market.view(on(session));
      const mark = view.slice("SPY", on("2019-07-19"))?.mark("call", strike(points));
      const spot = market.shares("SPY", on(session))?.close ?? Number.NaN;
      return (mark?.price ?? Number.NaN) - (spot - points);
    };
    expect(callOf("2019-06-20", 250)).toBe(0);
    expect(callOf("2019-06-21", 250)).toBeGreaterThan(0.3);
    expect(callOf("2019-06-20", 295)).toBeGreaterThan(0.3);
  });

  it("have the index's volatility, on dollars", () => {
    const view = market.view(on("2019-06-03"));
    const expiration = on("2019-06-07");
    const [spx, spy] = [view.slice("SPXW", expiration), view.slice("SPY", expiration)];
    const spot = market.shares("SPY", on("2019-06-03"))?.close ?? Number.NaN;
    expect(spy?.forward).toBeGreaterThan(spot);
    const atTheMoney = Math.round(spy?.forward ?? 0);
    const [index, share] = [spx?.mark("put", strike(10 * atTheMoney)), spy?.mark("put", strike(atTheMoney))];
    expect(share?.volatility).toBeCloseTo(index?.volatility ?? Number.NaN, 1);
    expect(spy?.quote("put", strike(atTheMoney + 0.5))).toBeUndefined();
    expect(market.settlement("SPY", on("2019-06-07"), on("2019-06-07"))?.source).toBe("approximated");
  });
});
