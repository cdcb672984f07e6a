import { calendarDate, toModel } from "@steward/model";
import type { StrategyConfig } from "@steward/strategy";
import { usualSecondEngine } from "@steward/strategy";
import { describe, expect, test } from "vitest";
import { backtest } from "./backtest.ts";
import { measureIndependence } from "./independence.ts";
import { openAccount, runSessions } from "./kernel.ts";
import { replay } from "./ledger.ts";
import { openSleeve } from "./sleeve.ts";
import { fakeMarket } from "./testing/fake-market.ts";
import { easyRules } from "./testing/rules.ts";
import { runOf } from "./testing/runs.ts";
import { dollars } from "./testing/structures.ts";

const startEquity = dollars(1_000_000);
/** Only the slope of the curve opens it. */
const config: StrategyConfig = {
  ...easyRules,
  secondEngine: {
    ...usualSecondEngine,
    readings: { contango: 1, "rsi-divergence": 0, "rsi-cash": 0, macd: 0 },
    minGroups: 1,
  },
};
/** Two months of quiet days with a steep curve, and one fall. */
const marketOf = () =>
  fakeMarket({
    from: "2019-05-01",
    to: "2019-06-28",
    day: (index) => ({
      spot: index >= 25 ? 2850 : 3000 + 5 * Math.sin(index),
      vix: 13.5,
      vixChain: (days) => ({ forward: 14 + days / 20, volatility: 0.8 }),
    }),
  });
const range = { from: calendarDate("2019-05-01"), to: calendarDate("2019-06-28") };

describe("the sleeve's account", () => {
  const market = marketOf();
  const first = openAccount({ config, startEquity });
  const sleeve = openSleeve({ config, startEquity });
  runSessions(market, config, range, sleeve === undefined ? [first] : [first, sleeve]);
  const run = sleeve?.run();

  test("starts with its share of the capital and trades for its own purpose alone", () => {
    expect(run?.ledger.start).toBe(dollars(250_000));
    const purposes = new Set(run?.roundTrips.map(({ purpose }) => purpose.kind));
    expect([...purposes]).toEqual(["sleeve"]);
    expect(run?.roundTrips.length).toBeGreaterThan(3);
  });

  test("holds its condors to their settlement, at most one of an expiration and three in all", () => {
    for (const { how, structure, closedOn } of run?.roundTrips ?? []) {
      expect(how).toBe("settled");
      expect(structure.legs[0]?.contract.expiration).toBe(closedOn);
    }
    for (const row of run?.rows ?? []) expect(row.decision.secondEngine).toBeDefined();
    expect(run?.ledger.lots.length).toBeLessThanOrEqual(3);
    const openings = run?.roundTrips.map(({ structure }) => structure.legs[0]?.contract.expiration) ?? [];
    expect(new Set(openings).size).toBe(openings.length);
  });

  test("never risks more than its share of its equity", () => {
    for (const { decision, equity } of run?.rows ?? []) {
      const risk = decision.secondEngine?.orders.reduce((total, { maxLoss }) => total + maxLoss, 0) ?? 0;
      expect(risk).toBeLessThanOrEqual(0.1 * toModel(equity) + 1);
    }
  });

  test("has a journal that replays to its ledger", () => {
    const again = replay(dollars(250_000), run?.journal ?? []);
    expect(again.ledger).toEqual(run?.ledger);
    expect(again.ended).toEqual(run?.roundTrips);
  });

  test("leaves the first engine's account as it is without it", () => {
    const alone = openAccount({ config: easyRules, startEquity });
    runSessions(marketOf(), easyRules, range, [alone]);
    expect(first.run().rows).toEqual(alone.run().rows);
  });

  test("is not opened without a second engine", () => {
    expect(openSleeve({ config: easyRules, startEquity })).toBeUndefined();
  });
});

describe.each(["harvest-ladder", "vix-call-ladder", "vix-backspread"] as const)(
  "a sleeve of %s",
  (structure) => {
    test("holds what it opens to its settlement, and every order is taken", () => {
      const { secondEngine } = config;
      const own = { ...config, ...(secondEngine && { secondEngine: { ...secondEngine, structure } }) };
      const sleeve = openSleeve({ config: own, startEquity });
      runSessions(marketOf(), own, range, sleeve === undefined ? [] : [sleeve]);
      const { journal = [], ledger } = sleeve?.run() ?? {};
      const kinds = new Set(journal.map(({ kind }) => kind));
      expect(kinds.has("fill")).toBe(true);
      expect(kinds.has("reject")).toBe(false);
      for (const event of journal) if (event.kind === "fill") expect(event.intent.effect).toBe("open");
      const roots = new Set(ledger?.lots.flatMap(({ legs }) => legs.map(({ contract }) => contract.root)));
      expect([...roots]).toEqual([structure === "harvest-ladder" ? "SPXW" : "VIX"]);
    });
  },
);

describe("a backtest with a second engine", () => {
  const markets = () => ({ "0.95": marketOf(), "1.00": marketOf(), "1.05": marketOf() });
  const options = { startEquity, ...range, seed: 42, resamples: 50, controls: [] };
  const { sleeve, ...others } = backtest(markets(), { ...options, config });

  test("has its account beside the arms, which do not feel it", () => {
    const plain = backtest(markets(), { ...options, config: easyRules });
    expect(plain.sleeve).toBeUndefined();
    expect(others).toEqual(plain);
    expect(sleeve?.arm.statistics.startEquity).toBe(250_000);
    expect(sleeve?.arm.statistics.hedgeResult).toBe(0);
  });

  test("tells its rungs and in how many sessions it entered", () => {
    const [rung] = sleeve?.rungs ?? [];
    expect(rung?.rung).toBe("deferred-condor");
    expect(rung?.trades.count).toBe(sleeve?.arm.run.roundTrips.length);
    const entered = sleeve?.arm.run.rows.filter(({ decision }) => decision.intents.length > 0).length;
    expect(sleeve?.entries).toBe(entered);
    expect(sleeve?.bigTop).toMatchObject({ sessions: 0, all: 0 });
    // Every condor is 25 points wide; what it brought and what is left of that are shares of 2,500 dollars each.
    const trips = sleeve?.arm.run.roundTrips ?? [];
    const margin = trips.reduce((sum, { quantity }) => sum + quantity * 2500, 0);
    const sold = trips.reduce((sum, { premium }) => sum + toModel(premium), 0);
    const left = trips.reduce((sum, { result }) => sum + toModel(result), 0);
    expect(rung?.extrinsic?.collected).toBeCloseTo(sold / margin, 12);
    expect(rung?.extrinsic?.kept).toBeCloseTo(left / margin, 12);
    expect(sleeve?.independence.correlation?.value).toBeGreaterThan(-1);
  });
});

describe("measureIndependence", () => {
  const options = { seed: 1, resamples: 100 };
  const days = ["2020-02-18", "2020-02-19", "2020-02-20", "2020-03-13", "2020-03-16"];
  const runWith = (equities: readonly number[]) =>
    runOf(
      1000,
      equities.map((equity, index) => ({ session: days[index] ?? "", equity })),
    );

  test("is correlation, its square, the tail, and what both brought in a shock, worked by hand", () => {
    // Returns of the first: +10, −10, −10, +10 %; of the sleeve: +10, +10, −10, −10 %: none in common.
    const first = runWith([1000, 1100, 990, 891, 980.1]);
    const sleeve = runWith([100, 110, 121, 108.9, 98.01]);
    const found = measureIndependence(first, sleeve, options);
    expect(found.correlation?.value).toBeCloseTo(0, 10);
    expect(found.rSquared).toBeCloseTo(0, 10);
    // From 2020-02-19 to 2020-03-16: 980.1 over 1100 and 98.01 over 110.
    expect(found.episodes).toEqual([
      expect.objectContaining({
        name: "Spring 2020",
        first: expect.closeTo(-0.109, 10),
        sleeve: expect.closeTo(-0.109, 10),
      }),
    ]);
  });

  test("of a sleeve that copies is whole", () => {
    const first = runWith([1000, 1100, 990, 900, 980]);
    const found = measureIndependence(first, runWith([10, 11, 9.9, 9, 9.8]), options);
    expect(found.correlation?.value).toBeCloseTo(1, 12);
    expect(found.rSquared).toBeCloseTo(1, 12);
    expect(found.tail?.shared).toBe(1);
  });

  test("of a sleeve that never moved is not defined", () => {
    const found = measureIndependence(
      runWith([1000, 1100, 990, 900, 980]),
      runWith([5, 5, 5, 5, 5]),
      options,
    );
    expect(found.correlation).toBeUndefined();
    expect(found.rSquared).toBeUndefined();
    expect(found.tail?.shared).toBe(0);
  });
});
