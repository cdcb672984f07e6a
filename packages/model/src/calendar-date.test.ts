import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  calendarDate,
  dayOf,
  daysBetween,
  fromDayNumber,
  monthOf,
  parseCalendarDate,
  toDayNumber,
  weekday,
  yearOf,
} from "./calendar-date.ts";
import { InvariantError } from "./invariant.ts";

const seed = 19_700_101;
const dayNumbers = fc.integer({ min: -719_528, max: 2_932_896 });

describe("parseCalendarDate", () => {
  test.each(["1970-01-01", "2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31"])("reads %s", (text) => {
    expect(parseCalendarDate(text)).toBe(text);
  });

  test.each([
    "2023-02-29",
    "1900-02-29",
    "2024-02-30",
    "2024-04-31",
    "2024-00-10",
    "2024-13-01",
    "2024-01-00",
    "2024-01-32",
    "0000-01-00",
    "0000-00-01",
    "9999-12-32",
    "9999-13-01",
    "2024-1-1",
    "20240101",
    "2024-01-01T00:00",
    " 2024-01-01",
    "2024-01-01\n",
    "٢٠٢٤-٠١-٠١",
    "",
  ])("rejects %j", (text) => {
    expect(parseCalendarDate(text)).toBeUndefined();
  });

  test("a literal that is no date is a bug", () => {
    expect(() => calendarDate("2023-02-29")).toThrow(InvariantError);
  });
});

describe("day numbers", () => {
  test.each([
    ["1970-01-01", 0, "thursday"],
    ["1969-12-31", -1, "wednesday"],
    ["2000-02-29", 11_016, "tuesday"],
    ["2000-03-01", 11_017, "wednesday"],
    ["2001-09-11", 11_576, "tuesday"],
    ["0000-01-01", -719_528, "saturday"],
    ["9999-12-31", 2_932_896, "friday"],
  ] as const)("%s is day %i, a %s", (text, dayNumber, day) => {
    const date = calendarDate(text);
    expect(toDayNumber(date)).toBe(dayNumber);
    expect(fromDayNumber(dayNumber)).toBe(date);
    expect(weekday(date)).toBe(day);
  });

  test("agree with the platform's calendar on every date from 1900 to 2100", () => {
    const last = toDayNumber(calendarDate("2100-12-31"));
    for (let day = toDayNumber(calendarDate("1900-01-01")); day <= last; day += 1) {
      const date = fromDayNumber(day);
      const oracle = new Date(day * 86_400_000);
      if (date !== oracle.toISOString().slice(0, 10) || toDayNumber(date) !== day)
        expect.fail(`day ${day}: ${date}`);
    }
  });

  test.each([-719_529, 2_932_897, 0.5, Number.NaN, Number.POSITIVE_INFINITY])("reject %d", (day) => {
    expect(() => fromDayNumber(day)).toThrow(InvariantError);
  });
});

describe("laws", () => {
  test("of all texts of the right shape exactly the platform's dates parse", () => {
    const digits = fc.tuple(fc.nat(9999), fc.nat(99), fc.nat(99));
    const likely = fc.tuple(fc.nat(9999), fc.nat(13), fc.nat(32));
    fc.assert(
      fc.property(fc.oneof(digits, likely), ([year, month, day]) => {
        const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
        const oracle = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(oracle.getTime()) && oracle.toISOString().startsWith(text);
        expect(parseCalendarDate(text)).toBe(exists ? text : undefined);
      }),
      { seed, numRuns: 5000 },
    );
  });

  test("every day number makes a date that parses, and comes back", () => {
    fc.assert(
      fc.property(dayNumbers, (day) => {
        const date = fromDayNumber(day);
        expect(toDayNumber(date)).toBe(day);
        expect(parseCalendarDate(date)).toBe(date);
        expect([yearOf(date), monthOf(date), dayOf(date)]).toEqual(date.split("-").map(Number));
      }),
      { seed },
    );
  });

  test("dates compare as strings in the order of their days", () => {
    fc.assert(
      fc.property(dayNumbers, dayNumbers, (a, b) => {
        expect(fromDayNumber(a) < fromDayNumber(b)).toBe(a < b);
      }),
      { seed },
    );
  });

  test("adding the days between two dates leads from one to the other", () => {
    fc.assert(
      fc.property(dayNumbers, dayNumbers, (a, b) => {
        const [from, to] = [fromDayNumber(a), fromDayNumber(b)];
        expect(addDays(from, daysBetween(from, to))).toBe(to);
        expect(daysBetween(to, from)).toBe(-daysBetween(from, to) + 0);
      }),
      { seed },
    );
  });

  test("a week later is the same weekday", () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 2_932_889 }), (day) => {
        expect(weekday(fromDayNumber(day + 7))).toBe(weekday(fromDayNumber(day)));
      }),
      { seed },
    );
  });
});
