import type { CalendarDate, FactTimes } from "@steward/model";
import { readDate } from "../dates.ts";
import type { Format, Opening, ParsedBatch, Source } from "../format.ts";
import { hasColumns, requireColumns } from "../header.ts";
import { beginsLikeJson, isJsonText, isObject, listOf, readJson, readRecords } from "../json-records.ts";
import { reportedQuoteOf } from "../known-at.ts";
import { type Measures, quoteOutcomes, readMeasures } from "../option-quotes.ts";
import { plainSymbol, readRight, underlyingOf } from "../option-roots.ts";
import { type RowOutcome, readOptional, readRows } from "../row-reading.ts";
import { type Row, readNumber } from "../table.ts";
import { instantOf, readDateAndTime } from "../wall-clock.ts";

/**
 * ThetaData's terminal, version 3: `option/history/eod`, `option/history/greeks/eod` and `option/history/quote`, as CSV or
 * JSON. The symbol is the root: SPX settles at the opening, SPXW at the close. Times are New York wall clock. A report of the
 * day (it has a close) is made at 17:15 and carries the last quotes; a quote of the day was known when it was made. Missing
 * numbers are written as 0, and a volatility that was not found has an `iv_error` of 100.
 */
export const thetadata: Format = {
  id: "thetadata",
  title: "ThetaData v3 option end of day or quotes, CSV or JSON",
  vendor: "thetadata",
  recognizes,
  read: readQuotes,
};

const REQUIRED = ["symbol", "expiration", "strike", "right", "bid", "ask"];

function recognizes(opening: Opening): boolean {
  if (isJsonText(opening.text))
    return /"response"\s*:\s*\[/.test(opening.text) && /"contract"\s*:\s*\{/.test(opening.text);
  const hasTime = hasColumns(opening, ["created"]) || hasColumns(opening, ["timestamp"]);
  return hasTime && hasColumns(opening, [...REQUIRED, "bid_size", "ask_size"]);
}

async function* readQuotes(source: Source): AsyncGenerator<ParsedBatch> {
  const readRow = (row: Row): RowOutcome => readQuote(row, source);
  if (!(await beginsLikeJson(source))) {
    const columns = (header: readonly string[]): readonly string[] => {
      const time = header.includes("created") ? "created" : "timestamp";
      return requireColumns(source, header, [...REQUIRED, time]);
    };
    yield* readRows(source, { columns, allowsTrailingComma: true }, readRow);
    return;
  }
  const { value, bytesRead } = await readJson(source);
  const records = listOf(source, value, "response").flatMap(recordsOf);
  yield* readRecords(records, bytesRead, readRow);
}

/** A contract's fields on each of its records; what is not of that shape is left for the reader to refuse. */
function recordsOf(entry: unknown): readonly unknown[] {
  if (!isObject(entry) || !isObject(entry["contract"]) || !Array.isArray(entry["data"])) return [entry];
  const { contract, data } = entry;
  return data.map((record: unknown) => (isObject(record) ? { ...contract, ...record } : record));
}

const MEASURES = {
  bid: "bid",
  ask: "ask",
  bidSize: "bid_size",
  askSize: "ask_size",
  last: "close",
  volume: "volume",
  openInterest: "open_interest",
  volatility: "implied_vol",
  delta: "delta",
  gamma: "gamma",
  vega: "vega",
  theta: "theta",
  rho: "rho",
  underlyingPrice: "underlying_price",
} as const;

function readQuote(row: Row, { name }: Source): RowOutcome {
  const { line, cells } = row;
  const root = plainSymbol(cells["symbol"] ?? "");
  const right = readRight(row, "right", name);
  const { session, times } = timesOf(row, name);
  return quoteOutcomes({
    line,
    times,
    session,
    underlying: underlyingOf(root),
    root,
    expiration: readDate(row, "expiration", name),
    strike: readNumber(row, "strike", name),
    right,
    ...withoutFailed(row, readMeasures(row, MEASURES, name), name),
  });
}

function timesOf(row: Row, path: string): { readonly session: CalendarDate; readonly times: FactTimes } {
  const read = readDateAndTime(row, "created" in row.cells ? "created" : "timestamp", path);
  const instant = instantOf(read);
  const isReport = "close" in row.cells;
  const times = isReport ? reportedQuoteOf(read.date, instant) : { occurredAt: instant, knownAt: instant };
  return { session: read.date, times };
}

function withoutFailed(row: Row, measures: Measures, path: string): Measures {
  const error = readOptional(row, "iv_error", path);
  return error !== undefined && error >= 100 ? { ...measures, volatility: 0 } : measures;
}
