// Every series of a market from where it is: a file that the configuration names, else the store, else what is bundled.

import {
  indexSeries,
  isVixSettlement,
  isVolatility,
  knownSeries,
  type MarketInputs,
  openingQuotations,
  type SuppliedEvents,
  type SuppliedSeries,
  settlementSeries,
  volatilitySeries,
} from "@steward/market-model";
import {
  type BarFact,
  type CalendarDate,
  countSessions,
  Failure,
  type FutureFact,
  type IndexBar,
  type Instant,
  type ObservationFact,
} from "@steward/model";
import { strictLog as log } from "@steward/pricing";
import type { MarketStore } from "@steward/store";
import type { StrategyConfig } from "@steward/strategy";
import type { DataFiles } from "../config/load.ts";
import { type FoundSeries, type SeriesPlace, VOLATILITY_NAMES } from "./market-series.ts";
import { bundledBars, bundledEventFacts, namedFiles } from "./series-files.ts";
import { storedOptions } from "./stored-options.ts";
import { storedEvents, storedObservations, storedSeries } from "./stored-series.ts";

/** Where to look, and the instant whose knowledge of it counts. */
export interface Sources {
  readonly files: DataFiles;
  readonly store: MarketStore | undefined;
  /** Whose options to look for in the store; none without it. */
  readonly strategy: StrategyConfig | undefined;
  readonly now: Instant;
}

/** Gathers the inputs of a market. Fails with `data.malformed` on what no market printed. */
export async function marketInputs({ files, store, strategy, now }: Sources): Promise<MarketInputs> {
  const named = namedFiles(files, now);
  const stored = store && storedSeries(store, now);
  const index = await indexInputs(named, stored, now);
  const found = await Promise.all(
    VOLATILITY_NAMES.map(async (name) => {
      const series = (await named.bars(name)) ?? plausible(await stored?.bars(name), isVolatility);
      return series === undefined ? [] : [[name, suppliedOf(series, volatilitySeries)] as const];
    }),
  );
  const spxSettlement = (await named.bars("spxSettlement")) ?? (await stored?.bars("spxSettlement"));
  const vixSettlement =
    (await named.bars("vixSettlement")) ?? plausible(await stored?.bars("vixSettlement"), isVolatility);
  const futures = (await named.futures()) ?? plausible(await stored?.futures(), isVixSettlement);
  const options =
    store && strategy && (await storedOptions(store, strategy, { asOf: now, index: index.index }));
  return {
    ...index,
    ...(options === undefined ? {} : { options }),
    ...Object.fromEntries(found.flat()),
    ...(futures === undefined ? {} : futuresInputs(futures)),
    ...(spxSettlement === undefined ? {} : { spxSettlement: suppliedOf(spxSettlement, openingQuotations) }),
    ...(vixSettlement === undefined ? {} : { vixSettlement: suppliedOf(vixSettlement, volatilitySeries) }),
    ...(store === undefined ? {} : await carryInputs(store, index.index, now)),
    events: await eventInputs(store, now),
  };
}

/**
 * A named file with a value that no market printed is refused: it can be mended. What the store holds is the vendor's and
 * stays, so such values are left out and counted.
 */
function plausible<Fact>(
  series: FoundSeries<Fact> | undefined,
  isPlausible: (fact: Fact) => boolean,
): FoundSeries<Fact> | undefined {
  if (series === undefined) return undefined;
  const rows = series.rows.filter(({ fact }) => isPlausible(fact));
  const left = series.rows.length - rows.length;
  if (rows.length === 0) return undefined;
  return left === 0 ? series : { ...series, rows, detail: `${series.detail}, ${left} implausible left out` };
}

type IndexInputs = Pick<MarketInputs, "index" | "indexSource"> & { readonly indexDetail: string };

/** What the store lacks of the index the bundled history fills in, so that a few imported days do not hide twenty years. */
async function indexInputs(
  named: SeriesPlace,
  stored: SeriesPlace | undefined,
  now: Instant,
): Promise<IndexInputs> {
  const own = await named.bars("index");
  if (own !== undefined) return indexOf(own);
  const bundled = await bundledBars(now);
  const brought = inCalendar(await stored?.bars("index"));
  if (brought === undefined) return indexOf(bundled);
  const sessions = new Set(brought.rows.map(({ fact }) => fact.session));
  const gaps = bundled.rows.filter(({ fact }) => !sessions.has(fact.session));
  if (gaps.length === 0) return indexOf(brought);
  const detail = `${brought.detail}; ${gaps.length} other sessions from ${bundled.detail}`;
  return indexOf({ ...brought, rows: [...brought.rows, ...gaps], detail });
}

/** Histories of the index begin before the calendar does. */
function inCalendar(series: FoundSeries<BarFact> | undefined): FoundSeries<BarFact> | undefined {
  if (series === undefined) return undefined;
  const rows = series.rows.filter(({ fact }) => fact.session >= FIRST_SESSION);
  return rows.length === 0 ? undefined : { ...series, rows };
}

const FIRST_SESSION = "1990-01-01";

function indexOf(series: FoundSeries<BarFact>): IndexInputs {
  const within = inCalendar(series) ?? series;
  const { bars, closeOnly } = indexSeries(within.rows);
  assertNoGap(bars, within.detail);
  const thin = closeOnly === 0 ? "" : `, ${closeOnly} sessions with a close alone`;
  return { index: bars, indexSource: within.source, indexDetail: `${within.detail}${thin}` };
}

/** A session without a bar would become a number without a word. */
function assertNoGap(bars: readonly IndexBar[], detail: string): void {
  for (const [position, { date }] of bars.entries()) {
    const before = bars[position - 1]?.date;
    if (before === undefined || countSessions(before, date) === 1) continue;
    const message = `expected a bar of every session, found none between ${before} and ${date} in ${detail}; bring the missing ones, or leave the series out (data.index, data.store)`;
    throw new Failure("data.missing", message, { details: { from: before, to: date } });
  }
}

function suppliedOf(
  { rows, source, detail }: FoundSeries<BarFact>,
  valuesOf: typeof volatilitySeries,
): SuppliedSeries {
  return { values: valuesOf(rows), source, detail };
}

/** Days that have a close alone are none: it is the settlement that VIX options look to. */
function futuresInputs({ rows, source, detail }: FoundSeries<FutureFact>): Pick<MarketInputs, "vixFutures"> {
  const settlements = settlementSeries(rows);
  return settlements.length === 0 ? {} : { vixFutures: { settlements, source, detail } };
}

/** The calendar that comes along, and what the store was told besides. */
async function eventInputs(store: MarketStore | undefined, now: Instant): Promise<SuppliedEvents> {
  const bundled = await bundledEventFacts(now);
  const stored = store === undefined ? [] : await storedEvents(store, now);
  const detail =
    stored.length === 0 ? "the calendar that comes along" : "the calendar that comes along, and the store";
  return { facts: [...bundled, ...stored], source: stored.length === 0 ? "bundled" : "downloaded", detail };
}

/** Effective federal funds rate, percent a year of 360 days, by FRED's name. */
const FUNDS_RATE = "DFF";
/** Dividends of twelve months in index points, by month. */
const DIVIDENDS = "SHILLER_DIVIDEND";

/** Rate and dividends as they were known at the decision of each session. */
async function carryInputs(
  store: MarketStore,
  index: readonly IndexBar[],
  now: Instant,
): Promise<Pick<MarketInputs, "rates" | "dividendYields">> {
  const sessions = index.map(({ date }) => date);
  const funds = await storedObservations(store, FUNDS_RATE, now);
  const dividends = await storedObservations(store, DIVIDENDS, now);
  const closes = new Map(index.map(({ date, close }) => [date, close]));
  return {
    ...(funds === undefined ? {} : { rates: knownOf(funds, sessions, continuousRate) }),
    ...(dividends === undefined
      ? {}
      : {
          dividendYields: knownOf(
            dividends,
            sessions,
            (points, date) => points / (closes.get(date) ?? Number.NaN),
          ),
        }),
  };
}

function knownOf(
  { rows, source, detail }: FoundSeries<ObservationFact>,
  sessions: readonly CalendarDate[],
  yearly: (value: number, date: CalendarDate) => number,
): SuppliedSeries {
  const known = knownSeries(
    rows.map(({ fact }) => fact),
    sessions,
  );
  const values = known.map(({ date, value }) => ({ date, value: yearly(value, date) }));
  return { values, source, detail: `${detail}, as first known` };
}

/** Overnight money in percent by days of 360 as a decimal, continuously compounded by days of 365. */
function continuousRate(percent: number): number {
  return 365 * log(1 + percent / 36_000);
}
