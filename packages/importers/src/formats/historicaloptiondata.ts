import { readDate } from "../dates.ts";
import type { Format, ReadOptions, Source } from "../format.ts";
import { hasColumns, requireColumns } from "../header.ts";
import { endOfDayQuoteOf } from "../known-at.ts";
import { type Measures, quoteOutcomes, readMeasures } from "../option-quotes.ts";
import { impliedRoot, parseOptionKey, plainSymbol, readRight } from "../option-roots.ts";
import { mended, type RowOutcome, readRows } from "../row-reading.ts";
import { type Row, readNumber } from "../table.ts";
import { checkedQuotedAt } from "../wall-clock.ts";

/**
 * Tables of historicaloptiondata.com (DeltaNeutral) and what copies their columns: a byte order mark, ` exchange` with a
 * blank, US dates, the OSI key in `optionroot`. A volatility of exactly 0.01 with nothing but zero Greeks is what the vendor
 * writes where none was found. Gamma and theta are kept in the vendor's own scale (gamma per hundred, theta a year).
 */
export const historicaloptiondata: Format = {
  id: "historicaloptiondata",
  title: "historicaloptiondata.com (DeltaNeutral) chain",
  vendor: "historicaloptiondata",
  recognizes: (opening) => hasColumns(opening, REQUIRED),
  read: (source, options) => {
    const columns = (header: readonly string[]): readonly string[] =>
      requireColumns(source, header, REQUIRED);
    return readRows(source, { columns, allowsTrailingComma: true }, (row) => readQuote(row, source, options));
  },
};

const REQUIRED = [
  ...["underlying", "underlying_last", "optionroot", "type", "expiration", "quotedate"],
  ...["strike", "bid", "ask"],
];

const MEASURES = {
  bid: "bid",
  ask: "ask",
  last: "last",
  volume: "volume",
  openInterest: "openinterest",
  volatility: "impliedvol",
  delta: "delta",
  gamma: "gamma",
  vega: "vega",
  theta: "theta",
  underlyingPrice: "underlying_last",
} as const;

function readQuote(row: Row, { name }: Source, { quotedAt }: ReadOptions): RowOutcome {
  const { line, cells } = row;
  const session = readDate(row, "quotedate", name);
  const expiration = readDate(row, "expiration", name);
  const underlying = plainSymbol(cells["underlying"] ?? "");
  const right = readRight(row, "type", name);
  // Before 2010 the roots were of another system (SXY, SPB): those of today follow from the expiration.
  const key = parseOptionKey(cells["optionroot"] ?? "");
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
    ...withoutFloor(readMeasures(row, MEASURES, name)),
  });
  return doubt === undefined
    ? outcomes
    : [...outcomes, mended(line, "historicaloptiondata.root-assumed", doubt)];
}

function withoutFloor(measures: Measures): Measures {
  const { volatility, delta, gamma, vega, theta } = measures;
  const isFloor = volatility === 0.01 && [delta, gamma, vega, theta].every((greek) => greek === 0);
  return isFloor ? { ...measures, volatility: 0 } : measures;
}
