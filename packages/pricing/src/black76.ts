import { requireBlack76, requireInRange } from "./domain.ts";
import { europeanGreeks, europeanPrice } from "./european.ts";
import type { Black76Option, EuropeanOption, PriceAndGreeks } from "./option.ts";

/**
 * Price of a European option on a forward or future by Black (1976). Zero years or zero volatility give discounted
 * intrinsic value. Throws PricingError outside the domain.
 */
export function black76Price(option: Black76Option): number {
  requireBlack76(option);
  return europeanPrice(onSpot(option));
}

/**
 * Price and Greeks of an option on a forward; delta and gamma are to the forward, and rho holds it. At the kink without
 * volatility the conventions of `europeanGreeks` hold. Throws PricingError outside the domain.
 */
export function black76Greeks(option: Black76Option): PriceAndGreeks {
  requireBlack76(option);
  const { price, delta, gamma, vega, theta } = europeanGreeks(onSpot(option));
  const rho = -option.years * price;
  requireInRange(rho);
  return { price, delta, gamma, vega, theta, rho };
}

/** A forward is a spot whose yield is the interest rate (Black 1976). */
function onSpot({ right, forward, strike, years, volatility, rate }: Black76Option): EuropeanOption {
  return { right, spot: forward, strike, years, volatility, rate, dividendYield: rate };
}
