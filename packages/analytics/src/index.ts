export {
  type BootstrapOptions,
  bootstrapMean,
  bootstrapPair,
  bootstrapPaths,
  type PairedEstimates,
  type PathEstimates,
} from "./bootstrap.ts";
export { type Drawdown, deepestDrawdown, drawdowns, underwater } from "./drawdown.ts";
export { type Estimate, normalEstimate, wilson } from "./interval.ts";
export { mean, quantile, shape, standardDeviation } from "./moments.ts";
export { annualGrowth, deepestDrawdownOf, growthOf, returnsOf } from "./path.ts";
export { type Random, randomIndex, seededRandom } from "./random.ts";
export { probabilisticSharpe, SESSIONS_A_YEAR, sharpe } from "./sharpe.ts";
export { expectedShortfall } from "./tail.ts";
export { type TradeStatistics, tradeStatistics } from "./trades.ts";
