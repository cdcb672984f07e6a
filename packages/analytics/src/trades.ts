import type { Estimate } from "./interval.ts";
import { wilson } from "./interval.ts";

/**
 * Wins and losses of a set of round trips, after costs. A win rate is not to be had without what it needs: the rate at which
 * the same average win and loss would break even, and the average loss itself.
 */
export interface TradeStatistics {
  readonly count: number;
  readonly wins: number;
  readonly winRate: Estimate;
  /** Win rate at which average win and loss cancel; undefined while there are only wins or only losses. */
  readonly breakEvenWinRate: number | undefined;
  readonly averageWin: number | undefined;
  /** Negative. */
  readonly averageLoss: number | undefined;
  readonly worst: number;
  readonly best: number;
  readonly total: number;
  readonly average: number;
}

/** Statistics of results in any one unit; a result above zero is a win. Undefined for no trades. */
export function tradeStatistics(results: readonly number[]): TradeStatistics | undefined {
  const winRate = wilson(results.filter((result) => result > 0).length, results.length);
  if (winRate === undefined) return undefined;

  const wins = results.filter((result) => result > 0);
  const losses = results.filter((result) => result <= 0);
  const averageWin = average(wins);
  const averageLoss = average(losses);
  const total = sum(results);
  return {
    count: results.length,
    wins: wins.length,
    winRate,
    breakEvenWinRate:
      averageWin === undefined || averageLoss === undefined
        ? undefined
        : -averageLoss / (averageWin - averageLoss),
    averageWin,
    averageLoss,
    worst: results.reduce((low, result) => Math.min(low, result), Number.POSITIVE_INFINITY),
    best: results.reduce((high, result) => Math.max(high, result), Number.NEGATIVE_INFINITY),
    total,
    average: total / results.length,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function average(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : sum(values) / values.length;
}
