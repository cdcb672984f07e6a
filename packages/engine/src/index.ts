export type { Arm, ArmStatistics, SessionResult, TierStatistics } from "./arm.ts";
export {
  type Backtest,
  type BacktestOptions,
  backtest,
  type FillLevel,
  type MeanVerdict,
  type NoTrade,
  type Sensitivity,
  SHORT_VOL_SCALES,
  type ShortVolScale,
  SMALLER_SHARE,
} from "./backtest.ts";
export type { FillEvent, LedgerEvent, RejectEvent, Rejection, SettlementEvent } from "./events.ts";
export { orderFees } from "./fees.ts";
export type { Episode, EpisodeResult, HedgeEffect, HedgeYear } from "./hedge-effect.ts";
export {
  type Account,
  type AccountOptions,
  openAccount,
  type Run,
  runSessions,
  type SessionRange,
  type SessionRow,
} from "./kernel.ts";
export { type Ledger, purposeName, type RoundTrip } from "./ledger.ts";
export type { OpenStructure } from "./open-structure.ts";
export { payoff, worstPayoff } from "./payoff.ts";
export type { Market, SettlementValue } from "./ports.ts";
