import {
  type CalendarDate,
  daysBetween,
  nextVixExpirations,
  type Slice,
  type Strike,
  strikePoints,
} from "@steward/model";
import { blackPrice } from "@steward/pricing";
import type { HedgeLayerConfig } from "./config.ts";
import { strikeNearestDelta } from "./nearest-delta.ts";
import { OPTION_MULTIPLIER } from "./size.ts";
import type { MarketView } from "./view.ts";

/** As far as VIX options are listed: the longest layer looks about seven months ahead. */
const MONTHS_AHEAD = 12;

/** The call that a layer would buy today. */
export interface LayerCall {
  readonly layer: HedgeLayerConfig;
  readonly slice: Slice;
  readonly strike: Strike;
  readonly days: number;
  readonly price: number;
  readonly delta: number;
  /**
   * Points that one call loses from today to its roll in a year in which nothing happens. The later price is taken twice: on
   * today's curve (the future rolls down to where a nearer one stands today) and with the future unchanged (time alone). The lower
   * counts: an inverted curve must not make the hedge look free. Undefined where the later price is not known.
   */
  readonly lossToRoll: number | undefined;
}

/** The monthly VIX expiration nearest to the layer's days among those that need no roll at once; the nearer of two equals. */
export function layerExpiration(
  session: CalendarDate,
  { days, rollDays }: Pick<HedgeLayerConfig, "days" | "rollDays">,
): CalendarDate | undefined {
  let best: CalendarDate | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const expiration of nextVixExpirations(session, MONTHS_AHEAD)) {
    const ahead = daysBetween(session, expiration);
    if (ahead <= rollDays) continue;
    const distance = Math.abs(ahead - days);
    // They ascend: once they move away they come no nearer.
    if (distance >= bestDistance) break;
    best = expiration;
    bestDistance = distance;
  }
  return best;
}

/** The call of the layer's expiration whose forward delta is nearest to the one sought. */
export function layerCall(view: MarketView, layer: HedgeLayerConfig, delta: number): LayerCall | undefined {
  const expiration = layerExpiration(view.session.date, layer);
  const slice = expiration === undefined ? undefined : view.slice("VIX", expiration);
  if (expiration === undefined || slice === undefined) return undefined;

  const nearest = strikeNearestDelta(slice, "call", delta);
  const mark = nearest === undefined ? undefined : slice.mark("call", nearest);
  if (nearest === undefined || mark === undefined) return undefined;

  const days = daysBetween(view.session.date, expiration);
  const later = priceAtRoll(view, { layer, slice, strike: nearest });
  const lossToRoll = later === undefined ? undefined : mark.price - later;
  return { layer, slice, strike: nearest, days, price: mark.price, delta: mark.delta, lossToRoll };
}

/**
 * What one hedge unit is expected to cost in a year in which nothing happens, in dollars: each layer is bought at its days, sold at
 * its roll days and bought again. Undefined where a layer has no price, or where volatility falls so steeply with time that
 * nothing would be lost: no budget divides by that.
 */
export function yearlyUnitCost(calls: readonly (LayerCall | undefined)[]): number | undefined {
  let total = 0;
  for (const call of calls) {
    if (call?.lossToRoll === undefined) return undefined;

    const held = call.days - call.layer.rollDays;
    total += (call.lossToRoll * call.layer.contracts * OPTION_MULTIPLIER * 365) / held;
  }
  return total > 0 ? total : undefined;
}

/** The lower of the two prices described at `lossToRoll`: Black (1976) on the curve and the volatilities of today. */
function priceAtRoll(
  view: MarketView,
  { layer, strike: held, slice }: Pick<LayerCall, "layer" | "strike" | "slice">,
): number | undefined {
  const point = curvePoint(view, held, layer.rollDays);
  if (point === undefined) return undefined;

  const years = layer.rollDays / 365;
  const price = (forward: number): number =>
    blackPrice(
      "call",
      forward,
      strikePoints(held),
      point.volatility * Math.sqrt(years),
      slice.discountFactor,
    );
  return Math.min(price(point.forward), price(slice.forward));
}

/** Future and volatility at this strike for `days` ahead, linear between expirations; the curve starts at spot VIX. */
function curvePoint(view: MarketView, held: Strike, days: number): Omit<CurvePoint, "days"> | undefined {
  const spot = view.volatility?.vix.value;
  if (spot === undefined) return undefined;

  const expirations = nextVixExpirations(view.session.date, MONTHS_AHEAD);
  const index = expirations.findIndex((expiration) => daysBetween(view.session.date, expiration) >= days);
  const far = pointAt(view, expirations[index], held);
  if (far === undefined) return undefined;

  const near = pointAt(view, expirations[index - 1], held) ?? {
    days: 0,
    forward: spot,
    volatility: far.volatility,
  };
  const share = (days - near.days) / (far.days - near.days);
  return {
    forward: near.forward + share * (far.forward - near.forward),
    volatility: near.volatility + share * (far.volatility - near.volatility),
  };
}

interface CurvePoint {
  readonly days: number;
  readonly forward: number;
  readonly volatility: number;
}

function pointAt(
  view: MarketView,
  expiration: CalendarDate | undefined,
  held: Strike,
): CurvePoint | undefined {
  const slice = expiration === undefined ? undefined : view.slice("VIX", expiration);
  const volatility = slice?.mark("call", held)?.volatility;
  if (expiration === undefined || slice === undefined || volatility === undefined) return undefined;
  return { days: daysBetween(view.session.date, expiration), forward: slice.forward, volatility };
}
