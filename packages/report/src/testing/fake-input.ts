// Reports' inputs for tests: the real backtest over a fake market.

import { backtest } from "@steward/engine";
import { assert, calendarDate, toLedger } from "@steward/model";
import { presets, type StrategyConfig } from "@steward/strategy";
import type { ReportInput } from "../study.ts";
import { fakeMarket } from "./fake-market.ts";

export interface FakeInputOptions {
  readonly from?: string;
  readonly to?: string;
  readonly warmUp?: number;
  readonly change?: (flagship: StrategyConfig) => StrategyConfig;
}

/** Two and a half years of the flagship, with a crash in February 2018, unless asked otherwise. */
export function fakeInput({
  from = "2016-09-01",
  to = "2019-03-29",
  warmUp = 0,
  change = (config) => config,
}: FakeInputOptions = {}): ReportInput {
  const flagship = presets["flagship"];
  assert(flagship !== undefined, "the flagship is a preset");
  const config = change(flagship);
  const marketAt = (shortVolScale: number) => fakeMarket({ from, to, warmUp, shortVolScale });
  const usual = marketAt(1);
  const result = backtest(
    { "0.95": marketAt(0.95), "1.00": usual, "1.05": marketAt(1.05) },
    {
      config,
      startEquity: toLedger(1_000_000),
      from: calendarDate(from),
      to: calendarDate(to),
      seed: 42,
      resamples: 60,
    },
  );
  return {
    name: "flagship",
    backtest: result,
    config,
    provenance: {
      engineVersion: "0.1.0",
      configHash: "a41f77c009c2d1e3",
      dataFingerprint: "7be013aad1147be0",
      seed: 42,
      series: usual.provenance,
    },
    command: `steward backtest --preset flagship --from ${from} --to ${to}`,
  };
}
