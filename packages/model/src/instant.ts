import type { Brand } from "./brand.ts";
import { type CalendarDate, fromDayNumber, toDayNumber, yearOf } from "./calendar-date.ts";
import { assert, InvariantError } from "./invariant.ts";

/** A moment as whole microseconds since 1970-01-01T00:00Z, leap seconds ignored. */
export type Instant = Brand<number, "Instant">;

/** The two zones that the exchanges speak: New York for hours, Chicago for Cboe and CFE. */
export type Zone = "America/New_York" | "America/Chicago";

/** What a clock on the wall shows: the local date, and the time as `HH:MM:SS`, fractions dropped. */
export interface WallClock {
  readonly date: CalendarDate;
  readonly time: string;
}

const MICROS_PER_SECOND = 1_000_000;
const SECONDS_PER_HOUR = 3_600;
const SECONDS_PER_DAY = 86_400;
const FIRST_YEAR = 1967;

const STANDARD_OFFSET_HOURS: Readonly<Record<Zone, number>> = {
  "America/New_York": -5,
  "America/Chicago": -6,
};

/**
 * The instant of a wall-clock time `HH:MM` or `HH:MM:SS`, from 1967 on. A time that the spring gap skips is read with
 * the offset before it (02:30 is 03:30 daylight time); of a time that autumn repeats, the first is meant.
 */
export function instantAt(date: CalendarDate, time: string, zone: Zone): Instant {
  const wallSeconds = toDayNumber(date) * SECONDS_PER_DAY + secondOfDay(time);
  const { begins, ends } = daylightSaving(yearOf(date));
  const isDaylight =
    wallSeconds >= begins * SECONDS_PER_DAY + 3 * SECONDS_PER_HOUR &&
    wallSeconds < ends * SECONDS_PER_DAY + 2 * SECONDS_PER_HOUR;

  const offsetHours = STANDARD_OFFSET_HOURS[zone] + (isDaylight ? 1 : 0);
  return ((wallSeconds - offsetHours * SECONDS_PER_HOUR) * MICROS_PER_SECOND) as Instant;
}

/** The local date and time at an instant, from 1967 on. */
export function wallClock(instant: Instant, zone: Zone): WallClock {
  const standardSeconds =
    Math.floor(instant / MICROS_PER_SECOND) + STANDARD_OFFSET_HOURS[zone] * SECONDS_PER_HOUR;
  const { begins, ends } = daylightSaving(
    yearOf(fromDayNumber(Math.floor(standardSeconds / SECONDS_PER_DAY))),
  );
  // In standard time daylight saving begins at 02:00 and ends at 01:00, on either date.
  const isDaylight =
    standardSeconds >= begins * SECONDS_PER_DAY + 2 * SECONDS_PER_HOUR &&
    standardSeconds < ends * SECONDS_PER_DAY + SECONDS_PER_HOUR;

  return clockOf(standardSeconds + (isDaylight ? SECONDS_PER_HOUR : 0));
}

/** ISO 8601 in UTC, `2025-01-08T21:10:00Z`; six decimals of a second only where they are not zero. */
export function formatInstant(instant: Instant): string {
  const seconds = Math.floor(instant / MICROS_PER_SECOND);
  const micros = instant - seconds * MICROS_PER_SECOND;
  const { date, time } = clockOf(seconds);
  const fraction = micros === 0 ? "" : `.${String(micros).padStart(6, "0")}`;
  return `${date}T${time}${fraction}Z`;
}

function clockOf(seconds: number): WallClock {
  const dayNumber = Math.floor(seconds / SECONDS_PER_DAY);
  const second = seconds - dayNumber * SECONDS_PER_DAY;
  const parts = [Math.floor(second / SECONDS_PER_HOUR), Math.floor(second / 60) % 60, second % 60];
  return {
    date: fromDayNumber(dayNumber),
    time: parts.map((part) => String(part).padStart(2, "0")).join(":"),
  };
}

function secondOfDay(time: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(time);
  assert(match !== null, () => `a wall-clock time must be HH:MM or HH:MM:SS, was ${JSON.stringify(time)}`);
  const [, hour, minute, second = "0"] = match;
  return Number(hour) * SECONDS_PER_HOUR + Number(minute) * 60 + Number(second);
}

interface DaylightSaving {
  readonly begins: number;
  readonly ends: number;
}

/**
 * The day numbers on which US daylight saving begins and ends, at 02:00 local time: Uniform Time Act of 1966, the
 * emergency act of 1973 (1974 and 1975), Public Law 99-359 (from 1987), Energy Policy Act of 2005 (from 2007).
 */
function daylightSaving(year: number): DaylightSaving {
  if (year < FIRST_YEAR) throw new InvariantError(`local time is known from ${FIRST_YEAR} on, was ${year}`);
  if (year >= 2007) return { begins: sundayFrom(year, "03-08"), ends: sundayFrom(year, "11-01") };

  const ends = sundayFrom(year, "10-25");
  if (year >= 1987) return { begins: sundayFrom(year, "04-01"), ends };
  if (year === 1974) return { begins: sundayFrom(year, "01-06"), ends };
  if (year === 1975) return { begins: sundayFrom(year, "02-23"), ends };
  return { begins: sundayFrom(year, "04-24"), ends };
}

/** The first Sunday on or after a day of the year. */
function sundayFrom(year: number, monthAndDay: string): number {
  const dayNumber = toDayNumber(`${year}-${monthAndDay}` as CalendarDate);
  const sinceSunday = (dayNumber + 4) % 7;
  return dayNumber + ((7 - sinceSunday) % 7);
}
