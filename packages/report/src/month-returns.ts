import { type CalendarDate, monthOf, yearOf } from "@steward/model";

/** A calendar year's returns by month, each over the close before it; undefined where the test holds no session of it. */
export interface YearReturns {
  readonly year: number;
  readonly months: readonly (number | undefined)[];
  readonly total: number;
}

/** Returns of calendar months from an equity by session. The first month counts from the first session. */
export function monthReturns(
  sessions: readonly CalendarDate[],
  equity: ArrayLike<number>,
): readonly YearReturns[] {
  const ends = new Map<number, Map<number, number>>();
  for (const [index, session] of sessions.entries()) {
    const year = yearOf(session);
    const months = ends.get(year) ?? new Map<number, number>();
    ends.set(year, months.set(monthOf(session), equity[index] ?? 0));
  }

  let before = equity[0] ?? 0;
  return [...ends].map(([year, months]) => {
    const start = before;
    const returns = Array.from({ length: 12 }, (_, month) => {
      const end = months.get(month + 1);
      if (end === undefined) return undefined;
      const change = before === 0 ? 0 : end / before - 1;
      before = end;
      return change;
    });
    return { year, months: returns, total: start === 0 ? 0 : before / start - 1 };
  });
}
