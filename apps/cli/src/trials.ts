// The best of many trials is worth less than the same result of one. Whatever is run is counted, and every result can be held
// against what luck alone would have shown.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  expectedMaximumSharpe,
  probabilisticSharpe,
  SESSIONS_A_YEAR,
  standardDeviation,
  trackRecord,
} from "@steward/analytics";
import type { SessionRange } from "@steward/engine";
import type { Instant } from "@steward/model";
import { type Trial, TrialLedger } from "@steward/store/trials";
import manifest from "../package.json" with { type: "json" };
import type { Configuration } from "./config/load.ts";
import { stewardHome } from "./data/home.ts";
import type { MarketData } from "./market-data.ts";
import { configHashOf } from "./provenance.ts";

/** Opens the user's ledger of trials, or makes one. */
export function openTrials(): TrialLedger {
  mkdirSync(stewardHome(), { recursive: true });
  return new TrialLedger(join(stewardHome(), "trials.sqlite"));
}

/** What a run was, and what whoever ran it saw. */
export function trialOf(
  configuration: Configuration,
  { fingerprint }: Pick<MarketData, "fingerprint">,
  { from, to, returns, now }: SessionRange & { readonly returns: Float64Array; readonly now: Instant },
): Trial {
  const record = trackRecord(returns);
  return {
    configuration: configHashOf(configuration),
    data: fingerprint,
    from,
    to,
    engine: manifest.version,
    name: configuration.name,
    periods: returns.length,
    sharpe: record?.sharpe,
    skewness: record?.skewness,
    kurtosis: record?.kurtosis,
    firstRun: now,
  };
}

/** What a result is worth among all that was tried. Ratios are annualized. */
export interface Standing {
  /** Different configurations that were ever run, on whatever data. */
  readonly tried: number;
  readonly sharpe: number;
  /** Expected of the best of as many worthless ones. */
  readonly luck: number;
  /** Probability that the true ratio exceeds zero, as if nothing else had been tried. */
  readonly probabilistic: number;
  /** Probability that it exceeds luck. */
  readonly deflated: number;
}

/**
 * Holds a trial against all others. Configurations count whole however much they resemble each other, the strict side. Their
 * ratios spread as those over the same range do; while these are few, as those of worthless rules, 1 / (n − 1). Undefined
 * where returns do not vary.
 */
export function standingOf(trial: Trial, all: readonly Trial[]): Standing | undefined {
  const { sharpe, skewness, kurtosis, periods } = trial;
  if (sharpe === undefined || skewness === undefined || kurtosis === undefined) return undefined;
  const tried = new Set([...all, trial].map(({ configuration }) => configuration)).size;
  const peers = new Map(
    all
      .filter(({ from, to }) => from === trial.from && to === trial.to)
      .map((peer) => [peer.configuration, peer.sharpe ?? 0] as const),
  );
  const spread = peers.size < LEAST_PEERS ? undefined : standardDeviation([...peers.values()]);
  const variance = spread === undefined ? 1 / (periods - 1) : spread * spread;
  const luck = expectedMaximumSharpe({ count: tried, variance });
  const record = { sharpe, skewness, kurtosis, periods };
  const probabilistic = probabilisticSharpe(record, 0);
  const deflated = luck === undefined ? undefined : probabilisticSharpe(record, luck);
  if (luck === undefined || probabilistic === undefined || deflated === undefined) return undefined;
  const annual = Math.sqrt(SESSIONS_A_YEAR);
  return { tried, sharpe: sharpe * annual, luck: luck * annual, probabilistic, deflated };
}

/** Fewer ratios say nothing of their spread. */
const LEAST_PEERS = 10;
