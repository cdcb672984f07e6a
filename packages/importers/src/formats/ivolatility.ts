import { type CalendarDate, parseCalendarDate } from "@steward/model";
import { readDate } from "../dates.ts";
import type { Format, ReadOptions, Source } from "../format.ts";
import { hasColumns, requireColumns } from "../header.ts";
import { endOfDayQuoteOf } from "../known-at.ts";
import { quoteOutcomes, readMeasures } from "../option-quotes.ts";
import { impliedRoot, parseOptionKey, plainSymbol, readRight } from "../option-roots.ts";
import { mended, type RowOutcome, readRows } from "../row-reading.ts";
import { malformed, type Row, readNumber } from "../table.ts";
import { checkedQuotedAt } from "../wall-clock.ts";

/**
 * iVolatility's raw implied volatilities: US dates, also with two digits of the year (`1/3/11`), the ask before the bid, and
 * an OSI key padded with blanks whose date is the Saturday until 2015, while `option_expiration` is the Friday and is taken.
 */
export const ivolatility: Format = {
  id: "ivolatility",
  title: "iVolatility raw implied volatilities",
  vendor: "ivolatility",
  recognizes: (opening) => hasColumns(opening, REQUIRED),
  read: (source, options) => {
    const columns = (header: readonly string[]): readonly string[] =>
      requireColumns(source, header, REQUIRED);
    return readRows(source, { columns, allowsTrailingComma: true }, (row) => readQuote(row, source, options));
  },
};

const REQUIRED = ["symbol", "date", "option_symbol", "option_expiration", "strike", "call/put", "ask", "bid"];

const MEASURES = {
  bid: "bid",
  ask: "ask",
  volume: "volume",
  openInterest: "open_interest",
  volatility: "iv",
  delta: "delta",
  gamma: "gamma",
  vega: "vega",
  theta: "theta",
  rho: "rho",
  underlyingPrice: "stock_price_close",
} as const;

function readQuote(row: Row, { name }: Source, { quotedAt }: ReadOptions): RowOutcome {
  const { line, cells } = row;
  const session = readShortDate(row, "date", name);
  const expiration = readShortDate(row, "option_expiration", name);
  const underlying = plainSymbol(cells["symbol"] ?? "");
  const right = readRight(row, "call/put", name);
  const key = parseOptionKey(cells["option_symbol"] ?? "");
  const { root, doubt } =
    key === undefined ? impliedRoot(underlying, expiration) : { root: key.root, doubt: undefined };
  const outcomes = quoteOutcomes({
    line,
    times: endOfDayQuoteOf(session, checkedQuotedAt(quotedAt)),
    session,
    underlying,
    root,
    expiration,
    strike: readNumber(row, "strike", name),
    right,
    ...readMeasures(row, MEASURES, name),
  });
  return doubt === undefined ? outcomes : [...outcomes, mended(line, "ivolatility.root-assumed", doubt)];
}

/** A date that may write its year in two digits, 1970 to 2069. */
function readShortDate(row: Row, column: string, path: string): CalendarDate {
  const short = /^(\d{1,2})\/(\d{1,2})\/(\d{2})$/.exec(row.cells[column] ?? "");
  if (short === null) return readDate(row, column, path);
  const [, month = "", day = "", year = ""] = short;
  const century = Number(year) >= 70 ? "19" : "20";
  const date = parseCalendarDate(`${century}${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  if (date !== undefined) return date;
  throw malformed({ path, line: row.line }, `expected a date in ${column}, found "${row.cells[column]}"`);
}
