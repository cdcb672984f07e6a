import { csvRows } from "../csv-rows.ts";
import type { Format } from "../format.ts";
import { headerAndRow } from "../opening-lines.ts";
import { isShillerHeader, type ShillerColumns, shillerColumns } from "../shiller-columns.ts";

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
    isShillerHeader(headerAndRow(opening).header.split(",")) || SHEET.test(opening.text.slice(0, 4096)),
  read: async function* (source) {
    let shiller: ShillerColumns | undefined;
    const columns = (header: readonly string[]): readonly string[] => {
      shiller = shillerColumns(header, source);
      return shiller.names;
    };
    for await (const batch of csvRows(source, { columns, isHeader: isShillerHeader })) {
      if (shiller !== undefined) yield shiller.read(batch);
    }
  },
};

/** The header of the sheet under its titles. */
const SHEET = /(?:^|\n)"?Date"?,"?P"?,"?D"?,"?E"?,"?CPI"?,/i;
