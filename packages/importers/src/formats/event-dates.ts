import { type EventFact, Failure } from "@steward/model";
import { readDay } from "../dates.ts";
import type { Format, Parsed, ReadOptions, Remark, Source } from "../format.ts";
import { notThis } from "../json-records.ts";
import { announcedOn, meetingScheduledOn, releaseScheduledOn } from "../known-at.ts";
import { headerAndRow } from "../opening-lines.ts";
import { readRows, refused } from "../row-reading.ts";
import { stemOf } from "../series-name.ts";
import type { Row } from "../table.ts";

/**
 * Dates of events as a table: `decision_date,type` of the FOMC, where an unscheduled decision was known on its own evening,
 * and `release_date,ref_month` of a statistic that the file's name begins with, `cpi_release_dates.csv`.
 */
export const eventDates: Format = {
  id: "event-dates",
  title: "Dates of decisions or releases, cpi_release_dates.csv",
  vendor: "table",
  recognizes: (opening) => HEADER.test(headerAndRow(opening).header),
  read: (source, options) => {
    let dateColumn = "";
    const columns = (header: readonly string[]): readonly string[] => {
      const names = header.map((name) => name.toLowerCase());
      if (!HEADER.test(names.join(","))) {
        throw notThis(source, "decision_date,type or release_date,ref_month", header.join(",").slice(0, 100));
      }
      dateColumn = names[0] ?? "";
      return names;
    };
    return readRows(source, { columns }, (row) =>
      dateColumn === "decision_date" ? readDecision(row, source) : readRelease(row, source, options),
    );
  },
};

const HEADER = /^(?:decision_date,type|release_date,ref_month)(?:,source|,note)*$/;

function readDecision(row: Row, source: Source): Parsed | Remark {
  const date = readDay(row, "decision_date", source.name);
  const type = row.cells["type"] ?? "";
  if (type !== "scheduled" && type !== "unscheduled") {
    return refused(row.line, "events.type", `expected scheduled or unscheduled, found "${type}"`);
  }
  const times = type === "scheduled" ? meetingScheduledOn(date) : announcedOn(date, "20:00");
  const note = type === "unscheduled" ? { note: type } : {};
  const fact: EventFact = { kind: "fomc", reference: date, date, status: "scheduled", ...note, ...times };
  return { table: "events", line: row.line, fact };
}

function readRelease(row: Row, source: Source, options: ReadOptions): Parsed | Remark {
  const date = readDay(row, "release_date", source.name);
  const month = readDay(row, "ref_month", source.name);
  if (month >= date) {
    return refused(row.line, "events.before-its-month", `${date} is not after ${month}`);
  }
  const kind = kindOf(source, options);
  const fact: EventFact = {
    ...{ kind, reference: month.slice(0, 7), date, status: "scheduled" },
    ...releaseScheduledOn(date),
  };
  return { table: "events", line: row.line, fact };
}

function kindOf({ name }: Source, { series }: ReadOptions): string {
  const kind = (series ?? stemOf(name).split(/[_-]/, 1)[0] ?? "").toLowerCase();
  if (/^(?:cpi|ppi|pce|jobs|gdp)$/.test(kind)) return kind;
  const message = `${name}: expected a name that begins with cpi, ppi, pce, jobs or gdp, or --series`;
  throw new Failure("input.invalid", message, { details: { path: name } });
}
