import { csvRows } from "../csv-rows.ts";
import type { Format } from "../format.ts";
import { notThis } from "../json-records.ts";
import { treasuryCurveOf } from "../known-at.ts";
import { observationReader, type ValueColumn } from "../observation-columns.ts";
import { headerAndRow } from "../opening-lines.ts";

/**
 * The Treasury's daily par yield curve, a year to a file, newest first: `Date,"1 Mo","1.5 Month","2 Mo",…,"30 Yr"`; which
 * maturities there are varies by year. The series carry the names of FRED, which copies them: `DGS1MO`, `DGS10`, and
 * `DGS1_5MO` in their manner. Percent.
 */
export const treasuryParCurve: Format = {
  id: "treasury-par-curve",
  title: "Treasury par yield curve, daily-treasury-rates.csv",
  vendor: "treasury",
  recognizes: (opening) => HEADER.test(headerAndRow(opening).header),
  read: async function* (source) {
    let maturities: readonly ValueColumn[] = [];
    const columns = (header: readonly string[]): readonly string[] => {
      if (!HEADER.test(header.join(",")) || new Set(header).size !== header.length) {
        throw notThis(source, 'Date,"1 Mo",…,"30 Yr"', header.join(",").slice(0, 100));
      }
      maturities = header
        .slice(1)
        .map((name) => ({ column: name, series: seriesOf(name), timesOf: treasuryCurveOf }));
      return header;
    };
    let read: ReturnType<typeof observationReader> | undefined;
    for await (const batch of csvRows(source, { columns })) {
      read ??= observationReader({ path: source.name, dateColumn: "Date", columns: maturities });
      yield read(batch);
    }
  },
};

const HEADER = /^Date(?:,\d+(?:\.\d+)? (?:Mo|Month|Yr))+$/;

function seriesOf(maturity: string): string {
  const [length = "", unit = ""] = maturity.split(" ");
  return `DGS${length.replace(".", "_")}${unit === "Yr" ? "" : "MO"}`;
}
