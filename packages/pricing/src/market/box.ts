import { PricingError } from "../pricing-error.ts";
import { strictLog } from "../strict-math.ts";
import { canBuy } from "./conversion.ts";
import { isTwoSided, type PairedQuote, requirePositive } from "./paired-quote.ts";

/** A box spread of two strikes: it pays the width at expiration, so that its price is a loan and its rate an interest rate. */
export interface BoxQuote {
  /** Distance of the strikes, in points, as are ask and bid. */
  readonly width: number;
  /** What buying costs: the sum lent. Undefined where one of the four sides to trade is missing. */
  readonly ask: number | undefined;
  /** What selling fetches: the sum borrowed. */
  readonly bid: number | undefined;
  /** Continuously compounded; earned by whoever buys at the ask. Undefined also where the ask is not positive. */
  readonly lendRate: number | undefined;
  /** Paid by whoever sells at the bid; never under the lend rate while no quote is crossed. */
  readonly borrowRate: number | undefined;
  /** Rate of the mid price, where both sides stand. */
  readonly midRate: number | undefined;
}

/**
 * The box of two strikes of one expiration: long the lower call and the higher put, short the lower put and the higher
 * call. Rates are -ln(price / width) / years (Ronn and Ronn 1989, "The box spread arbitrage conditions"). Exact for
 * European options; American ones can lose a leg to exercise. Throws PricingError unless the strikes ascend and the years
 * are positive.
 */
export function boxQuote(lower: PairedQuote, higher: PairedQuote, years: number): BoxQuote {
  requirePositive("strike", lower.strike);
  requirePositive("strike", higher.strike);
  requirePositive("years", years);
  const width = higher.strike - lower.strike;
  if (!(width > 0)) {
    const message = `expected strikes in ascending order, found ${lower.strike} and ${higher.strike}`;
    throw new PricingError("pricing.out-of-range", "strike", message);
  }

  const ask = canBuyBox(lower, higher)
    ? lower.callAsk - lower.putBid + higher.putAsk - higher.callBid
    : undefined;
  const bid = canSellBox(lower, higher)
    ? lower.callBid - lower.putAsk + higher.putBid - higher.callAsk
    : undefined;
  const mid = ask === undefined || bid === undefined ? undefined : 0.5 * (ask + bid);
  const rate = (price: number | undefined): number | undefined =>
    price !== undefined && price > 0 ? -strictLog(price / width) / years : undefined;
  return { width, ask, bid, lendRate: rate(ask), borrowRate: rate(bid), midRate: rate(mid) };
}

function canBuyBox(lower: PairedQuote, higher: PairedQuote): boolean {
  return (
    canBuy(lower.callBid, lower.callAsk) &&
    canBuy(higher.putBid, higher.putAsk) &&
    isTwoSided(lower.putBid, lower.putAsk) &&
    isTwoSided(higher.callBid, higher.callAsk)
  );
}

function canSellBox(lower: PairedQuote, higher: PairedQuote): boolean {
  return (
    isTwoSided(lower.callBid, lower.callAsk) &&
    isTwoSided(higher.putBid, higher.putAsk) &&
    canBuy(lower.putBid, lower.putAsk) &&
    canBuy(higher.callBid, higher.callAsk)
  );
}
