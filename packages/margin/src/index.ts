export {
  type Book,
  legName,
  type MarginMarket,
  type OptionHolding,
  type ShareHolding,
  type Underlying,
  underlyingOf,
} from "./book.ts";
export { type AccountState, type BuyingPower, buyingPower } from "./buying-power.ts";
export type { GroupLeg, MarginGroup, Working } from "./group.ts";
export type { PricePoint } from "./largest-loss.ts";
export {
  equityMoves,
  type MoveRange,
  type PortfolioMargin,
  type PortfolioRules,
  portfolioMargin,
  portfolioRules,
  type StressedClass,
  type StressedLeg,
  type StressPoint,
} from "./portfolio-margin.ts";
export { optionValue, type Place, type PortfolioMarket } from "./revaluation.ts";
export {
  cashAccount,
  exchangeMinimum,
  type MarginRules,
  typicalBroker,
  type UncoveredRate,
} from "./rules.ts";
export { type StrategyMargin, strategyMargin } from "./strategy-margin.ts";
export type { UncoveredTerms } from "./uncovered.ts";
