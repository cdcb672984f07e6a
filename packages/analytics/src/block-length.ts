import { strictLog } from "@steward/pricing";
import { mean, varies } from "./moments.ts";
import { power } from "./power.ts";

/**
 * Mean block length in sessions with which the stationary bootstrap estimates the error of this series' mean best (Politis
 * and White 2004, corrected by Patton, Politis and White 2009): (G² n / g(0)²)^⅓ with G = Σ λ(k/m) |k| R(k) and
 * g(0) = Σ λ(k/m) R(k) over the autocovariances R under a flat-top window λ; at least 1, at most min(3 √n, n / 3) rounded up.
 *
 * Returns hardly remember each other but their size does: for a statistic that lives on volatility, as drawdown and shortfall
 * do, ask for the length of absolute returns too and take the larger. Undefined for series too short for the lags that are
 * looked at (n < 9) and for those that do not vary.
 */
export function optimalBlockLength(values: ArrayLike<number>): number | undefined {
  const count = values.length;
  const run = Math.max(5, Math.floor(logTen(count)));
  const longest = Math.ceil(Math.sqrt(count)) + run;
  if (count <= longest || !varies(values)) return undefined;
  const covariances = autocovariances(values, longest);
  const variance = covariances[0] ?? 0;
  if (variance === 0) return undefined;

  const window = Math.min(2 * firstQuietLag(covariances, { run, count }), longest);
  let spread = 0;
  let longRun = variance;
  for (let lag = 1; lag <= window; lag += 1) {
    const covariance = 2 * flatTop(lag / window) * (covariances[lag] ?? 0);
    spread += lag * covariance;
    longRun += covariance;
  }
  const limit = Math.ceil(Math.min(3 * Math.sqrt(count), count / 3));
  if (spread === 0 || longRun === 0) return spread === 0 ? 1 : limit;
  const ratio = spread / longRun;
  return Math.max(1, Math.min(power(ratio * ratio * count, 1 / 3), limit));
}

/** R(k) = Σ (xᵢ − x̄)(xᵢ₊ₖ − x̄) / n for the lags 0 to `longest`. */
function autocovariances(values: ArrayLike<number>, longest: number): Float64Array {
  const count = values.length;
  const center = mean(values) ?? 0;
  const deviations = Float64Array.from(values, (value) => value - center);
  const covariances = new Float64Array(longest + 1);
  for (let lag = 0; lag <= longest; lag += 1) {
    let total = 0;
    for (let i = lag; i < count; i += 1) total += (deviations[i] ?? 0) * (deviations[i - lag] ?? 0);
    covariances[lag] = total / count;
  }
  return covariances;
}

/**
 * The first lag with which a run of autocorrelations inside ±2 √(log₁₀ n / n) begins, as the authors' own program and those
 * made after it count (one more than the paper's m); the longest lag where there is none.
 */
function firstQuietLag(
  covariances: Float64Array,
  { run, count }: { readonly run: number; readonly count: number },
): number {
  const band = 2 * Math.sqrt(logTen(count) / count) * (covariances[0] ?? 0);
  let quiet = 0;
  for (let lag = 1; lag < covariances.length; lag += 1) {
    quiet = Math.abs(covariances[lag] ?? 0) < band ? quiet + 1 : 0;
    if (quiet === run) return lag - run + 1;
  }
  return covariances.length - 1;
}

/** The trapezoid of Politis and Romano (1995): 1 up to a half, then straight down to 0 at 1. */
function flatTop(share: number): number {
  return Math.min(1, 2 * (1 - share));
}

function logTen(value: number): number {
  return strictLog(value) / Math.LN10;
}
