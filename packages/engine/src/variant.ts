import {
  deepestDrawdownOf,
  type Estimate,
  returnsOf,
  SESSIONS_A_YEAR,
  sharpe,
  standardDeviation,
} from "@steward/analytics";
import type { Money } from "@steward/model";
import type { StrategyConfig } from "@steward/strategy";
import { growthOfRun } from "./arm.ts";
import type { AssignmentConfig } from "./assignment.ts";
import { type EquityPath, followAccount } from "./equity-path.ts";
import { runSessions, type SessionRange } from "./kernel.ts";
import type { Market } from "./ports.ts";

/** What one account earned, in few numbers: as the backtest's hedged account, without the error bars that take long. */
export interface VariantResult {
  readonly sessions: number;
  /** A year. */
  readonly growth: number | undefined;
  /** A year. */
  readonly volatility: number | undefined;
  /** Of the equity before, negative. */
  readonly drawdown: number;
  readonly sharpe: Estimate | undefined;
  readonly roundTrips: number;
  /** Of each session but the first. */
  readonly returns: Float64Array;
}

export interface VariantOptions extends SessionRange {
  readonly config: StrategyConfig;
  readonly startEquity: Money;
  readonly seed: number;
  readonly assignment: AssignmentConfig;
}

/** Runs one account as configured through a market. */
export function runVariant(
  market: Market,
  { config, startEquity, seed, assignment, from, to }: VariantOptions,
): VariantResult {
  const follower = followAccount({ config, startEquity, seed, assignment });
  runSessions(market, config, { from, to }, [follower]);
  return measurePath(follower.path());
}

/** The few numbers of a path. */
export function measurePath({ run, equity }: EquityPath): VariantResult {
  const returns = returnsOf(equity);
  const deviation = standardDeviation(returns);
  return {
    sessions: equity.length,
    growth: growthOfRun(run),
    volatility: deviation === undefined ? undefined : deviation * Math.sqrt(SESSIONS_A_YEAR),
    drawdown: deepestDrawdownOf(returns),
    sharpe: sharpe(returns),
    roundTrips: run.roundTrips.length,
    returns,
  };
}
