import { mean } from "./moments.ts";

/**
 * Downside deviation per session: root of the mean squared shortfall below the target, over all sessions (Sortino and Price
 * 1994). Undefined for no returns.
 */
export function downsideDeviation(returns: ArrayLike<number>, target: number): number | undefined {
  const squares = Float64Array.from(returns, (value) => {
    const shortfall = Math.min(value - target, 0);
    return shortfall * shortfall;
  });
  const square = mean(squares);
  return square === undefined ? undefined : Math.sqrt(square);
}

/**
 * Annualized Sortino ratio: mean excess over the target by downside deviation, times the root of the sessions in a year
 * (Sortino and Price 1994). Undefined where no session falls below the target.
 */
export function sortino(
  returns: ArrayLike<number>,
  { target, sessionsAYear }: { readonly target: number; readonly sessionsAYear: number },
): number | undefined {
  const center = mean(returns);
  const deviation = downsideDeviation(returns, target);
  if (center === undefined || deviation === undefined || deviation === 0) return undefined;
  return ((center - target) / deviation) * Math.sqrt(sessionsAYear);
}

/**
 * Omega ratio: sum of returns above the target over the sum of those below it (Keating and Shadwick 2002); 1 where the mean
 * meets the target. At a target of zero it is Schwager's gain-to-pain ratio plus one. Undefined where no session falls
 * below the target.
 */
export function omega(returns: ArrayLike<number>, target: number): number | undefined {
  let gains = 0;
  let losses = 0;
  for (let i = 0; i < returns.length; i += 1) {
    const excess = (returns[i] ?? 0) - target;
    if (excess > 0) gains += excess;
    else losses -= excess;
  }
  return losses === 0 ? undefined : gains / losses;
}
