import { strictLog } from "@steward/pricing";
import type { Estimate } from "./interval.ts";
import { mean, quantile } from "./moments.ts";
import { deepestDrawdownOf, growthOf } from "./path.ts";
import { type Random, randomIndex } from "./random.ts";

export interface BootstrapOptions {
  readonly random: Random;
  readonly resamples: number;
  /** Mean length of a block in sessions: long enough to keep volatility's memory. */
  readonly meanBlock: number;
  readonly sessionsAYear: number;
}

/** What reshuffled histories say of growth a year and of the deepest drawdown. */
export interface PathEstimates {
  readonly growth: Estimate;
  readonly drawdown: Estimate;
}

/**
 * The stationary bootstrap (Politis and Romano 1994): histories of the same length made of blocks of geometric length drawn
 * anywhere, wrapping at the end. Each is compounded; bands are percentiles, the value is the one that happened.
 * Undefined below two returns.
 */
export function bootstrapPaths(returns: Float64Array, options: BootstrapOptions): PathEstimates | undefined {
  if (returns.length < 2) return undefined;
  const growths = new Float64Array(options.resamples);
  const depths = new Float64Array(options.resamples);
  const path = new Float64Array(returns.length);

  for (let sample = 0; sample < options.resamples; sample += 1) {
    resample([returns], [path], options);
    growths[sample] = growthOf(path, options.sessionsAYear);
    depths[sample] = deepestDrawdownOf(path);
  }
  return {
    growth: percentileEstimate(growthOf(returns, options.sessionsAYear), growths),
    drawdown: percentileEstimate(deepestDrawdownOf(returns), depths),
  };
}

/** One account less another, over the same reshuffled sessions. */
export interface PairedEstimates {
  /** Growth a year of the first less that of the second. */
  readonly growth: Estimate;
  /** Depth of the first's deepest drawdown less the second's: positive is shallower. */
  readonly drawdown: Estimate;
  /** Share of reshuffles in which the first fell less deep. */
  readonly shallower: number;
}

/**
 * What reshuffled histories say of the difference of two accounts that lived the same sessions: both are resampled with the
 * same blocks, so what they share cancels. Undefined below two returns.
 */
export function bootstrapPair(
  first: Float64Array,
  second: Float64Array,
  options: BootstrapOptions,
): PairedEstimates | undefined {
  if (first.length < 2 || first.length !== second.length) return undefined;
  const growths = new Float64Array(options.resamples);
  const depths = new Float64Array(options.resamples);
  const paths = [new Float64Array(first.length), new Float64Array(first.length)] as const;
  const growth = (left: Float64Array, right: Float64Array): number =>
    growthOf(left, options.sessionsAYear) - growthOf(right, options.sessionsAYear);
  const depth = (left: Float64Array, right: Float64Array): number =>
    deepestDrawdownOf(left) - deepestDrawdownOf(right);

  let shallower = 0;
  for (let sample = 0; sample < options.resamples; sample += 1) {
    resample([first, second], paths, options);
    const difference = depth(...paths);
    growths[sample] = growth(...paths);
    depths[sample] = difference;
    if (difference > 0) shallower += 1;
  }
  return {
    growth: percentileEstimate(growth(first, second), growths),
    drawdown: percentileEstimate(depth(first, second), depths),
    shallower: shallower / options.resamples,
  };
}

/** Mean of a series whose neighbors depend on each other, with the bands of the same bootstrap. */
export function bootstrapMean(
  values: Float64Array,
  options: Omit<BootstrapOptions, "sessionsAYear">,
): Estimate | undefined {
  return bootstrapStatistic(values, mean, options);
}

/**
 * Any statistic of a path of returns, with the bands of the same bootstrap. The statistic must not keep the path given, which
 * is filled anew. Undefined below two returns, and where the statistic is of what happened or of any reshuffle: a band
 * without its undefined part would flatter.
 */
export function bootstrapStatistic(
  returns: Float64Array,
  statistic: (path: Float64Array) => number | undefined,
  options: Omit<BootstrapOptions, "sessionsAYear">,
): Estimate | undefined {
  return bootstrapTogether([returns], ([path = returns]) => statistic(path), options);
}

/** The same of several series that lived the same sessions: all are resampled with the same blocks. */
export function bootstrapTogether(
  series: readonly Float64Array[],
  statistic: (paths: readonly Float64Array[]) => number | undefined,
  options: Omit<BootstrapOptions, "sessionsAYear">,
): Estimate | undefined {
  const length = series[0]?.length ?? 0;
  const value = length < 2 || series.some((one) => one.length !== length) ? undefined : statistic(series);
  if (value === undefined) return undefined;
  const found = new Float64Array(options.resamples);
  const paths = series.map(() => new Float64Array(length));

  for (let sample = 0; sample < options.resamples; sample += 1) {
    resample(series, paths, options);
    const reshuffled = statistic(paths);
    if (reshuffled === undefined) return undefined;
    found[sample] = reshuffled;
  }
  return percentileEstimate(value, found);
}

/** Fills each path from its series, all with the same blocks, which wrap at the end of the history. */
function resample(
  series: readonly Float64Array[],
  paths: readonly Float64Array[],
  { random, meanBlock }: { readonly random: Random; readonly meanBlock: number },
): void {
  const length = paths[0]?.length ?? 0;
  for (let filled = 0; filled < length; ) {
    const start = randomIndex(random, length);
    const end = Math.min(filled + blockLength(random, meanBlock), length);
    for (let which = 0; which < series.length; which += 1) {
      const values = series[which];
      const path = paths[which];
      if (values === undefined || path === undefined) continue;
      for (let to = filled, from = start; to < end; to += 1) {
        path[to] = values[from] ?? 0;
        from = from + 1 === length ? 0 : from + 1;
      }
    }
    filled = end;
  }
}

/** Geometric from 1 up with the given mean, by inversion: a mean of 1 always gives 1. */
function blockLength(random: Random, mean: number): number {
  const survival = 1 - 1 / mean;
  return survival <= 0 ? 1 : 1 + Math.floor(strictLog(1 - random.next()) / strictLog(survival));
}

function percentileEstimate(value: number, samples: Float64Array): Estimate {
  const sorted = samples.sort((left, right) => left - right);
  const at = (share: number): number => quantile(sorted, share) ?? value;
  return { value, low95: at(0.025), high95: at(0.975), low50: at(0.25), high50: at(0.75) };
}
