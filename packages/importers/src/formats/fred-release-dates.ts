import { addDays, type CalendarDate, dayOf } from "@steward/model";
import { readDay } from "../dates.ts";
import type { Format, Parsed, Remark } from "../format.ts";
import { listOf, readJson, readRecords } from "../json-records.ts";
import { batchesOf } from "../json-values.ts";
import { releaseScheduledOn } from "../known-at.ts";
import { leftOut } from "../row-reading.ts";
import { readNumber } from "../table.ts";

/**
 * FRED's dates of a release (`release/dates?release_id=10`, those ahead included): 10 is the CPI, 46 the PPI, 54 personal
 * income and outlays, 50 jobs, 53 GDP. They become events that refer to the month before; of two in a month the earlier is
 * for a month further back, and one that repeats a month is left out.
 */
export const fredReleaseDates: Format = {
  id: "fred-release-dates",
  title: "FRED release dates JSON, release/dates",
  vendor: "fred",
  recognizes: ({ text }) => /"release_dates"\s*:\s*\[/.test(text),
  read: async function* (source) {
    const { value, bytesRead } = await readJson(source);
    const records = listOf(source, value, "release_dates");
    const rows: Release[] = [];
    const remarks: Remark[] = [];
    for (const part of readRecords(records, bytesRead, (row) => {
      const kind = KINDS.get(readNumber(row, "release_id", source.name));
      const date = readDay(row, "date", source.name);
      if (kind === undefined)
        return leftOut(row.line, "events.other-release", `release of ${date} is not followed`);
      rows.push({ kind, date, line: row.line });
      return [];
    })) {
      remarks.push(...part.remarks);
    }
    const outcomes = referencesOf(rows.sort((a, b) => (a.date < b.date ? -1 : 1)));
    yield* batchesOf([...remarks, ...outcomes], bytesRead);
  },
};

const KINDS: ReadonlyMap<number, string> = new Map([
  [10, "cpi"],
  [46, "ppi"],
  [54, "pce"],
  [50, "jobs"],
  [53, "gdp"],
]);

interface Release {
  readonly kind: string;
  readonly date: CalendarDate;
  readonly line: number;
}

function referencesOf(releases: readonly Release[]): readonly (Parsed | Remark)[] {
  const taken = new Set<string>();
  return releases.map(({ kind, date, line }, i) => {
    const next = releases.slice(i + 1).find((later) => later.kind === kind && later.date > date);
    const isFirstOfTwo = next?.date.slice(0, 7) === date.slice(0, 7);
    const before = monthBefore(date);
    const reference = isFirstOfTwo ? monthBefore(`${before}-01` as CalendarDate) : before;
    if (taken.has(`${kind} ${reference}`)) {
      return leftOut(line, "events.repeated-month", `${kind} of ${reference} was released before ${date}`);
    }
    taken.add(`${kind} ${reference}`);
    const fact = { kind, reference, date, status: "scheduled" as const, ...releaseScheduledOn(date) };
    return { table: "events", line, fact };
  });
}

function monthBefore(date: CalendarDate): string {
  return addDays(date, -dayOf(date)).slice(0, 7);
}
