// When facts became known, where the source does not say so itself. Each rule errs on the late side.

import {
  addDays,
  type CalendarDate,
  calendarDate,
  dayOf,
  type FactTimes,
  type Instant,
  instantAt,
  monthOf,
  nextSession,
  previousSession,
  sessionOf,
  toDayNumber,
  wallClock,
  weekday,
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
  return { occurredAt, knownAt: newYork(nextBankDay(date), "16:15") };
}

/**
 * A rate of the New York Fed, out about 09:00 on the next business day and revised, if at all, by 14:30 the same day
 * (newyorkfed.org, "Additional information about reference rates").
 */
export function referenceRateOf(date: CalendarDate): FactTimes {
  return { occurredAt: newYork(date, "16:00"), knownAt: newYork(nextBankDay(date), "14:30") };
}

/** The Treasury's par yield curve of the day: taken about 15:30, out by 18:00 (home.treasury.gov, "Treasury yield curve methodology"). */
export function treasuryCurveOf(date: CalendarDate): FactTimes {
  return { occurredAt: newYork(date, "15:30"), knownAt: newYork(date, "18:00") };
}

/** What is counted from the day's closes by whoever counts it: out the same evening, 20:00 at the latest. */
export function sameEveningOf(date: CalendarDate): FactTimes {
  return { occurredAt: closeOf(date).occurredAt, knownAt: newYork(date, "20:00") };
}

/** A number of a filing: EDGAR takes filings until 22:00 New York, and dates those after 17:30 by the next day. */
export function filedOn(end: CalendarDate, filed: CalendarDate): FactTimes {
  const knownAt = newYork(filed, "22:00");
  return { occurredAt: Math.min(newYork(end, "16:00"), knownAt) as Instant, knownAt };
}

/**
 * The date of a statistical release: the calendars come out a year ahead, but after the shutdowns of 2013, 2025 and 2026 new
 * dates were told as late as nine days before; a week is on the safe side.
 */
export function releaseScheduledOn(date: CalendarDate): FactTimes {
  return announcedOn(addDays(date, -7), "18:00");
}

/** The date of a release as the publisher's page has it: ahead of the import it may just have been moved, and is known by it. */
export function releaseToldBy(date: CalendarDate, importedAt: Instant): FactTimes {
  return newYork(date, "08:30") > importedAt ? at(importedAt) : releaseScheduledOn(date);
}

/** The date of a planned meeting of the FOMC: every year's stand in the Federal Reserve's calendar before the year begins. */
export function meetingScheduledOn(date: CalendarDate): FactTimes {
  return announcedOn(calendarDate(`${yearOf(date)}-01-01`), "09:00");
}

/** What a source tells is known by its import at the latest. */
export function knownByImport(times: FactTimes, importedAt: Instant): FactTimes {
  return times.knownAt <= importedAt ? times : at(importedAt);
}

/** What was announced: it happened, and was known, on the date at a New York time. */
export function announcedOn(date: CalendarDate, time: string): FactTimes {
  return at(newYork(date, time));
}

/** A value of a period that ends on a date, out at a New York time of another date, not before the period's end. */
export function releasedOn(end: CalendarDate, release: CalendarDate, time: string): FactTimes {
  const occurredAt = newYork(end, "16:00");
  return { occurredAt, knownAt: Math.max(occurredAt, newYork(release, time)) as Instant };
}

/**
 * The next day on which both the exchanges and the Federal Reserve are open. The exchanges open on Columbus Day and Veterans
 * Day, when no rate is published; the Reserve's other holidays are the exchanges' too.
 */
export function nextBankDay(date: CalendarDate): CalendarDate {
  if (!isWithinCalendar(date)) return addDays(date, 5);
  const next = nextSession(date);
  return isBankHoliday(next) ? nextBankDay(next) : next;
}

function isBankHoliday(date: CalendarDate): boolean {
  const month = monthOf(date);
  const day = dayOf(date);
  if (month === 10) return weekday(date) === "monday" && day >= 8 && day <= 14;
  return month === 11 && (day === 11 || (day === 12 && weekday(date) === "monday"));
}

/** What is dated by the day in Universal Time and known at its end: coins trade all day. */
export function endOfDay(date: CalendarDate): FactTimes {
  return at(((toDayNumber(date) + 1) * DAY) as Instant);
}

/**
 * An option table dated by the day, of a vendor whose hour of publication is not known: quoted at the close of the options,
 * or at the New York time given, and known when the next session opens, by when every vendor of the day has delivered.
 */
export function endOfDayQuoteOf(date: CalendarDate, quotedAt?: string): FactTimes {
  const occurredAt = quotedAt === undefined ? optionsCloseOf(date).occurredAt : newYork(date, quotedAt);
  return { occurredAt, knownAt: nextOpenOf(date) };
}

/** A quote of a told instant in the history of a vendor whose hour of publication is not known: out by the next opening. */
export function timedQuoteOf(date: CalendarDate, quotedAt: Instant): FactTimes {
  return { occurredAt: quotedAt, knownAt: nextOpenOf(date) };
}

/** A quote taken some minutes before the stocks close, half days included; known when the next session opens. */
export function beforeCloseQuoteOf(date: CalendarDate, minutes: number): FactTimes {
  const { occurredAt: close } = closeOf(date);
  return { occurredAt: (close - minutes * MINUTE) as Instant, knownAt: nextOpenOf(date) };
}

/**
 * A report of the day made at an instant (ThetaData: 17:15 New York): the last quotes of the options, at their close or at
 * the report if that is earlier, and known with the report.
 */
export function reportedQuoteOf(date: CalendarDate, madeAt: Instant): FactTimes {
  const { occurredAt: close } = optionsCloseOf(date);
  return { occurredAt: Math.min(close, madeAt) as Instant, knownAt: madeAt };
}

/** A delayed feed's times, and the session whose quotes it shows. */
export interface DelayedQuote extends FactTimes {
  readonly session: CalendarDate;
  /** Whether the feed was read when the options did not trade, and still shows the session's last quotes. */
  readonly isAfterHours: boolean;
}

/**
 * A delayed feed whose quotes carry the instant: shown a quarter of an hour later, which is how long Cboe holds quotes back.
 * Once a session is over its last quotes stay up until the next one opens. Undefined outside the calendar.
 */
export function delayedQuoteOf(quotedAt: Instant): DelayedQuote | undefined {
  const { date } = wallClock(quotedAt, "America/New_York");
  if (!isWithinCalendar(date) || date < "1990-01-03") return undefined;
  const today = sessionOf(date);
  const hasOpened = today !== undefined && quotedAt >= today.open;
  const session = hasOpened ? date : previousSession(date);
  const { occurredAt: close } = optionsCloseOf(session);
  const knownAt = (quotedAt + DELAY) as Instant;
  return {
    session,
    occurredAt: Math.min(quotedAt, close) as Instant,
    knownAt,
    isAfterHours: quotedAt > close,
  };
}

/** How long a delayed feed holds quotes back, in microseconds. */
export const DELAY = 15 * 60_000_000;

const MINUTE = 60_000_000;
const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;

function at(instant: Instant): FactTimes {
  return { occurredAt: instant, knownAt: instant };
}

function nextOpenOf(date: CalendarDate): Instant {
  return isWithinCalendar(date)
    ? newYork(nextSession(date), "09:30")
    : ((newYork(date, "09:30") + 4 * DAY) as Instant);
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
