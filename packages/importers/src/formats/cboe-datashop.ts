import { readDate } from "../dates.ts";
import type { Format, Source } from "../format.ts";
import { hasColumns, requireColumns } from "../header.ts";
import { beforeCloseQuoteOf, endOfDayQuoteOf } from "../known-at.ts";
import { type Measures, quoteOutcomes, readMeasures } from "../option-quotes.ts";
import { plainSymbol, readRight } from "../option-roots.ts";
import { leftOut, type RowOutcome, readRows } from "../row-reading.ts";
import { type Row, readNumber } from "../table.ts";

/**
 * Cboe DataShop's option end-of-day summaries, with or without calcs. Each row has two quotes of one option: fifteen minutes
 * before the stocks close (15:45, on half days 12:45), to which the calcs belong, and at the close. The day's volume and last
 * price go to the latter alone: nobody knew them before. Binary options (root BVZ) are left out.
 */
export const cboeDatashop: Format = {
  id: "cboe-datashop",
  title: "Cboe DataShop option end-of-day summary, with or without calcs",
  vendor: "cboe-datashop",
  recognizes: (opening) => hasColumns(opening, REQUIRED),
  read: (source) => {
    const columns = (header: readonly string[]): readonly string[] =>
      requireColumns(source, header, REQUIRED);
    return readRows(source, { columns, allowsTrailingComma: true }, (row) => readQuotes(row, source));
  },
};

const REQUIRED = [
  ...["underlying_symbol", "quote_date", "root", "expiration", "strike", "option_type"],
  ...["bid_1545", "ask_1545", "bid_eod", "ask_eod"],
];

const MEASURES_1545 = {
  bid: "bid_1545",
  ask: "ask_1545",
  bidSize: "bid_size_1545",
  askSize: "ask_size_1545",
  openInterest: "open_interest",
  volatility: "implied_volatility_1545",
  delta: "delta_1545",
  gamma: "gamma_1545",
  vega: "vega_1545",
  theta: "theta_1545",
  rho: "rho_1545",
} as const;

const MEASURES_EOD = {
  bid: "bid_eod",
  ask: "ask_eod",
  bidSize: "bid_size_eod",
  askSize: "ask_size_eod",
  last: "close",
  volume: "trade_volume",
  openInterest: "open_interest",
} as const;

function readQuotes(row: Row, { name }: Source): RowOutcome {
  const { line, cells } = row;
  const root = plainSymbol(cells["root"] ?? "");
  if (root === "BVZ") return leftOut(line, "cboe-datashop.binary", "a binary option");
  const session = readDate(row, "quote_date", name);
  const right = readRight(row, "option_type", name);
  const option = {
    line,
    session,
    underlying: plainSymbol(cells["underlying_symbol"] ?? ""),
    root,
    expiration: readDate(row, "expiration", name),
    strike: readNumber(row, "strike", name),
    right,
  };
  const early = quoteOutcomes({
    ...option,
    times: beforeCloseQuoteOf(session, 15),
    ...readMeasures(row, MEASURES_1545, name),
    underlyingPrice: underlyingPrice(row, "1545", name),
  });
  const late = quoteOutcomes({
    ...option,
    times: endOfDayQuoteOf(session),
    ...readMeasures(row, MEASURES_EOD, name),
    underlyingPrice: underlyingPrice(row, "eod", name),
  });
  // What is wrong with the option itself is said once.
  const isFact = [...early, ...late].some((outcome) => "fact" in outcome);
  return isFact ? [...early, ...late] : early;
}

/** The middle of the underlying's quote; of an index, which has none, both sides are its level. */
function underlyingPrice(row: Row, when: "1545" | "eod", path: string): number | undefined {
  const columns = { bid: `underlying_bid_${when}`, ask: `underlying_ask_${when}` };
  const { bid, ask }: Measures = readMeasures(row, columns, path);
  return bid === undefined || ask === undefined ? undefined : (bid + ask) / 2;
}
