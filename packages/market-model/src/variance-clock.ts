/** The clock by which option variance passes: in effective sessions, most of it while the exchange is open. */
import {
  type CalendarDate,
  calendarDate,
  closureOf,
  countSessions,
  daysBetween,
  fromDayNumber,
  specialClosures,
  toDayNumber,
} from "@steward/model";

/** Effective sessions a year: 252 open days and the small share of 113 closed ones. */
export const SESSIONS_PER_YEAR = 265.56;

/** Share of a session's variance that passes on a closed day; chains of 2019 to 2023 fit best with 0.10 to 0.20. */
const CLOSED_DAY_SHARE = 0.12;
/** Share of a session's variance that passes while it is open; the rest is overnight. */
const OPEN_HOURS_SHARE = 0.73;
const OPEN_HOURS = 6.5;
const SHORTEST = 0.02;

export interface ClockSpan {
  readonly from: CalendarDate;
  /** The expiration; its own session counts. */
  readonly to: CalendarDate;
  /** An AM-settled expiration ends at its session's open. */
  readonly fixing: "am" | "pm";
  /** Hours of the first date's session still to come; none after its close. */
  readonly hoursLeft?: number;
}

/** Effective sessions of variance over the span, as the calendar was known on its first evening. */
export function effectiveSessions({ from, to, fixing, hoursLeft = 0 }: ClockSpan): number {
  const sessions = plannedSessions(from, to);
  const closedDays = daysBetween(from, to) - sessions;
  const untilClose = OPEN_HOURS_SHARE * Math.min(hoursLeft / OPEN_HOURS, 1);
  const total = sessions + CLOSED_DAY_SHARE * closedDays + untilClose;
  return Math.max(fixing === "am" ? total - OPEN_HOURS_SHARE : total, SHORTEST);
}

/**
 * Effective sessions behind a volatility index of so many calendar days: the indices interpolate between Friday
 * expirations in calendar time.
 */
export function indexHorizon(from: CalendarDate, days: number): number {
  const start = toDayNumber(from);
  const firstFriday = lastFridayUpTo(start + days);
  const secondFriday = firstFriday + 7;
  const second = effectiveSessions({ from, to: fromDayNumber(secondFriday), fixing: "pm" });
  if (firstFriday <= start) return (second * days) / (secondFriday - start);

  const first = effectiveSessions({ from, to: fromDayNumber(firstFriday), fixing: "pm" });
  return first + ((second - first) * (start + days - firstFriday)) / 7;
}

function lastFridayUpTo(dayNumber: number): number {
  // Day number 1, 1970-01-02, was a Friday.
  return dayNumber - ((((dayNumber - 1) % 7) + 7) % 7);
}

/** Closures that somebody's horizon may hold before they were known; later Juneteenths were known a year ahead. */
const unforeseenClosures = [...specialClosures, closureOf(calendarDate("2022-06-20"))].filter(
  (closure) => closure !== undefined,
);

/** Sessions in (from, to] as planned on the evening of `from`: a closure announced later still counts as one. */
function plannedSessions(from: CalendarDate, to: CalendarDate): number {
  let sessions = countSessions(from, to);
  for (const { date, knownOn } of unforeseenClosures) {
    if (date > from && date <= to && knownOn > from) sessions += 1;
  }
  return sessions;
}
