import {
  type CalendarDate,
  halfSpread,
  type Leg,
  mid,
  type OptionContract,
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

/** Why no order meets a quote: sides that cross or touch are faults or moments, and what nobody bids for cannot be sold. */
export interface QuoteFault {
  readonly kind: "crossed" | "locked" | "zero-bid";
  readonly contract: OptionContract;
}

/** The first leg whose quote cannot be traded at, or undefined where all can. */
export function quoteFault(legs: readonly QuotedLeg[]): QuoteFault | undefined {
  for (const { leg, quote } of legs) {
    const { contract } = leg;
    if (quote.bid > quote.ask) return { kind: "crossed", contract };
    if (quote.bid === quote.ask) return { kind: "locked", contract };
    if (leg.ratio < 0 && quote.bid <= 0) return { kind: "zero-bid", contract };
  }
  return undefined;
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

/** Prices this near to each other are one: sums of doubles are not exact. */
const ROUNDING = 1e-9;

/**
 * What an order of these legs is expected to fill at, never better than the middle: the configured share of every half-spread,
 * rounded against us to the tick at which the package trades, but no further than crossing every leg. Undefined where a quote has
 * a fault.
 */
export function netPrice(
  legs: readonly QuotedLeg[],
  fills: FillConfig,
  on: CalendarDate,
): NetPrice | undefined {
  const [first] = legs;
  if (first === undefined || quoteFault(legs) !== undefined) return undefined;

  const share = halfSpreadShare(fills, legs.length);
  let middle = 0;
  let given = 0;
  let whole = 0;
  for (const { leg, quote } of legs) {
    const crossing = Math.abs(leg.ratio) * halfSpread(quote);
    middle -= leg.ratio * mid(quote);
    given += crossing * (quote.bid > 0 ? share : Math.max(share, fills.unbidShare));
    whole += crossing;
  }

  const wanted = middle - given;
  const crossed = middle - whole;
  const tick = tickSize(first.leg.contract.root, Math.abs(wanted), { on, complex: legs.length > 1 });
  const onTick = roundToTick(wanted, tick, "down");
  // Quotes between the ticks of the order can be hit where they stand.
  const price = wanted >= crossed - ROUNDING && onTick < crossed - ROUNDING ? crossed : onTick;
  return { mid: middle, cost: middle - price, price };
}

/** The share of the half-spread that an order of this many legs pays. More than four legs pay what four pay. */
function halfSpreadShare({ halfSpreadShare: share }: FillConfig, legs: number): number {
  if (legs <= 1) return share[1];
  if (legs === 2) return share[2];
  return legs === 3 ? share[3] : share[4];
}
