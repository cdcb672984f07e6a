import type { FactTimes, FutureFact } from "@steward/model";
import { barOf } from "../bar-reading.ts";
import { csvRows } from "../csv-rows.ts";
import { readDay } from "../dates.ts";
import type { Format, Opening, Parsed, ParsedBatch, ReadOptions, Remark, Source } from "../format.ts";
import { futuresSettlementOf } from "../known-at.ts";
import { observationReader, type ValueColumn } from "../observation-columns.ts";
import { headerAndRow } from "../opening-lines.ts";
import { leftOut, parseRows, type RowOutcome, readOptional, refused } from "../row-reading.ts";
import { barTimesOf, seriesOfFile } from "../series-name.ts";
import type { Row } from "../table.ts";
import { fieldsOfHeader, type Layout, layoutOf } from "./series-layout.ts";

/**
 * Any table with a date to a row, ISO or US. Its columns, or the map in `ReadOptions.columns`, decide what it holds: futures
 * (`date`, `expiration`, and `settle` or `close`), bars (`date` and `close`, with or without `open`, `high`, `low`, `volume`,
 * `adj_close`), or observations (every other column of numbers, named by itself). A series is named by the column, or by the
 * file.
 */
export const seriesTable: Format = {
  id: "series-table",
  title: "Table of a series: date and close, or date and values",
  vendor: "table",
  recognizes: isSeriesTable,
  read: async function* (source, options) {
    let layout: Layout | undefined;
    const columns = (header: readonly string[]): readonly string[] => {
      layout = layoutOf(header, source, options);
      return layout.names;
    };
    let read: ((batch: Parameters<typeof parseRows>[0]) => ParsedBatch) | undefined;
    for await (const batch of csvRows(source, { columns, allowsTrailingComma: true })) {
      read ??= layout === undefined ? undefined : readerOf(layout, source, options);
      if (read !== undefined) yield read(batch);
    }
  },
};

/** A header in small letters, or Yahoo's downloads; what other formats are sure about is theirs, and options are no series. */
function isSeriesTable(opening: Opening): boolean {
  const { header, row } = headerAndRow(opening);
  const isYahoo = header === "Date,Open,High,Low,Close,Adj Close,Volume";
  if (!(isYahoo || header === header.toLowerCase() || /^[a-z]/.test(header))) {
    if (!/^[Dd]ate,/.test(header) || OTHERS_IN_CAPITALS.test(header)) return false;
  }
  const cells = header.toLowerCase().split(",");
  if (cells.length < 2 || cells.some((cell) => OPTION_COLUMNS.has(cell)) || OTHERS.test(header)) return false;
  const hasDate = fieldsOfHeader(cells).date !== undefined;
  return hasDate && /(?:^|,)(?:\d{4}-\d{1,2}(?:-\d{2})?|\d{1,2}\/\d{1,2}\/\d{4}|\d{8})(?:,|$)/.test(row);
}

const OPTION_COLUMNS: ReadonlySet<string> = new Set([
  "strike",
  "bid",
  "ask",
  "option_type",
  "right",
  "call/put",
  "type",
]);
const OTHERS_IN_CAPITALS = /^Date,(?:Open,High,Low,Close(?:,Volume)?$|SP500,|\d|P,D,E)/;
const OTHERS =
  /^(?:observation_date(?:,[A-Z][A-Z0-9_]*)+$|(?:observation_)?date(?:,[A-Z0-9_]+_\d{8})+$|(?:date|ref_month),(?:sp500,|p,d,e,cpi)|date(?:(?:,[a-z0-9_]+_(?:adv|dec))+|(?:,pct_[a-z0-9_]+)+)$|decision_date,|release_date,|kind,reference,|trade date,futures,)/i;

function readerOf(
  layout: Layout,
  source: Source,
  options: ReadOptions,
): (batch: Parameters<typeof parseRows>[0]) => ParsedBatch {
  switch (layout.kind) {
    case "futures":
      return (batch) => parseRows(batch, (row) => readFuture(row, layout, { source, options }));
    case "bars":
      return (batch) => parseRows(batch, (row) => readBar(row, layout, { source, options }));
    case "observations":
      return observationReader({
        path: source.name,
        dateColumn: layout.fields.date ?? "",
        columns: layout.values.map((column) => valueColumn(column, source, options)),
      });
  }
}

interface Context {
  readonly source: Source;
  readonly options: ReadOptions;
}

function numbersOf(
  row: Row,
  layout: Layout,
  { source }: Context,
): Readonly<Record<string, number | undefined>> {
  const numbers: Record<string, number | undefined> = {};
  for (const field of NUMBERS) {
    const column = layout.fields[field];
    if (column !== undefined) numbers[field] = readOptional(row, column, source.name);
  }
  return numbers;
}

const NUMBERS = ["open", "high", "low", "close", "adj_close", "settle", "volume", "open_interest"] as const;

function readBar(row: Row, layout: Layout, context: Context): RowOutcome {
  const { source, options } = context;
  const session = readDay(row, layout.fields.date ?? "", source.name);
  const { open, high, low, close, volume, adj_close: adjustedClose } = numbersOf(row, layout, context);
  const named = layout.fields.series === undefined ? undefined : row.cells[layout.fields.series];
  const series = seriesOfFile(
    source,
    named === undefined || named === "" ? options : { ...options, series: named },
  );
  return barOf({ line: row.line, series, session, open, high, low, close, volume, adjustedClose });
}

function readFuture(row: Row, layout: Layout, context: Context): Parsed | Remark {
  const { source, options } = context;
  const session = readDay(row, layout.fields.date ?? "", source.name);
  const expiration = readDay(row, layout.fields.expiration ?? "", source.name);
  if (session > expiration) {
    return refused(
      row.line,
      "futures.after-settlement",
      `${session} is after the settlement on ${expiration}`,
    );
  }
  const values = numbersOf(row, layout, context);
  if (Object.values(values).some((value) => value !== undefined && value < 0)) {
    return refused(row.line, "futures.negative", "expected prices and volumes of at least 0");
  }
  const [open, high, low, close, settle] = ["open", "high", "low", "close", "settle"].map((field) =>
    values[field] === 0 ? undefined : values[field],
  );
  if ([open, high, low, close, settle].every((price) => price === undefined)) {
    return leftOut(row.line, "futures.empty", `no price of ${session}`);
  }
  const product = firstWord(seriesOfFile(source, options));
  const { volume, open_interest: openInterest } = values;
  const fact: FutureFact = {
    ...{ product, expiration, session, open, high, low, close, settle, volume, openInterest },
    ...futuresSettlementOf(session),
  };
  return { table: "futures", line: row.line, fact };
}

/**
 * A column's series is its name in capitals. A name of one or two letters, or of a price's adjustment, says too little: the
 * file's name goes before it, `adjclose_SPY.csv` is SPY_ADJ_CLOSE, column `m1` of `vx_m1_m8.csv` is VX_M1.
 */
function valueColumn(column: string, source: Source, options: ReadOptions): ValueColumn {
  if (column === "value" || options.columns !== undefined) {
    return { column, series: seriesOfFile(source, options) };
  }
  if (/^(?:adj_close|volume|settle|open_interest|.{1,2})$/.test(column)) {
    const owner = firstWord(seriesOfFile(source, options));
    return {
      column,
      series: `${owner}_${column.toUpperCase()}`,
      timesOf: (date): FactTimes => (owner === "VX" ? futuresSettlementOf(date) : barTimesOf(owner, date)),
    };
  }
  return { column, series: column.toUpperCase() };
}

function firstWord(name: string): string {
  return name.split("_", 1)[0] ?? name;
}
