import type { Estimate } from "@steward/analytics";
import type { CalendarDate, Money } from "@steward/model";
import { adverseFills, midFills, type NoTradeReason, type StrategyConfig } from "@steward/strategy";
import { type Arm, measureArm } from "./arm.ts";
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
  readonly means: Readonly<Record<ShortVolScale, Estimate | undefined>>;
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
export function backtest(markets: Readonly<Record<ShortVolScale, Market>>, options: BacktestOptions): Backtest {
  const { config } = options;
  const unhedgedConfig: StrategyConfig = { ...config, hedge: undefined };
  const smallerConfig: StrategyConfig = {
    ...unhedgedConfig,
    size: { ...config.size, totalRiskShare: config.size.totalRiskShare * SMALLER_SHARE },
  };
  const passes = passRunner(options);
  const tiers = config.condor.tiers.map(({ name }) => name);
  const measure = (run: Run): Arm => measureArm(run, tiers, options);

  const market = markets["1.00"];
  const hedged = measure(passes(market, config));
  const unhedged = measure(passes(market, unhedgedConfig));
  const smaller = measure(passes(market, smallerConfig));
  const scaled = {
    "0.95": { hedged: measure(passes(markets["0.95"], config)), unhedged: measure(passes(markets["0.95"], unhedgedConfig)) },
    "1.00": { hedged, unhedged },
    "1.05": { hedged: measure(passes(markets["1.05"], config)), unhedged: measure(passes(markets["1.05"], unhedgedConfig)) },
  };
  const filled = {
    mid: { hedged: passes(market, { ...config, fills: midFills }), unhedged: passes(market, { ...unhedgedConfig, fills: midFills }) },
    adverse: {
      hedged: passes(market, { ...config, fills: adverseFills }),
      unhedged: passes(market, { ...unhedgedConfig, fills: adverseFills }),
    },
  };
  const sensitivityOf = (arm: "hedged" | "unhedged"): Sensitivity => ({
    fills: {
      mid: measure(filled.mid[arm]).statistics.growth?.value,
      default: scaled["1.00"][arm].statistics.growth?.value,
      adverse: measure(filled.adverse[arm]).statistics.growth?.value,
    },
    shortVol: {
      "0.95": scaled["0.95"][arm].statistics.growth?.value,
      "1.00": scaled["1.00"][arm].statistics.growth?.value,
      "1.05": scaled["1.05"][arm].statistics.growth?.value,
    },
  });

  return {
    from: hedged.run.rows[0]?.session ?? options.from,
    to: hedged.run.rows.at(-1)?.session ?? options.to,
    sessions: hedged.run.rows.length,
    noTrade: countNoTrade(hedged.run),
    arms: { unhedged, hedged, smaller },
    sensitivity: { unhedged: sensitivityOf("unhedged"), hedged: sensitivityOf("hedged") },
    verdicts: tiers.map((tier) => judgeMean(tier, scaled)),
    hedge: measureHedge(unhedged, hedged),
  };
}

/** Passes of a full backtest; a test counts them. */
export const BACKTEST_PASSES = 11;

function passRunner({ startEquity, from, to, onProgress }: BacktestOptions): (market: Market, config: StrategyConfig) => Run {
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

/** Unhedged arms: the hedge does not touch a condor's result, but it moves the size. */
function judgeMean(tier: string, scaled: Readonly<Record<ShortVolScale, { readonly unhedged: Arm }>>): MeanVerdict {
  const meanAt = (scale: ShortVolScale): Estimate | undefined =>
    scaled[scale].unhedged.tiers.find((statistics) => statistics.tier === tier)?.mean;
  const means = { "0.95": meanAt("0.95"), "1.00": meanAt("1.00"), "1.05": meanAt("1.05") };
  return { tier, verdict: verdictOf(means), means };
}

/** Exported for its test: see `MeanVerdict`. */
export function verdictOf(means: MeanVerdict["means"]): MeanVerdict["verdict"] {
  const found = SHORT_VOL_SCALES.flatMap((scale) => means[scale] ?? []);
  const isGain = found.every(({ value }) => value > 0);
  const isLoss = found.every(({ value }) => value < 0);
  const center = means["1.00"];
  if (center === undefined || !(isGain || isLoss)) return "undetermined";
  if (center.low95 <= 0 && center.high95 >= 0) return "luck";
  return isGain ? "gain" : "loss";
}
