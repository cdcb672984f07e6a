// SPY options are delivered: they leave the book the morning after they expire. Through the real market, the book and the explanation.

import { attribute, openAccount, runSessions } from "@steward/engine";
import { marketOf, volatilityHistory } from "@steward/market-model";
import { calendarDate, instantAt, toLedger, toModel } from "@steward/model";
import { presets, type StrategyConfig } from "@steward/strategy";
import { describe, expect, it } from "vitest";
import { loadMarketData } from "../apps/cli/src/market-data.ts";

const now = instantAt(calendarDate("2024-01-02"), "15:00", "America/New_York");
const { inputs } = await loadMarketData({ data: { store: false, files: {} } }, now);
const market = marketOf(volatilityHistory(inputs));
const range = { from: calendarDate("2017-01-03"), to: calendarDate("2017-06-30") };

function runOf(root: "XSP" | "SPY") {
  const condorOnly = presets["condorOnly"] as StrategyConfig;
  const tiers = [0.25, 0.35, 0.45].map((credit, index) => ({
    name: `tier${index}`,
    credit,
    startMultiple: 1,
    vixBelow: 100,
  }));
  const config: StrategyConfig = {
    ...condorOnly,
    events: { fomc: "ignore", cpi: "ignore", jobs: "ignore", ppi: "ignore" },
    condor: {
      ...condorOnly.condor,
      root,
      tiers,
      width: 5,
      step: 1,
      creditBand: 0.2,
      minCreditShareOfWidth: 0,
      maxCostShareOfCredit: 10,
    },
  };
  const account = openAccount({ config, startEquity: toLedger(1_000_000) });
  runSessions(market, config, range, [account]);
  return account.run();
}

describe("half a year of one-session condors", () => {
  const [xsp, spy] = [runOf("XSP"), runOf("SPY")];

  it("sells SPY every session that it sells XSP: what is delivered tonight takes no budget of tomorrow", () => {
    const refusals = (run: typeof spy) =>
      run.rows.flatMap(({ decision }) =>
        decision.tiers.filter((tier) => tier.action === "none" && tier.reason === "account-too-small"),
      );
    expect(refusals(xsp)).toEqual([]);
    expect(refusals(spy)).toEqual([]);
    const sold = (run: typeof spy) =>
      run.rows.filter(({ decision }) => decision.tiers.some(({ action }) => action === "sell")).length;
    expect(sold(spy)).toBeGreaterThan(0.95 * sold(xsp));
  });

  it("explains what was delivered, and leaves little over", () => {
    const rows = attribute(market, spy);
    const parts = rows.map(({ condor }) => condor);
    const sizeOf = (part: "residual" | "gamma" | "delivery") =>
      parts.reduce((sum, each) => sum + Math.abs(toModel(each[part])), 0);
    expect(sizeOf("delivery")).toBeGreaterThan(0);
    // Early exercise is worth something that Black (1976) does not see, but not a fiftieth of what moves the condors.
    expect(sizeOf("residual")).toBeLessThan(sizeOf("gamma") / 50);
  });
});
