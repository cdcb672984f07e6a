// A small market for tests: Black-76 on a smile that is flat or a straight line, quotes a fixed distance around the price.

import {
  assert,
  type CalendarDate,
  calendarDate,
  daysBetween,
  type Mark,
  type Right,
  type Root,
  rootSpec,
  type Slice,
  type Strike,
  sessionOf,
  strikePoints,
  tickSize,
} from "@steward/model";
import { blackPrice, normalCdf } from "@steward/pricing";
import type { CarryReadings, MarketView, Reading, UpcomingEvent, VolatilityReadings } from "../view.ts";

/** What one expiration looks like. Volatility falls by `skew` from the money to twice the forward. */
export interface FakeTerms {
  readonly forward: number;
  readonly volatility: number;
  readonly skew: number;
  readonly halfSpread: number;
  readonly discountFactor: number;
  readonly isQuoted: (right: Right, points: number) => boolean;
  /** Points between strikes: 1 for VIX, else 5, where it is not given. */
  readonly strikeIncrement: number | undefined;
}

export interface FakeKey {
  readonly root: Root;
  readonly session: CalendarDate;
  readonly expiration: CalendarDate;
}

const PLAIN: FakeTerms = {
  forward: 3000,
  volatility: 0.14,
  skew: 0,
  halfSpread: 0.05,
  discountFactor: 1,
  isQuoted: () => true,
  strikeIncrement: undefined,
};
const LEAST_VOLATILITY = 0.01;

/** One expiration of a fake chain: any strike is listed, bid and ask lie on the tick outside the price. */
export function fakeSlice({ root, session, expiration }: FakeKey, terms: Partial<FakeTerms> = {}): Slice {
  const { forward, volatility, skew, halfSpread, discountFactor, isQuoted, strikeIncrement } = {
    ...PLAIN,
    ...terms,
  };
  const years = daysBetween(session, expiration) / 365;

  const mark = (right: Right, at: Strike): Mark | undefined => {
    const points = strikePoints(at);
    if (!isQuoted(right, points)) return undefined;
    const own = Math.max(volatility - skew * (points / forward - 1), LEAST_VOLATILITY);
    const total = own * Math.sqrt(years);
    const callDelta = normalCdf(Math.log(forward / points) / total + total / 2);
    return {
      price: blackPrice(right, forward, points, total, discountFactor),
      volatility: own,
      delta: right === "call" ? callDelta : callDelta - 1,
    };
  };
  return {
    root,
    expiration,
    source: "modelled",
    years,
    forward,
    discountFactor,
    strikeIncrement: strikeIncrement ?? (rootSpec(root).underlying === "VIX" ? 1 : 5),
    mark,
    quote: (right, at) => {
      const price = mark(right, at)?.price;
      if (price === undefined) return undefined;
      const tick = tickSize(root, price, { on: session });
      const onTick = (steps: number): number => Math.round(steps * tick * 100) / 100;
      const bid = onTick(Math.floor(Math.max(price - halfSpread, 0) / tick));
      return { bid, ask: Math.max(onTick(Math.ceil((price + halfSpread) / tick)), onTick(bid / tick + 1)) };
    },
  };
}

/** The VIX chain by calendar days to the expiration. */
export type FakeVixChain = (days: number) => Partial<FakeTerms>;

export interface FakeViewOptions {
  readonly session: string;
  readonly spot?: number;
  /** VIX in points; the other volatilities follow from it. */
  readonly vix?: number;
  readonly isWarmingUp?: boolean;
  readonly index?: Partial<FakeTerms>;
  readonly vixChain?: FakeVixChain;
  readonly has?: (root: Root, expiration: CalendarDate) => boolean;
  /** Events that are known; with one of a kind its calendar is. */
  readonly events?: readonly UpcomingEvent[];
  readonly carry?: CarryReadings;
}

const usualCarry: CarryReadings = {
  rate: { value: 0.02, source: "modelled" },
  dividendYield: { value: 0.017, source: "modelled" },
};

const VIX_HALF_SPREAD = 0.05;

/** A rising VIX curve over a VIX of 14, with volatility falling with time, as on a calm day. */
export const calmVixChain: FakeVixChain = (days) => ({
  forward: 14 + 4 * (1 - 60 / (60 + days)),
  volatility: 0.6 + 20 / (days + 20),
});

/** A session of a fake market. Without `has` every expiration ahead is listed and quoted. */
export function fakeView({
  session,
  spot = 3000,
  vix = 14,
  isWarmingUp = false,
  index = {},
  vixChain = calmVixChain,
  has = () => true,
  events = [],
  carry = usualCarry,
}: FakeViewOptions): MarketView {
  const date = calendarDate(session);
  const times = sessionOf(date);
  assert(times !== undefined, `a fake session is a session, was ${session}`);
  return {
    session: times,
    spot,
    volatility: isWarmingUp ? undefined : fakeReadings(vix),
    carry,
    eventsUntil: (until) => events.filter((event) => event.date > date && event.date <= until),
    eventReach: (kind) => events.findLast((event) => event.kind === kind)?.date,
    slice: (root, expiration) => {
      if (expiration <= date || isWarmingUp || !has(root, expiration)) return undefined;
      const days = daysBetween(date, expiration);
      const terms =
        root === "VIX"
          ? { halfSpread: VIX_HALF_SPREAD, ...vixChain(days) }
          : { forward: spot, volatility: vix / 100, ...index };
      return fakeSlice({ root, session: date, expiration }, terms);
    },
  };
}

/** Readings around a VIX: the near term a tenth lower, realized volatility a fifth lower. */
export function fakeReadings(vix: number): VolatilityReadings {
  const reading = (value: number): Reading => ({ value, source: "modelled" });
  return {
    vix9d: reading(vix * 0.9),
    vix: reading(vix),
    vix3m: reading(vix * 1.1),
    vix6m: reading(vix * 1.15),
    vvix: reading(90),
    realized20: reading((vix * 0.8) / 100),
  };
}
