export { optimalBlockLength } from "./block-length.ts";
export {
  type BootstrapOptions,
  bootstrapMean,
  bootstrapPair,
  bootstrapPaths,
  bootstrapStatistic,
  bootstrapTogether,
  type PairedEstimates,
  type PathEstimates,
} from "./bootstrap.ts";
export { CONVENTION, type Convention, SESSIONS_A_YEAR } from "./convention.ts";
export { type CommonTail, commonTail, correlation } from "./correlation.ts";
export {
  type BestTrial,
  bestTrial,
  deflatedSharpe,
  expectedMaximumSharpe,
  type Trials,
} from "./deflated-sharpe.ts";
export { downsideDeviation, omega, sortino } from "./downside.ts";
export {
  averageDrawdown,
  conditionalDrawdown,
  type Drawdown,
  deepestDrawdown,
  drawdowns,
  ulcerIndex,
  underwater,
} from "./drawdown.ts";
export { type Estimate, normalEstimate, wilson } from "./interval.ts";
export { mean, quantile, shape, standardDeviation } from "./moments.ts";
export { backtestOverfitting, type Line, type Overfitting, type SplitOptions } from "./overfitting.ts";
export { annualGrowth, deepestDrawdownOf, growthOf, returnsOf, wealthOf } from "./path.ts";
export { type Performance, performance } from "./performance.ts";
export { minimumTrackRecord, probabilisticSharpe } from "./probabilistic-sharpe.ts";
export { type Random, randomIndex, seededRandom } from "./random.ts";
export { sharpe, type TrackRecord, trackRecord } from "./sharpe.ts";
export { expectedShortfall, tailRatio, valueAtRisk } from "./tail.ts";
export { type TradeStatistics, tradeStatistics } from "./trades.ts";
