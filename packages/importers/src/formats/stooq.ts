import { barOf } from "../bar-reading.ts";
import { readDay } from "../dates.ts";
import type { Format } from "../format.ts";
import { notThis } from "../json-records.ts";
import { headerAndRow } from "../opening-lines.ts";
import { leftOut, readOptional, readRows } from "../row-reading.ts";
import { barTimesOf, canonicalSeries, parameterOf, seriesOfFile } from "../series-name.ts";

/**
 * Stooq's daily histories (`q/d/l/?s=^spx&i=d`, saved as `^spx_d.csv` or `spy_us_d.csv`): `Date,Open,High,Low,Close,Volume`
 * with ISO dates, prices adjusted for splits. A symbol that Stooq does not give comes as the text "No data" or as a page.
 */
export const stooq: Format = {
  id: "stooq",
  title: "Stooq daily history, ^spx_d.csv",
  vendor: "stooq",
  recognizes: (opening) => {
    const { header, row } = headerAndRow(opening);
    return NO_DATA.test(header) || (HEADER.test(header) && /^(?:\d{4}-\d{2}-\d{2},|$)/.test(row));
  },
  read: (source, options) => {
    const columns = (header: readonly string[]): readonly string[] => {
      if (!HEADER.test(header.join(","))) {
        throw notThis(source, "Date,Open,High,Low,Close,Volume", header.join(",").slice(0, 100));
      }
      return header.map((name) => name.toLowerCase());
    };
    const symbol = options.series ?? parameterOf(source.name, "s");
    const named = symbol === undefined ? seriesOfFile(source, options) : canonicalSeries(symbol);
    const series = named.replace(/[._]US$/, "");
    return readRows(source, { columns }, (row) => {
      const session = readDay(row, "date", source.name);
      const [open, high, low, close, volume] = ["open", "high", "low", "close", "volume"].map((column) =>
        readOptional(row, column, source.name),
      );
      if (barTimesOf(series, session).knownAt > options.importedAt) {
        return leftOut(row.line, "bars.unfinished", `${session} was not over at the import`);
      }
      return barOf({ line: row.line, series, session, open, high, low, close, volume });
    });
  },
};

const HEADER = /^Date,Open,High,Low,Close(?:,Volume)?$/;
const NO_DATA = /^No data$/i;
