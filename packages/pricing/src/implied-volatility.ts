import { type Discounted, discounted } from "./discounted.ts";
import { requireBlack76Terms, requireEuropeanTerms, requireFinite, requireInRange } from "./domain.ts";
import type { Black76Option, EuropeanOption, Right } from "./option.ts";
import { ROUNDING, totalVolatilityOf } from "./total-volatility.ts";

/** What a price says about volatility. Every kind but `found` is an answer too: no volatility gives that price. */
export type ImpliedVolatility =
  | { readonly kind: "found"; readonly volatility: number }
  /** Under discounted intrinsic value, the price at zero volatility. */
  | { readonly kind: "below-intrinsic"; readonly intrinsic: number }
  /** At or over the price at infinite volatility (with no time left: over intrinsic value). */
  | { readonly kind: "above-bound"; readonly bound: number }
  /** At intrinsic value to within rounding: a whole range of volatilities, from 0 up, gives this price. */
  | { readonly kind: "no-vega"; readonly intrinsic: number };

/**
 * The volatility at which `europeanPrice` gives `price`, to 1e-11 relative or as far as the digits of the price reach.
 * In the money only the price's excess over intrinsic value carries information. Throws PricingError for terms outside the
 * domain and a price that is not finite.
 */
export function europeanImpliedVolatility(
  option: Omit<EuropeanOption, "volatility">,
  price: number,
): ImpliedVolatility {
  requireEuropeanTerms(option);
  requireFinite("price", price);
  const outcome = uncheckedEuropeanImpliedVolatility(option, price);
  requireInRange(numberOf(outcome));
  return outcome;
}

/** The number that an outcome tells. */
export function numberOf(outcome: ImpliedVolatility): number {
  switch (outcome.kind) {
    case "found":
      return outcome.volatility;
    case "above-bound":
      return outcome.bound;
    default:
      return outcome.intrinsic;
  }
}

/** europeanImpliedVolatility of terms that are known to be in the domain; not finite where it leaves the doubles. */
export function uncheckedEuropeanImpliedVolatility(
  option: Omit<EuropeanOption, "volatility">,
  price: number,
): ImpliedVolatility {
  const { right, years } = option;
  return invert({ right, ...discounted(option), years, price });
}

/** The volatility at which `black76Price` gives `price`; accuracy and errors as in `europeanImpliedVolatility`. */
export function black76ImpliedVolatility(
  option: Omit<Black76Option, "volatility">,
  price: number,
): ImpliedVolatility {
  requireBlack76Terms(option);
  const { right, forward, strike, years, rate } = option;
  return europeanImpliedVolatility({ right, spot: forward, strike, years, rate, dividendYield: rate }, price);
}

interface Question extends Discounted {
  readonly right: Right;
  readonly years: number;
  readonly price: number;
}

function invert({ right, asset, cash, parity, x, years, price }: Question): ImpliedVolatility {
  const isCall = right === "call";
  const intrinsic = Math.max(isCall ? parity : -parity, 0);
  const limit = isCall ? asset : cash;
  const bound = years === 0 ? intrinsic : limit;
  const timeValue = price - intrinsic;
  // Intrinsic value may have come from asset - cash, to the rounding of those; the price is known to its own rounding.
  if (timeValue < (intrinsic > 0 ? -ROUNDING * limit : 0)) return { kind: "below-intrinsic", intrinsic };
  const hasNoDigits = timeValue <= (intrinsic > 0 ? ROUNDING * price : 0);
  if (hasNoDigits && (x !== 0 || years === 0)) return { kind: "no-vega", intrinsic };
  if (price >= bound) return { kind: "above-bound", bound };
  const smaller = Math.min(asset, cash);
  const total = totalVolatilityOf(Math.abs(x), timeValue / smaller, Math.abs(parity) / smaller);
  if (total === undefined) {
    return timeValue < 0.5 * smaller ? { kind: "no-vega", intrinsic } : { kind: "above-bound", bound };
  }
  return { kind: "found", volatility: total / Math.sqrt(years) };
}
