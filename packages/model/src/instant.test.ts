import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type CalendarDate, calendarDate, toDayNumber } from "./calendar-date.ts";
import { formatInstant, type Instant, instantAt, wallClock, type Zone } from "./instant.ts";
import { InvariantError } from "./invariant.ts";

const seed = 20_070_311;
const zones = ["America/New_York", "America/Chicago"] as const;

/** The platform's time-zone database. */
function oracle(zone: Zone): (instant: Instant) => string {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
    hourCycle: "h23",
  });
  return (instant) => format.format(instant / 1000);
}

function utc(date: CalendarDate, secondOfDay: number): Instant {
  return ((toDayNumber(date) * 86_400 + secondOfDay) * 1_000_000) as Instant;
}

describe.each(zones)("%s", (zone) => {
  const expected = oracle(zone);

  function compare(date: CalendarDate, secondOfDay: number): void {
    const instant = utc(date, secondOfDay);
    const wall = wallClock(instant, zone);
    const text = `${wall.date} ${wall.time}`;
    if (text !== expected(instant))
      expect.fail(`${formatInstant(instant)}: ${text}, not ${expected(instant)}`);
  }

  test("agrees with the platform around every possible transition from 1990 to 2030", () => {
    const last = calendarDate("2030-12-31");
    for (let date = calendarDate("1990-01-01"); date <= last; date = addDays(date, 1)) {
      for (const hour of [6, 7, 8]) {
        compare(date, hour * 3600 - 1);
        compare(date, hour * 3600);
      }
      compare(date, 20 * 3600);
    }
  });

  test("agrees with the platform on every noon from 1967 to 1989, with the winters of 1974 and 1975", () => {
    const last = calendarDate("1989-12-31");
    for (let date = calendarDate("1967-01-02"); date <= last; date = addDays(date, 1))
      compare(date, 17 * 3600);
  });

  test("an instant read off the wall comes back, but for the hour that autumn repeats", () => {
    const first = utc(calendarDate("1990-01-01"), 0) / 1_000_000;
    const last = utc(calendarDate("2030-12-31"), 0) / 1_000_000;
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (second) => {
        const instant = (second * 1_000_000) as Instant;
        const { date, time } = wallClock(instant, zone);
        const back = instantAt(date, time, zone);
        const isRepeated = instant - back === 3_600_000_000 && time.startsWith("01:");
        expect(back === instant || isRepeated).toBe(true);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

describe("both transition Sundays", () => {
  test.each([
    ["2025-03-09", "01:59:59", "2025-03-09T06:59:59Z"],
    ["2025-03-09", "02:30", "2025-03-09T07:30:00Z"],
    ["2025-03-09", "03:00", "2025-03-09T07:00:00Z"],
    ["2025-11-02", "00:59:59", "2025-11-02T04:59:59Z"],
    ["2025-11-02", "01:30", "2025-11-02T05:30:00Z"],
    ["2025-11-02", "01:59:59", "2025-11-02T05:59:59Z"],
    ["2025-11-02", "02:00", "2025-11-02T07:00:00Z"],
    ["2006-04-02", "16:00", "2006-04-02T20:00:00Z"],
    ["2007-03-11", "16:00", "2007-03-11T20:00:00Z"],
    ["1986-04-27", "16:00", "1986-04-27T20:00:00Z"],
    ["1987-04-05", "16:00", "1987-04-05T20:00:00Z"],
  ])("%s %s in New York is %s", (date, time, iso) => {
    expect(formatInstant(instantAt(calendarDate(date), time, "America/New_York"))).toBe(iso);
  });

  test("Chicago changes an hour after New York, at its own two o'clock", () => {
    const sunday = calendarDate("2025-03-09");
    expect(formatInstant(instantAt(sunday, "01:59:59", "America/Chicago"))).toBe("2025-03-09T07:59:59Z");
    expect(formatInstant(instantAt(sunday, "03:00", "America/Chicago"))).toBe("2025-03-09T08:00:00Z");
  });
});

describe("15:10 Chicago", () => {
  test.each([
    ["2025-01-08", "2025-01-08T21:10:00Z"],
    ["2025-03-07", "2025-03-07T21:10:00Z"],
    ["2025-03-10", "2025-03-10T20:10:00Z"],
    ["2025-07-08", "2025-07-08T20:10:00Z"],
    ["2025-10-31", "2025-10-31T20:10:00Z"],
    ["2025-11-03", "2025-11-03T21:10:00Z"],
  ])("on %s is %s and 16:10 New York", (date, iso) => {
    const instant = instantAt(calendarDate(date), "15:10", "America/Chicago");
    expect(formatInstant(instant)).toBe(iso);
    expect(wallClock(instant, "America/New_York")).toEqual({ date, time: "16:10:00" });
  });
});

describe("formatInstant", () => {
  test.each([
    [0, "1970-01-01T00:00:00Z"],
    [1, "1970-01-01T00:00:00.000001Z"],
    [-1, "1969-12-31T23:59:59.999999Z"],
    [1_736_370_600_250_000, "2025-01-08T21:10:00.250000Z"],
  ])("writes %i as %s", (micros, iso) => {
    expect(formatInstant(micros as Instant)).toBe(iso);
  });

  test("the wall clock drops the fraction", () => {
    expect(wallClock(-1 as Instant, "America/New_York")).toEqual({ date: "1969-12-31", time: "18:59:59" });
  });
});

describe("what is not a local time is a bug", () => {
  test.each(["24:00", "9:30", "12:60", "12:30:60", "12", "12:30 ", ""])("%j", (time) => {
    expect(() => instantAt(calendarDate("2025-01-08"), time, "America/New_York")).toThrow(InvariantError);
  });

  test("and neither is a time before the uniform rules of 1967", () => {
    expect(() => instantAt(calendarDate("1966-12-31"), "12:00", "America/New_York")).toThrow(InvariantError);
    expect(() => wallClock(utc(calendarDate("1966-12-31"), 0), "America/Chicago")).toThrow(InvariantError);
  });
});
