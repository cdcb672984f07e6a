import { bootstrapMean, type Estimate, seededRandom } from "@steward/analytics";
import type { Backtest } from "@steward/engine";
import { daysBetween } from "@steward/model";
import { fixed } from "./format.ts";

const RESAMPLES = 2_000;

/** Fewer calendar years than these carry no interval. */
const ENOUGH_YEARS = 5;

/**
 * The hedge's result a year with bands: calendar years are drawn anew as if independent, and their sum is spread over the
 * span as the result's own figure is. Undefined below five years.
 */
export function hedgeCostEstimate(
  { from, to, hedge: { years } }: Backtest,
  seed: number,
): Estimate | undefined {
  const span = daysBetween(from, to) / 365.25;
  if (years.length < ENOUGH_YEARS || span <= 0) return undefined;

  const results = Float64Array.from(years, ({ hedge }) => (hedge * years.length) / span);
  return bootstrapMean(results, { random: seededRandom(seed), resamples: RESAMPLES, meanBlock: 1 });
}

/** Differences below this share of equity are called none: they round to 0.0. */
export const NOTHING = 0.0005;

/** `The hedge cost 0.9 points a year`, or what it brought; said plainly where it is not known. */
export function hedgeCostPhrase(resultAYear: number | undefined): string {
  if (resultAYear === undefined) return "What the hedge cost a year is not known";
  if (Math.abs(resultAYear) < NOTHING) return "The hedge cost nothing a year";
  const points = fixed(Math.abs(resultAYear) * 100, 1);
  return `The hedge ${resultAYear < 0 ? "cost" : "brought"} ${points} points a year`;
}
