// From stored facts to the series that a market is made of, and what no market can have printed.

import {
  type BarFact,
  type CalendarDate,
  type DailyValue,
  daysBetween,
  Failure,
  type FutureFact,
  type FutureSettlement,
  type IndexBar,
  type ObservationFact,
  sessionOf,
} from "@steward/model";

/** A fact and where it stands, for messages. */
export interface Located<Fact> {
  readonly fact: Fact;
  /** File, or what holds the fact. */
  readonly path: string;
  /** Of a file. */
  readonly line?: number | undefined;
}

/** The bars of an index, and how many of them have a close alone. */
export interface IndexSeries {
  readonly bars: readonly IndexBar[];
  readonly closeOnly: number;
}

/** The worst session of the index, in October 1987, lost 20 %: more is a damaged row. */
const LARGEST_MOVE = 0.3;
/** In September 2001 the exchange was closed from Tuesday to Friday. */
const LONGEST_CLOSURE_DAYS = 7;
/** No index has come near; a greater number would not survive its rounding. */
const MAX_PRICE = 1e9;

/**
 * Bars of an index by session, rounded to hundredths as S&P publishes them. A bar without all of open, high and low is taken
 * to have moved from the close before to its own. Fails with `data.malformed` on a price or a move that no index made.
 */
export function indexSeries(rows: readonly Located<BarFact>[]): IndexSeries {
  let closeOnly = 0;
  let before: IndexBar | undefined;
  const bars = inOrder(rows, ({ session }) => session).map((row): IndexBar => {
    const { fact } = row;
    const close = rounded(fact.close);
    assertPrice(close, row);
    assertMove(before, close, row);
    const prices = fullPrices(fact);
    if (prices === undefined) closeOnly += 1;
    const open = before?.close ?? close;
    const moved = { open, high: Math.max(open, close), low: Math.min(open, close) };
    before = { date: fact.session, ...(prices ?? moved), close };
    return before;
  });
  return { bars, closeOnly };
}

function assertPrice(close: number, row: Located<BarFact>): void {
  if (close > 0 && close < MAX_PRICE) return;
  throw implausible(row, row.fact.session, `expected a price of the index, found ${close}`);
}

function assertMove(before: IndexBar | undefined, close: number, row: Located<BarFact>): void {
  const { session } = row.fact;
  if (before === undefined || daysBetween(before.date, session) > LONGEST_CLOSURE_DAYS) return;
  if (Math.abs(close / before.close - 1) <= LARGEST_MOVE) return;
  const limit = `${LARGEST_MOVE * 100} % of the one before, ${before.close}`;
  throw implausible(row, session, `expected a close within ${limit}, found ${close}`);
}

function fullPrices(fact: BarFact): Pick<IndexBar, "open" | "high" | "low"> | undefined {
  const [open, high, low, close] = [fact.open, fact.high, fact.low, fact.close].map((price) => {
    return price === undefined ? Number.NaN : rounded(price);
  });
  if (open === undefined || high === undefined || low === undefined || close === undefined) return undefined;
  const holds = low > 0 && high < MAX_PRICE && high >= Math.max(open, close) && low <= Math.min(open, close);
  return holds ? { open, high, low } : undefined;
}

/** Files that carry more digits than S&P publishes hold single-precision noise. */
function rounded(price: number): number {
  return Math.round(price * 100) / 100;
}

/** No volatility index has printed outside: a decimal, a per mille or a slip of the decimal point has. */
const LEAST_VOLATILITY = 5;
const MOST_VOLATILITY = 250;
/** Far above the highest settlement of a VIX future, and under ten times the lowest. */
const MOST_FUTURE = 90;

/** Whether a volatility index can have closed there, in points. */
export function isVolatility({ close }: BarFact): boolean {
  return close >= LEAST_VOLATILITY && close <= MOST_VOLATILITY;
}

/** Whether a VIX future can have settled there, in points; one without a settlement says nothing wrong. */
export function isVixSettlement({ settle }: FutureFact): boolean {
  return settle === undefined || (settle >= LEAST_VOLATILITY && settle <= MOST_FUTURE);
}

/** Closes of a volatility index in points, by session. Fails with `data.malformed` on what is no volatility in percent. */
export function volatilitySeries(rows: readonly Located<BarFact>[]): readonly DailyValue[] {
  return inOrder(rows, ({ session }) => session).map((row) => {
    const { session, close } = row.fact;
    if (isVolatility(row.fact)) return { date: session, value: close };
    const range = `${LEAST_VOLATILITY} to ${MOST_VOLATILITY} (18.5 is 18.5 %)`;
    throw implausible(row, session, `expected volatility points from ${range}, found ${close}`);
  });
}

/** Values on which expirations of the index settled, in points, by expiration. Fails with `data.malformed` on what is no price. */
export function openingQuotations(rows: readonly Located<BarFact>[]): readonly DailyValue[] {
  return inOrder(rows, ({ session }) => session).map((row) => {
    assertPrice(row.fact.close, row);
    return { date: row.fact.session, value: row.fact.close };
  });
}

/** Settlements of VIX futures in points; rows without one are passed over. */
export function settlementSeries(rows: readonly Located<FutureFact>[]): readonly FutureSettlement[] {
  return inOrder(rows, ({ session, expiration }) => `${session} ${expiration}`).flatMap((row) => {
    const { session, expiration, settle } = row.fact;
    if (settle === undefined) return [];
    if (isVixSettlement(row.fact)) return [{ date: session, expiration, settle }];
    const range = `${LEAST_VOLATILITY} to ${MOST_FUTURE} VIX points (files before 2007-03-26 quote ten times that)`;
    throw implausible(
      row,
      `${session} ${expiration}`,
      `expected a settlement from ${range}, found ${settle}`,
    );
  });
}

/**
 * Values of a series that is published late, dated by the first of the sessions at whose decision they were known. Of several
 * that became known by one session the value of the latest period counts.
 */
export function knownSeries(
  observations: readonly ObservationFact[],
  sessions: readonly CalendarDate[],
): readonly DailyValue[] {
  const known = observations.toSorted((a, b) => a.knownAt - b.knownAt || (a.period < b.period ? -1 : 1));
  const values: DailyValue[] = [];
  let next = 0;
  let latest: ObservationFact | undefined;
  for (const date of sessions) {
    const decision = sessionOf(date)?.decision;
    if (decision === undefined) continue;
    const before = latest;
    for (let fact = known[next]; fact !== undefined && fact.knownAt <= decision; fact = known[next]) {
      if (latest === undefined || fact.period >= latest.period) latest = fact;
      next += 1;
    }
    if (latest !== undefined && latest !== before) values.push({ date, value: latest.value });
  }
  return values;
}

function inOrder<Fact>(
  rows: readonly Located<Fact>[],
  keyOf: (fact: Fact) => string,
): readonly Located<Fact>[] {
  const sorted = rows.toSorted((a, b) => {
    const [left, right] = [keyOf(a.fact), keyOf(b.fact)];
    return left === right ? 0 : left < right ? -1 : 1;
  });
  for (const [i, row] of sorted.entries()) {
    const before = sorted[i - 1];
    const key = keyOf(row.fact);
    if (before !== undefined && keyOf(before.fact) === key) {
      throw implausible(row, key, `expected ${key} once, found it again`);
    }
  }
  return sorted;
}

function implausible({ path, line }: Located<unknown>, key: string, message: string): Failure {
  const place = line === undefined ? `${path}, ${key}` : `${path}:${line}`;
  const details = line === undefined ? { path, key } : { path, line };
  return new Failure("data.malformed", `${place}: ${message}`, { details });
}
