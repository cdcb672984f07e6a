/**
 * When the New York Stock Exchange, and Cboe with it, stays closed or closes early, 1990 to 2031. What follows a rule is
 * code, what does not is a table. The closures agree with every trading date of the S&P 500 from 1990 to August 2026;
 * the early closes are those of two public calendar libraries, later ones of the NYSE releases of 2021-12-27 and
 * 2024-11-08, and the volume of the day bears them out from 1997 on.
 */
import {
  addDays,
  type CalendarDate,
  calendarDate,
  monthOf,
  type Weekday,
  weekday,
  yearOf,
} from "./calendar-date.ts";
import { assert } from "./invariant.ts";

/** How well a fact is known: by data or the exchange's own document; by one other document; or by hearsay only. */
export type Confidence = "verified" | "secondary" | "unsourced";

export interface Closure {
  readonly date: CalendarDate;
  readonly name: string;
  readonly kind: "regular" | "special";
  /** The evening on which the market knew; the first day of the calendar for rules whose adoption is not dated. */
  readonly knownOn: CalendarDate;
}

/** A full closure outside every rule, with the strength of the date on which it was known. */
export interface SpecialClosure extends Closure {
  readonly kind: "special";
  readonly source: string;
  readonly confidence: Confidence;
}

export interface EarlyClose {
  readonly date: CalendarDate;
  readonly name: string;
  /** When the stocks close, New York. Index options close fifteen minutes later. */
  readonly closesAt: "13:00" | "14:00";
}

/** A session that did not run as scheduled, as it turned out; nobody knew the evening before. */
export interface IrregularSession {
  readonly date: CalendarDate;
  readonly what: string;
  readonly confidence: Confidence;
}

const FIRST_YEAR = 1990;
/** One year past the sessions: VIX futures of December look at the January that follows. */
const LAST_YEAR = 2031;
const ALWAYS = "1990-01-01" as CalendarDate;
/** The NYSE release that by then listed Juneteenth among the holidays; the law is of 2021-06-17. */
const JUNETEENTH_KNOWN_ON = "2021-12-27" as CalendarDate;

/** Date, name, evening on which it was known, and how that evening is known; the closures themselves are verified. */
const SPECIAL_CLOSURE_ROWS: readonly (readonly [string, string, string, string, Confidence])[] = [
  [
    "1994-04-27",
    "Day of mourning: Richard Nixon",
    "1994-04-25",
    "Chicago Tribune 1994-04-26: by then",
    "secondary",
  ],
  ["2001-09-11", "September 11 attacks", "2001-09-11", "the market never opened", "unsourced"],
  ["2001-09-12", "September 11 attacks", "2001-09-11", "press of 2001-09-12", "secondary"],
  ["2001-09-13", "September 11 attacks", "2001-09-12", "approximate", "unsourced"],
  ["2001-09-14", "September 11 attacks", "2001-09-13", "approximate", "unsourced"],
  ["2004-06-11", "Day of mourning: Ronald Reagan", "2004-06-07", "Chicago Tribune 2004-06-08", "secondary"],
  ["2007-01-02", "Day of mourning: Gerald Ford", "2006-12-29", "Washington Post 2006-12-30", "secondary"],
  ["2012-10-29", "Hurricane Sandy", "2012-10-28", "late on the Sunday evening", "unsourced"],
  ["2012-10-30", "Hurricane Sandy", "2012-10-29", "during the Monday", "unsourced"],
  [
    "2018-12-05",
    "Day of mourning: George H. W. Bush",
    "2018-12-01",
    "the exchanges on the Saturday; Cboe notice C2018120300 followed on 12-03",
    "unsourced",
  ],
  ["2025-01-09", "Day of mourning: Jimmy Carter", "2024-12-30", "Cboe release 2024-12-30", "secondary"],
];

/** Full closures that no rule predicts. Who plans must not know them earlier than `knownOn`. */
export const specialClosures: readonly SpecialClosure[] = SPECIAL_CLOSURE_ROWS.map(
  ([date, name, knownOn, source, confidence]) => ({
    date: calendarDate(date),
    name,
    kind: "special",
    knownOn: calendarDate(knownOn),
    source,
    confidence,
  }),
);

/** Date, what happened (New York time), and how it is known; secondary where not cited: pandas_market_calendars. */
const IRREGULAR_SESSION_ROWS: readonly (readonly [string, string, Confidence])[] = [
  ["1990-12-27", "opened 09:31", "secondary"],
  ["1991-01-17", "opened 09:31", "secondary"],
  ["1991-02-25", "opened 09:31", "secondary"],
  ["1994-02-11", "closed 14:30 (snow)", "secondary"],
  ["1995-12-18", "opened 10:30 (computers)", "secondary"],
  ["1996-01-08", "opened 11:00, closed 14:00 (snow)", "secondary"],
  ["1997-10-27", "closed 15:30 (circuit breaker)", "secondary"],
  ["2001-09-17", "opened 09:33", "secondary"],
  ["2001-10-08", "opened 09:31", "secondary"],
  ["2002-09-11", "opened 12:00", "secondary"],
  ["2003-03-20", "opened 09:32", "secondary"],
  ["2004-06-07", "opened 09:32", "secondary"],
  ["2005-06-01", "closed 15:56 (systems)", "secondary"],
  ["2006-12-27", "opened 09:32", "secondary"],
  ["2013-04-25", "SPX and VIX options opened about 13:00 (Cboe outage; Reuters 2013-04-25)", "secondary"],
  ["2020-03-09", "halted 15 minutes (circuit breaker)", "unsourced"],
  ["2020-03-12", "halted 15 minutes (circuit breaker)", "unsourced"],
  ["2020-03-16", "halted 15 minutes (circuit breaker)", "unsourced"],
  ["2020-03-18", "SPX and the VIX settlement opened 09:45 (Cboe notices 16856, 16857); halted", "secondary"],
];

const irregularByDate: ReadonlyMap<CalendarDate, IrregularSession> = new Map(
  IRREGULAR_SESSION_ROWS.map(([text, what, confidence]) => {
    const date = calendarDate(text);
    return [date, { date, what, confidence }];
  }),
);

const EARLY_CLOSES_WITHOUT_RULE: ReadonlyMap<string, string> = new Map([
  ["1997-12-26", "Day after Christmas"],
  ["1999-12-31", "New Year's Eve 1999"],
  ["2003-12-26", "Day after Christmas"],
]);

const closures: ReadonlyMap<CalendarDate, Closure> = new Map(
  [...allRegularClosures(), ...specialClosures].map((closure) => [closure.date, closure]),
);

/** The full closure of a date from 1990 to 2031; undefined on sessions and on plain weekends. */
export function closureOf(date: CalendarDate): Closure | undefined {
  assert(isKnownYear(date), () => `closures are known from ${FIRST_YEAR} to ${LAST_YEAR}, was ${date}`);
  return closures.get(date);
}

/** The scheduled early close of a date, whether or not the date is a session. */
export function earlyCloseOf(date: CalendarDate): EarlyClose | undefined {
  assert(isKnownYear(date), () => `early closes are known from ${FIRST_YEAR} to ${LAST_YEAR}, was ${date}`);
  const name = earlyCloseName(date);
  if (name === undefined) return undefined;
  return { date, name, closesAt: yearOf(date) < 1993 ? "14:00" : "13:00" };
}

/** What went wrong with a session, if anything is on record. */
export function irregularSessionOf(date: CalendarDate): IrregularSession | undefined {
  return irregularByDate.get(date);
}

function isKnownYear(date: CalendarDate): boolean {
  const year = yearOf(date);
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

function earlyCloseName(date: CalendarDate): string | undefined {
  const exception = EARLY_CLOSES_WITHOUT_RULE.get(date);
  if (exception !== undefined) return exception;

  const year = yearOf(date);
  const day = weekday(date);
  if (isThanksgiving(addDays(date, -1))) return year >= 1992 ? "Day after Thanksgiving" : undefined;
  switch (date.slice(5)) {
    case "12-24":
      return isOneOf(day, ["monday", "tuesday", "wednesday", "thursday"]) ? "Christmas Eve" : undefined;
    case "07-03": {
      // Until 2012 a Wednesday kept its afternoon and the Friday after the holiday lost its own.
      const days: readonly Weekday[] = ["monday", "tuesday", "thursday"];
      const isEarly = year >= 1993 && (isOneOf(day, days) || (year >= 2013 && day === "wednesday"));
      return isEarly ? "Day before Independence Day" : undefined;
    }
    case "07-05":
      return year >= 1993 && year < 2013 && day === "friday" ? "Day after Independence Day" : undefined;
    default:
      return undefined;
  }
}

function isThanksgiving(date: CalendarDate): boolean {
  return date === nthWeekday(yearOf(date), 11, { day: "thursday", nth: 4 });
}

function isOneOf(day: Weekday, days: readonly Weekday[]): boolean {
  return days.includes(day);
}

function allRegularClosures(): readonly Closure[] {
  const all: Closure[] = [];
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1) all.push(...regularClosures(year));
  return all;
}

/** The holidays of NYSE Rule 7.2 in the year. */
function regularClosures(year: number): readonly Closure[] {
  const found = [
    newYear(year),
    year >= 1998
      ? regular("Martin Luther King Jr. Day", nthWeekday(year, 1, { day: "monday", nth: 3 }))
      : undefined,
    regular("Washington's Birthday", nthWeekday(year, 2, { day: "monday", nth: 3 })),
    regular("Good Friday", addDays(easterSunday(year), -2)),
    regular("Memorial Day", lastMondayOfMay(year)),
    year >= 2022
      ? { ...observed("Juneteenth", dateOf(year, 6, 19)), knownOn: JUNETEENTH_KNOWN_ON }
      : undefined,
    observed("Independence Day", dateOf(year, 7, 4)),
    regular("Labor Day", nthWeekday(year, 9, { day: "monday", nth: 1 })),
    regular("Thanksgiving Day", nthWeekday(year, 11, { day: "thursday", nth: 4 })),
    observed("Christmas Day", dateOf(year, 12, 25)),
  ];
  return found.filter((closure) => closure !== undefined);
}

/** On a Saturday it is not observed: the Friday before closes the accounting year. */
function newYear(year: number): Closure | undefined {
  const date = dateOf(year, 1, 1);
  if (weekday(date) === "saturday") return undefined;
  if (weekday(date) === "sunday") return regular("New Year's Day (observed Monday)", addDays(date, 1));
  return regular("New Year's Day", date);
}

/** A Saturday holiday moves to Friday, a Sunday holiday to Monday. */
function observed(name: string, date: CalendarDate): Closure {
  if (weekday(date) === "saturday") return regular(`${name} (observed)`, addDays(date, -1));
  if (weekday(date) === "sunday") return regular(`${name} (observed)`, addDays(date, 1));
  return regular(name, date);
}

function regular(name: string, date: CalendarDate): Closure {
  return { date, name, kind: "regular", knownOn: ALWAYS };
}

/** Gregorian Easter: the anonymous algorithm of Nature 13 (1876), as in Meeus, Astronomical Algorithms, chapter 8. */
function easterSunday(year: number): CalendarDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const marchDay = h + l - 7 * m + 22;
  return addDays(dateOf(year, 3, 1), marchDay - 1);
}

function lastMondayOfMay(year: number): CalendarDate {
  const fifth = addDays(nthWeekday(year, 5, { day: "monday", nth: 1 }), 28);
  return monthOf(fifth) === 5 ? fifth : addDays(fifth, -7);
}

interface NthWeekday {
  readonly day: Weekday;
  readonly nth: number;
}

function nthWeekday(year: number, month: number, { day, nth }: NthWeekday): CalendarDate {
  let date = dateOf(year, month, 1);
  while (weekday(date) !== day) date = addDays(date, 1);
  return addDays(date, 7 * (nth - 1));
}

function dateOf(year: number, month: number, day: number): CalendarDate {
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}` as CalendarDate;
}
