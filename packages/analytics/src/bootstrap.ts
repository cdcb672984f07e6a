import type { Estimate } from "./interval.ts";
import { quantile } from "./moments.ts";
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
    resample(returns, path, options);
    growths[sample] = growthOf(path, options.sessionsAYear);
    depths[sample] = deepestDrawdownOf(path);
  }
  return {
    growth: percentileEstimate(growthOf(returns, options.sessionsAYear), growths),
    drawdown: percentileEstimate(deepestDrawdownOf(returns), depths),
  };
}

/** Mean of a series whose neighbors depend on each other, with the bands of the same bootstrap. */
export function bootstrapMean(
  values: Float64Array,
  options: Omit<BootstrapOptions, "sessionsAYear">,
): Estimate | undefined {
  if (values.length < 2) return undefined;
  const means = new Float64Array(options.resamples);
  const path = new Float64Array(values.length);
  const average = (sample: Float64Array): number =>
    sample.reduce((total, value) => total + value, 0) / sample.length;

  for (let sample = 0; sample < options.resamples; sample += 1) {
    resample(values, path, options);
    means[sample] = average(path);
  }
  return percentileEstimate(average(values), means);
}

function resample(
  values: Float64Array,
  into: Float64Array,
  { random, meanBlock }: { readonly random: Random; readonly meanBlock: number },
): void {
  let at = randomIndex(random, values.length);
  for (let i = 0; i < into.length; i += 1) {
    into[i] = values[at] ?? 0;
    const startsAnew = random.next() * meanBlock < 1;
    at = startsAnew ? randomIndex(random, values.length) : (at + 1) % values.length;
  }
}

function percentileEstimate(value: number, samples: Float64Array): Estimate {
  const sorted = samples.sort((left, right) => left - right);
  const at = (share: number): number => quantile(sorted, share) ?? value;
  return { value, low95: at(0.025), high95: at(0.975), low50: at(0.25), high50: at(0.75) };
}
