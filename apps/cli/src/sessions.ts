import {
  type CalendarDate,
  calendarRange,
  Failure,
  isSession,
  nextSession,
  parseCalendarDate,
  previousSession,
  weekday,
} from "@steward/model";
import type { MarketData } from "./market-data.ts";

/** A date argument, or a refusal that names the option. */
export function parseDateOption(text: string, option: string): CalendarDate {
  const date = parseCalendarDate(text);
  if (date === undefined)
    throw new Failure("input.invalid", `expected a date YYYY-MM-DD for ${option}, found ${text}`, {
      details: { option },
    });
  return date;
}

/** Refuses a date that is no session, or that the data does not reach. */
export function requireSession(date: CalendarDate, data: MarketData): CalendarDate {
  const details = { session: date };
  if (date < calendarRange.from || date > calendarRange.to) throw beyond(date, data);
  if (!isSession(date)) {
    const near =
      date > calendarRange.from ? `; nearest are ${previousSession(date)} and ${nextSession(date)}` : "";
    throw new Failure(
      "session.closed",
      `expected a session, found ${date}, a ${weekday(date)} on which the exchange is closed${near}`,
      { details },
    );
  }
  if (date < data.firstSession || date > data.lastSession) throw beyond(date, data);
  if (data.inputs.index.every((bar) => bar.date !== date)) {
    throw new Failure("data.missing", `expected an index bar of ${date}, found none between its neighbors`, {
      details,
    });
  }
  return date;
}

function beyond(date: CalendarDate, { firstSession, lastSession }: MarketData): Failure {
  return new Failure(
    "session.beyond-data",
    `expected a session from ${firstSession} to ${lastSession}, where the data ends, found ${date}`,
    { details: { session: date, firstSession, lastSession } },
  );
}
