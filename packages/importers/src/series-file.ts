import {
  type CalendarDate,
  type DailyValue,
  daysBetween,
  type FutureSettlement,
  type IndexBar,
} from "@steward/model";
import { isKnownSession, readDate } from "./dates.ts";
import { malformed, type Row, readNumber, readTable } from "./table.ts";

/** What a file held: its rows in order of date, and how many were left out because their date is no session. */
export interface SeriesFile<Value> {
  readonly rows: readonly Value[];
  readonly notSessions: number;
}

/** The worst session of the index, in October 1987, lost 20 %: more is a damaged row. */
const LARGEST_MOVE = 0.3;
/** In September 2001 the exchange was closed from Tuesday to Friday. */
const LONGEST_CLOSURE_DAYS = 7;

/** No index has come near; a greater number would not survive its rounding. */
const MAX_PRICE = 1e9;

/** The bars of an index, and how many of them had a close alone. */
export interface IndexFile extends SeriesFile<IndexBar> {
  readonly closeOnly: number;
}

/**
 * Daily bars of an index: `date,open,high,low,close` and any other columns, ascending, rounded to hundredths. A row whose open,
 * high and low are all empty is taken to have moved from the close before to its own; a partly empty row is malformed.
 */
export function readIndexFile(path: string): IndexFile {
  let closeOnly = 0;
  let closeBefore: number | undefined;
  let dateBefore: CalendarDate | undefined;
  const file = readSeries(path, ["date", "open", "high", "low", "close"], (row, date) => {
    const price = (column: string): number => readPrice(row, column, path);
    const close = price("close");
    const isCloseOnly = ["open", "high", "low"].every((column) => row.cells[column] === "");
    const open = isCloseOnly ? (closeBefore ?? close) : price("open");
    const high = isCloseOnly ? Math.max(open, close) : price("high");
    const low = isCloseOnly ? Math.min(open, close) : price("low");
    if (high < Math.max(open, low, close) || low > Math.min(open, close)) {
      throw malformed(
        { path, line: row.line },
        `expected low ≤ open, close ≤ high, found ${open}, ${high}, ${low}, ${close}`,
      );
    }

    const isNext = dateBefore !== undefined && daysBetween(dateBefore, date) <= LONGEST_CLOSURE_DAYS;
    if (isNext && closeBefore !== undefined && Math.abs(close / closeBefore - 1) > LARGEST_MOVE) {
      const message = `expected a close within ${LARGEST_MOVE * 100} % of the one before, ${closeBefore}, found ${close}`;
      throw malformed({ path, line: row.line }, message);
    }
    closeBefore = close;
    dateBefore = date;
    if (isCloseOnly) closeOnly += 1;
    return { date, open, high, low, close };
  });
  return { ...file, closeOnly };
}

/** S&P publishes two decimals; files that carry more hold single-precision noise. */
function readPrice(row: Row, column: string, path: string): number {
  const price = Math.round(readNumber(row, column, path) * 100) / 100;
  if (price > 0 && price < MAX_PRICE) return price;
  throw malformed({ path, line: row.line }, `expected a price of the index in ${column}, found ${price}`);
}

/** No volatility index has printed outside: a decimal, a per mille or a slip of the decimal point has. */
const LEAST_VOLATILITY = 5;
const MOST_VOLATILITY = 250;
/** Far above the highest settlement of a VIX future, and under ten times the lowest. */
const MOST_FUTURE = 90;

/** A volatility index: `date` and `close` in points, ascending. */
export function readDailyFile(path: string): SeriesFile<DailyValue> {
  return readSeries(path, ["date", "close"], (row, date) => {
    // Histories leave the cell of a holiday empty.
    if (row.cells["close"] === "") return undefined;
    const value = readNumber(row, "close", path);
    if (value < LEAST_VOLATILITY || value > MOST_VOLATILITY) {
      const message = `expected volatility points from ${LEAST_VOLATILITY} to ${MOST_VOLATILITY} (18.5 is 18.5 %), found ${value}`;
      throw malformed({ path, line: row.line }, message);
    }
    return { date, value };
  });
}

/** VIX futures by contract: `date,expiry,settle`. Rows without a settlement are left out. */
export function readFuturesFile(path: string): SeriesFile<FutureSettlement> {
  const seen = new Set<string>();
  let notSessions = 0;
  const rows = readTable(path, ["date", "expiry", "settle"]).flatMap((row): readonly FutureSettlement[] => {
    const date = readDate(row, "date", path);
    const expiration = readDate(row, "expiry", path);
    if (row.cells["settle"] === "") return [];
    const settle = readNumber(row, "settle", path);
    if (settle < LEAST_VOLATILITY || settle > MOST_FUTURE) {
      const message = `expected a settlement from ${LEAST_VOLATILITY} to ${MOST_FUTURE} VIX points (files before 2007-03-26 quote ten times that), found ${settle}`;
      throw malformed({ path, line: row.line }, message);
    }

    const key = `${date} ${expiration}`;
    if (seen.has(key))
      throw malformed({ path, line: row.line }, `expected one row a contract and day, found ${key} again`);
    seen.add(key);
    if (isKnownSession(date)) return [{ date, expiration, settle }];
    notSessions += 1;
    return [];
  });
  return { rows, notSessions };
}

function readSeries<Value>(
  path: string,
  columns: readonly string[],
  toValue: (row: Row, date: CalendarDate) => Value | undefined,
): SeriesFile<Value> {
  const rows: Value[] = [];
  let notSessions = 0;
  let previous: CalendarDate | undefined;
  for (const row of readTable(path, columns)) {
    const date = readDate(row, "date", path);
    if (previous !== undefined && date <= previous) {
      throw malformed(
        { path, line: row.line },
        `expected dates in ascending order, found ${date} after ${previous}`,
      );
    }
    previous = date;

    const value = toValue(row, date);
    if (value === undefined) continue;
    if (isKnownSession(date)) rows.push(value);
    else notSessions += 1;
  }
  return { rows, notSessions };
}
