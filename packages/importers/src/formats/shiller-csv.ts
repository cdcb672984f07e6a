import { csvRows, type RowBatch } from "../csv-rows.ts";
import type { Format } from "../format.ts";
import { notThis } from "../json-records.ts";
import { observationReader, type ValueColumn } from "../observation-columns.ts";
import { headerAndRow } from "../opening-lines.ts";
import type { Row } from "../table.ts";

/**
 * Shiller's monthly stock data as a table: that of datasets/s-and-p-500 (`Date,SP500,Dividend,…,PE10`), one with `ref_month`
 * and short names, or the sheet of ie_data.xls saved as CSV, whose months are numbers and 1871.1 is October. A 0 is no value.
 * Series are `SHILLER_PRICE`, `SHILLER_EARNINGS` and so on, and `CAPE`.
 */
export const shillerCsv: Format = {
  id: "shiller-csv",
  title: "Shiller's monthly stock data as CSV",
  vendor: "shiller",
  recognizes: (opening) =>
    isHeader(headerAndRow(opening).header.split(",")) || isSheet(opening.text.slice(0, 4096)),
  read: async function* (source) {
    let names: readonly string[] = [];
    let series: readonly ValueColumn[] = [];
    const columns = (header: readonly string[]): readonly string[] => {
      // The sheet repeats names further right, where other units begin; the first is meant.
      const lower = header.map((name) => name.toLowerCase());
      names = lower.map((name, i) => (lower.indexOf(name) === i ? name : `${name} ${i}`));
      if (!isHeader(names)) throw notThis(source, "Shiller's columns", header.join(",").slice(0, 100));
      series = names.flatMap((column) => {
        const known = SERIES.get(column);
        return known === undefined ? [] : [{ column, series: known }];
      });
      return names;
    };
    let read: ReturnType<typeof observationReader> | undefined;
    for await (const batch of csvRows(source, { columns, isHeader })) {
      read ??= observationReader({ path: source.name, dateColumn: names[0] ?? "", columns: series });
      yield read(plainBatch(batch, names[0] ?? ""));
    }
  },
};

const SERIES: ReadonlyMap<string, string> = new Map([
  ...["sp500", "p", "price"].map((name) => [name, "SHILLER_PRICE"] as const),
  ...["dividend", "dividend_ttm", "d"].map((name) => [name, "SHILLER_DIVIDEND"] as const),
  ...["earnings", "earnings_ttm", "e"].map((name) => [name, "SHILLER_EARNINGS"] as const),
  ...["consumer price index", "cpi"].map((name) => [name, "SHILLER_CPI"] as const),
  ...["long interest rate", "gs10", "rate gs10"].map((name) => [name, "SHILLER_GS10"] as const),
  ...["real price", "real_price"].map((name) => [name, "SHILLER_REAL_PRICE"] as const),
  ...["real dividend", "real_dividend"].map((name) => [name, "SHILLER_REAL_DIVIDEND"] as const),
  ["real_tr_price", "SHILLER_REAL_TR_PRICE"],
  ...["real earnings", "real_earnings"].map((name) => [name, "SHILLER_REAL_EARNINGS"] as const),
  ...["pe10", "cape"].map((name) => [name, "CAPE"] as const),
  ["tr_cape", "TR_CAPE"],
  ["excess_cape_yield", "EXCESS_CAPE_YIELD"],
]);

function isHeader(cells: readonly string[]): boolean {
  const names = cells.map((name) => name.toLowerCase());
  const begins = /^(?:date|ref_month)$/.test(names[0] ?? "");
  return begins && (/^sp500$/.test(names[1] ?? "") || /^p,d,e,cpi/.test(names.slice(1, 5).join(",")));
}

function isSheet(text: string): boolean {
  return /(?:^|\n)"?Date"?,"?P"?,"?D"?,"?E"?,"?CPI"?,/i.test(text);
}

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
