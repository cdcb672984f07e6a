import { createHash } from "node:crypto";
import type { Market, ShortVolScale } from "@steward/engine";
import {
  BUNDLED_INDEX_DETAIL,
  bundledIndex,
  readDailyFile,
  readFuturesFile,
  readIndexFile,
} from "@steward/importers";
import {
  type MarketInputs,
  modelledMarket,
  type SuppliedSeries,
  volatilityHistory,
} from "@steward/market-model";
import { type CalendarDate, countSessions, Failure, type IndexBar } from "@steward/model";
import type { StrategyConfig } from "@steward/strategy";
import type { DataFiles } from "./config/load.ts";

/** The data of a run, and a fingerprint of every number in it. */
export interface MarketData {
  readonly inputs: MarketInputs;
  readonly firstSession: CalendarDate;
  readonly lastSession: CalendarDate;
  readonly fingerprint: string;
}

/**
 * Reads the bundled index or the files that the configuration names. An index that lacks a session between its first and its
 * last, or a series that covers none of them, is refused: either would become a number without a word.
 */
export function loadMarketData(files: DataFiles): MarketData {
  const index = indexOf(files);
  assertNoGap(index.bars, index.detail);
  const data = dataOf({
    index: index.bars,
    indexSource: index.source,
    indexDetail: index.detail,
    ...supplied(files),
    ...(files.vixFutures === undefined ? {} : { vixFutures: futuresOf(files.vixFutures) }),
  });
  assertSuppliedCover(data);
  return data;
}

/** Refuses a record whose own session a supplied series does not reach: a model must not take over unasked. */
export function requireSuppliedOn(session: CalendarDate, { inputs }: MarketData): void {
  for (const name of DAILY_SERIES) {
    const values = inputs[name]?.values;
    if (values === undefined || values.some(({ date }) => date === session)) continue;
    const message = `expected ${name} of ${session}, found values up to ${values.at(-1)?.date ?? "no date"}; leave data.${name} out to have it modelled`;
    throw new Failure("data.missing", message, { details: { session, series: name } });
  }
}

function assertNoGap(bars: readonly IndexBar[], detail: string): void {
  for (const [position, { date }] of bars.entries()) {
    const before = bars[position - 1]?.date;
    if (before === undefined || countSessions(before, date) === 1) continue;
    const message = `expected a bar of every session, found none between ${before} and ${date} in ${detail}`;
    throw new Failure("data.missing", message, { details: { from: before, to: date } });
  }
}

function assertSuppliedCover({ inputs, firstSession, lastSession }: MarketData): void {
  const isWithin = ({ date }: { readonly date: CalendarDate }): boolean =>
    date >= firstSession && date <= lastSession;
  const supplies = [
    ...DAILY_SERIES.map((name) => ({ name, rows: inputs[name]?.values })),
    { name: "vixFutures", rows: inputs.vixFutures?.settlements },
  ];
  for (const { name, rows } of supplies) {
    if (rows === undefined || rows.some(isWithin)) continue;
    const message = `expected data.${name} to cover sessions from ${firstSession} to ${lastSession}, found none`;
    throw new Failure("data.missing", message, { details: { series: name } });
  }
}

/** The same data as it stood at the end of a session: everything later is gone. */
export function dataUpTo({ inputs }: MarketData, to: CalendarDate): MarketData {
  return dataOf(cutAfter(inputs, to));
}

function dataOf(inputs: MarketInputs): MarketData {
  const first = inputs.index[0];
  const last = inputs.index.at(-1);
  if (first === undefined || last === undefined) {
    throw new Failure(
      "data.missing",
      `expected index history, found no session in ${inputs.indexDetail ?? "it"}`,
    );
  }
  return { inputs, firstSession: first.date, lastSession: last.date, fingerprint: fingerprintOf(inputs) };
}

/** The modelled market at each scale of short volatility, over one history of states. */
export function scaledMarkets(
  { inputs }: MarketData,
  config: StrategyConfig,
): Readonly<Record<ShortVolScale, Market>> {
  const history = volatilityHistory(inputs);
  const widths = widthsOf(config);
  return {
    "0.95": modelledMarket(history, { shortVolScale: 0.95, widths }),
    "1.00": modelledMarket(history, { widths }),
    "1.05": modelledMarket(history, { shortVolScale: 1.05, widths }),
  };
}

/** The modelled market at the measured level of volatility. */
export function centralMarket({ inputs }: MarketData, config: StrategyConfig): Market {
  return modelledMarket(volatilityHistory(inputs), { widths: widthsOf(config) });
}

/** An expiration that nobody listed had no quotes of its time: it is quoted as its kind is since it exists. */
function widthsOf({ condor }: StrategyConfig): "time" | "recent" {
  return condor.listings === "hypothetical" ? "recent" : "time";
}

function indexOf({ index }: DataFiles): {
  readonly bars: readonly IndexBar[];
  readonly source: "bundled" | "imported";
  readonly detail: string;
} {
  if (index === undefined) return { bars: bundledIndex(), source: "bundled", detail: BUNDLED_INDEX_DETAIL };
  const { rows, closeOnly } = readIndexFile(index);
  const thin = closeOnly === 0 ? "" : `, ${closeOnly} sessions with a close alone`;
  return { bars: rows, source: "imported", detail: `${fileName(index)}${thin}` };
}

const DAILY_SERIES = ["vix9d", "vix", "vix3m", "vix6m", "vvix"] as const;

function supplied(files: DataFiles): Partial<Record<(typeof DAILY_SERIES)[number], SuppliedSeries>> {
  const found: Partial<Record<(typeof DAILY_SERIES)[number], SuppliedSeries>> = {};
  for (const name of DAILY_SERIES) {
    const path = files[name];
    if (path !== undefined)
      found[name] = { values: readDailyFile(path).rows, source: "imported", detail: fileName(path) };
  }
  return found;
}

function futuresOf(path: string): NonNullable<MarketInputs["vixFutures"]> {
  return { settlements: readFuturesFile(path).rows, source: "imported", detail: fileName(path) };
}

/** Folders are the user's own business and would make two machines' bytes differ. */
function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function cutAfter(inputs: MarketInputs, to: CalendarDate): MarketInputs {
  const upTo = ({ date }: { readonly date: CalendarDate }): boolean => date <= to;
  const cut: MarketInputs = { ...inputs, index: inputs.index.filter(upTo) };
  const series = DAILY_SERIES.flatMap((name) => {
    const own = inputs[name];
    return own === undefined ? [] : [[name, { ...own, values: own.values.filter(upTo) }] as const];
  });
  const futures = inputs.vixFutures;
  return {
    ...cut,
    ...Object.fromEntries(series),
    ...(futures === undefined
      ? {}
      : { vixFutures: { ...futures, settlements: futures.settlements.filter(upTo) } }),
  };
}

function fingerprintOf(inputs: MarketInputs): string {
  const hash = createHash("sha256");
  for (const { date, open, high, low, close } of inputs.index)
    hash.update(`${date},${open},${high},${low},${close}\n`);
  for (const name of DAILY_SERIES) {
    for (const { date, value } of inputs[name]?.values ?? []) hash.update(`${name},${date},${value}\n`);
  }
  for (const { date, expiration, settle } of inputs.vixFutures?.settlements ?? []) {
    hash.update(`vx,${date},${expiration},${settle}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}
