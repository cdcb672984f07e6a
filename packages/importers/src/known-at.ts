// When facts became known, where the source does not say so itself. Each rule errs on the late side.

import {
  addDays,
  type CalendarDate,
  type FactTimes,
  type Instant,
  instantAt,
  nextSession,
  sessionOf,
  toDayNumber,
  yearOf,
} from "@steward/model";
import { isKnownSession } from "./dates.ts";

/** An index, a fund or a stock: at the close, 16:00 New York or earlier on half days. */
export function closeOf(date: CalendarDate): FactTimes {
  const session = isKnownSession(date) ? sessionOf(date) : undefined;
  return at(session?.close ?? newYork(date, "16:00"));
}

/** A volatility index, computed until its options close: 16:15 New York. */
export function optionsCloseOf(date: CalendarDate): FactTimes {
  const session = isKnownSession(date) ? sessionOf(date) : undefined;
  return at(session?.optionsClose ?? newYork(date, "16:15"));
}

/** A daily settlement of a VIX future: of the close, out within the hour (Cboe publishes no time). */
export function futuresSettlementOf(date: CalendarDate): FactTimes {
  const { occurredAt } = optionsCloseOf(date);
  return { occurredAt, knownAt: (occurredAt + HOUR) as Instant };
}

/** A daily rate of the Federal Reserve's H.15, which is out on the next business day at 16:15 New York. */
export function dailyRateOf(date: CalendarDate): FactTimes {
  const occurredAt = newYork(date, "16:00");
  const next = isWithinCalendar(date) ? nextSession(date) : addDays(date, 4);
  return { occurredAt, knownAt: newYork(next, "16:15") };
}

/** What is dated by the day in Universal Time and known at its end: coins trade all day. */
export function endOfDay(date: CalendarDate): FactTimes {
  return at(((toDayNumber(date) + 1) * DAY) as Instant);
}

/** What has no publication time of its own: it happened at the end of the date and was known some days later. */
export function daysAfter(date: CalendarDate, days: number): FactTimes {
  return { occurredAt: newYork(date, "16:00"), knownAt: newYork(addDays(date, days), "16:15") };
}

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;

function at(instant: Instant): FactTimes {
  return { occurredAt: instant, knownAt: instant };
}

function isWithinCalendar(date: CalendarDate): boolean {
  return date >= "1990-01-02" && date < "2030-12-30";
}

/** Local time is known from 1967 on; before that winter time is taken, which is the later. */
function newYork(date: CalendarDate, time: string): Instant {
  if (yearOf(date) >= 1967) return instantAt(date, time, "America/New_York");
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return (toDayNumber(date) * DAY + (hour + 5) * HOUR + (minute / 60) * HOUR) as Instant;
}
