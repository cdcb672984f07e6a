import { calendarDate } from "@steward/model";
import type { StrategyConfig } from "@steward/strategy";
import { describe, expect, test } from "vitest";
import { type BacktestOptions, backtest, SHORT_VOL_SCALES, SMALLER_SHARE, verdictOf } from "./backtest.ts";
import { openAccount, runSessions } from "./kernel.ts";
import { type FakeMarket, fakeMarket } from "./testing/fake-market.ts";
import { easyRules } from "./testing/rules.ts";
import { dollars } from "./testing/structures.ts";

const startEquity = dollars(1_000_000);

/** A spring of quiet days, one fall, and days on which VIX closes the gate. */
function marketAt(scale: number): FakeMarket {
  return fakeMarket({
    from: "2019-03-01",
    to: "2019-07-31",
    day: (index) => {
      const vix = index % 20 === 19 ? 21 : 13.5;
      return {
        spot: index === 50 ? 2900 : 3000 + 8 * Math.sin(2 * index),
        vix,
        index: { volatility: (scale * vix) / 100 },
        isWarmingUp: index < 5,
      };
    },
  });
}

function marketsOf() {
  return { "0.95": marketAt(0.95), "1.00": marketAt(1), "1.05": marketAt(1.05) };
}

const options: BacktestOptions = {
  config: easyRules,
  startEquity,
  from: calendarDate("2019-03-04"),
  to: calendarDate("2019-07-31"),
  seed: 42,
  resamples: 100,
};

describe("backtest", () => {
  const markets = marketsOf();
  const shares: number[] = [];
  const result = backtest(markets, { ...options, onProgress: (share) => shares.push(share) });

  test("covers the sessions of the range that have data", () => {
    const sessions = markets["1.00"].sessions.filter((session) => session >= options.from);
    expect(result).toMatchObject({ from: sessions[0], to: sessions.at(-1), sessions: sessions.length });
    const early = backtest(marketsOf(), { ...options, from: calendarDate("2019-01-02") });
    expect(early.from).toBe("2019-03-01");
  });

  test("tells its progress after each of the three markets", () => {
    expect(shares).toEqual([1 / 3, 2 / 3, 1]);
  });

  test("leads eleven accounts: seven through the market as it is, two through each other one", () => {
    // Each account settles its own condors, three a day; the first day's are settled on the same day by all.
    const firstSettled = (market: FakeMarket): number => {
      const day = market.asked.find(([root]) => root === "SPXW")?.[1];
      return market.asked.filter(([root, expiration]) => root === "SPXW" && expiration === day).length;
    };
    expect(SHORT_VOL_SCALES.map((scale) => firstSettled(markets[scale]) / 3)).toEqual([2, 7, 2]);
  });

  test("the unhedged arm is the account whose rules have no hedge", () => {
    const config: StrategyConfig = { ...easyRules, hedge: undefined };
    const alone = openAccount({ config, startEquity });
    runSessions(marketsOf()["1.00"], config, options, [alone]);
    expect(result.arms.unhedged.run.rows).toEqual(alone.run().rows);
    expect(result.arms.hedged.run.rows.at(-1)?.hedgeCash).toBeLessThan(0);
    expect(result.arms.unhedged.statistics.hedgeResult).toBe(0);
  });

  test("the smaller arm is unhedged and risks seven tenths", () => {
    const sold = (arm: "unhedged" | "smaller"): number => {
      const row = result.arms[arm].run.rows.find(({ decision }) => decision.tiers[0]?.action === "sell");
      const [tier] = row?.decision.tiers ?? [];
      return tier?.action === "sell" ? tier.contracts : Number.NaN;
    };
    expect(SMALLER_SHARE).toBe(0.7);
    expect(sold("unhedged")).toBe(10);
    expect(sold("smaller")).toBe(7);
    expect(result.arms.smaller.statistics.hedgeResult).toBe(0);
  });

  test("of rules without a hedge both arms are one", () => {
    const plain = backtest(marketsOf(), { ...options, config: { ...easyRules, hedge: undefined } });
    expect(plain.arms.hedged).toEqual(plain.arms.unhedged);
    expect(plain.hedge.years.every(({ hedge }) => hedge === 0)).toBe(true);
  });

  test("dearer fills never earn more", () => {
    for (const arm of ["unhedged", "hedged"] as const) {
      const {
        mid = Number.NaN,
        default: usual = Number.NaN,
        adverse = Number.NaN,
      } = result.sensitivity[arm].fills;
      expect(mid).toBeGreaterThan(usual);
      expect(usual).toBeGreaterThan(adverse);
      expect(usual).toBe(result.arms[arm].statistics.growth?.value);
      expect(result.sensitivity[arm].shortVol["1.00"]).toBe(usual);
    }
  });

  test("other levels of short volatility are other markets", () => {
    for (const arm of ["unhedged", "hedged"] as const) {
      const { shortVol } = result.sensitivity[arm];
      expect(new Set(Object.values(shortVol)).size).toBe(3);
    }
    const mirrored = { "0.95": marketAt(1.05), "1.00": marketAt(1), "1.05": marketAt(0.95) };
    const swapped = backtest(mirrored, options).sensitivity.hedged.shortVol;
    const { shortVol } = result.sensitivity.hedged;
    expect(swapped).toEqual({ "0.95": shortVol["1.05"], "1.00": shortVol["1.00"], "1.05": shortVol["0.95"] });
  });

  test("each tier's verdict rests on its means in the three markets, unhedged", () => {
    expect(result.verdicts.map(({ tier }) => tier)).toEqual(["conservative", "balanced", "aggressive"]);
    for (const [index, { means, interval, verdict }] of result.verdicts.entries()) {
      expect(interval).toEqual(result.arms.unhedged.tiers[index]?.mean);
      expect(means["1.00"]).toBe(interval?.value);
      expect(new Set(Object.values(means)).size).toBe(3);
      expect(verdict).toBe(verdictOf(means, interval));
    }
  });

  test("counts the sessions without a sale by the reason of the farthest tier, whatever its place", () => {
    const { rows } = result.arms.hedged.run;
    const gated = rows.filter(({ decision }) => decision.tiers[0]?.action === "none");
    expect(result.noTrade.sessions).toBe(gated.length);
    expect(result.noTrade.byReason).toEqual({ "warming-up": 4, "vix-gate": gated.length - 4 });
    const { tiers } = easyRules.condor;
    const config = { ...easyRules, condor: { ...easyRules.condor, tiers: tiers.toReversed() } };
    expect(backtest(marketsOf(), { ...options, config }).noTrade).toEqual(result.noTrade);
  });

  test("the farthest tier's reason counts where the tiers differ", () => {
    // At 17 the aggressive tier is gated; without quotes the others find nothing.
    const blind = () =>
      fakeMarket({
        from: "2019-03-01",
        to: "2019-03-08",
        day: () => ({ vix: 17, has: (root) => root === "VIX" }),
      });
    const none = backtest({ "0.95": blind(), "1.00": blind(), "1.05": blind() }, options);
    expect(none.noTrade).toEqual({ sessions: 5, byReason: { "not-quoted": 5 } });
    const { tiers } = easyRules.condor;
    for (const order of [tiers.toReversed(), [...tiers.slice(1), ...tiers.slice(0, 1)]]) {
      const config = { ...easyRules, condor: { ...easyRules.condor, tiers: order } };
      const other = backtest({ "0.95": blind(), "1.00": blind(), "1.05": blind() }, { ...options, config });
      expect(other.noTrade).toEqual(none.noTrade);
    }
    expect(none.verdicts).toEqual([]);
  });

  test("rules without tiers count every session and give no reason", () => {
    const config = { ...easyRules, condor: { ...easyRules.condor, tiers: [] } };
    const hedgeOnly = backtest(marketsOf(), { ...options, config });
    expect(hedgeOnly.noTrade).toEqual({ sessions: result.sessions, byReason: {} });
    expect(hedgeOnly.arms.hedged.statistics.condorResult).toBeCloseTo(0, 6);
  });

  test("a range without data has no result and no fault", () => {
    const empty = backtest(marketsOf(), {
      ...options,
      from: calendarDate("2010-01-04"),
      to: calendarDate("2010-12-31"),
    });
    expect(empty).toMatchObject({ from: "2010-01-04", to: "2010-12-31", sessions: 0, verdicts: [] });
    expect(empty.sensitivity.hedged.fills.mid).toBeUndefined();
  });

  test("gives the same bytes twice; another seed moves the bands alone", () => {
    expect(JSON.stringify(backtest(marketsOf(), options))).toBe(JSON.stringify({ ...result }));
    const other = backtest(marketsOf(), { ...options, seed: 7 });
    expect(other.arms.hedged.run).toEqual(result.arms.hedged.run);
    expect(other.arms.hedged.statistics.growth).not.toEqual(result.arms.hedged.statistics.growth);
  });
});

describe("verdictOf", () => {
  const interval = (low95: number, high95: number) => ({
    value: (low95 + high95) / 2,
    low95,
    high95,
    low50: low95,
    high50: high95,
  });
  const means = (low: number | undefined, middle: number | undefined, high: number | undefined) => ({
    "0.95": low,
    "1.00": middle,
    "1.05": high,
  });

  test.each([
    ["gain", means(0.1, 0.2, 0.3), interval(0.01, 0.4)],
    ["loss", means(-0.3, -0.2, -0.1), interval(-0.4, -0.01)],
    ["luck", means(0.1, 0.2, 0.3), interval(-0.1, 0.5)],
    ["luck", means(0.1, 0.2, 0.3), interval(0, 0.4)],
    ["luck", means(-0.3, -0.2, -0.1), interval(-0.4, 0)],
    ["undetermined", means(-0.1, 0.2, 0.3), interval(0.01, 0.4)],
    ["undetermined", means(0.1, 0.2, -0.3), interval(0.01, 0.4)],
    ["undetermined", means(0, 0.2, 0.3), interval(0.01, 0.4)],
    ["undetermined", means(-0.3, -0.2, 0), interval(-0.4, -0.01)],
    ["undetermined", means(undefined, 0.2, 0.3), interval(0.01, 0.4)],
    ["undetermined", means(0.1, 0.2, 0.3), undefined],
  ] as const)("%s of %j within %j", (expected, found, band) => {
    expect(verdictOf(found, band)).toBe(expected);
  });
});
