export { ACCURACY } from "./accuracy.ts";
export {
  type BeyondSample,
  type LevelSource,
  type SessionLabels,
  type SessionState,
  type VolatilityHistory,
  type VolatilityState,
  volatilityHistory,
} from "./history.ts";
export type { MarketInputs, SuppliedEvents, SuppliedFutures, SuppliedSeries } from "./inputs.ts";
export { type MarketOptions, marketOf } from "./market.ts";
export {
  closingQuotes,
  type QuotedExpiration,
  type QuotedSide,
  type SuppliedQuotes,
} from "./option-quotes.ts";
export {
  type IndexSeries,
  indexSeries,
  isVixSettlement,
  isVolatility,
  knownSeries,
  type Located,
  openingQuotations,
  settlementSeries,
  volatilitySeries,
} from "./series-of-facts.ts";
