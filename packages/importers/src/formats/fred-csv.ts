import { csvRows } from "../csv-rows.ts";
import type { Format } from "../format.ts";
import { notThis } from "../json-records.ts";
import { type ObservationTable, observationReader } from "../observation-columns.ts";
import { headerAndRow } from "../opening-lines.ts";
import { isVintageColumn } from "./alfred.ts";

/**
 * FRED's tables (`fredgraph.csv?id=CPIAUCSL`): `observation_date` or `DATE`, then a column to a series, named by its
 * identifier. Missing values are empty or a dot. The values are the latest revised ones.
 */
export const fredCsv: Format = {
  id: "fred-csv",
  title: "FRED table, fredgraph.csv",
  vendor: "fred",
  recognizes: (opening) => {
    const { header, row } = headerAndRow(opening);
    const isDated = /^\d{4}-\d{2}-\d{2},/.test(row);
    return HEADER.test(header) && isDated && !header.split(",").slice(1).every(isVintageColumn);
  },
  read: async function* (source) {
    let table: ObservationTable | undefined;
    const columns = (header: readonly string[]): readonly string[] => {
      if (!HEADER.test(header.join(","))) {
        throw notThis(source, "observation_date and series", header.join(",").slice(0, 100));
      }
      const series = header.slice(1).map((name) => ({ column: name, series: name }));
      table = { path: source.name, dateColumn: header[0] ?? "", columns: series };
      return header;
    };
    let read: ReturnType<typeof observationReader> | undefined;
    for await (const batch of csvRows(source, { columns })) {
      read ??= table === undefined ? undefined : observationReader(table);
      if (read !== undefined) yield read(batch);
    }
  },
};

const HEADER = /^(?:observation_date|DATE)(?:,[A-Z][A-Z0-9_]*)+$/;
