import { readDate } from "../dates.ts";
import type { Format, ParsedBatch, ReadOptions, Source } from "../format.ts";
import { endOfDayQuoteOf } from "../known-at.ts";
import { quoteOutcomes, readMeasures } from "../option-quotes.ts";
import { parseOptionKey, plainSymbol, readRight } from "../option-roots.ts";
import { parquetRows } from "../parquet-rows.ts";
import { parseRows, type RowOutcome } from "../row-reading.ts";
import { type Row, readNumber } from "../table.ts";
import { checkedQuotedAt } from "../wall-clock.ts";

/**
 * The Parquet files of philippdubach/options-dataset-hist (SPY, QQQ and IWM, end of day, 2008 to 2025): one option a row,
 * with `contract_id` as OSI key. Any Parquet file is recognized, for its columns stand at its end; other columns are refused.
 */
export const philippdubach: Format = {
  id: "philippdubach",
  title: "options-dataset-hist by philippdubach, Parquet",
  vendor: "philippdubach",
  recognizes: ({ bytes }) => String.fromCharCode(...bytes.subarray(0, 4)) === "PAR1",
  read: readTable,
};

const MEASURES = {
  bid: "bid",
  ask: "ask",
  bidSize: "bid_size",
  askSize: "ask_size",
  last: "last",
  volume: "volume",
  openInterest: "open_interest",
  volatility: "implied_volatility",
  delta: "delta",
  gamma: "gamma",
  vega: "vega",
  theta: "theta",
  rho: "rho",
} as const;

const COLUMNS = {
  required: ["contract_id", "symbol", "expiration", "strike", "type", "bid", "ask", "date"],
  optional: Object.values(MEASURES).filter((column) => column !== "bid" && column !== "ask"),
};

async function* readTable(source: Source, options: ReadOptions): AsyncGenerator<ParsedBatch> {
  for await (const batch of parquetRows(source, COLUMNS))
    yield parseRows(batch, (row) => readQuote(row, source, options));
}

function readQuote(row: Row, { name }: Source, { quotedAt }: ReadOptions): RowOutcome {
  const { line, cells } = row;
  const session = readDate(row, "date", name);
  const right = readRight(row, "type", name);
  const underlying = plainSymbol(cells["symbol"] ?? "");
  return quoteOutcomes({
    line,
    times: endOfDayQuoteOf(session, checkedQuotedAt(quotedAt)),
    session,
    underlying,
    root: parseOptionKey(cells["contract_id"] ?? "")?.root ?? underlying,
    expiration: readDate(row, "expiration", name),
    strike: readNumber(row, "strike", name),
    right,
    ...readMeasures(row, MEASURES, name),
  });
}
