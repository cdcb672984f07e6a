// A share of SPY made from the index: a tenth of it and the dividends that the trust holds until its ex-date.

import {
  addDays,
  type CalendarDate,
  calendarDate,
  daysBetween,
  type IndexBar,
  monthlySpxExpiration,
  type ShareDividend,
  SPY_DIVIDENDS,
} from "@steward/model";

/** Months whose third Friday is an ex-date. */
const QUARTER_MONTHS = [3, 6, 9, 12];
const SHARE_OF_INDEX = 0.1;

/** The dividends to come up to a date, as the first date expects them: what the same quarter paid a year before. */
export function expectedDividends(on: CalendarDate, until: CalendarDate): readonly ShareDividend[] {
  const paid = SPY_DIVIDENDS.filter(({ exDate }) => exDate <= on);
  const expected: ShareDividend[] = [];
  for (let exDate = nextExDate(on); exDate <= until; exDate = nextExDate(exDate)) {
    const quarter = exDate.slice(5, 7);
    const yearBefore = paid.findLast((one) => one.exDate.slice(5, 7) === quarter);
    expected.push({ exDate, amount: (yearBefore ?? paid.at(-1))?.amount ?? 0 });
  }
  return expected;
}

/** What is paid on a date to those who held at the close before: the real amount, 0 on most days. */
export function dividendOn(date: CalendarDate): number {
  return SPY_DIVIDENDS.find(({ exDate }) => exDate === date)?.amount ?? 0;
}

/** Price of a share, dollars, from the index in points: what the trust has taken in since the last ex-date is in it. */
export function sharePrice(index: number, date: CalendarDate): number {
  const exDate = nextExDate(date);
  const [next] = expectedDividends(date, exDate);
  const last = SPY_DIVIDENDS.findLast((paid) => paid.exDate <= date)?.exDate ?? date;
  const quarter = Math.max(daysBetween(last, exDate), 1);
  return index * SHARE_OF_INDEX + ((next?.amount ?? 0) * daysBetween(last, date)) / quarter;
}

/** The prices of a session. At the opening of an ex-date the dividend is out. */
export function sharePrices({ date, open, close }: IndexBar): {
  readonly open: number;
  readonly close: number;
  readonly dividend: number;
} {
  return { open: sharePrice(open, date), close: sharePrice(close, date), dividend: dividendOn(date) };
}

/** The first regular ex-date after a date. */
export function nextExDate(date: CalendarDate): CalendarDate {
  for (let month = calendarDate(`${date.slice(0, 7)}-01`); ; month = firstOfNextMonth(month)) {
    if (!QUARTER_MONTHS.includes(Number(month.slice(5, 7)))) continue;
    const exDate = monthlySpxExpiration(Number(month.slice(0, 4)), Number(month.slice(5, 7)));
    if (exDate > date) return exDate;
  }
}

function firstOfNextMonth(first: CalendarDate): CalendarDate {
  return calendarDate(`${addDays(first, 31).slice(0, 7)}-01`);
}
