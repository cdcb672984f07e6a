import { normalCdf } from "@steward/pricing";
import { type Estimate, normalEstimate } from "./interval.ts";
import { mean, shape, standardDeviation } from "./moments.ts";

/** Sessions in a year: the basis on which session statistics are annualized here. */
export const SESSIONS_A_YEAR = 252;

/**
 * Annualized Sharpe ratio of session returns over a risk-free rate of zero, mean over sample deviation times √252, with the
 * standard error of Mertens (2002), which allows for skewness and fat tails. Returns are taken as serially independent.
 * Undefined where returns do not vary.
 */
export function sharpe(returns: ArrayLike<number>): Estimate | undefined {
  const perSession = sharpePerSession(returns);
  const moments = shape(returns);
  if (perSession === undefined || moments === undefined) return undefined;

  const variance = sharpeVariance(perSession, moments) / (returns.length - 1);
  const annual = Math.sqrt(SESSIONS_A_YEAR);
  return normalEstimate(perSession * annual, Math.sqrt(Math.max(variance, 0)) * annual);
}

/**
 * Probability that the true per-period Sharpe ratio exceeds `benchmark`, both per period (Bailey and López de Prado 2012).
 * Kurtosis is raw: 3 for the normal.
 */
export function probabilisticSharpe({
  sharpe: observed,
  benchmark,
  periods,
  skewness,
  kurtosis,
}: {
  readonly sharpe: number;
  readonly benchmark: number;
  readonly periods: number;
  readonly skewness: number;
  readonly kurtosis: number;
}): number {
  const deviation = Math.sqrt(sharpeVariance(observed, { skewness, kurtosis }));
  return normalCdf(((observed - benchmark) * Math.sqrt(periods - 1)) / deviation);
}

function sharpePerSession(returns: ArrayLike<number>): number | undefined {
  const center = mean(returns);
  const deviation = standardDeviation(returns);
  return center === undefined || deviation === undefined || deviation === 0 ? undefined : center / deviation;
}

function sharpeVariance(
  ratio: number,
  { skewness, kurtosis }: { readonly skewness: number; readonly kurtosis: number },
): number {
  return 1 - skewness * ratio + ((kurtosis - 1) / 4) * ratio * ratio;
}
