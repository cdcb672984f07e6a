import { type CalendarDate, calendarDate, type Weekday } from "./calendar-date.ts";
import type { Confidence } from "./closures.ts";
import type { Root } from "./roots.ts";

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
export const VX_MONTHS_NOT_LISTED: ReadonlySet<string> = new Set([
  "2004-12",
  "2005-04",
  "2005-07",
  "2005-09",
]);

/** The beginning of each rhythm that a root is listed in. */
export function listingRules(root: Root): readonly ListingRule[] {
  return LISTINGS[root];
}

const WEEKDAYS: readonly ListingCycle[] = ["monday", "tuesday", "wednesday", "thursday", "friday"];

/** Since when the root has had an expiration on every weekday, or undefined where it never has. */
export function everyWeekdaySince(root: Root): CalendarDate | undefined {
  let since: CalendarDate | undefined;
  for (const weekday of WEEKDAYS) {
    const rule = listingRules(root).find(({ cycle }) => cycle === weekday);
    if (rule === undefined) return undefined;
    if (since === undefined || rule.firstExpiration > since) since = rule.firstExpiration;
  }
  return since;
}

function rule(
  cycle: ListingCycle,
  firstExpiration: string,
  [source, confidence]: readonly [string, Confidence],
): ListingRule {
  return { cycle, firstExpiration: calendarDate(firstExpiration), source, confidence };
}
