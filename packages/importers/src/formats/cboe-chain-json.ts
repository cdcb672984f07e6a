import type { Instant } from "@steward/model";
import type { Format, Opening, ParsedBatch, Source } from "../format.ts";
import { isObject, type JsonObject, listOf, notThis, readJson, readRecords } from "../json-records.ts";
import { DELAY, type DelayedQuote, delayedQuoteOf } from "../known-at.ts";
import { quoteOutcomes, readMeasures } from "../option-quotes.ts";
import { parseOptionKey, plainSymbol, underlyingOf } from "../option-roots.ts";
import { mended, type RowOutcome, refused } from "../row-reading.ts";
import type { Row } from "../table.ts";
import { instantOf, parseDateAndTime } from "../wall-clock.ts";

/**
 * Cboe's delayed chain (`cdn.cboe.com/api/global/delayed_quotes/options/_SPX.json`). `timestamp` is when the document was
 * made, a quarter of an hour after its quotes. It has no zone: it is Universal Time, while the times of trades are New York
 * wall clock; documents whose trades would then lie after their making have New York time there too. The root of the OSI key
 * tells settlement at the opening (SPX, VIX) from settlement at the close (SPXW, VIXW).
 */
export const cboeChainJson: Format = {
  id: "cboe-chain-json",
  title: "Cboe delayed option chain, _SPX.json",
  vendor: "cboe-delayed",
  recognizes,
  read: readChain,
};

function recognizes({ text }: Opening): boolean {
  const start = text.trimStart();
  return start.startsWith("{") && /"options"\s*:\s*\[/.test(start) && /"option"\s*:\s*"/.test(start);
}

async function* readChain(source: Source): AsyncGenerator<ParsedBatch> {
  const { value, bytesRead } = await readJson(source);
  const data = isObject(value) ? value["data"] : undefined;
  if (!isObject(value) || !isObject(data)) throw notThis(source, "an object with data", typeof value);
  const options = listOf(source, data, "options");
  const times = delayedQuoteOf((madeAt(source, value, data, options) - DELAY) as Instant);
  if (times === undefined) throw notThis(source, "a timestamp from 1990 to 2030", String(value["timestamp"]));

  const context = {
    name: source.name,
    times,
    symbol: plainSymbol(String(data["symbol"] ?? "")),
    underlyingPrice: typeof data["current_price"] === "number" ? data["current_price"] : undefined,
  };
  let isFirst = true;
  for (const batch of readRecords(options, bytesRead, (row) => readQuote(row, context))) {
    const remarks = isFirst && times.isAfterHours ? [AFTER_HOURS, ...batch.remarks] : batch.remarks;
    isFirst = false;
    yield { ...batch, remarks };
  }
}

const AFTER_HOURS = mended(
  1,
  "quotes.after-hours",
  "made after hours: the quotes are taken as of the close of the options",
);

function madeAt(
  source: Source,
  document: JsonObject,
  data: JsonObject,
  options: readonly unknown[],
): Instant {
  const text = String(document["timestamp"] ?? data["timestamp"] ?? "");
  const made = parseDateAndTime(text);
  if (made === undefined) throw notThis(source, "a timestamp with date and time", `"${text}"`);
  const universal = instantOf({ ...made, isUniversal: true });
  return lastTradeOf(data, options) > universal ? instantOf({ ...made, isUniversal: false }) : universal;
}

/** The latest trade that a document tells of; ISO texts of one zone sort as the times they mean. */
function lastTradeOf(data: JsonObject, options: readonly unknown[]): Instant | -1 {
  let latest = "";
  for (const record of [data, ...options]) {
    const text = isObject(record) ? record["last_trade_time"] : undefined;
    if (typeof text === "string" && text > latest && parseDateAndTime(text) !== undefined) latest = text;
  }
  const trade = parseDateAndTime(latest);
  return trade === undefined ? -1 : instantOf(trade);
}

interface Context {
  readonly name: string;
  readonly times: DelayedQuote;
  readonly symbol: string;
  readonly underlyingPrice: number | undefined;
}

const MEASURES = {
  bid: "bid",
  ask: "ask",
  bidSize: "bid_size",
  askSize: "ask_size",
  last: "last_trade_price",
  volume: "volume",
  openInterest: "open_interest",
  volatility: "iv",
  delta: "delta",
  gamma: "gamma",
  vega: "vega",
  theta: "theta",
  rho: "rho",
} as const;

function readQuote(row: Row, { name, times, symbol, underlyingPrice }: Context): RowOutcome {
  const text = row.cells["option"] ?? "";
  const key = parseOptionKey(text);
  if (key === undefined) {
    const message = `expected a key like SPXW230915C04500000 in option, found "${text}"`;
    return refused(row.line, "cboe-chain-json.key", message);
  }
  const { session, occurredAt, knownAt } = times;
  const known = underlyingOf(key.root);
  return quoteOutcomes({
    line: row.line,
    times: { occurredAt, knownAt },
    session,
    underlying: known === key.root && symbol !== "" ? symbol : known,
    ...key,
    ...readMeasures(row, MEASURES, name),
    underlyingPrice,
  });
}
