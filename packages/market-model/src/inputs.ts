import {
  assert,
  type CalendarDate,
  type DailyValue,
  type EventFact,
  type FutureSettlement,
  type IndexBar,
  type SeriesSource,
} from "@steward/model";
import type { SuppliedQuotes } from "./option-quotes.ts";

/** A real series that replaces the modelled one in every session that it covers. */
export interface SuppliedSeries {
  readonly values: readonly DailyValue[];
  readonly source: SeriesSource;
  /** File, package or address; shown in the provenance. */
  readonly detail: string;
}

export interface SuppliedFutures {
  readonly settlements: readonly FutureSettlement[];
  readonly source: SeriesSource;
  readonly detail: string;
}

export interface SuppliedEvents {
  readonly facts: readonly EventFact[];
  readonly source: SeriesSource;
  readonly detail: string;
}

/** What a modelled market is made from. Only the index is needed; its dates are the market's sessions. */
export interface MarketInputs {
  /** Ascending, one bar a session, prices in points. */
  readonly index: readonly IndexBar[];
  readonly indexSource: SeriesSource;
  readonly indexDetail?: string;
  readonly vix9d?: SuppliedSeries;
  readonly vix?: SuppliedSeries;
  readonly vix3m?: SuppliedSeries;
  readonly vix6m?: SuppliedSeries;
  readonly vvix?: SuppliedSeries;
  readonly vixFutures?: SuppliedFutures;
  /** Short risk-free rate, continuously compounded, a decimal; the last value up to a session holds. */
  readonly rates?: SuppliedSeries;
  /** Dividends of the index over its value, a decimal a year; the last value up to a session holds. */
  readonly dividendYields?: SuppliedSeries;
  /** Official opening quotations on which SPX expirations settled, points, by expiration. */
  readonly spxSettlement?: SuppliedSeries;
  /** The same of VIX options and futures. */
  readonly vixSettlement?: SuppliedSeries;
  /** Releases, meetings and closures, each as it was told. */
  readonly events?: SuppliedEvents;
  /** Real quotes of options, in place of the modelled ones of the same session, root and expiration. */
  readonly options?: SuppliedQuotes;
}

/** The series' value of each session, undefined where it has none or none above zero. */
export function valuesBySession(
  sessions: readonly CalendarDate[],
  series: SuppliedSeries | undefined,
): readonly (number | undefined)[] {
  const byDate = new Map(series?.values.map(({ date, value }) => [date, value]));
  return sessions.map((session) => {
    const value = byDate.get(session);
    return value !== undefined && value > 0 && Number.isFinite(value) ? value : undefined;
  });
}

/** The series' last value up to each session, undefined before the first. */
export function lastValuesBySession(
  sessions: readonly CalendarDate[],
  series: SuppliedSeries | undefined,
): readonly (number | undefined)[] {
  const values = (series?.values ?? []).toSorted((a, b) => (a.date < b.date ? -1 : 1));
  let next = 0;
  let last: number | undefined;
  return sessions.map((session) => {
    for (let row = values[next]; row !== undefined && row.date <= session; row = values[next]) {
      last = row.value;
      next += 1;
    }
    return last;
  });
}

/** Each session's futures that have not settled yet, nearest first. */
export function futuresBySession(
  futures: SuppliedFutures | undefined,
): ReadonlyMap<CalendarDate, readonly FutureSettlement[]> {
  const listed = (futures?.settlements ?? []).filter(
    ({ date, expiration, settle }) => expiration > date && settle > 0,
  );
  const byDate = Map.groupBy(listed, ({ date }) => date);
  for (const curve of byDate.values()) curve.sort((a, b) => (a.expiration < b.expiration ? -1 : 1));
  return byDate;
}

/** Bugs of whoever read the files: out of order, or not prices. */
export function assertIndex(index: readonly IndexBar[]): void {
  let previous: CalendarDate | undefined;
  for (const { date, high, low, close } of index) {
    const isPriced = low > 0 && close > 0 && Number.isFinite(high + close) && high >= low;
    if (isPriced && (previous === undefined || date > previous)) previous = date;
    else assert(false, `index bars ascend and hold prices, was ${date} after ${previous ?? "nothing"}`);
  }
}
