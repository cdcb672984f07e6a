import type { CalendarDate } from "./calendar-date.ts";

/** One session of an index: exchange-local date and its prices in index points, known at that session's close. */
export interface IndexBar {
  readonly date: CalendarDate;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** One session's value of a daily series, known at that session's close. */
export interface DailyValue {
  readonly date: CalendarDate;
  readonly value: number;
}

/** One session's settlement of one VIX future, in points. */
export interface FutureSettlement {
  readonly date: CalendarDate;
  readonly expiration: CalendarDate;
  readonly settle: number;
}
