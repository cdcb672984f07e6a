import { mean } from "./moments.ts";

/** Mean of the worst share of returns (expected shortfall, CVaR): 0.05 takes the worst one in twenty, at least one. */
export function expectedShortfall(returns: ArrayLike<number>, worstShare: number): number | undefined {
  const sorted = Float64Array.from(returns).sort((left, right) => left - right);
  return mean(sorted.subarray(0, Math.max(1, Math.floor(sorted.length * worstShare))));
}
