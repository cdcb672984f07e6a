import {
  addDays,
  type CalendarDate,
  dayOf,
  daysBetween,
  monthOf,
  toDayNumber,
  weekday,
  yearOf,
} from "@steward/model";
import { extent, ticks } from "d3-array";
import { scaleLinear } from "d3-scale";
import { monthText } from "./format.ts";

/** From a value to a pixel. */
export type Scale = (value: number) => number;

export interface Domain {
  readonly low: number;
  readonly high: number;
}

/** The span of some values, never empty: equal values get room on both sides. */
export function domainOf(
  values: readonly number[],
  { padding = 0 }: { readonly padding?: number } = {},
): Domain {
  const [low, high] = extent(values);
  if (low === undefined || high === undefined) return { low: -1, high: 1 };
  if (low === high) return { low: low - 0.01, high: high + 0.01 };
  const room = (high - low) * padding;
  return { low: low - room, high: high + room };
}

/** Maps a domain linearly onto pixels. */
export function linearScale({ low, high }: Domain, from: number, to: number): Scale {
  const scale = scaleLinear([low, high], [from, to]);
  return (value) => scale(value);
}

/** Round values inside a domain, about so many. */
export function ticksOf({ low, high }: Domain, atMost: number): readonly number[] {
  let wanted = atMost;
  let found = ticks(low, high, wanted);
  while (found.length > atMost && wanted > 1) {
    wanted -= 1;
    found = ticks(low, high, wanted);
  }
  return found;
}

/** Decimals that tell neighboring ticks apart, when they are printed times `factor`. */
export function tickDigits(values: readonly number[], factor = 1): number {
  const step = Math.abs((values[1] ?? 1) - (values[0] ?? 0)) * factor;
  return step === 0 || step >= 0.999 ? 0 : Math.min(4, Math.ceil(-Math.log10(step) - 1e-9));
}

export interface DateTick {
  readonly on: CalendarDate;
  readonly label: string;
}

const YEAR_STEPS = [1, 2, 4, 5, 10, 20];
const MONTH_STEPS = [1, 2, 3, 6];
/** Below these spans years, then months, are too few to read a date from. */
const DAYS_FOR_YEARS = 1_100;
const DAYS_FOR_MONTHS = 100;

/** Ticks of a time axis: years over long spans, months over shorter ones, Mondays over weeks. */
export function dateTicks(from: CalendarDate, to: CalendarDate, atMost: number): readonly DateTick[] {
  const days = daysBetween(from, to);
  if (days >= DAYS_FOR_YEARS) return thinned(firstDays(from, to, "year"), atMost, YEAR_STEPS);
  if (days >= DAYS_FOR_MONTHS) return thinned(firstDays(from, to, "month"), atMost, MONTH_STEPS);
  return thinned(mondays(from, to), atMost, [1, 2, 3, 4]);
}

function thinned(found: readonly DateTick[], atMost: number, steps: readonly number[]): readonly DateTick[] {
  const step = steps.find((candidate) => Math.ceil(found.length / candidate) <= atMost) ?? steps.at(-1) ?? 1;
  return found.filter((_, index) => index % step === 0);
}

/** A test that starts within a month's first week counts that month as its own. */
const GRACE_DAYS = 7;

function firstDays(from: CalendarDate, to: CalendarDate, unit: "year" | "month"): readonly DateTick[] {
  const found: DateTick[] = [];
  for (let on = addDays(from, 1 - dayOf(from)); on <= to; on = nextMonth(on)) {
    if (toDayNumber(on) < toDayNumber(from) - GRACE_DAYS || (unit === "year" && monthOf(on) !== 1)) continue;
    const year = String(yearOf(on));
    const label = unit === "year" || monthOf(on) === 1 ? year : monthText(monthOf(on));
    found.push({ on: on < from ? from : on, label });
  }
  return found;
}

function nextMonth(first: CalendarDate): CalendarDate {
  const within = addDays(first, 31);
  return addDays(within, 1 - dayOf(within));
}

function mondays(from: CalendarDate, to: CalendarDate): readonly DateTick[] {
  const found: DateTick[] = [];
  for (let on = from; on <= to; on = addDays(on, 1)) {
    if (weekday(on) === "monday") found.push({ on, label: `${dayOf(on)} ${monthText(monthOf(on))}` });
  }
  return found;
}
