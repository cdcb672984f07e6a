import {
  addDays,
  type CalendarDate,
  type Instant,
  instantAt,
  isSession,
  nextSession,
  sessionOf,
  wallClock,
} from "@steward/model";

/** When to record on a session: at New York times, or every so many minutes from when the opening can be seen. */
export type Schedule =
  | { readonly kind: "at"; readonly times: readonly string[] }
  | { readonly kind: "every"; readonly minutes: number };

/**
 * The recordings of a date, in order; none where there is no session. The exchange holds its quotes back for a quarter of an
 * hour, so that the last ones can be seen that much after the options' close. A time later than that, as 15:45 on a half day, is
 * moved to it.
 */
export function recordingsOn(date: CalendarDate, schedule: Schedule): readonly Instant[] {
  const session = sessionOf(date);
  if (session === undefined) return [];
  const last = session.optionsClose + DELAY;
  const times: number[] =
    schedule.kind === "at"
      ? schedule.times.map((time) => Math.min(instantAt(date, time, "America/New_York"), last))
      : [...stepsOf(session.open + DELAY, last, schedule.minutes * MINUTE), last];
  return [...new Set(times)].sort((a, b) => a - b) as Instant[];
}

/**
 * The last recording that fell due after one instant and up to another. Earlier ones are lost: a delayed feed shows the present
 * alone.
 */
export function lastDue(
  schedule: Schedule,
  { after, upTo }: { readonly after: Instant; readonly upTo: Instant },
): Instant | undefined {
  // A suspended machine may sleep for weeks; of the present day or the one before it, one recording is enough.
  const today = newYorkDate(upTo);
  const due = [addDays(today, -1), today].flatMap((date) => recordingsOn(date, schedule));
  return due.findLast((instant) => instant > after && instant <= upTo);
}

/** The first recording after an instant. */
export function nextDue(schedule: Schedule, after: Instant): Instant | undefined {
  const today = newYorkDate(after);
  const dates = [...(isSession(today) ? [today] : []), nextSession(today)];
  return dates.flatMap((date) => recordingsOn(date, schedule)).find((instant) => instant > after);
}

const MINUTE = 60_000_000;
const DELAY = 15 * MINUTE;

function stepsOf(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: Math.max(0, Math.floor((to - from) / step) + 1) }, (_, i) => from + i * step);
}

function newYorkDate(instant: Instant): CalendarDate {
  return wallClock(instant, "America/New_York").date;
}
