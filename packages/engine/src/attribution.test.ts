import { addMoney, calendarDate, type Money, toModel } from "@steward/model";
import { midFills } from "@steward/strategy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ATTRIBUTION_PARTS, type Attribution, attribute, totalAttribution } from "./attribution.ts";
import { openAccount, type Run, runSessions } from "./kernel.ts";
import type { Market } from "./ports.ts";
import { type FakeMarketOptions, fakeMarket } from "./testing/fake-market.ts";
import { easyRules } from "./testing/rules.ts";
import { dollars } from "./testing/structures.ts";

const startEquity = dollars(1_000_000);

function live(market: Market, fills = easyRules.fills): Run {
  const account = openAccount({ config: easyRules, startEquity, fills });
  const from = market.sessions[0] ?? calendarDate("2019-06-03");
  runSessions(market, easyRules, { from, to: market.sessions.at(-1) ?? from }, [account]);
  return account.run();
}

function sumOf(attribution: Attribution): Money {
  return addMoney(...ATTRIBUTION_PARTS.map((part) => attribution[part]));
}

const weeks = { from: "2019-06-03", to: "2019-07-05" };

function marketOf(day: NonNullable<FakeMarketOptions["day"]>, settle?: FakeMarketOptions["settle"]): Market {
  return fakeMarket({ ...weeks, day, ...(settle === undefined ? {} : { settle }) });
}

describe("the parts of a result", () => {
  test("sum to the change of equity in every session, to the micro-dollar, whatever the market does", () => {
    const days = fc.array(
      fc.record({
        move: fc.integer({ min: -80, max: 80 }),
        vix: fc.integer({ min: 100, max: 400 }),
        isBlind: fc.integer({ min: 0, max: 9 }),
      }),
      { minLength: 24, maxLength: 24 },
    );
    fc.assert(
      fc.property(days, (drawn) => {
        const market = marketOf((index) => {
          const { move = 0, vix = 140, isBlind = 9 } = drawn[index] ?? {};
          const has = (root: string): boolean => isBlind > 0 || root !== "VIX";
          return { spot: 3000 + move, vix: vix / 10, has };
        });
        const run = live(market);
        let equity = startEquity;
        const rows = attribute(market, run);
        expect(rows).toHaveLength(run.rows.length);
        for (const [i, { condor, hedge }] of rows.entries()) {
          const now = run.rows[i]?.equity ?? startEquity;
          expect(addMoney(sumOf(condor), sumOf(hedge))).toBe(now - equity);
          equity = now;
        }
        const whole = totalAttribution(rows.flatMap(({ condor, hedge }) => [condor, hedge]));
        expect(sumOf(whole)).toBe(equity - startEquity);
        expect(whole.fees).toBe(run.rows.at(-1)?.fees);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  test("of a market that follows Black's formula leave next to nothing over", () => {
    // The fake chains are Black's, whatever spot and volatility do; calls on VIX are held for weeks.
    const market = marketOf((index) => ({ spot: 3000 + 12 * Math.sin(index), vix: 13 + (index % 4) }));
    const rows = attribute(market, live(market));
    for (const { condor, hedge } of rows) {
      expect(Math.abs(toModel(condor.residual))).toBeLessThan(0.01);
      expect(Math.abs(toModel(hedge.residual))).toBeLessThan(0.01);
    }
    const total = totalAttribution(rows.map(({ condor }) => condor));
    expect(toModel(total.theta)).toBeGreaterThan(1000);
    expect(toModel(total.spread)).toBeLessThan(0);
  });

  test("of a market in which nothing moves are time, carry, spreads and fees", () => {
    const market = marketOf(
      () => ({ spot: 3000, vix: 14 }),
      (root) => (root === "VIX" ? 14 : 3000),
    );
    const [, ...rows] = attribute(market, live(market)).map(({ condor }) => condor);
    for (const { delta, gamma, vega, skew, theta } of rows) {
      expect([delta, gamma, vega, skew].every((part) => Math.abs(part) <= 4)).toBe(true);
      expect(theta).toBeGreaterThan(0);
    }
  });

  test("at the middle have no spread but the tick", () => {
    const market = marketOf(() => ({ spot: 3000, vix: 14 }));
    const spreadOf = (run: Run): number =>
      toModel(totalAttribution(attribute(market, run).map(({ condor }) => condor)).spread);
    expect(spreadOf(live(market, midFills))).toBeGreaterThan(spreadOf(live(market)));
  });

  test("of a fall through the wings are delta and, most of it, gamma", () => {
    const market = marketOf((index) => ({ spot: index < 10 ? 3000 : 2900, vix: 14 }));
    const row = attribute(market, live(market))[10]?.condor;
    expect(toModel(row?.gamma ?? dollars(0))).toBeLessThan(-10_000);
    expect(row?.gamma).toBeLessThan(row?.delta ?? 0);
    expect(row?.residual).toBeCloseTo(0, -4);
  });

  test("put a level's move to vega and a strike's own to skew", () => {
    const hedgeOf = (later: object): Attribution | undefined => {
      const calm = { forward: 16, volatility: 0.8, skew: -0.2 };
      const market = marketOf((index) => ({ vixChain: () => ({ ...calm, ...(index < 10 ? {} : later) }) }));
      return attribute(market, live(market))[10]?.hedge;
    };
    const [level, tilt] = [hedgeOf({ volatility: 0.9 }), hedgeOf({ skew: -1 })];
    expect(toModel(level?.vega ?? dollars(0))).toBeGreaterThan(100);
    expect(Math.abs(level?.skew ?? 0)).toBeLessThan(Math.abs(level?.vega ?? 0) / 10);
    expect(Math.abs(tilt?.skew ?? 0)).toBeGreaterThan(10 * Math.abs(tilt?.vega ?? 0));
  });
});
