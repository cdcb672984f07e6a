import { type Estimate, mean } from "@steward/analytics";
import type { CalendarDate, Money } from "@steward/model";
import { adverseFills, midFills, type NoTradeReason, type StrategyConfig } from "@steward/strategy";
import { type Arm, growthOfRun, measureArm, tierResults } from "./arm.ts";
import { type HedgeEffect, measureHedge } from "./hedge-effect.ts";
import { type Run, runKernel } from "./kernel.ts";
import type { Market } from "./ports.ts";

/** The level of modelled short volatility is known to about this: results are run at each. */
export type ShortVolScale = "0.95" | "1.00" | "1.05";
export const SHORT_VOL_SCALES: readonly ShortVolScale[] = ["0.95", "1.00", "1.05"];

export type FillLevel = "mid" | "default" | "adverse";

/** A number at each level of an assumption, so that what it rests on can be seen. */
export interface Sensitivity {
  /** Growth a year at each level of fills. */
  readonly fills: Readonly<Record<FillLevel, number | undefined>>;
  /** Growth a year at each level of modelled short volatility. */
  readonly shortVol: Readonly<Record<ShortVolScale, number | undefined>>;
}

/**
 * What may be said of a tier's mean result: `undetermined` where its sign depends on a volatility level that the model does
 * not know well enough, `luck` where its interval covers zero.
 */
export interface MeanVerdict {
  readonly tier: string;
  readonly verdict: "gain" | "loss" | "luck" | "undetermined";
  /** Mean per condor in points, after costs, by short-volatility scale. */
  readonly means: Readonly<Record<ShortVolScale, number | undefined>>;
  /** The interval at scale 1.00. */
  readonly interval: Estimate | undefined;
}

export interface NoTrade {
  /** Sessions in which no tier sold. */
  readonly sessions: number;
  /** The same by the reason of the tier with the smallest credit, the last to be refused. */
  readonly byReason: Readonly<Partial<Record<NoTradeReason, number>>>;
}

export interface Backtest {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly sessions: number;
  readonly noTrade: NoTrade;
  readonly arms: { readonly unhedged: Arm; readonly hedged: Arm; readonly smaller: Arm };
  readonly sensitivity: { readonly unhedged: Sensitivity; readonly hedged: Sensitivity };
  readonly verdicts: readonly MeanVerdict[];
  readonly hedge: HedgeEffect;
}

export interface BacktestOptions {
  readonly config: StrategyConfig;
  readonly startEquity: Money;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** Seeds the bootstrap. */
  readonly seed: number;
  readonly resamples: number;
  /** Told the share done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** The control that a hedge must beat: no hedge, and the size cut to this share. */
export const SMALLER_SHARE = 0.7;

/** Runs the arms and the assumptions they rest on: eleven passes of one kernel over the same sessions. */
export function backtest(
  markets: Readonly<Record<ShortVolScale, Market>>,
  options: BacktestOptions,
): Backtest {
  const { config } = options;
  const tiers = config.condor.tiers.map(({ name }) => name);
  const pass = passRunner(options);
  const arms = { hedged: config, unhedged: withoutHedge(config), smaller: smallerSize(config) };
  const market = markets["1.00"];

  const runs = {
    hedged: pass(market, arms.hedged),
    unhedged: pass(market, arms.unhedged),
    smaller: pass(market, arms.smaller),
  };
  const low = passBoth(pass, markets["0.95"], config, tiers);
  const high = passBoth(pass, markets["1.05"], config, tiers);
  const mid = passBoth(pass, market, { ...config, fills: midFills }, tiers);
  const adverse = passBoth(pass, market, { ...config, fills: adverseFills }, tiers);

  const measured = {
    hedged: measureArm(runs.hedged, tiers, options),
    unhedged: measureArm(runs.unhedged, tiers, options),
    smaller: measureArm(runs.smaller, tiers, options),
  };
  const sensitivityOf = (arm: "hedged" | "unhedged"): Sensitivity => {
    const growth = growthOfRun(runs[arm]);
    return {
      fills: { mid: mid[arm], default: growth, adverse: adverse[arm] },
      shortVol: { "0.95": low[arm], "1.00": growth, "1.05": high[arm] },
    };
  };

  return {
    from: runs.hedged.rows[0]?.session ?? options.from,
    to: runs.hedged.rows.at(-1)?.session ?? options.to,
    sessions: runs.hedged.rows.length,
    noTrade: countNoTrade(runs.hedged),
    arms: measured,
    sensitivity: { unhedged: sensitivityOf("unhedged"), hedged: sensitivityOf("hedged") },
    verdicts: measured.unhedged.tiers.map(({ tier, mean }) => {
      const means = { "0.95": low.means[tier], "1.00": mean?.value, "1.05": high.means[tier] };
      return { tier, verdict: verdictOf(means, mean), means, interval: mean };
    }),
    hedge: measureHedge(measured.unhedged, measured.hedged),
  };
}

function withoutHedge(config: StrategyConfig): StrategyConfig {
  return { ...config, hedge: undefined };
}

function smallerSize(config: StrategyConfig): StrategyConfig {
  const size = { ...config.size, totalRiskShare: config.size.totalRiskShare * SMALLER_SHARE };
  return { ...withoutHedge(config), size };
}

type Pass = (market: Market, config: StrategyConfig) => Run;

/** Growth of both arms under one assumption, and the unhedged tiers' means: the runs themselves are let go. */
function passBoth(
  pass: Pass,
  market: Market,
  config: StrategyConfig,
  tiers: readonly string[],
): {
  readonly hedged: number | undefined;
  readonly unhedged: number | undefined;
  readonly means: Readonly<Record<string, number | undefined>>;
} {
  const hedged = growthOfRun(pass(market, config));
  const unhedged = pass(market, withoutHedge(config));
  const means = Object.fromEntries(tiers.map((tier) => [tier, mean(tierResults(unhedged.roundTrips, tier))]));
  return { hedged, unhedged: growthOfRun(unhedged), means };
}

/** Passes of a full backtest; a test counts them. */
export const BACKTEST_PASSES = 11;

function passRunner({ startEquity, from, to, onProgress }: BacktestOptions): Pass {
  let done = 0;
  return (market, config) => {
    const run = runKernel(market, config, { startEquity, from, to });
    done += 1;
    onProgress?.(done / BACKTEST_PASSES);
    return run;
  };
}

function countNoTrade({ rows }: Run): NoTrade {
  const byReason: Partial<Record<NoTradeReason, number>> = {};
  let sessions = 0;
  for (const { decision } of rows) {
    if (decision.tiers.some(({ action }) => action === "sell")) continue;
    sessions += 1;
    const [last] = decision.tiers;
    if (last?.action === "none") byReason[last.reason] = (byReason[last.reason] ?? 0) + 1;
  }
  return { sessions, byReason };
}

/** Exported for its test: see `MeanVerdict`. */
export function verdictOf(
  means: MeanVerdict["means"],
  interval: Estimate | undefined,
): MeanVerdict["verdict"] {
  const found = SHORT_VOL_SCALES.map((scale) => means[scale] ?? 0);
  const isGain = found.every((value) => value > 0);
  const isLoss = found.every((value) => value < 0);
  if (interval === undefined || !(isGain || isLoss)) return "undetermined";
  if (interval.low95 <= 0 && interval.high95 >= 0) return "luck";
  return isGain ? "gain" : "loss";
}
