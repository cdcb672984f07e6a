import { type CalendarDate, calendarDate, fromDayNumber, toDayNumber, weekday } from "./calendar-date.ts";
import { closureOf, earlyCloseOf } from "./closures.ts";
import { type Instant, instantAt } from "./instant.ts";
import { assert, InvariantError } from "./invariant.ts";

/** One exchange day as scheduled; late openings and halts are in `irregularSessionOf`. */
export interface Session {
  readonly date: CalendarDate;
  /** 09:30 New York. */
  readonly open: Instant;
  /** Close of the stocks: 16:00 New York, on half days 13:00, before 1993 14:00. */
  readonly close: Instant;
  readonly halfDay: boolean;
  /** Close of index options, fifteen minutes after the stocks. */
  readonly optionsClose: Instant;
  /** When the day's decision is taken: ten minutes after the stocks close, 15:10 Chicago on a full day. */
  readonly decision: Instant;
}

export interface DateRange {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** The dates that the calendar knows, inclusive. Every function here asserts that its dates lie inside. */
export const calendarRange: DateRange = { from: calendarDate("1990-01-01"), to: calendarDate("2030-12-31") };

const MICROS_PER_MINUTE = 60_000_000;
const firstDayNumber = toDayNumber(calendarRange.from);
const dayCount = toDayNumber(calendarRange.to) - firstDayNumber + 1;

/** The session index: all session dates, and for each day of the range how many sessions there are up to and with it. */
const sessionDates: CalendarDate[] = [];
const sessionsUpTo = new Int32Array(dayCount);
for (let day = 0; day < dayCount; day += 1) {
  const date = fromDayNumber(firstDayNumber + day);
  if (!isWeekend(date) && closureOf(date) === undefined) sessionDates.push(date);
  sessionsUpTo[day] = sessionDates.length;
}

/** Whether the exchange held (or is scheduled to hold) a session on the date. */
export function isSession(date: CalendarDate): boolean {
  const count = countUpTo(date);
  return sessionDates[count - 1] === date;
}

/** The hours of the date's session; undefined on closed days. */
export function sessionOf(date: CalendarDate): Session | undefined {
  if (!isSession(date)) return undefined;

  const early = earlyCloseOf(date);
  const close = instantAt(date, early?.closesAt ?? "16:00", "America/New_York");
  return {
    date,
    open: instantAt(date, "09:30", "America/New_York"),
    close,
    halfDay: early !== undefined,
    optionsClose: minutesAfter(close, 15),
    decision: minutesAfter(close, 10),
  };
}

/** The first session strictly after the date. */
export function nextSession(date: CalendarDate): CalendarDate {
  return sessionAt(countUpTo(date), date);
}

/** The last session strictly before the date. */
export function previousSession(date: CalendarDate): CalendarDate {
  return sessionAt(countUpTo(date) - (isSession(date) ? 2 : 1), date);
}

/** All sessions from the first date to the second, both included; none where `to` is earlier. */
export function sessionsBetween(from: CalendarDate, to: CalendarDate): readonly CalendarDate[] {
  const before = countUpTo(from) - (isSession(from) ? 1 : 0);
  return sessionDates.slice(before, countUpTo(to));
}

/** Sessions in (after, upTo], in constant time; negative where `upTo` is earlier, so that counts add up. */
export function countSessions(after: CalendarDate, upTo: CalendarDate): number {
  return countUpTo(upTo) - countUpTo(after);
}

/**
 * The first session strictly after the date as somebody expected it on the evening of `asOf`: a special closure that was
 * announced later still counts as a session.
 */
export function plannedNextSession(date: CalendarDate, asOf: CalendarDate): CalendarDate {
  let day = toDayNumber(date);
  assertInRange(day, date);
  for (;;) {
    day += 1;
    const next = fromDayNumber(day);
    if (isPlannedSession(next, asOf)) return next;
  }
}

/** The session that comes `count` sessions after the date, as expected on its own evening. */
export function plannedSessionAfter(date: CalendarDate, count: number): CalendarDate {
  let session = date;
  for (let ahead = 0; ahead < count; ahead += 1) session = plannedNextSession(session, date);
  return session;
}

/** Whether nothing more was expected to trade before an expiration: it is that evening, or an announced closure follows. */
export function isLastSessionBefore(date: CalendarDate, expiration: CalendarDate): boolean {
  return plannedSessionAfter(date, 1) > expiration;
}

/** Whether the date was expected to be a session on the evening of `asOf`. */
export function isPlannedSession(date: CalendarDate, asOf: CalendarDate): boolean {
  assertInRange(toDayNumber(date), date);
  if (isWeekend(date)) return false;
  const closure = closureOf(date);
  return closure === undefined || closure.knownOn > asOf;
}

function isWeekend(date: CalendarDate): boolean {
  const day = weekday(date);
  return day === "saturday" || day === "sunday";
}

function minutesAfter(instant: Instant, minutes: number): Instant {
  return (instant + minutes * MICROS_PER_MINUTE) as Instant;
}

function countUpTo(date: CalendarDate): number {
  const day = toDayNumber(date);
  const count = sessionsUpTo[day - firstDayNumber];
  if (count === undefined) throw outOfRange(date);
  return count;
}

function sessionAt(index: number, date: CalendarDate): CalendarDate {
  const session = sessionDates[index];
  assert(session !== undefined, () => `the calendar has no session on that side of ${date}`);
  return session;
}

function assertInRange(dayNumber: number, date: CalendarDate): void {
  if (sessionsUpTo[dayNumber - firstDayNumber] === undefined) throw outOfRange(date);
}

function outOfRange(date: CalendarDate): InvariantError {
  return new InvariantError(`the calendar covers ${calendarRange.from} to ${calendarRange.to}, was ${date}`);
}
