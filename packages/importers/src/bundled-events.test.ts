import {
  addDays,
  type CalendarDate,
  calendarDate,
  closureOf,
  type EventFact,
  earlyCloseOf,
  formatInstant,
  instantAt,
  isSession,
  wallClock,
} from "@steward/model";
import { describe, expect, test } from "vitest";
import { bundledEvents } from "./bundled.ts";
import { csvRows } from "./csv-rows.ts";
import type { Remark } from "./format.ts";
import { formatOf } from "./formats.ts";
import { meetingScheduledOn, releaseScheduledOn } from "./known-at.ts";
import { openingOf } from "./source.ts";
import { IMPORTED_AT } from "./testing/series-samples.ts";

const source = await bundledEvents();
const format = formatOf(await openingOf(source));
const events: EventFact[] = [];
const remarks: Remark[] = [];
for await (const batch of format.read(source, { importedAt: IMPORTED_AT })) {
  for (const parsed of batch.facts) if (parsed.table === "events") events.push(parsed.fact);
  remarks.push(...batch.remarks);
}

function ofKind(kind: string): readonly EventFact[] {
  return events.filter((event) => event.kind === kind);
}

function knownOn({ knownAt }: EventFact): CalendarDate {
  return wallClock(knownAt, "America/New_York").date;
}

/** What was told of a reference, in order: the date, its status where it is not scheduled, and when. */
function toldOf(kind: string, reference: string): readonly string[] {
  return ofKind(kind)
    .filter((event) => event.reference === reference)
    .map(({ date, status, knownAt }) => {
      const { date: day, time } = wallClock(knownAt, "America/New_York");
      return `${status === "scheduled" ? date : status} ${day} ${time.slice(0, 5)}`;
    });
}

describe("the bundled calendar of events", () => {
  test("is of the format that users write, and nothing of it is refused", () => {
    expect([format.id, remarks]).toEqual(["event-facts", []]);
    expect(
      Object.fromEntries([...Map.groupBy(events, ({ kind }) => kind)].map(([k, v]) => [k, v.length])),
    ).toEqual({ closure: 346, "early-close": 80, fomc: 225, cpi: 282, ppi: 151 });
  });

  test("stands in the order of kind, reference and telling, and tells nothing twice", () => {
    const kinds = ["closure", "early-close", "fomc", "cpi", "ppi"];
    const keys = events.map(
      ({ kind, reference, knownAt }) => `${kinds.indexOf(kind)} ${reference} ${formatInstant(knownAt)}`,
    );
    expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("knows no date before it could take place, and none after it did, but a cancelled one", () => {
    const late = events.filter((event) => event.status === "scheduled" && knownOn(event) > event.date);
    expect(late).toEqual([]);
    const evening = events
      .filter((event) => knownOn(event) === event.date)
      .map(({ note, date }) => [date, note]);
    expect(evening.filter(([, note]) => note !== "unscheduled")).toEqual([
      ["1990-01-01", "New Year's Day"],
      ["2001-09-11", "September 11 attacks"],
      ["2004-06-10", "15:00; moved for the day of mourning"],
    ]);
  });

  test("names for every row how well it is known", async () => {
    const words = new Set<string>();
    const columns = (header: readonly string[]): readonly string[] => header;
    for await (const { rows } of csvRows(source, { columns })) {
      for (const { cells } of rows) words.add(cells["source"]?.split(/[:;]/)[0] ?? "");
    }
    expect(words).toEqual(new Set(["verified", "secondary", "memory"]));
  });
});

/** All days from 1990 to 2027. */
function* days(): Generator<CalendarDate> {
  for (let day = calendarDate("1990-01-01"); day < "2028-01-01"; day = addDays(day, 1)) yield day;
}

describe("closures and early closes", () => {
  test("are those of the exchange's calendar, each known on the evening that it names", () => {
    const expected = [...days()].flatMap((day) => {
      const closure = closureOf(day);
      return closure === undefined ? [] : [`${day} ${closure.knownOn} ${closure.name}`];
    });
    const found = ofKind("closure").map((event) => {
      expect(event.reference).toBe(event.date);
      return `${event.date} ${knownOn(event)} ${event.note?.split(";")[0]}`;
    });
    expect(found).toEqual(expected);
  });

  test("no evening before knows of a closure that was not foreseen", () => {
    for (const [date, told] of [
      ["2001-09-11", "2001-09-11"],
      ["2001-09-14", "2001-09-13"],
      ["2012-10-29", "2012-10-28"],
      ["2025-01-09", "2024-12-30"],
    ] as const) {
      const [closure] = ofKind("closure").filter((event) => event.date === date);
      const opening = instantAt(calendarDate(told), "09:30", "America/New_York");
      expect(closure?.knownAt).toBeGreaterThanOrEqual(opening);
    }
  });

  test("early closes are those of the exchange's calendar", () => {
    const expected = [...days()].filter(isSession).flatMap((day) => {
      const early = earlyCloseOf(day);
      return early === undefined ? [] : [`${day} ${early.closesAt} ${early.name}`];
    });
    expect(ofKind("early-close").map(({ date, note }) => `${date} ${note}`)).toEqual(expected);
  });
});

describe("meetings and releases", () => {
  test("planned meetings are known by the importer's rule, eight a year", () => {
    const planned = ofKind("fomc").filter(({ note }) => note === undefined);
    expect(planned.length).toBe(27 * 8);
    expect(planned.every(({ date, knownAt }) => knownAt === meetingScheduledOn(date).knownAt)).toBe(true);
  });

  test("the meeting of March 2020 gave way to a decision on a Sunday", () => {
    expect(toldOf("fomc", "2020-03-18")).toEqual([
      "2020-03-18 2020-01-01 09:00",
      "cancelled 2020-03-15 20:00",
    ]);
    expect(toldOf("fomc", "2020-03-15")).toEqual(["2020-03-15 2020-03-15 20:00"]);
  });

  test("releases that were not moved are known by the importer's rule, and every month has one", () => {
    for (const [kind, first, last] of [
      ["cpi", "2003-12", "2026-11"],
      ["ppi", "2014-12", "2026-11"],
    ] as const) {
      const byMonth = Map.groupBy(ofKind(kind), ({ reference }) => reference);
      expect([...monthsBetween(first, last)].filter((month) => !byMonth.has(month))).toEqual([]);
      for (const told of byMonth.values()) {
        const [only] = told;
        if (told.length > 1 || only === undefined) continue;
        expect(only.knownAt).toBe(releaseScheduledOn(only.date).knownAt);
        expect(only.date.slice(0, 7) > only.reference).toBe(true);
      }
    }
  });

  test.each([
    ["cpi", "2013-09", ["2013-10-16 2013-10-09 18:00", "2013-10-30 2013-10-17 23:59"]],
    ["cpi", "2025-09", ["2025-10-15 2025-10-08 18:00", "2025-10-24 2025-10-10 23:59"]],
    ["cpi", "2025-10", ["2025-11-13 2025-11-06 18:00", "cancelled 2025-11-21 12:00"]],
    ["cpi", "2025-11", ["2025-12-10 2025-11-14 12:00", "2025-12-18 2025-11-21 12:00"]],
    ["cpi", "2026-01", ["2026-02-11 2026-02-04 18:00", "2026-02-13 2026-02-04 23:59"]],
    ["ppi", "2004-05", ["2004-06-11 2004-06-04 18:00", "2004-06-10 2004-06-10 15:00"]],
    ["ppi", "2025-10", ["2025-11-14 2025-11-07 18:00", "cancelled 2025-12-08 23:59"]],
    ["ppi", "2025-11", ["2025-12-11 2025-12-04 18:00", "2026-01-14 2025-12-08 23:59"]],
  ])("%s of %s was moved or cancelled, and nobody knew before", (kind, month, told) => {
    expect(toldOf(kind, month)).toEqual(told);
  });
});

function* monthsBetween(first: string, last: string): Generator<string> {
  for (let month = first; month <= last; month = addDays(calendarDate(`${month}-28`), 4).slice(0, 7))
    yield month;
}
