import type { CalendarDate, DailyValue, FutureSettlement, IndexBar } from "@steward/model";
import { isKnownSession, readDate } from "./dates.ts";
import { malformed, type Row, readNumber, readTable } from "./table.ts";

/** What a file held: its rows in order of date, and how many were left out because their date is no session. */
export interface SeriesFile<Value> {
  readonly rows: readonly Value[];
  readonly notSessions: number;
}

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

    closeBefore = close;
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

/** A volatility index or any other daily value: `date` and `close`, positive, ascending. */
export function readDailyFile(path: string): SeriesFile<DailyValue> {
  return readSeries(path, ["date", "close"], (row, date) => {
    // Histories leave the cell of a holiday empty.
    if (row.cells["close"] === "") return undefined;
    const value = readNumber(row, "close", path);
    if (value <= 0) throw malformed({ path, line: row.line }, `expected a positive value, found ${value}`);
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
    if (settle <= 0 || settle > 200)
      throw malformed({ path, line: row.line }, `expected a settlement in VIX points, found ${settle}`);

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
