import { normalQuantile } from "@steward/pricing";
import { SESSIONS_A_YEAR } from "./convention.ts";
import type { Estimate } from "./interval.ts";
import { positionOfMaximum, standardDeviation } from "./moments.ts";
import { probabilisticSharpe } from "./probabilistic-sharpe.ts";
import { sharpe, sharpePerSession, type TrackRecord, trackRecord } from "./sharpe.ts";

/** How much was tried before one was chosen. */
export interface Trials {
  /** Every variant that was ever run, not only those shown. Variants that resemble each other count whole: the strict side. */
  readonly count: number;
  /** Variance of the trials' Sharpe ratios, per period squared. */
  readonly variance: number;
}

/** Euler's and Mascheroni's constant, the mean of the standard Gumbel distribution. */
const EULER_GAMMA = 0.5772156649015329;

/**
 * Expected Sharpe ratio per period of the best of N trials that are worth nothing: √V ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 −
 * 1/(N e))) (Bailey and López de Prado 2014, "The deflated Sharpe ratio"). It approximates the mean maximum of N normal
 * draws: 8 % low at two, up to 2.6 % high from three on, 0.9 % at 100. A single trial is the best of nothing: zero. Undefined
 * below one trial and for a negative variance.
 */
export function expectedMaximumSharpe({ count, variance }: Trials): number | undefined {
  if (!(count >= 1 && variance >= 0)) return undefined;
  if (count === 1) return 0;
  const best =
    -(1 - EULER_GAMMA) * normalQuantile(1 / count) - EULER_GAMMA * normalQuantile(1 / (count * Math.E));
  // An effective number of trials may be a fraction; just above one the approximation falls below zero.
  return Math.sqrt(variance) * Math.max(best, 0);
}

/**
 * Deflated Sharpe ratio: probability that the true ratio of the trial chosen exceeds what luck alone would have shown, that
 * is its probabilistic Sharpe ratio over the expected maximum (same paper). Undefined where either is.
 */
export function deflatedSharpe(record: TrackRecord, trials: Trials): number | undefined {
  const benchmark = expectedMaximumSharpe(trials);
  return benchmark === undefined ? undefined : probabilisticSharpe(record, benchmark);
}

/** The best of several trials, and what luck would have made the best of as many. */
export interface BestTrial {
  readonly index: number;
  /** Annualized. */
  readonly sharpe: Estimate;
  /** Annualized Sharpe ratio that the best of as many worthless trials is expected to show. */
  readonly luck: number;
  /** Probability that the true Sharpe ratio exceeds zero, as if nothing else had been tried. */
  readonly probabilistic: number;
  /** Probability that it exceeds luck. */
  readonly deflated: number;
}

/**
 * The trial with the highest Sharpe ratio, deflated by all of them; the first of equals. A trial whose returns do not vary
 * counts with a ratio of zero, as one that never traded. Undefined below two trials and where the best does not vary.
 */
export function bestTrial(trials: readonly ArrayLike<number>[]): BestTrial | undefined {
  const ratios = trials.map((returns) => sharpePerSession(returns) ?? 0);
  const index = positionOfMaximum(ratios);
  const returns = trials[index];
  const deviation = standardDeviation(ratios);
  if (returns === undefined || deviation === undefined) return undefined;

  const searched = { count: trials.length, variance: deviation * deviation };
  const luck = expectedMaximumSharpe(searched);
  const record = trackRecord(returns);
  const annual = sharpe(returns);
  if (luck === undefined || record === undefined || annual === undefined) return undefined;

  const probabilistic = probabilisticSharpe(record, 0);
  const deflated = deflatedSharpe(record, searched);
  if (probabilistic === undefined || deflated === undefined) return undefined;
  return { index, sharpe: annual, luck: luck * Math.sqrt(SESSIONS_A_YEAR), probabilistic, deflated };
}
