// A small market for tests: an index that walks at random and falls hard once, chains on a logistic smile, a VIX that follows.

import { type Random, seededRandom } from "@steward/analytics";
import type { Market } from "@steward/engine";
import {
  assert,
  type CalendarDate,
  calendarDate,
  daysBetween,
  type Mark,
  type Right,
  type Root,
  type SeriesProvenance,
  type Slice,
  type Strike,
  sessionOf,
  sessionsBetween,
  strikePoints,
} from "@steward/model";
import type { MarketView, Reading } from "@steward/strategy";

interface State {
  readonly spot: number;
  readonly vix: number;
}

export interface FakeMarketOptions {
  readonly from: string;
  readonly to: string;
  /** Sessions before the first with volatility. */
  readonly warmUp?: number;
  readonly shortVolScale?: number;
}

const CRASH_FROM = "2018-02-02";
const CRASH_TO = "2018-02-08";

/** The same dates give the same market. */
export function fakeMarket({ from, to, warmUp = 0, shortVolScale = 1 }: FakeMarketOptions): Market {
  const sessions = sessionsBetween(calendarDate(from), calendarDate(to));
  const states = walk(sessions);
  const stateOf = (session: CalendarDate): State => {
    const state = states.get(session);
    assert(state !== undefined, `${session} is a session of the fake market`);
    return state;
  };
  return {
    sessions,
    view: (session) =>
      fakeView(session, stateOf(session), { isWarm: sessions.indexOf(session) >= warmUp, shortVolScale }),
    settlement: (root, expiration, session) => {
      const { spot, vix } = stateOf(session);
      if (expiration > session) return undefined;
      return root === "VIX" ? { value: vix, source: "approximated" } : { value: spot, source: "official" };
    },
    shares: () => undefined,
    provenance: fakeProvenance(sessions),
  };
}

function walk(sessions: readonly CalendarDate[]): ReadonlyMap<CalendarDate, State> {
  const random = seededRandom(7);
  const states = new Map<CalendarDate, State>();
  let spot = 2700;
  let vix = 13;
  for (const session of sessions) {
    const isCrash = session >= CRASH_FROM && session <= CRASH_TO;
    const shock = normal(random) * (vix / 100 / 16) - (isCrash ? 0.02 : 0);
    spot *= 1 + shock;
    vix = Math.max(9, vix + 0.05 * (13 - vix) - 260 * shock * 0.35 + (isCrash ? 3 : 0));
    states.set(session, { spot: Math.round(spot * 100) / 100, vix });
  }
  return states;
}

/** Sum of twelve uniforms less six: near enough to normal. */
function normal(random: Random): number {
  return Array.from({ length: 12 }, () => random.next()).reduce((total, value) => total + value, -6);
}

function fakeView(
  session: CalendarDate,
  { spot, vix }: State,
  { isWarm, shortVolScale }: { readonly isWarm: boolean; readonly shortVolScale: number },
): MarketView {
  const times = sessionOf(session);
  assert(times !== undefined, `${session} is a session`);
  const reading = (value: number): Reading => ({ value, source: "modelled" });
  return {
    session: times,
    spot,
    volatility: isWarm
      ? {
          vix9d: reading(vix * 0.95),
          vix: reading(vix),
          vix3m: reading(vix + 1),
          vix6m: reading(vix + 2),
          vvix: reading(90),
          realized20: reading(vix / 120),
        }
      : undefined,
    carry: { rate: { value: 0.02, source: "modelled" }, dividendYield: { value: 0.017, source: "modelled" } },
    eventsUntil: () => [],
    eventReach: () => undefined,
    slice: (root, expiration) => {
      if (!isWarm || expiration <= session) return undefined;
      const years = daysBetween(session, expiration) / 365;
      const deviation =
        root === "VIX"
          ? vix * 0.8 * Math.sqrt(years)
          : spot * (vix / 100) * Math.sqrt(years) * 0.8 * shortVolScale;
      const forward = root === "VIX" ? vix + 3 * Math.min(years * 2, 1) : spot;
      return fakeSlice(root, expiration, { forward, deviation, years });
    },
  };
}

/** Logistic prices: a call is the softplus of its moneyness, so parity and convexity hold without a normal distribution. */
function fakeSlice(
  root: Root,
  expiration: CalendarDate,
  {
    forward,
    deviation,
    years,
  }: { readonly forward: number; readonly deviation: number; readonly years: number },
): Slice {
  const scale = (deviation * Math.sqrt(3)) / Math.PI;
  const mark = (right: Right, at: Strike): Mark => {
    const moneyness = ((right === "call" ? 1 : -1) * (forward - strikePoints(at))) / scale;
    const share = 1 / (1 + Math.exp(-moneyness));
    const price = scale * (moneyness > 30 ? moneyness : Math.log1p(Math.exp(moneyness)));
    return {
      price,
      volatility: deviation / forward / Math.sqrt(years),
      delta: right === "call" ? share : -share,
    };
  };
  return {
    root,
    expiration,
    source: "modelled",
    years,
    forward,
    discountFactor: 1,
    strikeIncrement: root === "VIX" ? 1 : 5,
    mark,
    quote: (right, at) => {
      const { price } = mark(right, at);
      return { bid: Math.floor(price * 20) / 20, ask: Math.floor(price * 20) / 20 + 0.1 };
    },
  };
}

function fakeProvenance(sessions: readonly CalendarDate[]): readonly SeriesProvenance[] {
  const from = sessions[0];
  const to = sessions.at(-1);
  if (from === undefined || to === undefined) return [];
  return [
    { series: "spx", source: "bundled", from, to, detail: "fake walk" },
    {
      series: "spxw-options",
      source: "modelled",
      from,
      to,
      detail: "modelled: a 10-point condor’s credit ±40 %",
    },
    { series: "vix-options", source: "modelled", from, to, detail: "modelled: ±3 volatility points" },
  ];
}
