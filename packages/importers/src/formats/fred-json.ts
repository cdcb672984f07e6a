import { readDay } from "../dates.ts";
import type { Format, ReadOptions, Source } from "../format.ts";
import { isObject, listOf, readJson, readRecords } from "../json-records.ts";
import { dayOfField, fieldsOf, textOf } from "../json-values.ts";
import { latestRevised, publicationOf, publishedTimesOf, spacingOf } from "../publications.ts";
import { type RowOutcome, readOptional } from "../row-reading.ts";
import { parameterOf, seriesOfFile } from "../series-name.ts";
import type { Row } from "../table.ts";
import { vintageFact } from "./alfred.ts";

/**
 * FRED's observations as JSON (`series/observations?series_id=CPIAUCSL&file_type=json`). Values are texts, a dot is none; the
 * series is named in the address or the file's name alone. Asked for a range of real time, each value was known at its
 * `realtime_start`. Asked for one day, as by default, the values are that day's revisions and known by their publisher's lag.
 */
export const fredJson: Format = {
  id: "fred-json",
  title: "FRED observations JSON, CPIAUCSL.json",
  vendor: "fred",
  recognizes: ({ text }) =>
    /"observations"\s*:\s*\[\s*(?:\]|\{[^}]{0,300}"value"\s*:)/.test(text) && /"realtime_start"/.test(text),
  read: async function* (source, options) {
    const { value, bytesRead } = await readJson(source);
    const records = listOf(source, value, "observations");
    const series = seriesOf(source, options);
    const document = fieldsOf(value);
    const isSnapshot =
      textOf(document["realtime_start"]) === textOf(document["realtime_end"]) && !hasRanges(records);
    const readRow = isSnapshot ? snapshotReader(series, records, source) : vintageReader(series, source);
    if (isSnapshot && publicationFor(series, records).unit !== "day") {
      yield { facts: [], remarks: [latestRevised([series])], bytesRead: 0 };
    }
    yield* readRecords(records, bytesRead, readRow);
  },
};

function seriesOf(source: Source, options: ReadOptions): string {
  const asked = options.series ?? parameterOf(source.name, "series_id");
  return asked?.toUpperCase() ?? seriesOfFile(source, options);
}

function hasRanges(records: readonly unknown[]): boolean {
  const starts = new Set(records.filter(isObject).map((record) => record["realtime_start"]));
  return starts.size > 1;
}

function publicationFor(series: string, records: readonly unknown[]): ReturnType<typeof publicationOf> {
  const dates = records
    .filter(isObject)
    .filter((record) => record["value"] !== ".")
    .map((record) => dayOfField(record["date"]))
    .filter((date) => date !== undefined);
  return publicationOf(series, spacingOf(dates));
}

function snapshotReader(
  series: string,
  records: readonly unknown[],
  source: Source,
): (row: Row) => RowOutcome {
  const publication = publicationFor(series, records);
  return (row) => {
    const period = readDay(row, "date", source.name);
    const value = readOptional(row, "value", source.name);
    if (value === undefined) return [];
    const times = publishedTimesOf(series, period, publication);
    return { table: "observations", line: row.line, fact: { series, period, value, ...times } };
  };
}

function vintageReader(series: string, source: Source): (row: Row) => RowOutcome {
  const latest = new Map<string, number>();
  return (row) => {
    const period = readDay(row, "date", source.name);
    const vintage = readDay(row, "realtime_start", source.name);
    const value = readOptional(row, "value", source.name);
    if (value === undefined || latest.get(period) === value) return [];
    latest.set(period, value);
    return vintageFact({ series, period, value, vintage }, row.line);
  };
}
