import { addDays, type CalendarDate, yearOf } from "@steward/model";

/** A calendar year that a file is about. */
export interface FileYear {
  readonly year: number;
  /** Whether nothing is added to it any more: for some days of January the last year is still open. */
  readonly isOver: boolean;
}

/** The years from the first to today's, the newest first: if a vendor has moved, the first request tells. */
export function yearsSince(first: number, today: CalendarDate): readonly FileYear[] {
  const last = yearOf(today);
  const open = yearOf(addDays(today, -10));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const year = last - i;
    return { year, isOver: year < open };
  });
}
