// The record of a session, made from data that end with it, says what a backtest over the whole history did in it.

import { openAccount, openSleeve, runSessions } from "@steward/engine";
import { type CalendarDate, calendarDate, instantAt, strikePoints, toLedger, toModel } from "@steward/model";
import { presets, type TierDecision } from "@steward/strategy";
import { describe, expect, it } from "vitest";
import { loadConfiguration } from "../apps/cli/src/config/load.ts";
import { centralMarket, loadMarketData, withInputs } from "../apps/cli/src/market-data.ts";
import { type SignalDocument, signalDocument } from "../apps/cli/src/signal-document.ts";

const now = instantAt(calendarDate("2024-01-02"), "15:00", "America/New_York");
const bundled = await loadMarketData({ data: { store: false, files: {} } }, now);
/** Two years of records, and a year before them in which the model warms up and positions are opened. */
const data = withInputs({
  ...bundled.inputs,
  index: bundled.inputs.index.filter(({ date }) => date >= "2017-01-03" && date < "2020-01-01"),
});
/** Every session takes minutes; a few of each month are enough on every change. */
const EVERY = process.env["STEWARD_LONG"] === "1" ? 1 : 20;

const managed = ["condor.sessionsToExpiration=5", "management.onThreat=shift", "management.stopMultiple=3"];
const hedged = ["hedge.rollAtDelta=0.85", "hedge.monetise.gain=1", "hedge.monetise.sellShare=0.5"];
const sized = [
  "size.drawdownBrake.from=0.02",
  "size.drawdownBrake.until=0.1",
  "size.drawdownBrake.least=0.25",
];
const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ...Object.keys(presets).map((name) => [name, name, []] as const),
  ["managed condors of five sessions", "condorOnly", managed],
  ["a hedge that is monetised", "hedgeOnly", [...hedged, "hedge.monetise.reinvestShare=0.6"]],
  ["a second engine beside the first", "flagship", ["secondEngine.structure=deferred-condor"]],
  [
    "sizes that follow the drawdown and the premium",
    "flagship",
    [...sized, "premiumGauge.multiple=1", "premiumGauge.window=252", "premiumGauge.skipBelow=0.6"],
  ],
];

function tierOf(tier: TierDecision) {
  if (tier.action === "none")
    return { tier: tier.tier, action: "none", reason: tier.reason, because: tier.because };
  return {
    tier: tier.tier,
    action: "sell",
    contracts: tier.contracts,
    credit: tier.proposal.credit,
    strikes: tier.proposal.structure.legs.map(({ contract }) => strikePoints(contract.strike)),
    because: tier.because,
  };
}

function recordedTier(tier: SignalDocument["tiers"][number]) {
  if (tier.action === "none") return tier;
  const { legs, contracts, credit, because } = tier;
  const strikes = legs.map(({ strike }) => strike);
  return { tier: tier.tier, action: "sell", contracts, credit, strikes, because };
}

describe.each(cases)("%s", (_, preset, settings) => {
  it("records every session as the backtest lived it", () => {
    const set = settings.map((setting) => {
      const [key = "", value = ""] = setting.split("=");
      return { key, value: Number.isNaN(Number(value)) ? value : Number(value) };
    });
    const configuration = loadConfiguration({ preset, set });
    const options = {
      config: configuration.strategy,
      startEquity: toLedger(configuration.startEquity),
      assignment: configuration.assignment,
      seed: configuration.seed,
    };
    const account = openAccount(options);
    const sleeve = openSleeve(options);
    const range = { from: data.firstSession, to: data.lastSession };
    runSessions(centralMarket(data, configuration.strategy), configuration.strategy, range, [
      account,
      ...(sleeve === undefined ? [] : [sleeve]),
    ]);
    const ofSleeve = new Map(sleeve?.run().rows.map((row) => [row.session, row]));
    const rows = account.run().rows.filter(({ session }) => session >= ("2018-01-01" as CalendarDate));
    expect(rows.length).toBeGreaterThan(500);

    for (const [index, { session, decision, equity }] of rows.entries()) {
      if (index % EVERY !== 0) continue;
      const record = signalDocument(configuration, data, session);
      expect(record?.tiers.map(recordedTier)).toEqual(decision.tiers.map(tierOf));
      expect(record?.sizing).toEqual(decision.sizing);
      expect(record?.positions).toEqual(decision.management);
      expect(record?.alvh.enabled ? record.alvh.layers : undefined).toEqual(decision.hedge?.layers);
      expect(record?.account.equity).toBe(toModel(equity));
      const own = ofSleeve.get(session);
      if (own === undefined || !record?.secondEngine.enabled) continue;
      expect(record.secondEngine.gates).toEqual(own.decision.secondEngine?.gates);
      expect(record.secondEngine.readings).toEqual(own.decision.secondEngine?.readings);
      expect(record.secondEngine.account.equity).toBe(toModel(own.equity));
    }
  });
});
