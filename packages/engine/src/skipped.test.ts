import { calendarDate, toModel } from "@steward/model";
import { OPTION_MULTIPLIER, type StrategyConfig } from "@steward/strategy";
import { describe, expect, test } from "vitest";
import { openAccount, type Run, runSessions } from "./kernel.ts";
import { skippedCondors } from "./skipped.ts";
import { fakeMarket } from "./testing/fake-market.ts";
import { easyRules } from "./testing/rules.ts";
import { dollars } from "./testing/structures.ts";

/** A spring of quiet days, one fall, and every fifth day a VIX that closes the gate. */
const market = fakeMarket({
  from: "2019-03-01",
  to: "2019-07-31",
  day: (index) => {
    const vix = index % 5 === 4 ? 21 : 13.5;
    const spot = index === 50 ? 2900 : 3000 + 8 * Math.sin(2 * index);
    return { spot, vix, index: { volatility: vix / 100 }, isWarmingUp: index < 5 };
  },
});

const unhedged: StrategyConfig = { ...easyRules, hedge: undefined };
const options = { seed: 42, resamples: 50 };

function runOf(config: StrategyConfig): Run {
  const account = openAccount({ config, startEquity: dollars(1_000_000) });
  runSessions(market, config, { from: calendarDate("2019-03-01"), to: calendarDate("2019-07-31") }, [
    account,
  ]);
  return account.run();
}

/** The same rules with a gate that never closes. */
const open: StrategyConfig = {
  ...unhedged,
  vixGate: { hysteresis: 0, fiveDayClause: false },
  condor: { ...unhedged.condor, tiers: unhedged.condor.tiers.map((tier) => ({ ...tier, vixBelow: 100 })) },
};

describe("skippedCondors", () => {
  const run = runOf(unhedged);
  const skipped = skippedCondors(market, run, { config: unhedged, ...options });

  test("a gated session would have brought what it brings where the gate is open", () => {
    const sold = runOf(open).roundTrips;
    const closed = new Set(
      run.rows.filter(({ decision }) => decision.tiers[0]?.action === "none").map(({ session }) => session),
    );
    const expected = sold
      .filter(
        ({ purpose, openedOn }) =>
          purpose.kind === "condor" && purpose.tier === "conservative" && closed.has(openedOn),
      )
      .map(({ result, quantity }) => toModel(result) / quantity / OPTION_MULTIPLIER);
    const gated = skipped.find(({ tier, reason }) => tier === "conservative" && reason === "vix-gate");
    expect(expected.length).toBeGreaterThan(10);
    expect(gated?.trades?.count).toBe(expected.length);
    // A broker's commission has steps: fees of ten condors are ten times those of one to a cent.
    expect(gated?.trades?.total).toBeCloseTo(
      expected.reduce((sum, result) => sum + result, 0),
      2,
    );
  });

  test("counts every session that was skipped while there were prices, and none of the warm-up", () => {
    const gated = run.rows.filter(({ decision }) =>
      decision.tiers.some(
        (tier) => tier.tier === "balanced" && tier.action === "none" && tier.reason === "vix-gate",
      ),
    );
    expect(skipped.find(({ tier, reason }) => tier === "balanced" && reason === "vix-gate")?.sessions).toBe(
      gated.length,
    );
    expect(skipped.some(({ reason }) => reason === "warming-up")).toBe(false);
    expect(
      run.rows.some(({ decision }) =>
        decision.tiers.some((tier) => tier.action === "none" && tier.reason === "warming-up"),
      ),
    ).toBe(true);
  });

  test("lifts floor, delta and cost as well, but not the credit that a tier asks for", () => {
    const [tier] = unhedged.condor.tiers;
    if (tier === undefined) return expect.fail("the flagship has tiers");
    const dear = { ...unhedged, condor: { ...unhedged.condor, tiers: [tier], minCreditShareOfWidth: 0.5 } };
    const [floored] = skippedCondors(market, runOf(dear), { config: dear, ...options });
    expect(floored).toMatchObject({ reason: "credit-below-floor" });
    expect(floored?.trades?.count).toBeGreaterThan(50);
    const greedy = {
      ...unhedged,
      condor: { ...unhedged.condor, tiers: [{ ...tier, credit: 9 }], creditBand: 0.01 },
    };
    const [never] = skippedCondors(market, runOf(greedy), { config: greedy, ...options });
    expect(never).toMatchObject({ reason: "credit-out-of-band", trades: undefined, mean: undefined });
    expect(never?.sessions).toBeGreaterThan(50);
  });

  test("what has not settled by the end of the data is not known", () => {
    const last = run.rows.at(-1)?.session;
    const tail = {
      ...run,
      rows: run.rows.slice(-1).map((row) => ({
        ...row,
        decision:
          runOf(unhedged).rows.find(
            ({ decision }) => decision.tiers[0]?.action === "none" && decision.tiers[0].reason === "vix-gate",
          )?.decision ?? row.decision,
      })),
    };
    expect(tail.rows[0]?.session).toBe(last);
    const [first] = skippedCondors(market, tail, { config: unhedged, ...options });
    expect(first).toMatchObject({ sessions: 1, trades: undefined });
  });
});
