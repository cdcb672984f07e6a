import { calendarDate, toModel } from "@steward/model";
import { midFills, type StrategyConfig } from "@steward/strategy";
import { describe, expect, test } from "vitest";
import { openAccount, runSessions } from "./kernel.ts";
import { fakeMarket } from "./testing/fake-market.ts";
import { easyRules } from "./testing/rules.ts";
import { dollars } from "./testing/structures.ts";
import { summarizeThreatened, type ThreatenedTrade, threatenedTrades, type Way } from "./threatened.ts";

const [tier] = easyRules.condor.tiers;
const management = {
  threatDelta: 0.45,
  threatRange: 0.25,
  stopMultiple: undefined,
  targetShare: undefined,
  shiftSessions: 8,
  maxShifts: 3,
  rollBackDelta: 0.15,
} as const;
const rulesOf = (onThreat: Way): StrategyConfig => ({
  ...easyRules,
  condor: { ...easyRules.condor, sessionsToExpiration: 3, tiers: tier === undefined ? [] : [tier] },
  events: { fomc: "ignore", cpi: "ignore", jobs: "ignore", ppi: "ignore" },
  hedge: undefined,
  fills: midFills,
  management: { ...management, onThreat },
});

/** One condor is sold at 3000, its puts are threatened at 2942, then the index goes where it is told. */
function runOn(after: number, onThreat: Way) {
  const market = fakeMarket({
    from: "2019-06-03",
    to: "2019-07-10",
    day: (index) => ({
      spot: [3000, 2942][index] ?? after,
      vix: index === 0 ? 14 : 30,
      index: { volatility: 0.14, halfSpread: 0 },
    }),
  });
  const config = rulesOf(onThreat);
  const account = openAccount({ config, startEquity: dollars(1_000_000) });
  runSessions(market, config, { from: calendarDate("2019-06-03"), to: calendarDate("2019-07-10") }, [
    account,
  ]);
  const run = account.run();
  return { run, trades: threatenedTrades(market, run, config) };
}

/** Points per condor that the account really earned, whatever became of it. */
function earned({ run }: ReturnType<typeof runOn>): number {
  return run.roundTrips.reduce((sum, trip) => sum + toModel(trip.result), 0) / 100 / 32;
}

describe("threatenedTrades", () => {
  test.each([3030, 2920, 2936])("with the index at %d each way is what an account on it earns", (after) => {
    const accounts = { hold: runOn(after, "hold"), exit: runOn(after, "exit"), shift: runOn(after, "shift") };
    const [trade] = accounts.hold.trades;
    if (trade === undefined) throw new Error("expected a threatened side");
    for (const way of ["hold", "exit", "shift"] as const) {
      expect(accounts[way].trades[0]).toMatchObject({ chosen: way, hold: trade.hold, exit: trade.exit });
    }
    // Ways differ by as much as the accounts do: the sale before and the other side are the same on all three.
    expect(trade.exit - trade.hold).toBeCloseTo(earned(accounts.exit) - earned(accounts.hold), 2);
    expect((trade.shift ?? Number.NaN) - trade.hold).toBeCloseTo(
      earned(accounts.shift) - earned(accounts.hold),
      2,
    );
  });

  test("regret is what the best way brought beyond the chosen one, never below zero", () => {
    const { trades } = runOn(2920, "hold");
    const [{ hold, exit, shift, regret } = { hold: 0, exit: 0, shift: 0, regret: -1 }] = trades;
    expect(trades).toHaveLength(1);
    expect(hold).toBe(-10);
    expect(regret).toBeCloseTo(Math.max(hold, exit, shift ?? hold) - hold, 12);
    expect(regret).toBeGreaterThan(0);
  });
});

describe("summarizeThreatened", () => {
  const trade = (hold: number, exit: number, shift: number | undefined, regret: number): ThreatenedTrade => ({
    session: calendarDate("2019-06-03"),
    tier: "balanced",
    quantity: 1,
    chosen: "hold",
    hold,
    exit,
    shift,
    regret,
  });

  test("means, losers and dollars recovered, by hand", () => {
    const trades = [
      trade(-10, -4, 1, 11),
      trade(-8, -5, -9, 3),
      trade(0, -3, 1, 1),
      trade(-2, -4, undefined, 0),
    ];
    expect(summarizeThreatened(trades)).toEqual({
      trades: 4,
      hold: -5,
      exit: -4,
      shift: (1 - 9 + 1) / 3,
      shiftable: 3,
      // Two of those that could be shifted lose when held, one of them ends without a loss.
      recovered: 0.5,
      // Held they lose 18, shifted 8.
      saved: 1 - 8 / 18,
      worstShift: -9,
      regret: 3.75,
    });
  });

  test("nothing where nothing was threatened, or could be shifted", () => {
    expect(summarizeThreatened([])).toBeUndefined();
    expect(summarizeThreatened([trade(-2, -4, undefined, 0)])).toMatchObject({
      shift: undefined,
      recovered: undefined,
      saved: undefined,
      worstShift: undefined,
    });
  });
});
