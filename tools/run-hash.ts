// `node tools/run-hash.ts`: a hash of everything that two years of backtests say, which must be the same on every engine. It needs
// no more than the pure packages and the bundled index, so that any Node from 22.18 on can run it.

import { createHash } from "node:crypto";
import { backtest, SHORT_VOL_SCALES } from "@steward/engine";
import { bundledIndex, readSource } from "@steward/importers";
import { indexSeries, marketOf, volatilityHistory } from "@steward/market-model";
import { type CalendarDate, type Instant, toLedger } from "@steward/model";
import { presets, type StrategyConfig } from "@steward/strategy";

const IMPORTED_AT = 1_700_000_000_000_000 as Instant;

/** Condors on SPX with the hedge, and on SPY with its exercises, over 2017 and 2018: rows, journals and statistics. */
async function main(): Promise<void> {
  const { facts } = await readSource(await bundledIndex(), { importedAt: IMPORTED_AT });
  const located = facts.flatMap((parsed) =>
    parsed.table === "bars" ? [{ fact: parsed.fact, path: "bundled" }] : [],
  );
  const { bars } = indexSeries(located);
  const history = volatilityHistory({ index: bars, indexSource: "bundled" });
  const hash = createHash("sha256");
  for (const config of [flagship(), onSpy(flagship())]) {
    const scaled = SHORT_VOL_SCALES.map((scale) => [
      scale,
      marketOf(history, { shortVolScale: Number(scale), widths: "recent" }),
    ]);
    const result = backtest(Object.fromEntries(scaled), {
      config,
      startEquity: toLedger(1_000_000),
      from: "2017-01-03" as CalendarDate,
      to: "2018-12-31" as CalendarDate,
      seed: 42,
      resamples: 100,
      assignment: { rationalShare: 0.9, irrationalRate: 10, afterCloseShare: 0.2, onAssignment: "flatten" },
    });
    hash.update(JSON.stringify(result));
  }
  console.log(
    JSON.stringify({ node: process.versions.node, v8: process.versions.v8, hash: hash.digest("hex") }),
  );
}

function flagship(): StrategyConfig {
  const { flagship: found } = presets;
  if (found === undefined) throw new Error("the flagship is a preset");
  return found;
}

function onSpy(config: StrategyConfig): StrategyConfig {
  const { condor } = config;
  const tiers = condor.tiers.map((tier) => ({ ...tier, credit: tier.credit / 10 }));
  return { ...config, condor: { ...condor, root: "SPY", tiers, width: 1, step: 1, creditBand: 0.02 } };
}

await main();
