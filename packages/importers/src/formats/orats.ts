import { type CalendarDate, type FactTimes, type Instant, wallClock } from "@steward/model";
import { readDate } from "../dates.ts";
import type { Format, Opening, Parsed, ParsedBatch, Remark, Source } from "../format.ts";
import { hasColumns, requireColumns } from "../header.ts";
import { beginsLikeJson, isJsonText, listOf, readJson, readRecords } from "../json-records.ts";
import { beforeCloseQuoteOf } from "../known-at.ts";
import { quoteOutcomes, readMeasures } from "../option-quotes.ts";
import { impliedRoot, plainSymbol } from "../option-roots.ts";
import { mended, type RowOutcome, readOptional, readRows } from "../row-reading.ts";
import { type Row, readNumber } from "../table.ts";
import { instantOf, parseDateAndTime } from "../wall-clock.ts";

/**
 * ORATS' strikes, as CSV or as JSON under `data`: a row is a call and a put. `quoteDate` is when the quotes were taken and
 * `updatedAt` when they were out; a table without them is of the daily history, taken fourteen minutes before the close. The
 * delta is the call's, the put's is one less; theta and rho are the call's alone, gamma and vega of both. `expiryTod` tells
 * SPX (am) from SPXW (pm).
 */
export const orats: Format = {
  id: "orats",
  title: "ORATS strikes, CSV or JSON",
  vendor: "orats",
  recognizes,
  read: readStrikes,
};

const REQUIRED = [
  ...["ticker", "tradedate", "expirdate", "strike"],
  ...["callbidprice", "callaskprice", "putbidprice", "putaskprice"],
];

function recognizes(opening: Opening): boolean {
  if (!isJsonText(opening.text)) return hasColumns(opening, REQUIRED);
  return ["ticker", "tradeDate", "expirDate", "callBidPrice"].every((field) =>
    opening.text.includes(`"${field}"`),
  );
}

async function* readStrikes(source: Source): AsyncGenerator<ParsedBatch> {
  const readRow = (row: Row): RowOutcome => readPair(row, source);
  if (!(await beginsLikeJson(source))) {
    const columns = (header: readonly string[]): readonly string[] =>
      requireColumns(source, header, REQUIRED);
    yield* readRows(source, { columns, allowsTrailingComma: true }, readRow);
    return;
  }
  const { value, bytesRead } = await readJson(source);
  yield* readRecords(listOf(source, value, "data"), bytesRead, readRow);
}

/** Snapshots of the daily history are taken fourteen minutes before the close of the stocks. */
const BEFORE_CLOSE_MINUTES = 14;

function readPair(row: Row, { name }: Source): RowOutcome {
  const { line, cells } = row;
  const session = readDate(row, "tradedate", name);
  const expiration = readDate(row, "expirdate", name);
  const underlying = plainSymbol(cells["ticker"] ?? "");
  const settlement = (cells["expirytod"] ?? "").toLowerCase();
  const isTold = settlement === "am" || settlement === "pm";
  const { root, doubt } = impliedRoot(underlying, expiration, isTold ? settlement : undefined);

  const { times, remark } = timesOf(row, session);
  const option = {
    line,
    session,
    underlying,
    root,
    expiration,
    strike: readNumber(row, "strike", name),
    times,
  };
  const underlyingPrice = readOptional(row, "spotprice", name) ?? readOptional(row, "stockprice", name);
  const call = readMeasures(row, CALL, name);
  const put = readMeasures(row, PUT, name);
  const { delta, volatility = 0 } = call;
  const putDelta = delta === undefined || (delta === 0 && volatility <= 0) ? undefined : delta - 1;
  const outcomes: (Parsed | Remark)[] = [
    ...quoteOutcomes({ ...option, right: "call", ...call, underlyingPrice }),
    ...quoteOutcomes({ ...option, right: "put", ...put, delta: putDelta, underlyingPrice }),
  ];
  if (doubt !== undefined) outcomes.push(mended(line, "orats.root-assumed", doubt));
  if (remark !== undefined) outcomes.push(remark);
  return outcomes;
}

const CALL = {
  bid: "callbidprice",
  ask: "callaskprice",
  bidSize: "callbidsize",
  askSize: "callasksize",
  volume: "callvolume",
  openInterest: "callopeninterest",
  volatility: "callmidiv",
  delta: "delta",
  gamma: "gamma",
  vega: "vega",
  theta: "theta",
  rho: "rho",
} as const;

const PUT = {
  bid: "putbidprice",
  ask: "putaskprice",
  bidSize: "putbidsize",
  askSize: "putasksize",
  volume: "putvolume",
  openInterest: "putopeninterest",
  volatility: "putmidiv",
  gamma: "gamma",
  vega: "vega",
} as const;

function timesOf(
  row: Row,
  session: CalendarDate,
): { readonly times: FactTimes; readonly remark?: Remark | undefined } {
  const byRule = beforeCloseQuoteOf(session, BEFORE_CLOSE_MINUTES);
  const text = row.cells["quotedate"] ?? "";
  if (text === "") return { times: byRule };
  const quotedAt = instantIn(text);
  if (quotedAt === undefined || wallClock(quotedAt, "America/New_York").date !== session) {
    const message = `quoteDate ${text} is no time of ${session}; fourteen minutes before the close are taken`;
    return { times: byRule, remark: mended(row.line, "orats.quote-date", message) };
  }
  const knownAt = instantIn(row.cells["updatedat"] ?? "") ?? byRule.knownAt;
  return { times: { occurredAt: quotedAt, knownAt: Math.max(quotedAt, knownAt) as Instant } };
}

function instantIn(text: string): Instant | undefined {
  const read = parseDateAndTime(text);
  return read === undefined ? undefined : instantOf(read);
}
