import { type CalendarDate, yearOf } from "@steward/model";

/** Positions of the last session of each year: a path too long for a table is shown at these. */
export function yearEnds(sessions: readonly CalendarDate[]): readonly number[] {
  return sessions.flatMap((session, index) => {
    const next = sessions[index + 1];
    return next === undefined || yearOf(next) !== yearOf(session) ? [index] : [];
  });
}
