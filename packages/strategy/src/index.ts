export {
  type Assessment,
  assess,
  initialStrategyState,
  type NoCondor,
  type NoCondorReason,
  remember,
  type StrategyState,
  type TierAssessment,
} from "./assess.ts";
export { type CondorProposal, type CondorRefusal, condorWidth, selectCondor } from "./condor.ts";
export type {
  BrokerName,
  CondorConfig,
  CreditUnit,
  DrawdownBrakeConfig,
  EventKind,
  EventPolicies,
  EventPolicy,
  ExpectedRangeFormula,
  FairValueConfig,
  FeeConfig,
  FillConfig,
  HedgeConfig,
  HedgeLayerConfig,
  ManagementConfig,
  MonetiseConfig,
  PremiumGaugeConfig,
  SecondEngineConfig,
  SizeConfig,
  StrategyConfig,
  TierConfig,
  VixGateConfig,
} from "./config.ts";
export { type AccountView, type Decision, decide, type NoTradeReason, type TierDecision } from "./decide.ts";
export { assessEvents, EVENT_KINDS, type EventAssessment } from "./event-policy.ts";
export { expectedRange } from "./expected-range.ts";
export { type FairValue, fairValue } from "./fair-value.ts";
export { type NetPrice, netPrice, type QuotedLeg, type QuoteFault, quoteFault } from "./fill-cost.ts";
export {
  decideHedge,
  type HedgeDecision,
  type HeldStatus,
  type LayerDecision,
} from "./hedge.ts";
export { assessHedge, type HedgeAssessment } from "./hedge-assessment.ts";
export { type LayerCall, layerCall, layerExpiration, yearlyUnitCost } from "./hedge-cost.ts";
export { type HeldLayer, type HeldPosition, heldLayers } from "./held.ts";
export type { Intent, Purpose } from "./intent.ts";
export {
  type ManagedPosition,
  type ManagementAction,
  manageCondors,
  type ThreatenedSide,
} from "./manage.ts";
export { strikeNearestDelta } from "./nearest-delta.ts";
export {
  adverseFills,
  defaultFees,
  defaultFills,
  midFills,
  presets,
  usualSecondEngine,
} from "./presets.ts";
export { BIG_TOP_CONDITIONS } from "./readings/big-top.ts";
export { beyondRiskProfile, withRiskProfile } from "./risk-profile.ts";
export { type BoxTerms, boxTerms } from "./second-engine/box-terms.ts";
export { decideSecondEngine, type SleeveAccount } from "./second-engine/decide-second-engine.ts";
export type { SecondEngineDecision, SleeveOrder } from "./second-engine/second-engine-decision.ts";
export { OPTION_MULTIPLIER, tierSize } from "./size.ts";
export type { SizeFactor } from "./size-factor.ts";
export { closingOrder, type PricedOrder } from "./spread-order.ts";
export { ungatedCondor } from "./ungated-condor.ts";
export type { Gate } from "./verdict.ts";
export type { CarryReadings, MarketView, Reading, UpcomingEvent, VolatilityReadings } from "./view.ts";
export { initialVixGate, type VixGateState, vixGate } from "./vix-gate.ts";
