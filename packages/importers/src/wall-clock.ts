// Times as vendors write them: New York wall clock without a zone, or Universal Time with a Z.

import {
  type CalendarDate,
  Failure,
  type Instant,
  instantAt,
  parseCalendarDate,
  toDayNumber,
} from "@steward/model";
import { malformed, type Row } from "./table.ts";

/** What a text of a date and a time says, before a zone is chosen. */
export interface DateAndTime {
  readonly date: CalendarDate;
  /** `HH:MM:SS`; fractions of a second are dropped. */
  readonly time: string;
  readonly isUniversal: boolean;
}

/** Reads `2024-11-04T17:15:00.000`, `2024-11-04 17:15` or either with a Z; undefined for anything else. */
export function parseDateAndTime(text: string): DateAndTime | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?(Z?)$/.exec(text);
  if (match === null) return undefined;
  const [, day = "", minutes = "", seconds = ":00", zone] = match;
  const date = parseCalendarDate(day);
  const time = minutes + seconds;
  if (date === undefined || date < "1970-01-01" || !TIME.test(time)) return undefined;
  return { date, time, isUniversal: zone === "Z" };
}

/** The instant of a date and a time: New York wall clock, or Universal Time where the text says so. */
export function instantOf({ date, time, isUniversal }: DateAndTime): Instant {
  return isUniversal ? universalInstant(date, time) : instantAt(date, time, "America/New_York");
}

/** The instant of a date and a time `HH:MM:SS` in Universal Time. */
export function universalInstant(date: CalendarDate, time: string): Instant {
  const [hour = 0, minute = 0, second = 0] = time.split(":").map(Number);
  return ((toDayNumber(date) * 86_400 + hour * 3_600 + minute * 60 + second) * 1_000_000) as Instant;
}

/** A cell with a date and a time, or a `data.malformed` that names the place. */
export function readDateAndTime(row: Row, column: string, path: string): DateAndTime {
  const text = row.cells[column] ?? "";
  const read = parseDateAndTime(text);
  if (read === undefined)
    throw malformed({ path, line: row.line }, `expected a date and a time in ${column}, found "${text}"`);
  return read;
}

/** The time at which the reader was told that quotes were taken, `HH:MM`. Fails with `input.invalid` where it is none. */
export function checkedQuotedAt(quotedAt: string | undefined): string | undefined {
  if (quotedAt === undefined || TIME.test(`${quotedAt}:00`)) return quotedAt;
  throw new Failure("input.invalid", `expected the time of the quotes as HH:MM, found ${quotedAt}`);
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
