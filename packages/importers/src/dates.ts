import { type CalendarDate, isSession, parseCalendarDate } from "@steward/model";
import { malformed, type Row } from "./table.ts";

/** A date cell, ISO or US (MM/DD/YYYY, as the Cboe histories write it). */
export function readDate(row: Row, column: string, path: string): CalendarDate {
  const text = row.cells[column] ?? "";
  const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const iso = us === null ? text : `${us[3]}-${us[1]?.padStart(2, "0")}-${us[2]?.padStart(2, "0")}`;
  const date = parseCalendarDate(iso);
  if (date === undefined)
    throw malformed({ path, line: row.line }, `expected a date in ${column}, found "${text}"`);
  return date;
}

/**
 * A date of a series' file: ISO, US, `YYYY-MM` or `YYYY-M` for a month's first day, or `YYYYMMDD`. Undefined for anything
 * else and outside the years 1700 to 2199, where nothing was measured and instants would lose their microseconds.
 */
export function parseDay(text: string): CalendarDate | undefined {
  const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const parts = us === null ? /^(\d{4})-?(\d{1,2})(?:-?(\d{2}))?$/.exec(text) : [text, us[3], us[1], us[2]];
  if (parts === null) return undefined;
  const [, year = "", month = "", day = "1"] = parts;
  const date = parseCalendarDate(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  return date !== undefined && year >= "1700" && year < "2200" ? date : undefined;
}

/** A date cell as `parseDay` reads it, or a `data.malformed` that names the place. */
export function readDay(row: Row, column: string, path: string): CalendarDate {
  const text = row.cells[column] ?? "";
  const date = parseDay(text);
  if (date !== undefined) return date;
  throw malformed({ path, line: row.line }, `expected a date in ${column}, found "${text}"`);
}

/** Whether the calendar reaches the date. */
export function isKnownDate(date: CalendarDate): boolean {
  return date >= "1990-01-01" && date <= "2030-12-31";
}

/** Whether the calendar knows the date as a session; dates beyond the calendar are none. */
export function isKnownSession(date: CalendarDate): boolean {
  return isKnownDate(date) && isSession(date);
}
