import { type Leg, type Right, type Slice, type Structure, strike, strikePoints } from "@steward/model";
import type { FillConfig } from "./config.ts";
import { type NetPrice, netPrice, type QuotedLeg } from "./fill-cost.ts";
import type { MarketView } from "./view.ts";

/** An order that the rules could give now, and what it is expected to bring: points per unit, negative where it costs. */
export interface PricedOrder {
  readonly structure: Structure;
  readonly net: NetPrice;
}

/**
 * The order that ends these legs: what was sold is bought back, what was bought is sold where somebody bids and else left to
 * expire. Undefined where a leg is not quoted.
 */
export function closingOrder(
  view: MarketView,
  legs: readonly Leg[],
  fills: FillConfig,
): PricedOrder | undefined {
  const quoted: QuotedLeg[] = [];
  for (const { contract, ratio } of legs) {
    const quote = view.slice(contract.root, contract.expiration)?.quote(contract.right, contract.strike);
    if (quote === undefined) return undefined;
    if (ratio < 0 || quote.bid > 0) quoted.push({ leg: { contract, ratio: -ratio }, quote });
  }
  return priced(quoted, fills, view);
}

/** The order that sells one spread: the strike nearer to the forward short, the other `width` points beyond. */
export function spreadOrder(
  view: MarketView,
  slice: Slice,
  { right, short, width }: { readonly right: Right; readonly short: number; readonly width: number },
  fills: FillConfig,
): PricedOrder | undefined {
  const long = right === "put" ? short - width : short + width;
  if (long <= 0 || short <= 0) return undefined;
  const { root, expiration } = slice;
  const quoted: QuotedLeg[] = [];
  for (const [at, ratio] of [
    [short, -1],
    [long, 1],
  ] as const) {
    const contract = { root, expiration, right, strike: strike(at) };
    const quote = slice.quote(right, contract.strike);
    if (quote === undefined) return undefined;
    quoted.push({ leg: { contract, ratio }, quote });
  }
  return priced(quoted, fills, view);
}

function priced(
  quoted: readonly QuotedLeg[],
  fills: FillConfig,
  { session }: MarketView,
): PricedOrder | undefined {
  const net = netPrice(quoted, fills, session.date);
  return net && { structure: { kind: "vertical", legs: quoted.map(({ leg }) => leg) }, net };
}

/** One side of a condor: its short strike and the width of its wing, undefined where the short is gone. */
export function sideOf(
  { legs }: Structure,
  right: Right,
): { readonly legs: readonly Leg[]; readonly short: number; readonly width: number } | undefined {
  const own = legs.filter(({ contract }) => contract.right === right);
  const short = own.find(({ ratio }) => ratio < 0);
  const long = own.find(({ ratio }) => ratio > 0);
  if (short === undefined || long === undefined) return undefined;
  const [at, beyond] = [strikePoints(short.contract.strike), strikePoints(long.contract.strike)];
  return { legs: own, short: at, width: Math.abs(at - beyond) };
}
