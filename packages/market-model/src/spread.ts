/** How wide the modelled quotes are. */
import { type CalendarDate, type Quote, tickSize } from "@steward/model";
import { strictExp as exp, strictLog as log } from "@steward/pricing";

/** The day, and the factor of its agitation (1 or more), on which quotes depend beside their price. */
export interface QuotingDay {
  /** The day of the quotes: its ticks apply. */
  readonly date: CalendarDate;
  /** The day whose calm widths apply: another one where an instrument of today is put into the past. */
  readonly widthsOf: CalendarDate;
  readonly stress: number;
}

/** How a root is quoted: its half-spread at a price and the tick at a quote, in points. */
export interface QuoteRule {
  readonly halfSpread: (price: number, day: QuotingDay) => number;
  readonly tickAt: (price: number, date: CalendarDate) => number;
}

const CALMEST = 1;
const MOST_STRESSED = 8;
/** Quotes of January 2011 are several times as wide as those of 2018 on; the change between is not dated better. */
const FIRST_DATE_OF_NARROW_SPX = "2012-01-01";
const FIRST_DATE_OF_PRICED_VIX = "2017-01-01";
const WEEKLY_VIX_FACTOR = 1.6;

/** Factor of the half-spread when VIX stands `surprise63` log points above its average of half-life 63 sessions. */
export function spreadStress(surprise63: number): number {
  return Math.min(MOST_STRESSED, Math.max(CALMEST, exp(1.8 * surprise63)));
}

/** SPX and SPXW. No dependence of the half-spread on days or delta was found beyond the price. */
export const SPX_QUOTING: QuoteRule = {
  halfSpread: (price, { widthsOf, stress }) =>
    stress * (isWide(widthsOf) ? earlySpxHalfSpread(price) : spxHalfSpread(price)),
  tickAt: (price, date) => tickSize("SPXW", price, { on: date }),
};

/** XSP, wider in proportion than SPX on the one day seen; before 2012, where it could not be seen, no narrower. */
export const XSP_QUOTING: QuoteRule = {
  halfSpread: (price, { widthsOf, stress }) => {
    const calm = 0.008 + 0.022 * Math.sqrt(price);
    return stress * (isWide(widthsOf) ? Math.max(calm, earlySpxHalfSpread(10 * price) / 10) : calm);
  },
  tickAt: (price, date) => tickSize("XSP", price, { on: date }),
};

/** SPY, on options out of the money within 30 days on the one day seen; quotes in the money were far wider after the close. */
export const SPY_QUOTING: QuoteRule = {
  halfSpread: (price, { widthsOf, stress }) =>
    stress *
    (isWide(widthsOf)
      ? Math.max(0.005 + 0.003 * price, earlySpxHalfSpread(10 * price) / 20)
      : 0.005 + 0.003 * price),
  tickAt: (price, date) => tickSize("SPY", price, { on: date }),
};

/** VIX options. The stress is that of SPX: none was measured here. */
export const VIX_QUOTING: QuoteRule = {
  halfSpread: (price, { widthsOf, stress }) =>
    stress * (widthsOf >= FIRST_DATE_OF_PRICED_VIX ? 0.02 + 0.025 * price : 0.05 + 0.006 * price),
  tickAt: (price, date) => tickSize("VIX", price, { on: date }),
};

/** VIX options that expire in another week than the month's. */
export const WEEKLY_VIX_QUOTING: QuoteRule = {
  halfSpread: (price, day) => WEEKLY_VIX_FACTOR * VIX_QUOTING.halfSpread(price, day),
  tickAt: VIX_QUOTING.tickAt,
};

/** Half-spread of an SPX option on a calm day since 2012, fitted on chains of 2018 to 2023. */
export function spxHalfSpread(price: number): number {
  return 0.03 + 0.03 * (price > 0 ? exp(0.55 * log(price)) : 0);
}

/** Half-spread of an SPX option up to 20 days from expiration in January 2011; longer ones were twice as wide. */
export function earlySpxHalfSpread(price: number): number {
  return 0.02 + 0.2 * Math.sqrt(price);
}

/**
 * The quote around a price: half a spread to either side, each rounded to its nearest tick and never across the price.
 * A bid of zero is no bid.
 */
export function quoteAround(price: number, { halfSpread, tickAt }: QuoteRule, day: QuotingDay): Quote {
  const half = halfSpread(price, day);
  const low = Math.max(price - half, 0);
  const high = price + half;
  const tick = tickAt(price, day.date);
  const bid = Math.min(toTick(low, tickAt(low, day.date), Math.round), toTick(price, tick, Math.floor));
  const ask = Math.max(toTick(high, tickAt(high, day.date), Math.round), toTick(price, tick, Math.ceil));
  return { bid, ask: ask > bid ? ask : toTick(bid + tick, tick, Math.round) };
}

/** Through the whole number of ticks to a point, so that 2.9 is 2.9 and not a neighbor. */
function toTick(value: number, tick: number, round: (steps: number) => number): number {
  const ticksPerPoint = Math.round(1 / tick);
  return round(value * ticksPerPoint) / ticksPerPoint;
}

function isWide(date: CalendarDate): boolean {
  return date < FIRST_DATE_OF_NARROW_SPX;
}
