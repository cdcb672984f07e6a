import { barOf } from "../bar-reading.ts";
import { readDay } from "../dates.ts";
import type { Format, ReadOptions, Source } from "../format.ts";
import { notThis } from "../json-records.ts";
import { closeOf, optionsCloseOf } from "../known-at.ts";
import { headerAndRow } from "../opening-lines.ts";
import { readOptional, readRows } from "../row-reading.ts";
import { seriesOfFile } from "../series-name.ts";

/**
 * Histories of Cboe's indices (`VIX_History.csv`): `DATE,OPEN,HIGH,LOW,CLOSE`, or `DATE,VVIX` where only the close is kept.
 * The header decides, not the symbol; of the former the symbol stands in the file's name alone. Dates are MM/DD/YYYY, by
 * which the latter differs from FRED's tables.
 */
export const cboeIndexHistory: Format = {
  id: "cboe-index-history",
  title: "Cboe index history, VIX_History.csv",
  vendor: "cboe",
  recognizes: (opening) => {
    const { header, row } = headerAndRow(opening);
    return /^DATE,(?:OPEN,HIGH,LOW,CLOSE|[A-Z0-9]+)$/.test(header) && /^\d{1,2}\/\d{1,2}\/\d{4},/.test(row);
  },
  read: (source, options) => {
    let closeColumn = "close";
    const columns = (header: readonly string[]): readonly string[] => {
      const names = header.map((name) => name.toLowerCase());
      if (!HEADER.test(names.join(","))) {
        throw notThis(
          source,
          "DATE,OPEN,HIGH,LOW,CLOSE or DATE and one index",
          header.join(",").slice(0, 100),
        );
      }
      closeColumn = names.at(-1) ?? closeColumn;
      return names;
    };
    return readRows(source, { columns }, (row) => {
      const series = seriesOf(source, closeColumn, options);
      const session = readDay(row, "date", source.name);
      const [open, high, low, close] = ["open", "high", "low", closeColumn].map((column) =>
        readOptional(row, column, source.name),
      );
      return barOf({
        line: row.line,
        series,
        session,
        open,
        high,
        low,
        close,
        times: timesOf(series, session),
      });
    });
  },
};

const HEADER = /^date,(?:open,high,low,close|[a-z0-9]+)$/;

function seriesOf(source: Source, closeColumn: string, options: ReadOptions): string {
  if (closeColumn === "close") return seriesOfFile(source, options);
  return options.series?.toUpperCase() ?? closeColumn.toUpperCase();
}

/** Cboe computes its own indices until its options close at 16:15; those of stocks close with the stocks. */
export function timesOf(series: string, session: Parameters<typeof closeOf>[0]): ReturnType<typeof closeOf> {
  return STOCKS.has(series) ? closeOf(session) : optionsCloseOf(session);
}

const STOCKS: ReadonlySet<string> = new Set(["SPX", "XSP", "NDX", "XND", "RUT", "MRUT", "DJX", "OEX", "XEO"]);
