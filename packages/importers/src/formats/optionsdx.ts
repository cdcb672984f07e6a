import { type CalendarDate, Failure, fromDayNumber, type Instant, wallClock } from "@steward/model";
import { readDate } from "../dates.ts";
import type { Format, Parsed, ReadOptions, Remark, Source } from "../format.ts";
import { hasColumns, requireColumns } from "../header.ts";
import { timedQuoteOf } from "../known-at.ts";
import { quoteOutcomes, readMeasures } from "../option-quotes.ts";
import { impliedRoot } from "../option-roots.ts";
import { mended, type RowOutcome, readOptional, readRows, refused } from "../row-reading.ts";
import { type Row, readNumber } from "../table.ts";
import { instantOf, readDateAndTime } from "../wall-clock.ts";

/**
 * OptionsDX's tables: bracketed names, one row a call and a put. They name neither underlying nor root: the former stands in
 * the file's name (`spx_eod_202301.txt`) or comes with `--series`, the latter follows from the expiration. On third Fridays
 * SPX and SPXW both expire: a time of expiration before noon tells SPX, else SPX is assumed with a remark, and a contract that
 * comes a second time at one quote time is refused, since nothing tells which of the two roots either is.
 */
export const optionsdx: Format = {
  id: "optionsdx",
  title: "OptionsDX chain, spx_eod_202301.txt",
  vendor: "optionsdx",
  recognizes: (opening) => hasColumns(opening, REQUIRED),
  read: (source, options) => {
    const seen: Seen = { quotedAt: undefined, contracts: new Set() };
    const columns = (header: readonly string[]): readonly string[] =>
      requireColumns(source, header, REQUIRED);
    return readRows(source, { columns, allowsTrailingComma: true }, (row) =>
      readPair(row, { name: source.name, underlying: underlyingOf(source, options), seen }),
    );
  },
};

const REQUIRED = [
  ...["quote_readtime", "underlying_last", "expire_date", "strike"],
  ...["c_bid", "c_ask", "p_bid", "p_ask"],
];

/** The contracts of doubtful root at the quote time being read. */
interface Seen {
  quotedAt: Instant | undefined;
  readonly contracts: Set<string>;
}

interface Context {
  readonly name: string;
  readonly underlying: string;
  readonly seen: Seen;
}

function underlyingOf({ name }: Source, { series }: ReadOptions): string {
  const found = series ?? /(?:^|[/\\])([A-Za-z]{1,6})_(?:eod|\d+x?\d*|15m|30m|60m)/i.exec(name)?.[1];
  if (found !== undefined) return found.toUpperCase();
  const message = `${name}: expected a name like spx_eod_202301.txt, or --series, to tell the underlying`;
  throw new Failure("input.invalid", message, { details: { path: name } });
}

function readPair(row: Row, { name, underlying, seen }: Context): RowOutcome {
  const time = readDateAndTime(row, "quote_readtime", name);
  const expiration = readDate(row, "expire_date", name);
  const quotedAt = instantOf(time);
  const strike = readNumber(row, "strike", name);
  const { root, doubt } = impliedRoot(underlying, expiration, settlementOf(row, expiration, name));

  const outcomes: (Parsed | Remark)[] = [];
  if (doubt !== undefined) {
    if (isRepeated(seen, quotedAt, `${expiration} ${strike}`)) {
      const message = `the ${expiration} ${strike} comes twice, and nothing tells SPX from SPXW`;
      return refused(row.line, "optionsdx.contract-twice", message);
    }
    outcomes.push(mended(row.line, "optionsdx.root-assumed", doubt));
  }
  const option = { line: row.line, session: time.date, underlying, root, expiration, strike };
  for (const [right, letter] of [["call", "c"] as const, ["put", "p"] as const]) {
    const columns = measuresOf(letter);
    const [bidSize, askSize] = sizesOf(row.cells[`${letter}_size`] ?? "");
    const measures = { ...readMeasures(row, columns, name), bidSize, askSize };
    outcomes.push(
      ...quoteOutcomes({ ...option, right, times: timedQuoteOf(time.date, quotedAt), ...measures }),
    );
  }
  return outcomes;
}

function isRepeated(seen: Seen, quotedAt: Instant, contract: string): boolean {
  if (seen.quotedAt !== quotedAt) seen.contracts.clear();
  seen.quotedAt = quotedAt;
  if (seen.contracts.has(contract)) return true;
  seen.contracts.add(contract);
  return false;
}

/** Seconds of the expiration, where they lie before noon of its date, tell a settlement at the opening. */
function settlementOf(row: Row, expiration: CalendarDate, path: string): "am" | undefined {
  const seconds = readOptional(row, "expire_unix", path);
  // Day 20,000 is 2024: what lies centuries off is no time.
  if (seconds === undefined || !Number.isInteger(seconds) || Math.abs(seconds) > 40_000 * 86_400)
    return undefined;
  if (fromDayNumber(Math.floor(seconds / 86_400)) !== expiration) return undefined;
  const { date, time } = wallClock((seconds * 1_000_000) as Instant, "America/New_York");
  return date === expiration && time > "00:00:00" && time < "12:00:00" ? "am" : undefined;
}

function measuresOf(letter: "c" | "p") {
  return {
    bid: `${letter}_bid`,
    ask: `${letter}_ask`,
    last: `${letter}_last`,
    volume: `${letter}_volume`,
    volatility: `${letter}_iv`,
    delta: `${letter}_delta`,
    gamma: `${letter}_gamma`,
    vega: `${letter}_vega`,
    theta: `${letter}_theta`,
    rho: `${letter}_rho`,
    underlyingPrice: "underlying_last",
  };
}

/** `300 x 300`, bid first. */
function sizesOf(text: string): readonly [number | undefined, number | undefined] {
  const match = /^(\d{1,9}) ?x ?(\d{1,9})$/i.exec(text);
  return match === null ? [undefined, undefined] : [Number(match[1]), Number(match[2])];
}
