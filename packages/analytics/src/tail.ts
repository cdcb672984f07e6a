import { mean, quantile } from "./moments.ts";

/** Mean of the worst share of returns (expected shortfall, CVaR): 0.05 takes the worst one in twenty, at least one. */
export function expectedShortfall(returns: ArrayLike<number>, worstShare: number): number | undefined {
  const sorted = ascending(returns);
  return mean(sorted.subarray(0, Math.max(1, Math.floor(sorted.length * worstShare))));
}

/**
 * The return that a worst share of sessions falls below (historical value at risk), as a return: negative is a loss. Never
 * below the expected shortfall of the same share. Undefined for no returns.
 */
export function valueAtRisk(returns: ArrayLike<number>, worstShare: number): number | undefined {
  return quantile(ascending(returns), worstShare);
}

/**
 * Size of the good end of returns over that of the bad: |quantile(1 − share)| / |quantile(share)|, as empyrical's tail ratio
 * at 0.05, by quantiles and not by means beyond them. Under 1 the losses reach further than the gains. Undefined for no
 * returns and where the lower quantile is zero.
 */
export function tailRatio(returns: ArrayLike<number>, share: number): number | undefined {
  const sorted = ascending(returns);
  const low = quantile(sorted, share);
  const high = quantile(sorted, 1 - share);
  return low === undefined || high === undefined || low === 0 ? undefined : Math.abs(high) / Math.abs(low);
}

function ascending(returns: ArrayLike<number>): Float64Array {
  return Float64Array.from(returns).sort((left, right) => left - right);
}
