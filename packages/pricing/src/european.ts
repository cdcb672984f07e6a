import { differenceOfTails, LAST_TAIL, relativeTimeValue } from "./black.ts";
import { discounted } from "./discounted.ts";
import { requireEuropean, requireInRange } from "./domain.ts";
import type { EuropeanOption, PriceAndGreeks } from "./option.ts";
import { INVERSE_SQRT_2PI, scaledTailAbove } from "./scaled-tail.ts";
import { strictExp } from "./strict-math.ts";

/**
 * Price of a European option by Black, Scholes and Merton (1973). Zero years or zero volatility give discounted
 * intrinsic value. Throws PricingError outside the domain.
 */
export function europeanPrice(option: EuropeanOption): number {
  requireEuropean(option);
  const price = uncheckedEuropeanPrice(option);
  requireInRange(price);
  return price;
}

/** europeanPrice of terms that are known to be in the domain; not finite where the price leaves the doubles. */
export function uncheckedEuropeanPrice(option: EuropeanOption): number {
  const { asset, cash, parity, x } = discounted(option);
  const total = option.volatility * Math.sqrt(option.years);
  const timeValue = (x > 0 ? cash : asset) * relativeTimeValue(Math.abs(x), total);
  const intrinsic = option.right === "call" ? parity : -parity;
  // What is no number stays none.
  return intrinsic <= 0 ? timeValue : intrinsic + timeValue;
}

/**
 * Price and Greeks of a European option. Where the payoff has its kink and no volatility is left, delta is the mean of
 * both sides, and gamma and the decay in theta, which have no finite value there, are 0. Throws PricingError outside the
 * domain.
 */
export function europeanGreeks(option: EuropeanOption): PriceAndGreeks {
  requireEuropean(option);
  const greeks = uncheckedEuropeanGreeks(option);
  requireInRange(sumOf(greeks));
  return greeks;
}

/** Not finite when one of the six is not. */
export function sumOf({ price, delta, gamma, vega, theta, rho }: PriceAndGreeks): number {
  return price + delta + gamma + vega + theta + rho;
}

/** europeanGreeks of terms that are known to be in the domain; not finite where a result leaves the doubles. */
export function uncheckedEuropeanGreeks(option: EuropeanOption): PriceAndGreeks {
  const { right, spot, years, volatility, rate, dividendYield } = option;
  const rootYears = Math.sqrt(years);
  const total = volatility * rootYears;
  const { asset, cash, parity, x } = discounted(option);
  const isAbove = x > 0;
  const t = 0.5 * total;
  const h = x === 0 ? 0 : Math.abs(x) / total;
  const u = h - t;
  const bell = u > LAST_TAIL ? 0 : strictExp(-0.5 * u * u);
  const smaller = isAbove ? cash : asset;
  // Of the out-of-the-money option: its value, and the smaller and the larger of the formula's two terms.
  const timeValue = u > LAST_TAIL ? 0 : smaller * differenceOfTails(h, t, bell);
  const far = u > LAST_TAIL ? 0 : smaller * bell * scaledTailAbove(h + t);
  const near = timeValue + far;
  const density = smaller * bell * INVERSE_SQRT_2PI;
  // price = assetTerm - cashTerm; for a call e^(-qT) S Phi(d1) and e^(-rT) K Phi(d2).
  let price = timeValue;
  let assetTerm: number;
  let cashTerm: number;
  if (right === "call") {
    if (!(parity <= 0)) price += parity;
    assetTerm = isAbove ? asset - far : near;
    cashTerm = isAbove ? cash - near : far;
  } else {
    if (!(parity >= 0)) price -= parity;
    assetTerm = isAbove ? -far : near - asset;
    cashTerm = isAbove ? -near : far - cash;
  }
  const delta = assetTerm / spot;
  const gamma = total > 0 && density > 0 ? density / (total * spot * spot) : 0;
  const vega = density * rootYears;
  const decay = years > 0 ? (0.5 * density * volatility) / rootYears : 0;
  const theta = dividendYield * assetTerm - rate * cashTerm - decay;
  const rho = years * cashTerm;
  return { price, delta, gamma, vega, theta, rho };
}
