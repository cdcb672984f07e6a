import { basename } from "node:path";
import { type CalendarDate, parseCalendarDate } from "@steward/model";
import { blackPrice } from "@steward/pricing";
import { readDate } from "../dates.ts";
import type { Format, ReadOptions, Source } from "../format.ts";
import { hasColumns, plainNames, requireColumns } from "../header.ts";
import { endOfDayQuoteOf } from "../known-at.ts";
import { quoteOutcomes } from "../option-quotes.ts";
import { impliedRoot, plainSymbol } from "../option-roots.ts";
import { leftOut, mended, type RowOutcome, readOptional, readRows } from "../row-reading.ts";
import { malformed, type Row, readNumber } from "../table.ts";
import { checkedQuotedAt } from "../wall-clock.ts";

/**
 * A chain told as implied volatilities of bid and ask by expiration and strike, with the forward of each expiration: what
 * studies of volatility publish. The option that is out of the money is stored, at the prices that Black (1976) gives without
 * discounting, which the file cannot tell. Session and underlying come from a name like `iv_2023-02-15_spx.csv`.
 */
export const volatilityTable: Format = {
  id: "volatility-table",
  title: "chain as implied volatilities: expiration, t_years, strike, iv_bid, iv_ask, forward",
  vendor: "volatility-table",
  recognizes: (opening) => hasColumns(opening, REQUIRED),
  read: (source, options) => {
    const chain = chainOfName(source);
    const columns = (header: readonly string[]): readonly string[] =>
      requireColumns(source, plainNames(header), REQUIRED);
    return readRows(source, { columns, allowsTrailingComma: true }, (row) =>
      readRow(row, chain, { source, options }),
    );
  },
};

const REQUIRED = ["expiration", "t_years", "strike", "iv_bid", "iv_ask", "forward"];

interface NamedChain {
  readonly session: CalendarDate;
  readonly underlying: string;
}

function chainOfName({ name }: Source): NamedChain {
  const [, date = "", symbol = ""] = /(\d{4}-\d{2}-\d{2})[_-]([A-Za-z]+)/.exec(basename(name)) ?? [];
  const session = parseCalendarDate(date);
  if (session !== undefined && symbol !== "") return { session, underlying: plainSymbol(symbol) };
  const message = "expected a file named for its session and its underlying, as iv_2023-02-15_spx.csv";
  throw malformed({ path: name, line: 1 }, message);
}

function readRow(
  row: Row,
  { session, underlying }: NamedChain,
  { source: { name }, options }: { readonly source: Source; readonly options: ReadOptions },
): RowOutcome {
  const expiration = readDate(row, "expiration", name);
  const strike = readNumber(row, "strike", name);
  const forward = readNumber(row, "forward", name);
  const years = readNumber(row, "t_years", name);
  const [bid, ask] = [readOptional(row, "iv_bid", name), readOptional(row, "iv_ask", name)];
  if (ask === undefined) return leftOut(row.line, "quotes.no-ask", `no volatility is asked at ${strike}`);
  if (!(forward > 0) || !(strike > 0) || !(years > 0) || !(ask > 0) || (bid ?? 0) < 0) {
    throw malformed(
      { path: name, line: row.line },
      "expected times, strikes, forwards and volatilities above 0",
    );
  }
  const right = strike < forward ? "put" : "call";
  const priceOf = (volatility: number): number =>
    blackPrice(right, forward, strike, volatility * Math.sqrt(years), 1);
  const { root, doubt } = impliedRoot(underlying, expiration);
  const outcomes = quoteOutcomes({
    line: row.line,
    times: endOfDayQuoteOf(session, checkedQuotedAt(options.quotedAt)),
    session,
    underlying,
    root,
    expiration,
    strike,
    right,
    bid: bid === undefined || bid === 0 ? 0 : priceOf(bid),
    ask: priceOf(ask),
    ...(bid === undefined ? {} : { volatility: (bid + ask) / 2 }),
  });
  const told = mended(row.line, "quotes.from-volatility", "priced by its volatilities, not discounted");
  return doubt === undefined
    ? [...outcomes, told]
    : [...outcomes, told, mended(row.line, "quotes.root-assumed", doubt)];
}
