import { PricingError } from "../pricing-error.ts";

/** The call and the put of one strike of one expiration as they are quoted, in index points; a bid of 0 is no bid. */
export interface PairedQuote {
  readonly strike: number;
  readonly callBid: number;
  readonly callAsk: number;
  readonly putBid: number;
  readonly putAsk: number;
}

/** Whether a side can be sold and bought: a bid above 0, an ask not below it, and a mid that fits a double. */
export function isTwoSided(bid: number, ask: number): boolean {
  return bid > 0 && ask >= bid && bid + ask < Number.POSITIVE_INFINITY;
}

/** Whether call and put both have two sides. */
export function isPair(quote: PairedQuote): boolean {
  return isTwoSided(quote.callBid, quote.callAsk) && isTwoSided(quote.putBid, quote.putAsk);
}

/**
 * How far off any quote may be, in points: half a cent at a strike of 5,000. Where bid and ask are one, the price still
 * stands on a grid; a share of the strike keeps an answer the same in any currency.
 */
export function leastHalfWidth(strike: number): number {
  return 1e-6 * strike;
}

/** The strikes in ascending order. Throws PricingError for a strike that is not positive or stands twice. */
export function byStrike<Quote extends { readonly strike: number }>(
  quotes: readonly Quote[],
): readonly Quote[] {
  const sorted = quotes.toSorted((left, right) => left.strike - right.strike);
  sorted.forEach(({ strike }, index) => {
    requirePositive("strike", strike);
    if (sorted[index + 1]?.strike === strike) {
      const message = `expected each strike once, found ${strike} again`;
      throw new PricingError("pricing.out-of-range", "strike", message);
    }
  });
  return sorted;
}

/** The result of finite inputs. Throws PricingError, naming the input to blame, where it is not finite itself. */
export function requireFits(key: string, value: number, result: number): number {
  if (Number.isFinite(result)) return result;
  const message = `expected ${key} whose result fits a double, found ${value}`;
  throw new PricingError("pricing.out-of-range", key, message);
}

/** Throws PricingError unless the value is positive and finite. */
export function requirePositive(key: string, value: number): void {
  if (value > 0 && value < Number.POSITIVE_INFINITY) return;
  const code = Number.isFinite(value) ? "pricing.not-positive" : "pricing.not-finite";
  throw new PricingError(code, key, `expected ${key} above 0, found ${value}`);
}
