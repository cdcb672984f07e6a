import { readDay } from "../dates.ts";
import type { Format } from "../format.ts";
import { notThis } from "../json-records.ts";
import { openingLines } from "../opening-lines.ts";
import { latestRevised, publicationOf, publishedTimesOf } from "../publications.ts";
import { leftOut, type RowOutcome, readOptional, readRows } from "../row-reading.ts";
import type { Row } from "../table.ts";

/**
 * Effective exchange rates of the BIS (`WS_EER/1.0/M.R.B.US?format=csv`), by `TIME_PERIOD` and `OBS_VALUE`. The series carry
 * FRED's names: `RBUSBIS` is the real broad one of the United States. Monthly ones are taken. Up is appreciation.
 */
export const bisReer: Format = {
  id: "bis-reer",
  title: "BIS effective exchange rates CSV",
  vendor: "bis",
  recognizes: (opening) =>
    hasColumns(namesOf((openingLines(opening, 1)[0] ?? "").replaceAll('"', "").split(","))),
  read: async function* (source) {
    const columns = (header: readonly string[]): readonly string[] => {
      const names = namesOf(header);
      if (!hasColumns(names))
        throw notThis(source, `columns ${REQUIRED.join(", ")}`, header.join(",").slice(0, 100));
      return names;
    };
    const seen = new Set<string>();
    let bytesRead = 0;
    for await (const batch of readRows(source, { columns }, (row) => readRate(row, source.name, seen))) {
      bytesRead = batch.bytesRead;
      yield batch;
    }
    if (seen.size > 0) yield { facts: [], remarks: [latestRevised([...seen])], bytesRead };
  },
};

const REQUIRED = ["freq", "eer_type", "eer_basket", "ref_area", "time_period", "obs_value"] as const;

/** Columns and cells may carry labels after their codes, `FREQ:Frequency` and `M: Monthly`. */
function namesOf(header: readonly string[]): readonly string[] {
  return header.map((name) => codeOf(name).toLowerCase());
}

function codeOf(text: string): string {
  return text.split(":", 1)[0]?.trim() ?? "";
}

function hasColumns(names: readonly string[]): boolean {
  return REQUIRED.every(
    (name) => names.indexOf(name) !== -1 && names.indexOf(name) === names.lastIndexOf(name),
  );
}

function readRate(row: Row, path: string, seen: Set<string>): RowOutcome {
  const [freq, type, basket, area] = REQUIRED.slice(0, 4).map((column) => codeOf(row.cells[column] ?? ""));
  const series = `${type}${basket}${area}BIS`;
  if (freq !== "M" || !/^[RN][BN][A-Z0-9]{2}BIS$/.test(series)) {
    return leftOut(row.line, "bis.other-series", `${freq}.${type}.${basket}.${area} is no monthly rate`);
  }
  const period = readDay(row, "time_period", path);
  const value = readOptional(row, "obs_value", path);
  if (value === undefined) return [];
  seen.add(series);
  const times = publishedTimesOf(series, period, publicationOf(series, "month"));
  return { table: "observations", line: row.line, fact: { series, period, value, ...times } };
}
