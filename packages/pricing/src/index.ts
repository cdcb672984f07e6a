export { americanPrice, earlyExercisePremium } from "./american/american.ts";
export { americanGreeks } from "./american/american-greeks.ts";
export { americanImpliedVolatility } from "./american/american-implied-volatility.ts";
export {
  americanGreeksWithDividends,
  americanPriceWithDividends,
  type DividendSettings,
  type ExerciseSchedule,
  exerciseSchedule,
} from "./american/dividends.ts";
export { type ExerciseBoundary, exerciseBoundary } from "./american/exercise-boundary.ts";
export type { ExerciseRegion } from "./american/exercise-region.ts";
export type { AmericanOption, AmericanScheme } from "./american/option.ts";
export { gaussLegendre, type QuadratureRule } from "./american/quadrature.ts";
export {
  type ChainColumns,
  type ChainGreeksColumns,
  type ChainTerms,
  chainGreeksBatch,
  chainGreeksColumns,
} from "./batch/chain-batch.ts";
export {
  type Black76Columns,
  type Black76TermColumns,
  CALL,
  type EuropeanColumns,
  type EuropeanTermColumns,
  type GreeksColumns,
  greeksColumns,
  type PriceColumns,
  PUT,
  priceColumns,
  type VolatilityColumns,
  volatilityColumns,
} from "./batch/columns.ts";
export { black76GreeksBatch, europeanGreeksBatch } from "./batch/european-greeks-batch.ts";
export { black76PriceBatch, europeanPriceBatch } from "./batch/european-price-batch.ts";
export {
  black76ImpliedVolatilityBatch,
  europeanImpliedVolatilityBatch,
} from "./batch/implied-volatility-batch.ts";
export { ROW_STATUSES, type RowStatus } from "./batch/row-status.ts";
export { blackPrice } from "./black.ts";
export { black76Greeks, black76Price } from "./black76.ts";
export { europeanGreeksWithDividends, europeanPriceWithDividends, withoutEscrow } from "./cash-dividends.ts";
export { europeanGreeks, europeanPrice } from "./european.ts";
export {
  black76ImpliedVolatility,
  europeanImpliedVolatility,
  type ImpliedVolatility,
} from "./implied-volatility.ts";
export { type BoxQuote, boxQuote } from "./market/box.ts";
export {
  type ButterflyCheck,
  butterflyCheck,
  durrlemanG,
  type MoneynessRange,
  sviButterflyCheck,
} from "./market/butterfly.ts";
export {
  type CalendarViolation,
  calendarCheck,
  type DatedCurve,
  sviCalendarCheck,
} from "./market/calendar.ts";
export { type Carry, type ParityEdge, parityEdges } from "./market/conversion.ts";
export type { PairedQuote } from "./market/paired-quote.ts";
export {
  discountFactorOf,
  type ImpliedForward,
  impliedDividendYield,
  impliedForward,
  type ParityFit,
  rateOf,
} from "./market/parity.ts";
export {
  probabilityBetween,
  probabilityUnder,
  type Smile,
  type SmilePlace,
  smileDensity,
  smileVolatility,
} from "./market/smile.ts";
export {
  type SmilePoint,
  type SmilePoints,
  smilePoints,
  smilePointsOfVolatilities,
} from "./market/smile-points.ts";
export type { FitQuality, WorstStrike } from "./market/smile-quality.ts";
export type {
  ReplicationTerm,
  StrikeContribution,
  TermRefusal,
  TermVariance,
} from "./market/strike-strip.ts";
export {
  isSsviButterflyFree,
  rawFromSsvi,
  type SmileCurve,
  type SsviSlice,
  type SviSlice,
  sviCurve,
  sviJet,
  sviVariance,
  type VarianceJet,
  wingSlopes,
} from "./market/svi.ts";
export {
  fitSmile,
  fitSurface,
  type SmileFit,
  type SmileTarget,
  type SurfaceFit,
  type TooFewPoints,
} from "./market/svi-fit.ts";
export { type VixReplication, vixReplication } from "./market/vix-replication.ts";
export { normalCdf, normalPdf, normalQuantile, scaledTail } from "./normal.ts";
export type { Black76Option, CashDividend, EuropeanOption, PriceAndGreeks, Right } from "./option.ts";
export { PricingError, type PricingErrorCode } from "./pricing-error.ts";
export {
  inTheMoneyProbability,
  type LognormalPrice,
  type ProfitLeg,
  profitProbability,
  type TouchTerms,
  touchProbability,
} from "./probability.ts";
export {
  black76SecondOrderGreeks,
  europeanSecondOrderGreeks,
  type SecondOrderGreeks,
} from "./second-order-greeks.ts";
export { logRatio, strictExp, strictExpm1, strictLog } from "./strict-math.ts";
export { impliedTotalVolatility } from "./total-volatility.ts";
