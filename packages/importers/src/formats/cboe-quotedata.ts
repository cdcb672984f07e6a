import { Failure, type Right } from "@steward/model";
import type { Format, Parsed, ReadOptions, Remark, Source } from "../format.ts";
import { type DelayedQuote, delayedQuoteOf } from "../known-at.ts";
import { parsePageTime } from "../localized-time.ts";
import { quoteOutcomes, readMeasures } from "../option-quotes.ts";
import { parseOptionKey, underlyingOf } from "../option-roots.ts";
import { mended, readRows, refused } from "../row-reading.ts";
import { type Row, readNumber } from "../table.ts";
import { checkedQuotedAt } from "../wall-clock.ts";

/**
 * The table that Cboe's delayed-quotes page downloads (`spx_quotedata.csv`): a line with name and last price, a line with
 * date and time in the language of the browser, a header, and rows of a call and a put each. Contracts are read from their
 * keys, against which the strike is checked. The line's time is that of the quotes; they were shown a quarter of an hour later.
 */
export const cboeQuotedata: Format = {
  id: "cboe-quotedata",
  title: "table of Cboe's delayed-quotes page, spx_quotedata.csv",
  vendor: "cboe-delayed",
  recognizes: ({ text }) => text.split(/\r?\n/, 10).some((line) => HEADER.test(line)),
  read: (source, options) => {
    const lines: (readonly string[])[] = [];
    let page: Page | undefined;
    const isHeader = (cells: readonly string[]): boolean => {
      const found = HEADER.test(cells.join(","));
      if (!found) lines.push(cells);
      if (lines.length > 10) throw notThis(source, "its header within ten lines", lines[0] ?? []);
      return found;
    };
    const columns = (header: readonly string[]): readonly string[] => {
      page = pageOf(source, lines, options);
      return columnsOf(source, header);
    };
    let isFirst = true;
    return readRows(source, { isHeader, columns, allowsTrailingComma: true }, (row) => {
      if (page === undefined) return [];
      const outcomes = readPair(row, source, page);
      const notes = isFirst && page.times.isAfterHours ? [afterHours(row.line)] : [];
      isFirst = false;
      return [...notes, ...outcomes];
    });
  },
};

const HEADER = /^"?expiration date"?,"?calls"?,.*"?strike"?,"?puts"?,/i;

/** What the lines above the header tell. */
interface Page {
  readonly times: DelayedQuote;
  readonly underlyingPrice: number | undefined;
}

function pageOf(source: Source, lines: readonly (readonly string[])[], options: ReadOptions): Page {
  const quotedAt = checkedQuotedAt(options.quotedAt);
  // The first line is the name, which may hold a month and a year of its own: bonds of Dec 2025.
  const time = lines
    .slice(1)
    .map((cells) => parsePageTime(cells.join(", "), quotedAt))
    .find((found) => found !== undefined);
  const times = time === undefined ? undefined : delayedQuoteOf(time);
  if (times === undefined)
    throw notThis(source, "a line with date and time above the header", lines.at(-1) ?? []);
  return { times, underlyingPrice: lastPriceOf(lines[0] ?? []) };
}

/** `Last: 4505.1001`, or the number alone; not taken where a comma for thousands may have cut it in two. */
function lastPriceOf([, text = "", next = ""]: readonly string[]): number | undefined {
  const number = /^(?:\D*\s)?(\d+(?:\.\d+)?)$/.exec(text)?.[1];
  return number === undefined || /^\d{3}(?:\.\d+)?$/.test(next) ? undefined : Number(number);
}

function notThis({ name }: Source, expected: string, cells: readonly string[]): Failure {
  const message = `${name}:1: expected ${expected}, found ${JSON.stringify(cells.join(",").slice(0, 80))}`;
  return new Failure("data.malformed", message, { details: { path: name, line: 1 } });
}

/** The columns of the put have the names of the call's: those after the strike get a `put` before them. */
function columnsOf(source: Source, header: readonly string[]): readonly string[] {
  const names = header.map((cell) => SHORT_NAMES.get(cell.toLowerCase()) ?? cell.toLowerCase());
  const strike = names.indexOf("strike");
  const sided = names.map((name, i) =>
    i === 0 || i === strike ? name : `${i < strike ? "call" : "put"} ${name}`,
  );
  const missing = REQUIRED.filter((name) => !sided.includes(name));
  if (missing.length > 0 || new Set(sided).size < sided.length || names.lastIndexOf("strike") !== strike)
    throw notThis(source, `the columns ${REQUIRED.join(", ")}, each once`, header);
  return sided;
}

const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ["vol", "volume"],
  ["open int", "open interest"],
]);

const REQUIRED = ["call calls", "call bid", "call ask", "strike", "put puts", "put bid", "put ask"];

function afterHours(line: number): Remark {
  const message = "downloaded after hours: the quotes are taken as of the close of the options";
  return mended(line, "quotes.after-hours", message);
}

function readPair(row: Row, source: Source, page: Page): readonly (Parsed | Remark)[] {
  return [
    ...readSide(row, source, { ...page, right: "call" }),
    ...readSide(row, source, { ...page, right: "put" }),
  ];
}

function readSide(
  row: Row,
  { name }: Source,
  { times, underlyingPrice, right }: Page & { readonly right: Right },
): readonly (Parsed | Remark)[] {
  const { line } = row;
  const text = row.cells[`${right} ${right}s`] ?? "";
  if (text === "") return [];
  const key = parseOptionKey(text);
  const strike = readNumber(row, "strike", name);
  if (key === undefined || key.right !== right || Math.abs(key.strike - strike) > 1e-6) {
    const message = `expected the key of a ${right} at ${strike}, found "${text}"`;
    return [refused(line, "cboe-quotedata.key", message)];
  }
  const { session, occurredAt, knownAt } = times;
  return quoteOutcomes({
    line,
    times: { occurredAt, knownAt },
    session,
    underlying: underlyingOf(key.root),
    ...key,
    ...readMeasures(row, MEASURES[right], name),
    underlyingPrice,
  });
}

function measuresOf<Side extends Right>(side: Side) {
  return {
    bid: `${side} bid`,
    ask: `${side} ask`,
    last: `${side} last sale`,
    volume: `${side} volume`,
    openInterest: `${side} open interest`,
    volatility: `${side} iv`,
    delta: `${side} delta`,
    gamma: `${side} gamma`,
  };
}

const MEASURES = { call: measuresOf("call"), put: measuresOf("put") };
