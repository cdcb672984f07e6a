import {
  addDays,
  type CalendarDate,
  calendarDate,
  monthOf,
  parseCalendarDate,
  type Weekday,
  weekday,
  yearOf,
} from "./calendar-date.ts";
import { type Confidence, closureOf } from "./closures.ts";
import type { Instant } from "./instant.ts";
import { assert } from "./invariant.ts";
import { lastTradingInstant, type Root, rootSpec, type SettlementValue } from "./roots.ts";
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
  readonly settlementKind: SettlementValue;
  readonly lastTrading: Instant;
  /** The session whose opening or close settles the contract, with hindsight. */
  readonly settledOn: CalendarDate;
}

/** A rhythm of expirations. Friday means every Friday but the third of its month. */
export type ListingCycle =
  | Exclude<Weekday, "saturday" | "sunday">
  | "third-friday"
  | "month-end"
  | "quarter-end"
  | "vix-monthly"
  | "vix-weekly";

/** Since when a rhythm is listed, by its first expiration (the listing itself comes a week or more before). */
export interface ListingRule {
  readonly cycle: ListingCycle;
  readonly firstExpiration: CalendarDate;
  readonly source: string;
  readonly confidence: Confidence;
}

/**
 * SPXW, all settled at the close. Two things are left out: the Friday weeklys of 2005 to 2010, which settled at the
 * opening, and third-Friday PM series before May 2017, whose root was SPXPM. Quarter-ends before July 2014 traded as SPXQ
 * and were renamed, so they are in.
 */
export const spxwListings: readonly ListingRule[] = [
  rule("friday", "2010-12-03", [
    "approved 2010-09-14 (75 FR 57539); first expiration unsourced",
    "unsourced",
  ]),
  rule("quarter-end", "2011-03-31", ["chain of 2011-01-03", "verified"]),
  rule("month-end", "2014-07-31", ["CBOE Options Hub 2014-05-29", "secondary"]),
  rule("wednesday", "2016-03-02", ["CBOE Options Hub 2016-02-22", "verified"]),
  rule("monday", "2016-08-22", ["CBOE Options Hub 2016-08-17", "verified"]),
  rule("third-friday", "2017-05-19", [
    "Cboe SPXW page: SPXPM became SPXW on 2017-05-01 (RG17-002)",
    "secondary",
  ]),
  rule("tuesday", "2022-04-26", [
    "listed 2022-04-18; the daily count of expirations first drops here",
    "secondary",
  ]),
  rule("thursday", "2022-05-19", [
    "listed 2022-05-11; the daily count of expirations first drops here",
    "secondary",
  ]),
];

const LISTINGS: Readonly<Record<Root, readonly ListingRule[]>> = {
  // Until about 1992 the opening-settled series had the root NSX; they count as SPX.
  SPX: [rule("third-friday", "1990-01-19", ["Cboe SPX specification", "verified"])],
  SPXW: spxwListings,
  // Where a start was not found, the first date that proves it: too late rather than too early.
  XSP: [
    rule("third-friday", "2013-12-20", [
      "PM settlement from 2013-11-05 (Cboe release); first month assumed",
      "secondary",
    ]),
    rule("wednesday", "2018-02-07", ["Cboe release of January 2018", "secondary"]),
    rule("monday", "2022-09-19", ["listed by then (Cboe release 2022-09-19)", "secondary"]),
    rule("friday", "2022-09-23", ["listed by then (Cboe release 2022-09-19)", "secondary"]),
    rule("month-end", "2022-09-30", ["listed by then (Cboe XSP specification)", "secondary"]),
    rule("tuesday", "2022-10-11", [
      "listed 2022-10-03 (Cboe release 2022-09-19); eight days as SPXW",
      "secondary",
    ]),
    rule("thursday", "2022-10-20", [
      "listed 2022-10-12 (Cboe release 2022-09-19); eight days as SPXW",
      "secondary",
    ]),
  ],
  SPY: [
    rule("third-friday", "2005-01-21", ["options begin 2005-01-10", "unsourced"]),
    rule("friday", "2010-07-02", ["weeklys begin in June 2010", "unsourced"]),
    rule("wednesday", "2016-09-07", ["listed 2016-08-30; MIAX alert 2016-09-06", "secondary"]),
    rule("quarter-end", "2016-09-30", ["listed by then (OptionsHouse, September 2016)", "secondary"]),
    rule("monday", "2018-02-26", ["listed 2018-02-16 (Cboe announcement)", "secondary"]),
    rule("tuesday", "2022-11-15", ["listed that week", "unsourced"]),
    rule("thursday", "2022-11-17", ["listed that week", "unsourced"]),
  ],
  VIX: [
    rule("vix-monthly", "2006-03-22", ["options begin 2006-02-24", "secondary"]),
    rule("vix-weekly", "2015-10-28", ["CBOE Options Hub 2015-10-09", "verified"]),
  ],
  VX: [
    rule("vix-monthly", "2004-05-19", ["CFE contract files", "verified"]),
    rule("vix-weekly", "2015-08-05", ["CBOE Options Hub 2015-07-24", "verified"]),
  ],
};

/** Months without a VX contract (CFE contract files). */
const VX_MONTHS_NOT_LISTED: ReadonlySet<string> = new Set(["2004-12", "2005-04", "2005-07", "2005-09"]);

/** The beginning of each rhythm that a root is listed in. */
export function listingRules(root: Root): readonly ListingRule[] {
  return LISTINGS[root];
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
    `expirations are known from ${calendarRange.from} to ${calendarRange.to}, was ${from} to ${to}`,
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
  return months()
    .map(([year, month]) => monthlyVixExpiration(year, month))
    .filter((date) => date >= from && date <= to);
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
  for (const { cycle, firstExpiration } of LISTINGS[root]) {
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
  return weekday(date) === day ? date : onOrAfter(day, addDays(date, 1));
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

function rule(
  cycle: ListingCycle,
  firstExpiration: string,
  [source, confidence]: readonly [string, Confidence],
): ListingRule {
  return { cycle, firstExpiration: calendarDate(firstExpiration), source, confidence };
}
