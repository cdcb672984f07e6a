import { readDay } from "../dates.ts";
import type { Format } from "../format.ts";
import { listOf, readJson, readRecords } from "../json-records.ts";
import { referenceRateOf } from "../known-at.ts";
import { leftOut, readOptional } from "../row-reading.ts";

/** Reference rates of the New York Fed (`api/rates/unsecured/effr/last/30.json`): `EFFR`, and `SOFR`, `OBFR` alike. Percent. */
export const effr: Format = {
  id: "effr",
  title: "New York Fed reference rates JSON, effr",
  vendor: "newyorkfed",
  recognizes: ({ text }) => /^\s*\{\s*"refRates"\s*:\s*\[/.test(text),
  read: async function* (source) {
    const { value, bytesRead } = await readJson(source);
    yield* readRecords(listOf(source, value, "refRates"), bytesRead, (row) => {
      const period = readDay(row, "effectivedate", source.name);
      const series = row.cells["type"] ?? "";
      const rate = readOptional(row, "percentrate", source.name);
      if (rate === undefined || !/^[A-Z]{3,8}$/.test(series)) {
        return leftOut(row.line, "rates.empty", `no rate of ${period}`);
      }
      const fact = { series, period, value: rate, ...referenceRateOf(period) };
      return { table: "observations", line: row.line, fact };
    });
  },
};
