import { barOf } from "../bar-reading.ts";
import { readDay } from "../dates.ts";
import type { Format } from "../format.ts";
import { isObject, listOf, readJson, readRecords } from "../json-records.ts";
import { leftOut, readOptional } from "../row-reading.ts";
import { canonicalSeries, seriesOfFile } from "../series-name.ts";
import { timesOf } from "./cboe-index-history.ts";

/**
 * The same histories as Cboe's charts get them (`charts/historical/_VIX.json`): numbers are texts, an open of 0 in old rows
 * is none, and so is a volume of 0. A row of a session that is not over at the import is left out.
 */
export const cboeIndexJson: Format = {
  id: "cboe-index-json",
  title: "Cboe index history as JSON, charts/historical/_VIX.json",
  vendor: "cboe",
  recognizes: ({ text }) =>
    /"data"\s*:\s*\[\s*\{\s*"date"\s*:[^}]{0,200}"open"\s*:[^}]{0,200}"close"\s*:/.test(text),
  read: async function* (source, options) {
    const { value, bytesRead } = await readJson(source);
    const records = listOf(source, value, "data");
    const symbol = isObject(value) ? value["symbol"] : undefined;
    const series =
      options.series === undefined && typeof symbol === "string" && symbol !== ""
        ? canonicalSeries(symbol)
        : seriesOfFile(source, options);
    yield* readRecords(records, bytesRead, (row) => {
      const session = readDay(row, "date", source.name);
      const [open, high, low, close, volume] = ["open", "high", "low", "close", "volume"].map((column) =>
        readOptional(row, column, source.name),
      );
      const times = timesOf(series, session);
      if (times.knownAt > options.importedAt) {
        return leftOut(row.line, "bars.unfinished", `${session} was not over at the import`);
      }
      const traded = volume === 0 ? undefined : volume;
      return barOf({ line: row.line, series, session, open, high, low, close, volume: traded, times });
    });
  },
};
