// Which expirations the volatility index is made of, and how far away they are (Cboe VIX White Paper; the older rule is
// that of its edition of 2009).

import {
  addDays,
  type CalendarDate,
  calendarRange,
  daysBetween,
  Failure,
  type Instant,
  isPlannedSession,
  monthOf,
  plannedNextSession,
  sessionOf,
  thirdFriday,
  wallClock,
  weekday,
  yearOf,
} from "@steward/model";
import type { SpxRoot } from "./chain-file.ts";

/** One of the two expirations. */
export interface VixTerm {
  readonly root: SpxRoot;
  readonly expiration: CalendarDate;
  readonly settlement: "am" | "pm";
  /** From the quotes to the settlement, by the clock on the wall: a day has 1,440. */
  readonly minutes: number;
}

/** From here on with weekly options, the two Fridays around thirty days. */
const WEEKLYS_SINCE = "2014-10-06";
const NEAR_FROM = 24;
const LEAST_DAYS_BEFORE = 7;
const MINUTES_PER_DAY = 1440;

/** The near and the next term as the rules of the session's time name them. */
export function vixTerms(session: CalendarDate, quotedAt: Instant): readonly [near: VixTerm, next: VixTerm] {
  if (session < calendarRange.from || addDays(session, 70) > calendarRange.to) {
    const message = `expected a session whose expirations the calendar knows, up to ${calendarRange.to}, found ${session}`;
    throw new Failure("session.beyond-data", message, { details: { session } });
  }
  const [near, next] = session >= WEEKLYS_SINCE ? weeklyFridays(session) : monthlyFridays(session);
  return [termOf(near, session, quotedAt), termOf(next, session, quotedAt)];
}

/** The Friday 24 to 30 days ahead and the one after: more than 23 days and, but on Wednesdays, less than 37. */
function weeklyFridays(session: CalendarDate): readonly [CalendarDate, CalendarDate] {
  let friday = addDays(session, NEAR_FROM);
  while (weekday(friday) !== "friday") friday = addDays(friday, 1);
  return [friday, addDays(friday, 7)];
}

/**
 * The first two months that are at least a week away. Standard options then expired on the Saturday after the Friday that
 * names them here, so that more than seven days to it are seven or more to the Friday.
 */
function monthlyFridays(session: CalendarDate): readonly [CalendarDate, CalendarDate] {
  const fridays = [0, 1, 2].map((ahead) => {
    const month = monthOf(session) - 1 + ahead;
    return thirdFriday(yearOf(session) + Math.floor(month / 12), (month % 12) + 1);
  });
  const [first = session, second = session, third = session] = fridays;
  return daysBetween(session, first) >= LEAST_DAYS_BEFORE ? [first, second] : [second, third];
}

function termOf(friday: CalendarDate, session: CalendarDate, quotedAt: Instant): VixTerm {
  const isMonthly = thirdFriday(yearOf(friday), monthOf(friday)) === friday;
  const expiration = sessionOnOrBefore(friday, session);
  const settlement = isMonthly ? "am" : "pm";
  const minutes =
    MINUTES_PER_DAY * daysBetween(session, expiration) +
    settlementMinute(expiration, settlement) -
    minuteOf(wallClock(quotedAt, "America/New_York").time);
  return { root: isMonthly ? "SPX" : "SPXW", expiration, settlement, minutes };
}

/** The Friday itself, or the session before where a holiday known on the session falls on it. */
function sessionOnOrBefore(friday: CalendarDate, asOf: CalendarDate): CalendarDate {
  let date = friday;
  while (!isPlannedSession(date, asOf)) date = addDays(date, -1);
  return date;
}

/** The opening for AM settlement, the close of the stocks for PM; minutes of the New York day. */
function settlementMinute(expiration: CalendarDate, settlement: "am" | "pm"): number {
  const session = sessionOf(expiration) ?? sessionOf(plannedNextSession(expiration, expiration));
  const instant = settlement === "am" ? session?.open : session?.close;
  return instant === undefined ? 0 : minuteOf(wallClock(instant, "America/New_York").time);
}

function minuteOf(time: string): number {
  return 60 * Number(time.slice(0, 2)) + Number(time.slice(3, 5));
}
