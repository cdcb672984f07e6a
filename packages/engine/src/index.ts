export {
  type Arm,
  type ArmStatistics,
  returnsOfRun,
  type SessionResult,
  type TierStatistics,
} from "./arm.ts";
export { type AssignmentConfig, rationalHolders } from "./assignment.ts";
export {
  ATTRIBUTION_PARTS,
  type Attribution,
  type AttributionPart,
  type AttributionRow,
  attribute,
  totalAttribution,
} from "./attribution.ts";
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
export {
  type AuditedEntry,
  auditBehaviour,
  type BehaviourScore,
  behaviourScore,
  OFFENCES,
  type OffenceName,
} from "./behaviour/audit-behaviour.ts";
export type { OwnTrade } from "./behaviour/own-trades.ts";
export { boxOffer } from "./box-loan.ts";
export type {
  DeliveryEvent,
  DividendEvent,
  Execution,
  FillEvent,
  Known,
  LapseEvent,
  LedgerEvent,
  RejectEvent,
  Rejection,
  SettlementEvent,
  ShareEvent,
} from "./events.ts";
export { quoteVenue } from "./execution.ts";
export { type Falsifiable, type FalsificationPlan, findLeaks, type Leak } from "./falsification.ts";
export {
  type ChargedOrder,
  FEE_ITEMS,
  type FeeItem,
  type FeeItems,
  type OrderFees,
  orderFees,
  type ShareTrade,
  shareFees,
} from "./fees.ts";
export {
  type FrontierArm,
  type FrontierOptions,
  type HedgeFrontier,
  hedgeFrontier,
} from "./frontier/hedge-frontier.ts";
export type { HedgeKind } from "./frontier/hedge-rule.ts";
export type { Band, Jitter } from "./frontier/jitter.ts";
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
export { type Ledger, purposeName, type RoundTrip, replay } from "./ledger.ts";
export type { Lot } from "./lot.ts";
export { payoff, worstPayoff } from "./payoff.ts";
export type { Journal, Market, SharePrices, Venue } from "./ports.ts";
export type { Balances, LedgerAccount } from "./postings.ts";
export type { Protection } from "./protection.ts";
export { type RangeCoverage, rangeCoverage } from "./range-coverage.ts";
export type { ReferenceLeg, ReferenceName, ReferenceRoll } from "./reference/reference-rule.ts";
export { REFERENCE_NAMES, type ReferenceRun, referenceRuns } from "./reference/reference-run.ts";
export type { SettlementValue } from "./settlement-value.ts";
export { type SkippedCondors, skippedCondors } from "./skipped.ts";
export { openSleeve } from "./sleeve.ts";
export type { RungStatistics, SleeveResult } from "./sleeve-result.ts";
export {
  summarizeThreatened,
  type ThreatenedSummary,
  type ThreatenedTrade,
  threatenedTrades,
} from "./threatened.ts";
export { runVariant, type VariantOptions, type VariantResult } from "./variant.ts";
