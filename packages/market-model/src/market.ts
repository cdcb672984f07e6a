import type { Market } from "@steward/engine";
import {
  assert,
  assertNever,
  type CalendarDate,
  calendarDate,
  calendarRange,
  type FutureSettlement,
  isPlannedSession,
  type Root,
  type SeriesSource,
  type Slice,
  sessionOf,
} from "@steward/model";
import type { CarryReadings, MarketView } from "@steward/strategy";
import { type EventCalendar, eventCalendar } from "./event-calendar.ts";
import { type FuturesCurve, futureSettlingOn } from "./futures-curve.ts";
import type { SessionState, VolatilityHistory, VolatilityState } from "./history.ts";
import type { MarketInputs } from "./inputs.ts";
import { type QuotesBySession, quotesBySession } from "./option-quotes.ts";
import { provenanceOf } from "./provenance.ts";
import { quotedSlice } from "./quoted-slice.ts";
import { type SettlementSources, settlementOf } from "./settlement.ts";
import { spxSlice } from "./spx-slice.ts";
import { sharePrices } from "./spy-shares.ts";
import { spySlice } from "./spy-slice.ts";
import { vixSlice } from "./vix-slice.ts";

/** How modelled options are priced and quoted; real quotes are what they are. */
export interface MarketOptions {
  /** Multiplies one-session volatility, tapering to 1 at nine days: 0.95 to 1.05, what the data cannot tell apart. */
  readonly shortVolScale?: number;
  /**
   * SPX options: `time` quotes as wide as in the session's own years, `recent` as wide as in calm markets since 2017: what an
   * instrument of today would have looked like then, if it had existed. VIX options are always of their time.
   */
  readonly widths?: "time" | "recent";
}

/** A day of the years whose chains set the recent widths. */
const RECENT_DAY = calendarDate("2019-06-03");

const LOWEST_SCALE = 0.95;
const HIGHEST_SCALE = 1.05;

/**
 * The market of a history: real quotes of an expiration where there are some, else the model's. A view and its slices are made
 * when first asked for and kept while no other session is asked for: accounts that step together share them, and twenty years do
 * not fill the memory.
 */
export function marketOf(
  history: VolatilityHistory,
  { shortVolScale = 1, widths = "time" }: MarketOptions = {},
): Market {
  assert(
    shortVolScale >= LOWEST_SCALE && shortVolScale <= HIGHEST_SCALE,
    "a scale of short volatility lies from 0.95 to 1.05",
  );
  const { states } = history;
  const sessions = states.map(({ bar }) => bar.date);
  const positions = new Map(sessions.map((session, position) => [session, position]));
  const quotes = quotesBySession(history.inputs.options);
  const quotesSource = history.inputs.options?.source ?? "modelled";
  const supplied = suppliedSettlements(history.inputs);
  const events = eventCalendar(history.inputs.events?.facts ?? []);
  let latest: MarketView | undefined;

  return {
    sessions,
    view: (session) => {
      if (latest?.session.date === session) return latest;
      const state = states[positions.get(session) ?? -1];
      assert(state !== undefined, () => `a view is of a session with data, was ${session}`);
      const futures = history.futures.get(session) ?? [];
      const carry = carryReadings(state, history.inputs);
      latest = viewOf(state, { futures, shortVolScale, widths, quotes, quotesSource, events, carry });
      return latest;
    },
    settlement: (root, expiration, session) => {
      const until = positions.get(session);
      assert(until !== undefined, () => `a settlement is asked for in a session with data, was ${session}`);
      if (expiration > session) return undefined;
      return settlementOf(root, expiration, settlementSources(history, supplied, until));
    },
    shares: (root, session) => {
      const bar = states[positions.get(session) ?? -1]?.bar;
      return root !== "SPY" || bar === undefined ? undefined : sharePrices(bar);
    },
    provenance: provenanceOf(history),
  };
}

interface ViewContext {
  readonly futures: readonly FutureSettlement[];
  readonly shortVolScale: number;
  readonly widths: "time" | "recent";
  readonly quotes: QuotesBySession;
  readonly quotesSource: SeriesSource;
  readonly events: EventCalendar;
  readonly carry: CarryReadings;
}

function carryReadings(
  { carry: { rate, dividendYield, isModelled } }: SessionState,
  { rates, dividendYields }: MarketInputs,
): CarryReadings {
  return {
    rate: { value: rate, source: isModelled.rate ? "modelled" : (rates?.source ?? "modelled") },
    dividendYield: {
      value: dividendYield,
      source: isModelled.dividendYield ? "modelled" : (dividendYields?.source ?? "modelled"),
    },
  };
}

function viewOf(state: SessionState, context: ViewContext): MarketView {
  const { date, close } = state.bar;
  const session = sessionOf(date);
  assert(session !== undefined, () => `index bars fall on sessions, was ${date}`);

  const slicesByRoot = new Map<Root, Map<CalendarDate, Slice | undefined>>();
  return {
    session,
    spot: close,
    volatility: state.volatility?.readings,
    carry: context.carry,
    eventsUntil: (until) => context.events.within({ after: date, until, asOf: session.decision }),
    eventReach: (kind) => context.events.reach(kind, session.decision),
    slice: (root, expiration) => {
      const slices = slicesByRoot.get(root) ?? new Map<CalendarDate, Slice | undefined>();
      const known = slices.get(expiration);
      if (known !== undefined || slices.has(expiration)) return known;

      const slice = sliceOf(state, context, { root, expiration });
      slicesByRoot.set(root, slices.set(expiration, slice));
      return slice;
    },
  };
}

interface SliceKey {
  readonly root: Root;
  readonly expiration: CalendarDate;
}

/** Any later day that was expected to be a session has a slice: what is listed is the caller's question. */
function sliceOf(state: SessionState, context: ViewContext, key: SliceKey): Slice | undefined {
  const modelled = modelledSlice(state, context, key);
  const quotes = modelled && context.quotes(state.bar.date, key.root, key.expiration);
  return (quotes && quotedSlice(quotes, modelled, context.quotesSource)) ?? modelled;
}

function modelledSlice(
  { bar, carry, volatility }: SessionState,
  { futures, shortVolScale, widths }: ViewContext,
  { root, expiration }: SliceKey,
): Slice | undefined {
  const { date, close: spot } = bar;
  const isAhead = expiration > date && expiration <= calendarRange.to;
  if (volatility === undefined || !isAhead || !isPlannedSession(expiration, date)) return undefined;

  const vvix = volatility.readings.vvix.value;
  const { curve } = volatility;
  const day = widths === "recent" ? { ...volatility.day, widthsOf: RECENT_DAY } : volatility.day;
  switch (root) {
    case "SPX":
    case "SPXW":
    case "XSP":
      return spxSlice({ ...carry, day, spot, curve, vvix }, { root, expiration, shortVolScale });
    case "VIX": {
      const future = futureSettlingOn(futuresCurve(date, volatility, futures), expiration);
      return vixSlice({ day: volatility.day, rate: carry.rate, vvix }, { expiration, future });
    }
    case "SPY":
      return spySlice({ ...carry, day, spot, curve, vvix }, { expiration, shortVolScale });
    case "VX":
      return undefined;
    default:
      return assertNever(root);
  }
}

function futuresCurve(
  date: CalendarDate,
  { readings: { vix, vix3m, vix6m } }: VolatilityState,
  listed: readonly FutureSettlement[],
): FuturesCurve {
  return { date, indices: { vix: vix.value, vix3m: vix3m.value, vix6m: vix6m.value }, listed };
}

function suppliedSettlements({
  spxSettlement,
  vixSettlement,
}: VolatilityHistory["inputs"]): SettlementSources["supplied"] {
  const [spx, vix] = [spxSettlement, vixSettlement].map(
    (series) => new Map(series?.values.map(({ date, value }) => [date, value])),
  );
  return (root, expiration) => {
    if (root === "SPX") return spx?.get(expiration);
    return root === "VIX" || root === "VX" ? vix?.get(expiration) : undefined;
  };
}

/** What the session at position `until` can know of earlier prices and of its own. */
function settlementSources(
  { states, futures }: VolatilityHistory,
  supplied: SettlementSources["supplied"],
  until: number,
): SettlementSources {
  const before = (date: CalendarDate): SessionState | undefined =>
    states[Math.min(firstFrom(states, date), until + 1) - 1];
  return {
    supplied,
    sessionFrom: (date) => {
      const position = firstFrom(states, date);
      return position <= until ? states[position]?.bar : undefined;
    },
    sessionBefore: (date) => before(date)?.bar,
    lastFuture: (expiration) => {
      const last = before(expiration);
      if (last?.volatility === undefined) return undefined;
      const { date } = last.bar;
      return futureSettlingOn(futuresCurve(date, last.volatility, futures.get(date) ?? []), expiration);
    },
  };
}

/** The position of the first session on or after the date. */
function firstFrom(states: readonly SessionState[], date: CalendarDate): number {
  let low = 0;
  let high = states.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((states[middle]?.bar.date ?? date) < date) low = middle + 1;
    else high = middle;
  }
  return low;
}
