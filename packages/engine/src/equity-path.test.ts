import { calendarDate, toModel } from "@steward/model";
import { assessHedge, type HedgeConfig } from "@steward/strategy";
import { describe, expect, test } from "vitest";
import { followAccount } from "./equity-path.ts";
import { openAccount, runSessions } from "./kernel.ts";
import { fakeMarket } from "./testing/fake-market.ts";
import { easyRules } from "./testing/rules.ts";
import { dollars } from "./testing/structures.ts";

const startEquity = dollars(10_000_000);
const hedge = easyRules.hedge as HedgeConfig;
const range = { from: calendarDate("2019-06-03"), to: calendarDate("2019-06-07") };

/** A week in which the index, VIX and its futures stand still. */
function weekOf(config = easyRules) {
  const market = fakeMarket({ from: range.from, to: range.to });
  const follower = followAccount({ config, startEquity });
  const account = openAccount({ config, startEquity });
  runSessions(market, config, range, [follower, account]);
  return { market, path: follower.path(), run: account.run() };
}

describe("followAccount", () => {
  test("keeps the equity of every session, and no journal", () => {
    const { path, run } = weekOf();
    expect(path.equity).toEqual(run.rows.map(({ equity }) => toModel(equity)));
    expect(path.run.rows).toEqual([run.rows[0], run.rows.at(-1)]);
    expect(path.run.journal).toEqual([]);
  });

  test("sums credits after the fees of their sale, as shares of each session's equity", () => {
    const { path, run } = weekOf();
    const credits = run.rows.map(
      ({ equity, orders }) =>
        orders.reduce(
          (sum, order) =>
            order.kind === "fill" && order.intent.purpose.kind === "condor"
              ? sum + toModel(order.premium) + toModel(order.fees)
              : sum,
          0,
        ) / toModel(equity),
    );
    expect(credits.filter((credit) => credit > 0)).toHaveLength(5);
    expect(path.credits).toBeCloseTo(
      credits.reduce((sum, credit) => sum + credit, 0),
      12,
    );
  });

  test("counts what calls lose until their roll by the part of that time which has passed", () => {
    const { market, path, run } = weekOf();
    // All layers are bought on Monday; Friday is four days later.
    const { calls } = assessHedge(market.view(range.from), hedge);
    const [first] = run.rows;
    const units = first?.decision.hedge?.units ?? Number.NaN;
    const expected = calls.reduce((sum, call) => {
      const { lossToRoll = Number.NaN, days = Number.NaN, layer } = call ?? {};
      if (layer === undefined) return Number.NaN;
      return sum + (lossToRoll * layer.contracts * units * 100 * 4) / (days - layer.rollDays);
    }, 0);
    expect(units).toBeGreaterThan(0);
    expect(path.hedgeLoss).toBeCloseTo(expected / (path.equity[0] ?? Number.NaN), 12);
    // Which is what the units cost in four days of a quiet year.
    const yearly = first?.decision.hedge?.yearlyUnitCost ?? Number.NaN;
    expect(path.hedgeLoss * (path.equity[0] ?? Number.NaN)).toBeCloseTo((units * yearly * 4) / 365, 6);
  });

  test("without a hedge spends nothing on it", () => {
    expect(weekOf({ ...easyRules, hedge: undefined }).path.hedgeLoss).toBe(0);
  });
});
