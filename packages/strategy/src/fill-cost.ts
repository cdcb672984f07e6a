import {
  type CalendarDate,
  halfSpread,
  type Leg,
  mid,
  type Quote,
  roundToTick,
  tickSize,
} from "@steward/model";
import type { FillConfig } from "./config.ts";

/** A leg with the market it would trade in. */
export interface QuotedLeg {
  readonly leg: Leg;
  readonly quote: Quote;
}

/** The net price of one order: points per unit, positive into the account. */
export interface NetPrice {
  /** Sum of the middle prices. */
  readonly mid: number;
  /** What the fill gives up against the middle: the share of the half-spreads, then rounding to the tick against us. */
  readonly cost: number;
  /** `mid` less `cost`: on the tick. */
  readonly price: number;
}

/**
 * What an order of these legs is expected to fill at, never better than the middle: the configured share of every half-spread,
 * rounded against us to the tick at which the package trades. Undefined where a leg to be sold has no bid.
 */
export function netPrice(
  legs: readonly QuotedLeg[],
  fills: FillConfig,
  on: CalendarDate,
): NetPrice | undefined {
  const [first] = legs;
  if (first === undefined) return undefined;

  let middle = 0;
  let halfSpreads = 0;
  for (const { leg, quote } of legs) {
    if (leg.ratio < 0 && quote.bid <= 0) return undefined;
    middle -= leg.ratio * mid(quote);
    halfSpreads += Math.abs(leg.ratio) * halfSpread(quote);
  }

  const wanted = middle - halfSpreads * halfSpreadShare(fills, legs.length);
  const tick = tickSize(first.leg.contract.root, Math.abs(wanted), { on, complex: legs.length > 1 });
  const price = roundToTick(wanted, tick, "down");
  return { mid: middle, cost: middle - price, price };
}

/** The share of the half-spread that an order of this many legs pays. More than four legs pay what four pay. */
export function halfSpreadShare({ halfSpreadShare: share }: FillConfig, legs: number): number {
  if (legs <= 1) return share[1];
  if (legs === 2) return share[2];
  return legs === 3 ? share[3] : share[4];
}
