import {
  addDays,
  type CalendarDate,
  monthOf,
  parseCalendarDate,
  WEEKDAYS,
  type Weekday,
  weekday,
  yearOf,
} from "./calendar-date.ts";
import { closureOf } from "./closures.ts";
import type { Instant } from "./instant.ts";
import { assert } from "./invariant.ts";
import { type ListingCycle, listingRules, VX_MONTHS_NOT_LISTED } from "./listings.ts";
import { lastTradingInstant, type Root, rootSpec, type SettlementKind } from "./roots.ts";
import { calendarRange, type DateRange, isSession, nextSession, previousSession } from "./session.ts";

/** One listed expiration of a root. */
export interface Expiration {
  readonly root: Root;
  /**
   * The date in the contract's key. It never moves: a closure announced later changes only `lastTrading` and `settledOn`,
   * which therefore know more than the market did. Before 2015-02-15 standard options expired on the Saturday after the
   * third Friday; they carry that Friday here, their last trading day being the same.
   */
  readonly expiration: CalendarDate;
  readonly settlement: "am" | "pm";
  readonly settlementKind: SettlementKind;
  readonly lastTrading: Instant;
  /** The session whose opening or close settles the contract, with hindsight. */
  readonly settledOn: CalendarDate;
}

/** Whether the root ever had the expiration, however short before it was listed. */
export function isListedExpiration(root: Root, date: CalendarDate): boolean {
  const { all, position } = expirationsOf(root);
  return all[position(date)]?.expiration === date;
}

/** The root's expirations within the dates, both included, in order. How far ahead they are listed is not modelled. */
export function listedExpirations(root: Root, { from, to }: DateRange): readonly Expiration[] {
  assert(
    from >= calendarRange.from && to <= calendarRange.to,
    () => `expirations are known from ${calendarRange.from} to ${calendarRange.to}, was ${from} to ${to}`,
  );
  const { all, position } = expirationsOf(root);
  return to < from ? [] : all.slice(position(from), position(addDays(to, 1)));
}

/** The third Friday of the month, be it a session or not. */
export function thirdFriday(year: number, month: number): CalendarDate {
  return onOrAfter("friday", monthDate(year, month, 15));
}

/** The expiration of the SPX monthly: the third Friday, or the session before where a holiday falls on it. */
export function monthlySpxExpiration(year: number, month: number): CalendarDate {
  return orBefore(thirdFriday(year, month));
}

/**
 * The settlement date of the month's VIX options and VX future: thirty days before the next month's SPX monthly, or the
 * session before where that is a holiday. Only holidays of the rule count, for a contract is listed long before a
 * special closure is known. Contracts of 2004 followed an older rule, the Wednesday before their own third Friday; it
 * differs in July and October.
 */
export function monthlyVixExpiration(year: number, month: number): CalendarDate {
  if (year === 2004 && month <= 11) return orBefore(addDays(thirdFriday(year, month), -2));

  const next = month === 12 ? monthlySpxExpiration(year + 1, 1) : monthlySpxExpiration(year, month + 1);
  return orBefore(addDays(next, -30));
}

/** The monthly VIX settlement dates within the dates, both included: by rule, also where no contract was listed. */
export function vixExpirations(from: CalendarDate, to: CalendarDate): readonly CalendarDate[] {
  return monthlyVixDates().filter((date) => date >= from && date <= to);
}

/** The next `count` monthly VIX settlement dates strictly after the date, by the same rule. */
export function nextVixExpirations(after: CalendarDate, count: number): readonly CalendarDate[] {
  const all = monthlyVixDates();
  const months = 12 * (yearOf(after) - yearOf(calendarRange.from)) + monthOf(after) - 1;
  // Each month has one: the first one after the date is this month's or the next.
  const first = (all[months] ?? after) > after ? months : months + 1;
  return all.slice(first, first + count);
}

/** Whether a date is a monthly VIX settlement date by the rule. */
export function isMonthlyVixExpiration(date: CalendarDate): boolean {
  monthlyVixSet ??= new Set(monthlyVixDates());
  return monthlyVixSet.has(date);
}

let monthlyVixSet: ReadonlySet<CalendarDate> | undefined;
let monthlyVixCache: readonly CalendarDate[] | undefined;

function monthlyVixDates(): readonly CalendarDate[] {
  monthlyVixCache ??= months().map(([year, month]) => monthlyVixExpiration(year, month));
  return monthlyVixCache;
}

interface ExpirationIndex {
  readonly all: readonly Expiration[];
  /** How many expirations lie before the date. */
  readonly position: (date: CalendarDate) => number;
}

const indexByRoot = new Map<Root, ExpirationIndex>();

function expirationsOf(root: Root): ExpirationIndex {
  const known = indexByRoot.get(root);
  if (known !== undefined) return known;

  const all = datesOf(root).map((date) => toExpiration(root, date));
  const index = { all, position: (date: CalendarDate) => countBefore(all, date) };
  indexByRoot.set(root, index);
  return index;
}

function countBefore(all: readonly Expiration[], date: CalendarDate): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const candidate = all[middle];
    if (candidate !== undefined && candidate.expiration < date) low = middle + 1;
    else high = middle;
  }
  return low;
}

function datesOf(root: Root): readonly CalendarDate[] {
  const dates = new Set<CalendarDate>();
  for (const { cycle, firstExpiration } of listingRules(root)) {
    for (const date of datesOfCycle(cycle)) {
      const isNotListed = root === "VX" && VX_MONTHS_NOT_LISTED.has(date.slice(0, 7));
      if (date >= firstExpiration && date <= calendarRange.to && !isNotListed) dates.add(date);
    }
  }
  return [...dates].sort((a, b) => (a < b ? -1 : 1));
}

function datesOfCycle(cycle: ListingCycle): readonly CalendarDate[] {
  switch (cycle) {
    case "third-friday":
      return months().map(([year, month]) => monthlySpxExpiration(year, month));
    case "month-end":
      return months().map(([year, month]) => monthEnd(year, month));
    case "quarter-end":
      return months()
        .filter(([, month]) => month % 3 === 0)
        .map(([year, month]) => monthEnd(year, month));
    case "vix-monthly":
      return months().map(([year, month]) => monthlyVixExpiration(year, month));
    case "vix-weekly":
      // Thirty days before every SPXW Friday, moved as the monthly is.
      return everyWeek("friday").map((date) => orBefore(addDays(orBefore(date), -30)));
    case "monday":
      return everyWeek("monday").map(orAfter);
    case "friday":
      return everyWeek("friday")
        .filter((date) => date !== thirdFriday(yearOf(date), monthOf(date)))
        .map(orBefore);
    default:
      return everyWeek(cycle).map(orBefore);
  }
}

function toExpiration(root: Root, expiration: CalendarDate): Expiration {
  const { fixing, settlementValue } = rootSpec(root);
  return {
    root,
    expiration,
    settlement: fixing,
    settlementKind: settlementValue,
    lastTrading: lastTradingInstant(root, expiration),
    settledOn: settledOn(expiration, fixing),
  };
}

/** On 2018-12-05 and 2025-01-09 closing values were taken a session earlier and opening values a session later. */
function settledOn(expiration: CalendarDate, fixing: "am" | "pm"): CalendarDate {
  if (isSession(expiration)) return expiration;
  return fixing === "am" ? nextSession(expiration) : previousSession(expiration);
}

function monthEnd(year: number, month: number): CalendarDate {
  const next = month === 12 ? monthDate(year + 1, 1, 1) : monthDate(year, month + 1, 1);
  return orBefore(addDays(next, -1));
}

/** Shifted a month against the calendar, because the VIX weeklies look back from a later Friday. */
function everyWeek(day: Weekday): readonly CalendarDate[] {
  const dates: CalendarDate[] = [];
  const last = addDays(calendarRange.to, 31);
  let date = onOrAfter(day, addDays(calendarRange.from, 31));
  for (; date <= last; date = addDays(date, 7)) dates.push(date);
  return dates;
}

function onOrAfter(day: Weekday, date: CalendarDate): CalendarDate {
  const ahead = WEEKDAYS.indexOf(day) - WEEKDAYS.indexOf(weekday(date));
  return addDays(date, ahead < 0 ? ahead + 7 : ahead);
}

function months(): readonly (readonly [year: number, month: number])[] {
  const all: (readonly [number, number])[] = [];
  for (let year = yearOf(calendarRange.from); year <= yearOf(calendarRange.to); year += 1) {
    for (let month = 1; month <= 12; month += 1) all.push([year, month]);
  }
  return all;
}

function orBefore(date: CalendarDate): CalendarDate {
  return isOpenByRule(date) ? date : orBefore(addDays(date, -1));
}

function orAfter(date: CalendarDate): CalendarDate {
  return isOpenByRule(date) ? date : orAfter(addDays(date, 1));
}

function isOpenByRule(date: CalendarDate): boolean {
  const day = weekday(date);
  return day !== "saturday" && day !== "sunday" && closureOf(date)?.kind !== "regular";
}

function monthDate(year: number, month: number, day: number): CalendarDate {
  const date = parseCalendarDate(`${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`);
  assert(date !== undefined, `expected a month of a year, was ${year}-${month}`);
  return date;
}
