export type { QuoteChain, QuoteSlice, SlicePair } from "./chain.ts";
export {
  type LevelAt,
  type QualityContext,
  type RowContext,
  rowContext,
  type TradingHours,
} from "./context.ts";
export {
  type Abstention,
  checkRow,
  type Finding,
  type QualityReport,
  type QuotedContract,
  type RejectedRow,
  type SliceForward,
  validateChain,
} from "./report.ts";
export type {
  Abstains,
  ChainRule,
  Fault,
  Outcome,
  PlacedFault,
  QualityRule,
  RowOutcome,
  RowRule,
  RuleId,
  Severity,
  SliceRule,
} from "./rule.ts";
export { QUALITY_RULES } from "./rules.ts";
export type { SideQuotes } from "./side-quotes.ts";
export type { SmileStrike } from "./smile-strikes.ts";
