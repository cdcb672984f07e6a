export { blackPrice } from "./black.ts";
export { black76Greeks, black76Price } from "./black76.ts";
export { europeanGreeks, europeanPrice } from "./european.ts";
export {
  black76ImpliedVolatility,
  europeanImpliedVolatility,
  type ImpliedVolatility,
} from "./implied-volatility.ts";
export { normalCdf, normalPdf, normalQuantile, scaledTail } from "./normal.ts";
export type { Black76Option, EuropeanOption, PriceAndGreeks, Right } from "./option.ts";
export { PricingError, type PricingErrorCode } from "./pricing-error.ts";
export { logRatio, strictExp, strictExpm1, strictLog } from "./strict-math.ts";
export { impliedTotalVolatility } from "./total-volatility.ts";
