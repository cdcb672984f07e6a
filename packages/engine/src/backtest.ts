import { type Estimate, mean } from "@steward/analytics";
import type { CalendarDate, Money } from "@steward/model";
import {
  adverseFills,
  type FillConfig,
  midFills,
  type NoTradeReason,
  type StrategyConfig,
} from "@steward/strategy";
import { type Arm, growthOfRun, measureArm, tierResults } from "./arm.ts";
import type { AssignmentConfig } from "./assignment.ts";
import { type Attribution, attribute, totalAttribution } from "./attribution.ts";
import { quoteVenue } from "./execution.ts";
import { type HedgeEffect, measureHedge } from "./hedge-effect.ts";
import { type Account, openAccount, type Run, runSessions } from "./kernel.ts";
import type { Market } from "./ports.ts";
import { measureProtection, type Protection, protectedOf } from "./protection.ts";
import type { ReferenceName } from "./reference/reference-rule.ts";
import { REFERENCE_NAMES, type ReferenceRun, referenceRuns } from "./reference/reference-run.ts";
import { openSleeve } from "./sleeve.ts";
import { measureSleeve, type SleeveResult } from "./sleeve-result.ts";

/** The level of modelled short volatility is known to about this: results are run at each. */
export type ShortVolScale = "0.95" | "1.00" | "1.05";

/** The scales in ascending order. */
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
 * not know well enough, or does not feel the scales that test this, `luck` where its interval covers zero.
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
  /** What a shallower drawdown cost: by the hedge, and by nothing but a smaller size. */
  readonly protection: { readonly hedged: Protection | undefined; readonly smaller: Protection | undefined };
  /** Where the hedged account's result came from, by engine; the parts sum to it exactly. */
  readonly attribution: { readonly condor: Attribution; readonly hedge: Attribution };
  /** The second engine's account; left out where none is configured. */
  readonly sleeve?: SleeveResult;
  /** What anybody could have had for following the rules of a published index, at the middle and without fees. */
  readonly controls: readonly ReferenceRun[];
}

export interface BacktestOptions {
  readonly config: StrategyConfig;
  readonly startEquity: Money;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** Seeds the bootstrap, and the whims of holders. */
  readonly seed: number;
  /** How holders of American options behave; rational if left out. */
  readonly assignment?: AssignmentConfig;
  /** Index rules beside the accounts; all of them if left out. */
  readonly controls?: readonly ReferenceName[];
  readonly resamples: number;
  /** Told the share done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** The control that a hedge must beat: no hedge, and the size cut to this share. */
export const SMALLER_SHARE = 0.7;

/**
 * Runs the arms and the assumptions they rest on: eleven accounts, in three markets, over the same sessions, and the second engine's
 * where there is one.
 */
export function backtest(
  markets: Readonly<Record<ShortVolScale, Market>>,
  options: BacktestOptions,
): Backtest {
  const tiers = options.config.condor.tiers.map(({ name }) => name);
  const arms = openArms(options);
  const sleeve = openSleeve({ ...accountsOf(options), config: options.config });
  const low = openBoth(options);
  const high = openBoth(options);
  const mid = openBoth(options, midFills);
  const adverse = openBoth(options, adverseFills);

  const lead = progressing(options);
  const firstEngine = { ...options.config, secondEngine: undefined };
  const central = [...Object.values(arms), ...Object.values(mid), ...Object.values(adverse)];
  lead(markets["1.00"], sleeve === undefined ? central : [...central, sleeve], options.config);
  lead(markets["0.95"], Object.values(low), firstEngine);
  lead(markets["1.05"], Object.values(high), firstEngine);

  const measured = {
    unhedged: measureArm(arms.unhedged.run(), tiers, options),
    hedged: measureArm(arms.hedged.run(), tiers, options),
    smaller: measureArm(arms.smaller.run(), tiers, options),
  };
  const sensitivityOf = (arm: "hedged" | "unhedged"): Sensitivity => {
    const growth = growthOfRun(arms[arm].run());
    const at = (pair: Pair): number | undefined => growthOfRun(pair[arm].run());
    return {
      fills: { mid: at(mid), default: growth, adverse: at(adverse) },
      shortVol: { "0.95": at(low), "1.00": growth, "1.05": at(high) },
    };
  };
  const { rows } = measured.hedged.run;

  return {
    from: rows[0]?.session ?? options.from,
    to: rows.at(-1)?.session ?? options.to,
    sessions: rows.length,
    noTrade: countNoTrade(measured.hedged.run, options.config),
    arms: measured,
    sensitivity: { unhedged: sensitivityOf("unhedged"), hedged: sensitivityOf("hedged") },
    verdicts: measured.unhedged.tiers.map(({ tier, mean: interval }) => {
      const meanOf = (pair: Pair): number | undefined =>
        mean(tierResults(pair.unhedged.run().roundTrips, tier));
      const means = { "0.95": meanOf(low), "1.00": interval?.value, "1.05": meanOf(high) };
      return { tier, verdict: verdictOf(means, interval), means, interval };
    }),
    hedge: measureHedge(measured.unhedged, measured.hedged, options),
    protection: {
      hedged: measureProtection(protectedOf(measured.unhedged), protectedOf(measured.hedged)),
      smaller: measureProtection(protectedOf(measured.unhedged), protectedOf(measured.smaller)),
    },
    attribution: attributionOf(markets["1.00"], measured.hedged.run),
    ...(sleeve && {
      sleeve: measureSleeve(
        markets["1.00"],
        { run: sleeve.run(), first: measured.unhedged.run },
        { ...options, equityPremium: options.config.secondEngine?.financing.equityPremium ?? 0 },
      ),
    }),
    controls: referenceRuns(markets["1.00"], options.controls ?? REFERENCE_NAMES, options),
  };
}

/** What all accounts of a backtest share: their start, the holders against them, and a venue that gives up so much of the spread. */
function accountsOf(
  { config: { fills, fees }, startEquity, seed, assignment }: BacktestOptions,
  { halfSpreadShare, unbidShare }: FillConfig = fills,
) {
  const venue = quoteVenue({ ...fills, halfSpreadShare, unbidShare }, fees);
  const common = { startEquity, seed, venue } as const;
  return assignment === undefined ? common : { ...common, assignment };
}

function attributionOf(market: Market, run: Run): Backtest["attribution"] {
  const sessions = attribute(market, run);
  return {
    condor: totalAttribution(sessions.map(({ condor }) => condor)),
    hedge: totalAttribution(sessions.map(({ hedge }) => hedge)),
  };
}

interface Pair {
  readonly hedged: Account;
  readonly unhedged: Account;
}

function openArms(options: BacktestOptions): Pair & { readonly smaller: Account } {
  const { config } = options;
  const unhedged: StrategyConfig = { ...config, hedge: undefined };
  const common = accountsOf(options);
  const size = { ...config.size, totalRiskShare: config.size.totalRiskShare * SMALLER_SHARE };
  return {
    hedged: openAccount({ ...common, config }),
    unhedged: openAccount({ ...common, config: unhedged }),
    smaller: openAccount({ ...common, config: { ...unhedged, size } }),
  };
}

function openBoth(options: BacktestOptions, fills?: FillConfig): Pair {
  const { config } = options;
  const common = { ...accountsOf(options, fills), keep: "ends" } as const;
  return {
    hedged: openAccount({ ...common, config }),
    unhedged: openAccount({ ...common, config: { ...config, hedge: undefined } }),
  };
}

/** Leads accounts through a market and tells how many of the three markets are done. */
function progressing({
  from,
  to,
  onProgress,
}: BacktestOptions): (market: Market, accounts: readonly Account[], config: StrategyConfig) => void {
  let done = 0;
  return (market, accounts, config) => {
    runSessions(market, config, { from, to }, accounts);
    done += 1;
    onProgress?.(done / SHORT_VOL_SCALES.length);
  };
}

function countNoTrade({ rows }: Run, { condor: { tiers } }: StrategyConfig): NoTrade {
  const [farthest] = tiers.toSorted((left, right) => left.credit - right.credit);
  const byReason: Partial<Record<NoTradeReason, number>> = {};
  let sessions = 0;
  for (const { decision } of rows) {
    if (decision.tiers.some(({ action }) => action === "sell")) continue;
    sessions += 1;
    const last = decision.tiers.find(({ tier }) => tier === farthest?.name);
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
  // Where the scales change nothing they test nothing: expirations beyond nine days do not feel them.
  const isTested = found.some((value) => value !== found[0]);
  if (interval === undefined || !isTested || !(isGain || isLoss)) return "undetermined";
  if (interval.low95 <= 0 && interval.high95 >= 0) return "luck";
  return isGain ? "gain" : "loss";
}
