/** What money costs and what the index pays, where no series says so. */
import type { CalendarDate } from "@steward/model";

/** Continuously compounded, as decimals; true where no series says so. */
export interface Carry {
  readonly rate: number;
  readonly dividendYield: number;
  readonly isModelled: { readonly rate: boolean; readonly dividendYield: boolean };
}

/** Parity in SPX options implies about this much more than Treasury bills. */
const FUNDING_SPREAD = 0.0025;
/** Dividends of the index over its value: its usual level since 2000. */
const USUAL_DIVIDEND_YIELD = 0.017;

/**
 * The federal funds target in percent from each effective date on; the middle of the range since 2008-12-16. Public
 * record of the Federal Open Market Committee.
 */
const FUNDS_TARGET: readonly (readonly [string, number])[] = [
  ["1992-09-04", 3],
  ["1994-02-04", 3.25],
  ["1994-03-22", 3.5],
  ["1994-04-18", 3.75],
  ["1994-05-17", 4.25],
  ["1994-08-16", 4.75],
  ["1994-11-15", 5.5],
  ["1995-02-01", 6],
  ["1995-07-06", 5.75],
  ["1995-12-19", 5.5],
  ["1996-01-31", 5.25],
  ["1997-03-25", 5.5],
  ["1998-09-29", 5.25],
  ["1998-10-15", 5],
  ["1998-11-17", 4.75],
  ["1999-06-30", 5],
  ["1999-08-24", 5.25],
  ["1999-11-16", 5.5],
  ["2000-02-02", 5.75],
  ["2000-03-21", 6],
  ["2000-05-16", 6.5],
  ["2001-01-03", 6],
  ["2001-01-31", 5.5],
  ["2001-03-20", 5],
  ["2001-04-18", 4.5],
  ["2001-05-15", 4],
  ["2001-06-27", 3.75],
  ["2001-08-21", 3.5],
  ["2001-09-17", 3],
  ["2001-10-02", 2.5],
  ["2001-11-06", 2],
  ["2001-12-11", 1.75],
  ["2002-11-06", 1.25],
  ["2003-06-25", 1],
  ["2004-06-30", 1.25],
  ["2004-08-10", 1.5],
  ["2004-09-21", 1.75],
  ["2004-11-10", 2],
  ["2004-12-14", 2.25],
  ["2005-02-02", 2.5],
  ["2005-03-22", 2.75],
  ["2005-05-03", 3],
  ["2005-06-30", 3.25],
  ["2005-08-09", 3.5],
  ["2005-09-20", 3.75],
  ["2005-11-01", 4],
  ["2005-12-13", 4.25],
  ["2006-01-31", 4.5],
  ["2006-03-28", 4.75],
  ["2006-05-10", 5],
  ["2006-06-29", 5.25],
  ["2007-09-18", 4.75],
  ["2007-10-31", 4.5],
  ["2007-12-11", 4.25],
  ["2008-01-22", 3.5],
  ["2008-01-30", 3],
  ["2008-03-18", 2.25],
  ["2008-04-30", 2],
  ["2008-10-08", 1.5],
  ["2008-10-29", 1],
  ["2008-12-16", 0.125],
  ["2015-12-17", 0.375],
  ["2016-12-15", 0.625],
  ["2017-03-16", 0.875],
  ["2017-06-15", 1.125],
  ["2017-12-14", 1.375],
  ["2018-03-22", 1.625],
  ["2018-06-14", 1.875],
  ["2018-09-27", 2.125],
  ["2018-12-20", 2.375],
  ["2019-08-01", 2.125],
  ["2019-09-19", 1.875],
  ["2019-10-31", 1.625],
  ["2020-03-04", 1.125],
  ["2020-03-16", 0.125],
  ["2022-03-17", 0.375],
  ["2022-05-05", 0.875],
  ["2022-06-16", 1.625],
  ["2022-07-28", 2.375],
  ["2022-09-22", 3.125],
  ["2022-11-03", 3.875],
  ["2022-12-15", 4.375],
  ["2023-02-02", 4.625],
  ["2023-03-23", 4.875],
  ["2023-05-04", 5.125],
  ["2023-07-27", 5.375],
  ["2024-09-19", 4.875],
  ["2024-11-08", 4.625],
  ["2024-12-19", 4.375],
  ["2025-09-18", 4.125],
  ["2025-10-30", 3.875],
  ["2025-12-11", 3.625],
];

/** The federal funds target of a date as a decimal, the earliest known before 1992-09. */
export function policyRate(date: CalendarDate): number {
  const row = FUNDS_TARGET.findLast(([from]) => from <= date) ?? FUNDS_TARGET[0];
  return (row?.[1] ?? 0) / 100;
}

/** A session's carry: from the supplied rate and yield where there are any, else from policy and from the usual yield. */
export function carryOf(
  date: CalendarDate,
  supplied: { readonly rate: number | undefined; readonly dividendYield: number | undefined },
): Carry {
  return {
    rate: (supplied.rate ?? policyRate(date)) + FUNDING_SPREAD,
    dividendYield: supplied.dividendYield ?? USUAL_DIVIDEND_YIELD,
    isModelled: { rate: supplied.rate === undefined, dividendYield: supplied.dividendYield === undefined },
  };
}
