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

/** Whether the calendar knows the date as a session; dates beyond the calendar are none. */
export function isKnownSession(date: CalendarDate): boolean {
  return date >= "1990-01-01" && date <= "2030-12-31" && isSession(date);
}
