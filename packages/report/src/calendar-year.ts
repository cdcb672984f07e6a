import { type CalendarDate, monthOf, yearOf } from "@steward/model";
import type { NamedArm } from "./study.ts";

/** One session of the calendar: undefined result where nothing was sold and nothing changed. */
export interface CalendarDay {
  readonly session: CalendarDate;
  readonly result: number | undefined;
}

export interface CalendarMonth {
  readonly month: number;
  readonly days: readonly CalendarDay[];
  readonly net: number;
}

export interface CalendarYear {
  readonly year: number;
  readonly months: readonly CalendarMonth[];
  readonly traded: number;
  readonly hollow: number;
}

/** The year in which session results moved the account most: the largest sum of squares, the last of equals. */
export function mostEventfulYear({ arm, returns }: NamedArm): CalendarYear | undefined {
  const { rows } = arm.run;
  const moved = new Map<number, number>();
  for (const [index, { session }] of rows.entries()) {
    const year = yearOf(session);
    moved.set(year, (moved.get(year) ?? 0) + (returns[index - 1] ?? 0) ** 2);
  }
  const [chosen] = [...moved].sort(
    ([leftYear, left], [rightYear, right]) => right - left || rightYear - leftYear,
  );
  return chosen && calendarYear(chosen[0], { arm, returns });
}

function calendarYear(year: number, { arm, returns }: Pick<NamedArm, "arm" | "returns">): CalendarYear {
  const days: CalendarDay[] = [];
  for (const [index, { session, decision }] of arm.run.rows.entries()) {
    if (yearOf(session) !== year) continue;
    const change = returns[index - 1] ?? 0;
    const isIdle = change === 0 && !decision.tiers.some(({ action }) => action === "sell");
    days.push({ session, result: isIdle ? undefined : change });
  }
  const byMonth = Map.groupBy(days, ({ session }) => monthOf(session));
  const months = [...byMonth].map(([month, own]) => ({ month, days: own, net: compounded(own) }));
  const hollow = days.filter(({ result }) => result === undefined).length;
  return { year, months, traded: days.length - hollow, hollow };
}

function compounded(days: readonly CalendarDay[]): number {
  return days.reduce((wealth, { result = 0 }) => wealth * (1 + result), 1) - 1;
}
