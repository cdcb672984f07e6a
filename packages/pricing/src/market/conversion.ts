import { isTwoSided, type PairedQuote, requirePositive } from "./paired-quote.ts";

/** What the underlying's forward costs and fetches for the options' expiration, in points, and today's price of a point then. */
export interface Carry {
  readonly forwardBid: number;
  readonly forwardAsk: number;
  readonly discountFactor: number;
}

/** What locking in one strike earns today, in points, after crossing every spread; negative is the normal state, no arbitrage. */
export interface ParityEdge {
  readonly strike: number;
  /** Short call at its bid, long put and forward at their asks; undefined where the call has no bid or the put no ask. */
  readonly conversion: number | undefined;
  /** Long call at its ask, short put and forward at their bids; undefined where the put has no bid or the call no ask. */
  readonly reversal: number | undefined;
}

/**
 * Conversion and reversal at each strike, per unit of underlying (Hull, "Options, Futures, and Other Derivatives", on
 * put-call parity with bid and ask): one locks in K - F at expiration, the other F - K, whatever the index does. They are
 * exact for European options alone. A crossed quote has no edge: it is an error of the feed until shown otherwise. Throws
 * PricingError unless the carry and the strikes are positive.
 */
export function parityEdges(quotes: readonly PairedQuote[], carry: Carry): readonly ParityEdge[] {
  const { forwardBid, forwardAsk, discountFactor } = carry;
  requirePositive("forwardBid", forwardBid);
  requirePositive("forwardAsk", forwardAsk);
  requirePositive("discountFactor", discountFactor);
  return quotes.map(({ strike, callBid, callAsk, putBid, putAsk }) => {
    requirePositive("strike", strike);
    const canConvert = isTwoSided(callBid, callAsk) && canBuy(putBid, putAsk);
    const canReverse = isTwoSided(putBid, putAsk) && canBuy(callBid, callAsk);
    return {
      strike,
      conversion: canConvert ? callBid - putAsk + discountFactor * (strike - forwardAsk) : undefined,
      reversal: canReverse ? putBid - callAsk + discountFactor * (forwardBid - strike) : undefined,
    };
  });
}

/** Whether there is an ask to pay: a missing bid does not matter to a buyer. */
export function canBuy(bid: number, ask: number): boolean {
  return ask > 0 && bid >= 0 && ask >= bid && ask < Number.POSITIVE_INFINITY;
}
