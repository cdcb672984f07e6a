import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, calendarDate, fromDayNumber, toDayNumber } from "./calendar-date.ts";
import { formatInstant, wallClock } from "./instant.ts";
import { InvariantError } from "./invariant.ts";
import {
  calendarRange,
  countSessions,
  isPlannedSession,
  isSession,
  nextSession,
  plannedNextSession,
  previousSession,
  sessionOf,
  sessionsBetween,
} from "./session.ts";

const seed = 19_900_102;
const indexFile = new URL("../../../../shared/data/equity/spx.csv.gz", import.meta.url);
const factsFile = new URL("../../../../shared/reference/facts/calendar.json", import.meta.url);

/** Any date with a session on either side. */
const dates = fc
  .integer({ min: toDayNumber(calendarDate("1990-01-03")), max: toDayNumber(calendarDate("2030-12-30")) })
  .map(fromDayNumber);

/** Open, close, close of the options and decision, as UTC. */
function hours(text: string): readonly string[] | undefined {
  const session = sessionOf(calendarDate(text));
  if (session === undefined) return undefined;
  const { open, close, optionsClose, decision } = session;
  return [open, close, optionsClose, decision].map((instant) => formatInstant(instant).slice(11, 16));
}

describe("hours", () => {
  test.each([
    ["a winter day", "2025-01-08", ["14:30", "21:00", "21:15", "21:10"]],
    ["a summer day", "2025-07-08", ["13:30", "20:00", "20:15", "20:10"]],
    ["the Friday before daylight saving", "2025-03-07", ["14:30", "21:00", "21:15", "21:10"]],
    ["the Monday after", "2025-03-10", ["13:30", "20:00", "20:15", "20:10"]],
    ["the Friday before standard time", "2025-10-31", ["13:30", "20:00", "20:15", "20:10"]],
    ["the Monday after", "2025-11-03", ["14:30", "21:00", "21:15", "21:10"]],
    ["a half day in winter", "2023-11-24", ["14:30", "18:00", "18:15", "18:10"]],
    ["a half day in summer", "2025-07-03", ["13:30", "17:00", "17:15", "17:10"]],
    ["a half day of the old kind", "1992-12-24", ["14:30", "19:00", "19:15", "19:10"]],
    ["a leap day", "2024-02-29", ["14:30", "21:00", "21:15", "21:10"]],
    ["a year's last day", "2024-12-31", ["14:30", "21:00", "21:15", "21:10"]],
  ])("of %s, %s", (_, date, expected) => {
    expect(hours(date)).toEqual(expected);
  });

  test("only early closes are half days", () => {
    expect(sessionOf(calendarDate("2023-11-24"))?.halfDay).toBe(true);
    expect(sessionOf(calendarDate("2023-11-22"))?.halfDay).toBe(false);
    expect(sessionOf(calendarDate("1996-01-08"))?.halfDay).toBe(false);
  });

  test("on every full day the decision falls at 15:10 Chicago, on half days three hours earlier", () => {
    for (const date of sessionsBetween(calendarDate("1993-01-01"), calendarRange.to)) {
      const session = sessionOf(date);
      if (session === undefined) return expect.fail(`${date} is listed but has no session`);
      const { time } = wallClock(session.decision, "America/Chicago");
      if (time !== (session.halfDay ? "12:10:00" : "15:10:00")) expect.fail(`${date}: ${time}`);
    }
  });
});

describe("closed days", () => {
  test.each([
    "2018-12-05",
    "2025-01-09",
    "2001-09-11",
    "2001-09-14",
    "2012-10-29",
    "2012-10-30",
    "2007-01-02",
    "2004-06-11",
    "2022-06-20",
    "2024-06-19",
    "2024-03-29",
    "2024-06-15",
    "2024-06-16",
  ])("%s", (date) => {
    expect(isSession(calendarDate(date))).toBe(false);
    expect(sessionOf(calendarDate(date))).toBeUndefined();
  });
});

describe("what a planner knew", () => {
  test.each([
    ["2001-09-10", "2001-09-10", "2001-09-11", "nobody knew"],
    ["2001-09-10", "2001-09-11", "2001-09-13", "that evening Wednesday was off too"],
    ["2001-09-10", "2001-09-13", "2001-09-17", "reopening set for Monday"],
    ["2012-10-26", "2012-10-26", "2012-10-29", "on Friday Monday stood"],
    ["2012-10-26", "2012-10-28", "2012-10-30", "on Sunday evening Tuesday stood"],
    ["2012-10-26", "2012-10-29", "2012-10-31", "on Monday it fell"],
    ["2018-12-04", "2018-11-30", "2018-12-05", "before the announcement"],
    ["2018-12-04", "2018-12-01", "2018-12-06", "after it"],
    ["2025-01-08", "2024-12-20", "2025-01-09", "before the announcement"],
    ["2025-01-08", "2024-12-30", "2025-01-10", "after it"],
    ["2006-12-29", "2006-12-28", "2007-01-02", "before the announcement"],
    ["2006-12-29", "2006-12-29", "2007-01-03", "after it"],
    ["2024-06-18", "2024-01-02", "2024-06-20", "holidays are known ahead"],
  ])("after %s, as of %s: %s (%s)", (date, asOf, expected) => {
    expect(plannedNextSession(calendarDate(date), calendarDate(asOf))).toBe(expected);
  });

  test.each([
    ["2001-09-10", "2001-09-17"],
    ["2012-10-26", "2012-10-31"],
    ["2018-12-04", "2018-12-06"],
    ["2025-01-08", "2025-01-10"],
    ["2024-06-18", "2024-06-20"],
    ["2024-03-28", "2024-04-01"],
    ["2024-12-31", "2025-01-02"],
  ])("while after %s came %s", (date, expected) => {
    expect(nextSession(calendarDate(date))).toBe(expected);
    expect(previousSession(calendarDate(expected))).toBe(date);
  });

  test("weekends are planned by nobody", () => {
    expect(isPlannedSession(calendarDate("2001-09-15"), calendarDate("2001-09-10"))).toBe(false);
  });
});

describe("laws", () => {
  test("next and previous undo each other on sessions, and skip only closed days", () => {
    fc.assert(
      fc.property(dates, (date) => {
        const next = nextSession(date);
        const previous = previousSession(date);
        expect(previous < date && date < next).toBe(true);
        expect(isSession(next) && isSession(previous)).toBe(true);
        expect(previousSession(next)).toBe(isSession(date) ? date : previous);
        expect(nextSession(previous)).toBe(isSession(date) ? date : next);
      }),
      { seed, numRuns: 1000 },
    );
  });

  test("counts add up and equal the length of the list", () => {
    fc.assert(
      fc.property(dates, dates, dates, (a, b, c) => {
        expect(countSessions(a, b) + countSessions(b, c)).toBe(countSessions(a, c));
        if (a <= b) expect(sessionsBetween(addDays(a, 1), b)).toHaveLength(countSessions(a, b));
      }),
      { seed, numRuns: 1000 },
    );
  });

  test("the list holds exactly the sessions between its ends", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -3, max: 20 }), (from, days) => {
        const expected = Array.from({ length: Math.max(0, days + 1) }, (_, day) => addDays(from, day));
        const to = addDays(from, days);
        fc.pre(to <= calendarRange.to && to >= calendarRange.from);
        expect(sessionsBetween(from, to)).toEqual(expected.filter(isSession));
      }),
      { seed, numRuns: 1000 },
    );
  });

  test("who plans with everything known plans what happened", () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(plannedNextSession(date, calendarRange.to)).toBe(nextSession(date));
        expect(isPlannedSession(date, calendarRange.to)).toBe(isSession(date));
      }),
      { seed, numRuns: 1000 },
    );
  });
});

test("dates outside the calendar are a bug", () => {
  const before = calendarDate("1989-12-29");
  const after = calendarDate("2031-01-02");
  for (const date of [before, after]) {
    expect(() => isSession(date)).toThrow(InvariantError);
    expect(() => sessionOf(date)).toThrow(InvariantError);
    expect(() => nextSession(date)).toThrow(InvariantError);
    expect(() => isPlannedSession(date, after)).toThrow(InvariantError);
    expect(() => plannedNextSession(date, after)).toThrow(InvariantError);
    expect(() => countSessions(date, calendarRange.from)).toThrow(InvariantError);
  }
  expect(() => nextSession(calendarDate("2030-12-31"))).toThrow(InvariantError);
  expect(() => plannedNextSession(calendarDate("2030-12-31"), after)).toThrow(InvariantError);
  expect(() => previousSession(calendarDate("1990-01-02"))).toThrow(InvariantError);
});

describe("against stored data", () => {
  test("sessions from 1990 to 2025 are the trading dates of the S&P 500", ({ skip }) => {
    if (!existsSync(indexFile)) skip("the index history is not here");
    const rows = gunzipSync(readFileSync(indexFile)).toString("utf8").split("\n").slice(1);
    const traded = rows.map((row) => row.slice(0, 10)).filter((date) => date >= "1990" && date < "2026");
    const ours = sessionsBetween(calendarDate("1990-01-01"), calendarDate("2025-12-31"));
    expect(traded[0]).toBe("1990-01-02");
    expect(ours).toHaveLength(9067);
    expect(ours).toEqual(traded);
  });

  test("options close when the collected facts say so on half days", ({ skip }) => {
    if (!existsSync(factsFile)) skip("reference facts are not here");
    const facts: { early_closes: readonly { date: string; index_options_close_et: string }[] } = JSON.parse(
      readFileSync(factsFile, "utf8"),
    );
    for (const { date, index_options_close_et } of facts.early_closes) {
      const session = sessionOf(calendarDate(date));
      if (session === undefined) return expect.fail(`${date} has no session`);
      expect(wallClock(session.optionsClose, "America/New_York").time).toBe(`${index_options_close_et}:00`);
    }
  });
});
