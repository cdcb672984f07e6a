import { readDate } from "../dates.ts";
import type { Format, ReadOptions, Source } from "../format.ts";
import { hasColumns, plainNames, requireColumns } from "../header.ts";
import { endOfDayQuoteOf } from "../known-at.ts";
import { quoteOutcomes, readMeasures } from "../option-quotes.ts";
import { plainSymbol, readRight, underlyingOf } from "../option-roots.ts";
import { type RowOutcome, readRows } from "../row-reading.ts";
import { type Row, readNumber } from "../table.ts";
import { checkedQuotedAt } from "../wall-clock.ts";

/**
 * Our own table of a chain, one option a row, for data that no other format fits. Required: `quote_date`, `root`,
 * `expiration`, `strike`, `right` (C or P), `bid`, `ask`; understood: `underlying`, `last`, `volume`, `open_interest`, `iv`,
 * `delta`, `gamma`, `theta`, `vega`, `rho`, `bid_size`, `ask_size`, `underlying_price`. Dates are ISO or MM/DD/YYYY.
 * A table with other names is read by `ReadOptions.columns`, once the format is named.
 */
export const chainTable: Format = {
  id: "chain-table",
  title: "option chain in our own columns: quote_date, root, expiration, strike, right, bid, ask, …",
  vendor: "chain-table",
  recognizes: (opening) => hasColumns(opening, REQUIRED),
  read: (source, options) => {
    const ours = new Map(Object.entries(options.columns ?? {}).map(([our, its]) => [its.toLowerCase(), our]));
    const columns = (header: readonly string[]): readonly string[] => {
      const names = plainNames(header).map((name) => ours.get(name) ?? name);
      return requireColumns(source, names, REQUIRED);
    };
    return readRows(source, { columns, allowsTrailingComma: true }, (row) => readQuote(row, source, options));
  },
};

const REQUIRED = ["quote_date", "root", "expiration", "strike", "right", "bid", "ask"];

const MEASURES = {
  bid: "bid",
  ask: "ask",
  bidSize: "bid_size",
  askSize: "ask_size",
  last: "last",
  volume: "volume",
  openInterest: "open_interest",
  volatility: "iv",
  delta: "delta",
  gamma: "gamma",
  vega: "vega",
  theta: "theta",
  rho: "rho",
  underlyingPrice: "underlying_price",
} as const;

function readQuote(row: Row, { name }: Source, { quotedAt }: ReadOptions): RowOutcome {
  const session = readDate(row, "quote_date", name);
  const root = plainSymbol(row.cells["root"] ?? "");
  const underlying = plainSymbol(row.cells["underlying"] ?? "");
  const right = readRight(row, "right", name);
  return quoteOutcomes({
    line: row.line,
    times: endOfDayQuoteOf(session, checkedQuotedAt(quotedAt)),
    session,
    underlying: underlying === "" ? underlyingOf(root) : underlying,
    root,
    expiration: readDate(row, "expiration", name),
    strike: readNumber(row, "strike", name),
    right,
    ...readMeasures(row, MEASURES, name),
  });
}
