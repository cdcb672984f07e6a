import type { Brand } from "./brand.ts";
import { assert, InvariantError } from "./invariant.ts";

/** A date of the proleptic Gregorian calendar as `YYYY-MM-DD`, years 0000 to 9999; compares correctly as a string. */
export type CalendarDate = Brand<string, "CalendarDate">;

export type Weekday = "sunday" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday";

/** From Sunday. */
export const WEEKDAYS: readonly Weekday[] = [
  "sunday",
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
];

const ZERO = 48;
const TWO_DIGITS: readonly string[] = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, "0"));
const FIRST_DAY_NUMBER = -719_528;
const LAST_DAY_NUMBER = 2_932_896;

/** Reads `YYYY-MM-DD` strictly; undefined for any other shape and for days that do not exist, such as 2023-02-29. */
export function parseCalendarDate(text: string): CalendarDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;

  const date = text as CalendarDate;
  const month = monthOf(date);
  const day = dayOf(date);
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  // A day past the month's end comes back from its number as another date.
  return fromDayNumber(toDayNumber(date)) === date ? date : undefined;
}

/** A date known to be right, such as a literal; anything else is a bug. */
export function calendarDate(text: string): CalendarDate {
  const date = parseCalendarDate(text);
  assert(date !== undefined, `a calendar date must be an existing YYYY-MM-DD, was ${JSON.stringify(text)}`);
  return date;
}

/** The four digits of the year. */
export function yearOf(date: CalendarDate): number {
  return twoDigitsAt(date, 0) * 100 + twoDigitsAt(date, 2);
}

/** 1 to 12. */
export function monthOf(date: CalendarDate): number {
  return twoDigitsAt(date, 5);
}

/** 1 to 31. */
export function dayOf(date: CalendarDate): number {
  return twoDigitsAt(date, 8);
}

function twoDigitsAt(date: CalendarDate, position: number): number {
  return (date.charCodeAt(position) - ZERO) * 10 + date.charCodeAt(position + 1) - ZERO;
}

/** Days since 1970-01-01. Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), `days_from_civil`. */
export function toDayNumber(date: CalendarDate): number {
  const month = monthOf(date);
  const year = yearOf(date) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOf(date) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date so many days after 1970-01-01. Hinnant (2013), `civil_from_days`. */
export function fromDayNumber(dayNumber: number): CalendarDate {
  // Not `assert`: its message would be built on every call of a function that runs millions of times.
  if (!(Number.isInteger(dayNumber) && dayNumber >= FIRST_DAY_NUMBER && dayNumber <= LAST_DAY_NUMBER)) {
    throw new InvariantError(`a day number must be a whole number within years 0 to 9999, was ${dayNumber}`);
  }

  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapDays =
    Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);

  return `${TWO_DIGITS[Math.floor(year / 100)]}${TWO_DIGITS[year % 100]}-${TWO_DIGITS[month]}-${TWO_DIGITS[day]}` as CalendarDate;
}

/** The date `days` later, earlier where negative. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return fromDayNumber(toDayNumber(date) + days);
}

/** Calendar days from the first date to the second: negative where `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return toDayNumber(to) - toDayNumber(from);
}

/** The day of the week, by the proleptic Gregorian calendar. */
export function weekday(date: CalendarDate): Weekday {
  // 1970-01-01 was a Thursday; the double remainder keeps days before it positive.
  const index = (((toDayNumber(date) + 4) % 7) + 7) % 7;
  return WEEKDAYS[index] ?? "sunday";
}
