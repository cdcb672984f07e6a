// The volatilities of a slice, strike by strike, from the option that is out of the money there.

import type { Right } from "@steward/model";
import { impliedTotalVolatility, logRatio, type ParityFit } from "@steward/pricing";
import type { SideQuotes } from "./side-quotes.ts";

/** Total volatility (volatility times the square root of the years) of the out-of-the-money option of a strike. */
export interface SmileStrike {
  readonly right: Right;
  readonly strike: number;
  readonly row: number;
  /** ln(strike / forward). */
  readonly x: number;
  readonly bid: number;
  readonly ask: number;
  /** Of the bid; 0 where nobody bids. */
  readonly bidTotal: number;
  /** Of the middle; undefined where no volatility gives it. */
  readonly midTotal: number | undefined;
  /** Of the ask; undefined where no volatility gives it. */
  readonly askTotal: number | undefined;
}

/** Puts under the forward and calls from it on, by strike; quotes that nobody could buy are left out. */
export function smileStrikes(calls: SideQuotes, puts: SideQuotes, fit: ParityFit): readonly SmileStrike[] {
  return [...sideStrikes(puts, fit), ...sideStrikes(calls, fit)];
}

function sideStrikes(side: SideQuotes, { forward, discountFactor }: ParityFit): readonly SmileStrike[] {
  const { right, strikes, bids, asks, rows } = side;
  const found: SmileStrike[] = [];
  for (let i = 0; i < strikes.length; i += 1) {
    const strike = strikes[i] ?? 0;
    const bid = bids[i] ?? 0;
    const ask = asks[i] ?? 0;
    if (strike < forward !== (right === "put") || !(ask > 0) || ask < bid) continue;
    const totalOf = (price: number): number | undefined =>
      impliedTotalVolatility(right, forward, strike, price / discountFactor);
    found.push({
      right,
      strike,
      row: rows[i] ?? 0,
      x: logRatio(strike, forward),
      bid,
      ask,
      bidTotal: bid > 0 ? (totalOf(bid) ?? 0) : 0,
      midTotal: totalOf(0.5 * (bid + ask)),
      askTotal: totalOf(ask),
    });
  }
  return found;
}
