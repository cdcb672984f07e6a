import { csvRows } from "../csv-rows.ts";
import { parseDay, readDay } from "../dates.ts";
import type { Format, Parsed, ParsedBatch, Remark, Source } from "../format.ts";
import { beginsLikeJson, listOf, notThis, readJson, readRecords } from "../json-records.ts";
import { announcedOn } from "../known-at.ts";
import { headerAndRow } from "../opening-lines.ts";
import { endOfPeriod, type PeriodUnit, publicationOf, releaseTimeOf } from "../publications.ts";
import { parseRows, readOptional, refused } from "../row-reading.ts";
import type { Row } from "../table.ts";

/**
 * ALFRED's vintages side by side (`output_type=2`, JSON or CSV): a row to a period, a column `CPIAUCSL_20240111` to a
 * vintage. Each vintage that changes a value is a fact known at its release; what a vintage repeats is not repeated.
 */
export const alfred: Format = {
  id: "alfred",
  title: "ALFRED vintages, columns CPIAUCSL_20240111",
  vendor: "fred",
  recognizes: (opening) => {
    const { header } = headerAndRow(opening);
    const names = header.split(",");
    if (/^(?:observation_date|date)$/i.test(names[0] ?? "")) {
      return names.length > 1 && names.slice(1).every(isVintageColumn);
    }
    return /"observations"\s*:\s*\[\s*\{\s*"date"\s*:\s*"[^"]*"\s*,\s*"[A-Z0-9_]+_\d{8}"\s*:/.test(
      opening.text,
    );
  },
  read: async function* (source) {
    if (await beginsLikeJson(source)) {
      const { value, bytesRead } = await readJson(source);
      const records = listOf(source, value, "observations");
      yield* readRecords(records, bytesRead, (row) => readVintages(row, "date", source));
    } else yield* readTable(source);
  },
};

async function* readTable(source: Source): AsyncGenerator<ParsedBatch> {
  let dateColumn = "";
  const columns = (header: readonly string[]): readonly string[] => {
    const names = header.map((name) => name.toLowerCase());
    if (!names.slice(1).every(isVintageColumn) || names.length < 2) {
      throw notThis(source, "a date and columns as CPIAUCSL_20240111", header.join(",").slice(0, 100));
    }
    dateColumn = names[0] ?? "";
    return names;
  };
  for await (const batch of csvRows(source, { columns })) {
    yield parseRows(batch, (row) => readVintages(row, dateColumn, source));
  }
}

/** Whether a column is of one vintage of one series. */
export function isVintageColumn(name: string): boolean {
  return /^[A-Z0-9_]+_(?:1[89]|20)\d{6}$/i.test(name);
}

function readVintages(row: Row, dateColumn: string, source: Source): readonly (Parsed | Remark)[] {
  const period = readDay(row, dateColumn, source.name);
  const columns = Object.keys(row.cells)
    .filter(isVintageColumn)
    .sort((a, b) => (a < b ? -1 : 1));
  const latest = new Map<string, number>();
  const outcomes: (Parsed | Remark)[] = [];
  for (const column of columns) {
    const series = column.slice(0, -9).toUpperCase();
    const vintage = parseDay(column.slice(-8));
    const value = readOptional(row, column, source.name);
    if (vintage === undefined) outcomes.push(refused(row.line, "alfred.vintage", `${column} names no day`));
    if (vintage === undefined || value === undefined || latest.get(series) === value) continue;
    latest.set(series, value);
    outcomes.push(vintageFact({ series, period, value, vintage }, row.line));
  }
  return outcomes;
}

/** A value as of a vintage. */
export interface VintageValue {
  readonly series: string;
  readonly period: ReturnType<typeof readDay>;
  readonly value: number;
  readonly vintage: ReturnType<typeof readDay>;
}

/** A value with the release of its vintage as the moment it was known; a period that is still open then ends with it. */
export function vintageFact({ series, period, value, vintage }: VintageValue, line: number): Parsed {
  const { knownAt } = announcedOn(vintage, releaseTimeOf(series));
  const unit: PeriodUnit = period.endsWith("-01") ? publicationOf(series, "day").unit : "day";
  const end = announcedOn(endOfPeriod(period, unit), "16:00").knownAt;
  const occurredAt = end < knownAt ? end : knownAt;
  return { table: "observations", line, fact: { series, period, value, occurredAt, knownAt } };
}
