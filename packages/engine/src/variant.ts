import {
  deepestDrawdownOf,
  type Estimate,
  SESSIONS_A_YEAR,
  sharpe,
  standardDeviation,
} from "@steward/analytics";
import type { Money } from "@steward/model";
import type { StrategyConfig } from "@steward/strategy";
import { growthOfRun, returnsOfRun } from "./arm.ts";
import type { AssignmentConfig } from "./assignment.ts";
import { openAccount, runSessions, type SessionRange } from "./kernel.ts";
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
  const account = openAccount({ config, startEquity, seed, assignment });
  runSessions(market, config, { from, to }, [account]);
  const run = account.run();
  const returns = returnsOfRun(run);
  const deviation = standardDeviation(returns);
  return {
    sessions: run.rows.length,
    growth: growthOfRun(run),
    volatility: deviation === undefined ? undefined : deviation * Math.sqrt(SESSIONS_A_YEAR),
    drawdown: deepestDrawdownOf(returns),
    sharpe: sharpe(returns),
    roundTrips: run.roundTrips.length,
    returns,
  };
}
