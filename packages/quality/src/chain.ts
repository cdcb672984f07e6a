// A snapshot put in order: slices by settlement, strikes ascending, calls beside puts, each slice on its own parity.

import {
  type CalendarDate,
  type Instant,
  instantAt,
  isOptionRoot,
  isSession,
  type QuoteFact,
  type Right,
  rootSpec,
  sessionOf,
  strikePoints,
} from "@steward/model";
import {
  discountFactorOf,
  type ImpliedForward,
  impliedForward,
  type PairedQuote,
  type ParityFit,
  rateOf,
} from "@steward/pricing";
import type { QualityContext } from "./context.ts";
import type { SideQuotes } from "./side-quotes.ts";
import { type SmileStrike, smileStrikes } from "./smile-strikes.ts";

/** A call and a put of one strike, with their places in the snapshot. */
export interface SlicePair extends PairedQuote {
  readonly callRow: number;
  readonly putRow: number;
}

/** The options of one root and one expiration that passed the rules of a row. */
export interface QuoteSlice {
  readonly root: string;
  readonly expiration: CalendarDate;
  readonly exercise: "european" | "american";
  /** ACT/365 from the snapshot to the settlement; not above 0 where that is past. */
  readonly years: number;
  readonly calls: SideQuotes;
  readonly puts: SideQuotes;
  readonly pairs: readonly SlicePair[];
  /** The forward that the pairs agree on, or why there is none. */
  readonly parity: ImpliedForward | { readonly kind: "american" };
  /** Implied total volatility of the out-of-the-money option at each strike; empty without a forward. */
  readonly smile: readonly SmileStrike[];
}

/** A snapshot with what is known beside it. */
export interface QuoteChain {
  /** All rows, the rejected ones too: findings name a row by its place here. */
  readonly quotes: readonly QuoteFact[];
  /** The places of rows that passed the rules of a row. */
  readonly usable: readonly number[];
  readonly underlying: string;
  readonly session: CalendarDate | undefined;
  /** The middle one of the rows' instants. */
  readonly at: Instant | undefined;
  /** Index points: what the context says, else what most rows say. */
  readonly level: number | undefined;
  readonly context: QualityContext;
  /** By settlement, soonest first. */
  readonly slices: readonly QuoteSlice[];
}

/** Years: from here on a slice's own discount factor is better than another's rate. */
const OWN_RATE_YEARS = 20 / 365;
/** Per year: dollar rates since 1990 lie within; the error is that of one tick in 500 points of strikes. */
const PLAUSIBLE_RATE = 0.1;
const PLAUSIBLE_FACTOR_ERROR = 0.0002;
/** Per year: where a short slice stands alone. A wrong rate of 3 % over ten days is 0.1 % of the strike distance. */
const USUAL_RATE = 0.03;

const MICROS_PER_YEAR = 365 * 86_400 * 1_000_000;

/** Puts the usable rows in order. Of a contract that stands twice the first row counts. */
export function quoteChain(
  quotes: readonly QuoteFact[],
  usable: readonly number[],
  context: QualityContext,
): QuoteChain {
  const at = middleInstant(quotes, usable);
  const first = quotes[usable[0] ?? 0];
  const slices = onCommonRate(slicesOf(quotes, usable, at));
  const level = context.level ?? underlyingOf(quotes, usable);
  return {
    quotes,
    usable,
    underlying: first?.underlying ?? "",
    session: first?.session,
    at,
    level,
    context,
    slices,
  };
}

/** The parity fit of a slice where there is one. */
export function fitOf({ parity }: QuoteSlice): ParityFit | undefined {
  return parity.kind === "found" ? parity : undefined;
}

/** The European roots are those that the model says are, and every other root on an index. */
export function exerciseOf(root: string, underlying: string): "european" | "american" {
  if (isOptionRoot(root)) return rootSpec(root).exercise === "european" ? "european" : "american";
  return underlying === "SPX" || underlying === "XSP" || underlying === "VIX" ? "european" : "american";
}

/** When a contract's payoff is fixed, by the planned hours of its expiration. */
export function settlementInstant(root: string, expiration: CalendarDate): Instant {
  const isMorning = isOptionRoot(root) && rootSpec(root).fixing === "am";
  if (isMorning) return instantAt(expiration, "09:30", "America/New_York");
  const session =
    expiration >= "1990" && expiration < "2031" && isSession(expiration) ? sessionOf(expiration) : undefined;
  return session?.close ?? instantAt(expiration, "16:00", "America/New_York");
}

interface RowOfSlice {
  readonly points: number;
  readonly quote: QuoteFact;
  readonly row: number;
}

function slicesOf(
  quotes: readonly QuoteFact[],
  usable: readonly number[],
  at: Instant | undefined,
): readonly QuoteSlice[] {
  const byRoot = new Map<string, Map<string, RowOfSlice[]>>();
  for (const row of usable) {
    const quote = quotes[row];
    if (quote === undefined) continue;
    const byExpiration = byRoot.get(quote.root) ?? new Map<string, RowOfSlice[]>();
    if (byExpiration.size === 0) byRoot.set(quote.root, byExpiration);
    const rows = byExpiration.get(quote.expiration);
    const entry = { points: strikePoints(quote.strike), quote, row };
    if (rows === undefined) byExpiration.set(quote.expiration, [entry]);
    else rows.push(entry);
  }
  return [...byRoot.values()]
    .flatMap((byExpiration) => [...byExpiration.values()].flatMap((rows) => sliceOf(rows, at)))
    .toSorted((a, b) => a.years - b.years || (a.root < b.root ? -1 : 1));
}

/**
 * Over a few days a discount factor of the slice's own is noise, wider than the factor's distance from 1; the rate of the
 * longer slices is not. A factor that no rate explains is replaced too.
 */
function onCommonRate(slices: readonly QuoteSlice[]): readonly QuoteSlice[] {
  const rates = slices.flatMap((slice) => {
    const fit = fitOf(slice);
    return fit !== undefined && slice.years >= OWN_RATE_YEARS
      ? [rateOf(fit.discountFactor, slice.years)]
      : [];
  });
  const common = rates.toSorted((a, b) => a - b)[rates.length >> 1];
  return slices.map((slice) => {
    const fit = fitOf(slice);
    if (fit === undefined || slice.years >= OWN_RATE_YEARS) return slice;
    const years = Math.max(slice.years, 0);
    const isPlausible = Math.abs(1 - fit.discountFactor) <= PLAUSIBLE_RATE * years + PLAUSIBLE_FACTOR_ERROR;
    if (common === undefined && isPlausible) return slice;
    const discountFactor = discountFactorOf(common ?? USUAL_RATE, years);
    const parity = impliedForward(slice.pairs, { discountFactor });
    const smile = parity.kind === "found" ? smileStrikes(slice.calls, slice.puts, parity) : [];
    return { ...slice, parity, smile };
  });
}

function sliceOf(rows: readonly RowOfSlice[], at: Instant | undefined): QuoteSlice[] {
  const [first] = rows;
  if (first === undefined || at === undefined) return [];
  const { root, underlying, expiration } = first.quote;
  const sorted = rows.toSorted((a, b) => a.points - b.points || a.row - b.row);
  const calls = sideOf(sorted, "call");
  const puts = sideOf(sorted, "put");
  const exercise = exerciseOf(root, underlying);
  const pairs = pairsOf(calls, puts);
  const years = (settlementInstant(root, expiration) - at) / MICROS_PER_YEAR;
  const parity = exercise === "european" ? impliedForward(pairs) : { kind: "american" as const };
  const smile = parity.kind === "found" ? smileStrikes(calls, puts, parity) : [];
  return [{ root, expiration, exercise, years, calls, puts, pairs, parity, smile }];
}

function sideOf(sorted: readonly RowOfSlice[], right: Right): SideQuotes {
  const own = sorted.filter(
    ({ quote, points }, index) => quote.right === right && !isRepeated(sorted, index, points, right),
  );
  return {
    right,
    strikes: Float64Array.from(own, ({ points }) => points),
    bids: Float64Array.from(own, ({ quote }) => quote.bid),
    asks: Float64Array.from(own, ({ quote }) => quote.ask),
    rows: Int32Array.from(own, ({ row }) => row),
  };
}

/** Whether a row before it has the same strike and right. */
function isRepeated(sorted: readonly RowOfSlice[], index: number, points: number, right: Right): boolean {
  for (let before = index - 1; sorted[before]?.points === points; before -= 1) {
    if (sorted[before]?.quote.right === right) return true;
  }
  return false;
}

function pairsOf(calls: SideQuotes, puts: SideQuotes): readonly SlicePair[] {
  const pairs: SlicePair[] = [];
  let put = 0;
  for (let call = 0; call < calls.strikes.length; call += 1) {
    const strike = calls.strikes[call] ?? 0;
    while ((puts.strikes[put] ?? Number.POSITIVE_INFINITY) < strike) put += 1;
    if (puts.strikes[put] !== strike) continue;
    pairs.push({
      strike,
      callBid: calls.bids[call] ?? 0,
      callAsk: calls.asks[call] ?? 0,
      putBid: puts.bids[put] ?? 0,
      putAsk: puts.asks[put] ?? 0,
      callRow: calls.rows[call] ?? 0,
      putRow: puts.rows[put] ?? 0,
    });
  }
  return pairs;
}

function middleInstant(quotes: readonly QuoteFact[], usable: readonly number[]): Instant | undefined {
  const instants = usable.flatMap((row) => quotes[row]?.occurredAt ?? []);
  return instants.toSorted((a, b) => a - b)[instants.length >> 1];
}

function underlyingOf(quotes: readonly QuoteFact[], usable: readonly number[]): number | undefined {
  const levels = usable.flatMap((row) => quotes[row]?.underlyingPrice ?? []).filter((level) => level > 0);
  return levels.toSorted((a, b) => a - b)[levels.length >> 1];
}
