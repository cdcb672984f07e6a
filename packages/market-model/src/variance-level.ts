/** The total variance of the S&P 500 that the volatility indices imply for each time to expiration. */
import type { CalendarDate } from "@steward/model";
import { strictExp as exp, strictLog as log } from "@steward/pricing";
import { indexHorizon } from "./variance-clock.ts";

/** The four indices in points. */
export interface VolatilityIndices {
  readonly vix9d: number;
  readonly vix: number;
  readonly vix3m: number;
  readonly vix6m: number;
}

/** Log variance rate of one session against that of 9 days: a constant and a share of the 9-to-30-day slope. */
export interface ShortEndCoefficients {
  readonly level: number;
  readonly slope: number;
}

export const SHORT_END: ShortEndCoefficients = { level: -0.08, slope: 1.3 };

/** A point of the variance curve: effective sessions and total variance. */
export interface VarianceNode {
  readonly sessions: number;
  readonly variance: number;
}

/** Total variance against effective sessions: linear between the index nodes, a power law before the first. */
export interface VarianceCurve {
  readonly nodes: readonly [VarianceNode, VarianceNode, VarianceNode, VarianceNode];
  /** Log ratio of the one-session variance rate to that of the first node. */
  readonly shortEnd: number;
}

/** Model-free variance of fitted smiles over the squared index, on days when both were taken at the close. */
const INDEX_SHARE = 0.985;
/** Between nodes the variance rate falls to no less than this share of the earlier one. */
const SMALLEST_RATE_SHARE = 0.25;

/** The curve of the evening of `date`. */
export function varianceCurve(
  date: CalendarDate,
  indices: VolatilityIndices,
  coefficients: ShortEndCoefficients = SHORT_END,
): VarianceCurve {
  const first = nodeOf(date, indices.vix9d, 9);
  const second = risingFrom(first, nodeOf(date, indices.vix, 30));
  const third = risingFrom(second, nodeOf(date, indices.vix3m, 93));
  const fourth = risingFrom(third, nodeOf(date, indices.vix6m, 182));

  const slope = 0.5 * log(rate(first) / rate(second));
  const shortEnd = Math.min(0.8, Math.max(-0.6, coefficients.level + coefficients.slope * slope));
  return { nodes: [first, second, third, fourth], shortEnd };
}

/**
 * Total variance after so many effective sessions. `shortVolScale` multiplies the volatility of one session and tapers
 * to 1 at the 9-day node.
 */
export function totalVariance(
  { nodes, shortEnd }: VarianceCurve,
  sessions: number,
  shortVolScale = 1,
): number {
  const [first, second, third, fourth] = nodes;
  if (sessions < first.sessions) {
    const logSessions = log(first.sessions);
    const taper = log(first.sessions / Math.max(sessions, 1)) / logSessions;
    return sessions * rate(first) * exp((shortEnd + 2 * log(shortVolScale)) * taper);
  }
  if (sessions < second.sessions) return between(first, second, sessions);
  if (sessions < third.sessions) return between(second, third, sessions);
  return between(third, fourth, sessions);
}

function nodeOf(date: CalendarDate, index: number, days: number): VarianceNode {
  const volatility = index / 100;
  return {
    sessions: indexHorizon(date, days),
    variance: (INDEX_SHARE * volatility * volatility * days) / 365,
  };
}

function risingFrom(earlier: VarianceNode, later: VarianceNode): VarianceNode {
  const least = earlier.variance + SMALLEST_RATE_SHARE * rate(earlier) * (later.sessions - earlier.sessions);
  return later.variance >= least ? later : { sessions: later.sessions, variance: least };
}

function rate({ sessions, variance }: VarianceNode): number {
  return variance / sessions;
}

/** Linear through two nodes, beyond the second too. */
function between(left: VarianceNode, right: VarianceNode, sessions: number): number {
  const slope = (right.variance - left.variance) / (right.sessions - left.sessions);
  return left.variance + slope * (sessions - left.sessions);
}
