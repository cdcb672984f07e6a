import type { RowBatch } from "./csv-rows.ts";
import type { ParsedBatch, Source } from "./format.ts";
import { notThis } from "./json-records.ts";
import { observationReader } from "./observation-columns.ts";
import type { Row } from "./table.ts";

/** Shiller's columns, whatever file they stand in. */
export interface ShillerColumns {
  /** One to a cell of the header, each once. */
  readonly names: readonly string[];
  readonly read: (batch: RowBatch) => ParsedBatch;
}

/**
 * The columns of a header: that of his sheet (`Date,P,D,E,CPI,…`), which repeats names further right, or of a table of his
 * data (`Date,SP500,Dividend,…,PE10`, or with `ref_month` and short names). Fails with `data.malformed` where it is neither.
 */
export function shillerColumns(header: readonly string[], source: Source): ShillerColumns {
  if (!isShillerHeader(header)) throw notThis(source, "Shiller's columns", header.join(",").slice(0, 100));
  const names = numbered(header.map((name) => name.toLowerCase()));
  const [dateColumn = ""] = names;
  const known = isSheetHeader(header) ? SHEET : TABLE;
  const columns = names.flatMap((column) => {
    const series = known.get(column);
    return series === undefined ? [] : [{ column, series }];
  });
  const read = observationReader({ path: source.name, dateColumn, columns });
  return { names, read: (batch) => read(plainBatch(batch, dateColumn)) };
}

/** Whether cells are such a header. */
export function isShillerHeader(header: readonly string[]): boolean {
  return isSheetHeader(header) || /^(?:date|ref_month),sp500(?:,|$)/i.test(header.join(","));
}

function isSheetHeader(header: readonly string[]): boolean {
  return /^date,p,d,e,cpi(?:,|$)/i.test(header.join(","));
}

/** The second `price` is `price 2`. */
function numbered(names: readonly string[]): readonly string[] {
  return names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name} ${before + 1}`;
  });
}

/** In the sheet the letters are nominal, and the words over which `Real` stands in the row above are real. */
const SHEET: ReadonlyMap<string, string> = new Map([
  ["p", "SHILLER_PRICE"],
  ["d", "SHILLER_DIVIDEND"],
  ["e", "SHILLER_EARNINGS"],
  ["cpi", "SHILLER_CPI"],
  ["rate gs10", "SHILLER_GS10"],
  ...["price", "real price"].map((name) => [name, "SHILLER_REAL_PRICE"] as const),
  ...["dividend", "real dividend"].map((name) => [name, "SHILLER_REAL_DIVIDEND"] as const),
  ["price 2", "SHILLER_REAL_TR_PRICE"],
  ...["earnings", "real earnings"].map((name) => [name, "SHILLER_REAL_EARNINGS"] as const),
  ["cape", "CAPE"],
  ["tr cape", "TR_CAPE"],
  ["yield", "EXCESS_CAPE_YIELD"],
]);

const TABLE: ReadonlyMap<string, string> = new Map([
  ["sp500", "SHILLER_PRICE"],
  ...["dividend", "dividend_ttm"].map((name) => [name, "SHILLER_DIVIDEND"] as const),
  ...["earnings", "earnings_ttm"].map((name) => [name, "SHILLER_EARNINGS"] as const),
  ...["consumer price index", "cpi"].map((name) => [name, "SHILLER_CPI"] as const),
  ...["long interest rate", "gs10"].map((name) => [name, "SHILLER_GS10"] as const),
  ...["real price", "real_price"].map((name) => [name, "SHILLER_REAL_PRICE"] as const),
  ...["real dividend", "real_dividend"].map((name) => [name, "SHILLER_REAL_DIVIDEND"] as const),
  ["real_tr_price", "SHILLER_REAL_TR_PRICE"],
  ...["real earnings", "real_earnings"].map((name) => [name, "SHILLER_REAL_EARNINGS"] as const),
  ...["pe10", "cape"].map((name) => [name, "CAPE"] as const),
  ["tr_cape", "TR_CAPE"],
  ["excess_cape_yield", "EXCESS_CAPE_YIELD"],
]);

/** Months as numbers become months, and zeros become empty. */
function plainBatch(batch: RowBatch, dateColumn: string): RowBatch {
  return { ...batch, rows: batch.rows.map((row) => plainRow(row, dateColumn)) };
}

function plainRow({ line, cells }: Row, dateColumn: string): Row {
  const plain: Record<string, string> = Object.create(null);
  for (const [column, text] of Object.entries(cells)) plain[column] = /^0(?:\.0*)?$/.test(text) ? "" : text;
  const [, year, month] = /^(\d{4})\.(\d{1,2})$/.exec(cells[dateColumn] ?? "") ?? [];
  if (year !== undefined && month !== undefined) plain[dateColumn] = `${year}-${month.padEnd(2, "0")}`;
  return { line, cells: plain };
}
