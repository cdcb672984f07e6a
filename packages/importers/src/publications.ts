// When values of a series were published, where a file tells only the period. Each lag is the latest of the usual ones.

import {
  addDays,
  type CalendarDate,
  calendarDate,
  type FactTimes,
  monthOf,
  toDayNumber,
  yearOf,
} from "@steward/model";
import type { Remark } from "./format.ts";
import { dailyRateOf, releasedOn, sameEveningOf } from "./known-at.ts";
import { leftOut } from "./row-reading.ts";

/** How long a value's period is. */
export type PeriodUnit = "day" | "week" | "month" | "quarter" | "year";

/** How a series is published. */
export interface Publication {
  readonly unit: PeriodUnit;
  /** Days from the period's end to the release. Of a day: `undefined` is the next business day at 16:15. */
  readonly lagDays: number | undefined;
  /** New York time of the release. */
  readonly time: string;
}

interface PublicationRule extends Publication {
  readonly series: RegExp;
}

/**
 * Known publishers. Sources are the release calendars: Bureau of Labor Statistics for prices and jobs (prices mostly from
 * the 10th to the 20th of the next month, but 2015-02-26 for January 2015), Bureau of Economic Analysis, Census Bureau,
 * Federal Reserve (G.17 about the 16th, H.6 fourth Tuesday, H.10 Mondays, Z.1 some 75 days after the quarter), BIS (about
 * the 20th), S&P Case-Shiller (last Tuesday of the second month).
 */
const RULES: readonly PublicationRule[] = [
  {
    series: /^(?:DGS\d|DFF$|DTB\d|T\d+Y(?:\d|I)|DFII|BAML|VIXCLS|OVXCLS|SP500$|EFFR$|SOFR$)/,
    unit: "day",
    lagDays: undefined,
    time: "16:15",
  },
  { series: /^(?:CPI|CUSR|CUUR|PPI|WPS|WPU)/, unit: "month", lagDays: 28, time: "08:30" },
  { series: /^(?:UNRATE|PAYEMS|CIVPART|CES\d|LNS\d|U6RATE)/, unit: "month", lagDays: 14, time: "08:30" },
  { series: /^(?:INDPRO|TCU$|IPMAN)/, unit: "month", lagDays: 21, time: "09:15" },
  { series: /^M[12](?:SL|NS|V)$/, unit: "month", lagDays: 32, time: "16:30" },
  { series: /^(?:RSXFS|RSAFS|RETAIL)/, unit: "month", lagDays: 24, time: "08:30" },
  { series: /^(?:PCE|DSPI|PI$|PSAVERT|DPCE)/, unit: "month", lagDays: 40, time: "08:30" },
  { series: /^(?:HOUST|PERMIT)/, unit: "month", lagDays: 28, time: "08:30" },
  { series: /^(?:FEDFUNDS|GS\d+M?O?|TB3MS)$/, unit: "month", lagDays: 7, time: "16:15" },
  { series: /^(?:UMCSENT|MICH)$/, unit: "month", lagDays: 35, time: "10:00" },
  { series: /^CSUSHP|^SPCS/, unit: "month", lagDays: 65, time: "09:00" },
  { series: /^[RN][BN][A-Z0-9]{2}BIS$/, unit: "month", lagDays: 31, time: "16:15" },
  { series: /^(?:A?GDP|GNP|BUFFETT_INDICATOR)/, unit: "quarter", lagDays: 90, time: "08:30" },
  { series: /^(?:NFC_|TOBIN_Q|NCBE|TNWMVB)/, unit: "quarter", lagDays: 90, time: "16:15" },
  { series: /^(?:DTWEX|DOLLAR_INDEX)/, unit: "day", lagDays: 10, time: "16:15" },
  { series: /^(?:SHILLER_(?:PRICE|GS10))$/, unit: "month", lagDays: 7, time: "16:15" },
  { series: /^SHILLER_(?:CPI|REAL_PRICE)$/, unit: "month", lagDays: 28, time: "16:15" },
  // Interpolated between quarters, and S&P's quarter is complete some three months after it: so is what is made of it.
  { series: /^(?:SHILLER_|CAPE$|TR_CAPE$|EXCESS_CAPE)/, unit: "quarter", lagDays: 92, time: "16:15" },
];

/** For whatever is not known, by the spacing of its values; later than any release that is. */
const DEFAULTS: Readonly<Record<PeriodUnit, Publication>> = {
  day: { unit: "day", lagDays: undefined, time: "16:15" },
  week: { unit: "week", lagDays: 7, time: "16:15" },
  month: { unit: "month", lagDays: 60, time: "16:15" },
  quarter: { unit: "quarter", lagDays: 120, time: "16:15" },
  year: { unit: "year", lagDays: 270, time: "16:15" },
};

const UNITS: readonly PeriodUnit[] = ["day", "week", "month", "quarter", "year"];

/**
 * How a series is published, by its name, and by the spacing of its values where they are further apart than its name says.
 * An unknown series with a single value is taken for a quarterly one.
 */
export function publicationOf(series: string, spacing: PeriodUnit | undefined): Publication {
  const rule = RULES.find((candidate) => candidate.series.test(series));
  if (rule === undefined) return DEFAULTS[spacing ?? "quarter"];
  if (spacing === undefined) return rule;
  return UNITS.indexOf(spacing) > UNITS.indexOf(rule.unit) ? DEFAULTS[spacing] : rule;
}

/** The times of a value of a period that holds, or begins with, the date. */
export function publishedTimesOf(series: string, date: CalendarDate, publication: Publication): FactTimes {
  const { unit, lagDays, time } = publication;
  if (unit === "day" && BREADTH.test(series)) return sameEveningOf(date);
  if (lagDays === undefined) return dailyRateOf(date);
  const end = endOfPeriod(date, unit);
  const release = addDays(end, lagDays);
  return releasedOn(end, unit === "day" ? release : afterShutdown(release), time);
}

/** The New York time of day of a release of the series, 18:00 where it is not known: when its vintage of that date was out. */
export function releaseTimeOf(series: string): string {
  const rule = RULES.find((candidate) => candidate.series.test(series));
  return rule?.time ?? "18:00";
}

/** Counted from closes by whoever likes to: advances and declines, shares above an average, put/call ratios. */
const BREADTH = /_(?:ADV|DEC)$|^PCT_|_PC$/;

/** Spacing of dates by their middle gap; of fewer than two there is none. */
export function spacingOf(dates: readonly CalendarDate[]): PeriodUnit | undefined {
  const numbers = [...new Set(dates)].map(toDayNumber).sort((a, b) => a - b);
  const gaps = numbers.slice(1).map((number, i) => number - (numbers[i] ?? number));
  const middle = gaps.sort((a, b) => a - b)[gaps.length >> 1];
  if (middle === undefined) return undefined;
  if (middle <= 4) return "day";
  if (middle <= 10) return "week";
  if (middle <= 45) return "month";
  return middle <= 120 ? "quarter" : "year";
}

/** One remark for a file of revised series without their vintages. */
export function latestRevised(series: readonly string[]): Remark {
  const message = `${series.join(", ")}: values as revised up to the day of the file; what was known at the time may differ, and knownAt is the usual day of the first release`;
  return leftOut(1, "observations.latest-revised", message);
}

/** Last day of the period that holds the date; a week is taken to begin with its date, which is the later. */
export function endOfPeriod(date: CalendarDate, unit: PeriodUnit): CalendarDate {
  const month = monthOf(date);
  switch (unit) {
    case "day":
      return date;
    case "week":
      return addDays(date, 6);
    case "month":
      return lastOfMonth(yearOf(date), month);
    case "quarter":
      return lastOfMonth(yearOf(date), Math.ceil(month / 3) * 3);
    case "year":
      return lastOfMonth(yearOf(date), 12);
  }
}

function lastOfMonth(year: number, month: number): CalendarDate {
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`;
  return addDays(calendarDate(next), -1);
}

/**
 * Releases that fall into a shutdown of the government came later, by at most so many days: September 2025's jobs on
 * 2025-11-20, consumption on 2025-12-05 and third-quarter GDP on 2025-12-23; September 2013's CPI on 2013-10-30.
 */
const SHUTDOWNS: readonly { readonly from: string; readonly to: string; readonly days: number }[] = [
  { from: "1995-12-16", to: "1996-02-10", days: 30 },
  { from: "2013-10-01", to: "2013-11-15", days: 21 },
  { from: "2018-12-22", to: "2019-03-05", days: 35 },
  { from: "2025-10-01", to: "2026-01-15", days: 50 },
];

function afterShutdown(release: CalendarDate): CalendarDate {
  const shutdown = SHUTDOWNS.find(({ from, to }) => release >= from && release <= to);
  return shutdown === undefined ? release : addDays(release, shutdown.days);
}
