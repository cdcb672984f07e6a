import { SESSIONS_A_YEAR } from "./convention.ts";
import { type Estimate, normalEstimate } from "./interval.ts";
import { mean, shape, standardDeviation } from "./moments.ts";

/** What is known of a series of returns when its Sharpe ratio is judged. */
export interface TrackRecord {
  /** Per period, not annualized: mean over sample deviation. */
  readonly sharpe: number;
  readonly periods: number;
  readonly skewness: number;
  /** Raw: 3 for the normal. */
  readonly kurtosis: number;
}

/** The track record of returns over a risk-free rate of zero; undefined where they do not vary. */
export function trackRecord(returns: ArrayLike<number>): TrackRecord | undefined {
  const ratio = sharpePerSession(returns);
  const moments = shape(returns);
  if (ratio === undefined || moments === undefined) return undefined;
  return { sharpe: ratio, periods: returns.length, ...moments };
}

/**
 * Annualized Sharpe ratio of session returns over a risk-free rate of zero, mean over sample deviation times √252 or the
 * root of the sessions given, with the standard error of Mertens (2002), which allows for skewness and fat tails. Returns are taken as serially independent.
 * Undefined where returns do not vary.
 */
export function sharpe(
  returns: ArrayLike<number>,
  sessionsAYear: number = SESSIONS_A_YEAR,
): Estimate | undefined {
  const record = trackRecord(returns);
  if (record === undefined) return undefined;
  const variance = sharpeVariance(record) / (record.periods - 1);
  const annual = Math.sqrt(sessionsAYear);
  return normalEstimate(record.sharpe * annual, Math.sqrt(Math.max(variance, 0)) * annual);
}

/** Mean over sample deviation, per session; undefined where returns do not vary. */
export function sharpePerSession(returns: ArrayLike<number>): number | undefined {
  const center = mean(returns);
  const deviation = standardDeviation(returns);
  return center === undefined || deviation === undefined || deviation === 0 ? undefined : center / deviation;
}

/** Variance of the estimated Sharpe ratio times the periods: 1 − γ₃ SR + (γ₄ − 1) / 4 SR² (Mertens 2002). */
export function sharpeVariance({
  sharpe: ratio,
  skewness,
  kurtosis,
}: Pick<TrackRecord, "sharpe" | "skewness" | "kurtosis">): number {
  return 1 - skewness * ratio + ((kurtosis - 1) / 4) * ratio * ratio;
}
