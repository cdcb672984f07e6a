export {
  type BootstrapOptions,
  bootstrapMean,
  bootstrapPair,
  bootstrapPaths,
  type PairedEstimates,
  type PathEstimates,
} from "./bootstrap.ts";
export { SESSIONS_A_YEAR } from "./convention.ts";
export {
  type BestTrial,
  bestTrial,
  deflatedSharpe,
  expectedMaximumSharpe,
  type Trials,
} from "./deflated-sharpe.ts";
export {
  type Drawdown,
  deepestDrawdown,
  drawdowns,
  underwater,
} from "./drawdown.ts";
export { type Estimate, normalEstimate, wilson } from "./interval.ts";
export { mean, quantile, shape, standardDeviation } from "./moments.ts";
export { annualGrowth, deepestDrawdownOf, growthOf, returnsOf } from "./path.ts";
export { minimumTrackRecord, probabilisticSharpe } from "./probabilistic-sharpe.ts";
export { type Random, randomIndex, seededRandom } from "./random.ts";
export { sharpe, type TrackRecord, trackRecord } from "./sharpe.ts";
export { expectedShortfall } from "./tail.ts";
export { type TradeStatistics, tradeStatistics } from "./trades.ts";
