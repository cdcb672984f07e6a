// From what a vendor tells of one option to a quote, or to a remark why not. The rules are the same for every vendor.

import {
  addDays,
  type CalendarDate,
  type FactTimes,
  previousSession,
  QUOTE_MEASURES,
  type QuoteFact,
  type Right,
  strike,
  weekday,
} from "@steward/model";
import { isKnownDate, isKnownSession } from "./dates.ts";
import type { Parsed, Remark } from "./format.ts";
import { leftOut, mended, readOptional, refused } from "./row-reading.ts";
import type { Row } from "./table.ts";

/** The numbers that a vendor may tell of an option. */
export type Measure = (typeof MEASURES)[number];

/** Numbers as the vendor has them, what it writes for missing ones included. */
export type Measures = { readonly [M in Measure]?: number | undefined };

/** One option at one time, as a vendor tells it. */
export interface VendorQuote extends Measures {
  readonly line: number;
  readonly times: FactTimes;
  readonly session: CalendarDate;
  readonly underlying: string;
  readonly root: string;
  readonly expiration: CalendarDate;
  /** In points. */
  readonly strike: number;
  readonly right: Right;
}

/** The measures of a row by the names of their columns; empty cells and absent columns are missing. */
export function readMeasures(
  row: Row,
  columns: { readonly [M in Measure]?: string },
  path: string,
): Measures {
  const measures: { [M in Measure]?: number | undefined } = {};
  for (const measure of MEASURES) {
    const column = columns[measure];
    if (column !== undefined && column in row.cells) measures[measure] = readOptional(row, column, path);
  }
  return measures;
}

const MEASURES = ["bid", "ask", ...QUOTE_MEASURES] as const;

/** The quote, with a remark for each thing mended; or the one remark why there is none. */
export function quoteOutcomes(quote: VendorQuote): readonly (Parsed | Remark)[] {
  const objection = objectionTo(quote);
  if (objection !== undefined) return [objection];

  const { line, underlying, root, session, right } = quote;
  const remarks: Remark[] = [];
  const mend: Mend = (rule, message) => remarks.push(mended(line, rule, message));
  const { bid, ask, ...told } = plausible(quote, mend);
  if (ask === undefined) return [leftOut(line, "quotes.no-market", "no ask")];
  if (bid === undefined) mend("quotes.no-bid", "no bid is a bid of 0");
  if (bid !== undefined && ask > 0 && bid > ask)
    return [refused(line, "quotes.crossed", `expected a bid up to the ask, found ${bid} and ${ask}`)];

  const fact: QuoteFact = {
    session,
    underlying,
    root,
    expiration: expirationOf(quote, mend),
    strike: strike(quote.strike),
    right,
    bid: bid ?? 0,
    ask,
    ...told,
    ...quote.times,
  };
  return [{ table: "quotes", line, fact }, ...remarks];
}

type Mend = (rule: string, message: string) => unknown;

function objectionTo({ line, session, expiration, root, strike: points }: VendorQuote): Remark | undefined {
  if (!isKnownSession(session)) return leftOut(line, "quotes.not-a-session", `${session} is no session`);
  if (expiration < session)
    return refused(line, "quotes.expired", `expected an expiration from ${session} on, found ${expiration}`);
  if (!/^[A-Z0-9.]{1,6}$/.test(root))
    return refused(line, "quotes.root", `expected a root of up to six letters, found "${root}"`);
  const thousandths = Math.round(points * 1000);
  if (thousandths < 1 || thousandths > MAX_STRIKE || Math.abs(thousandths - points * 1000) > 1e-7) {
    const message = `expected a strike above 0 with at most three decimals, found ${points}`;
    return refused(line, "quotes.strike", message);
  }
  return undefined;
}

/** In thousandths: the OSI key has eight digits. */
const MAX_STRIKE = 99_999_999;

/**
 * The same numbers without what vendors write for missing ones: −1, −99.99, 999,999,999 and their like, an implied volatility
 * of 0 with the zero Greeks that come of it, and 0 as the price of a trade that never was.
 */
function plausible(quote: VendorQuote, mend: Mend): Measures {
  const clean: { [M in Measure]?: number } = {};
  const dropped: string[] = [];
  for (const measure of MEASURES) {
    const value = quote[measure];
    if (value === undefined) continue;
    if (isPlausible(measure, value, quote.right)) clean[measure] = value;
    else if (measure !== "last" || value !== 0) dropped.push(`${measure} ${value}`);
  }
  if (quote.last === 0) mend("quotes.never-traded", "a last price of 0 is no trade");

  if (clean.volatility === undefined && (quote.volatility !== undefined || isWithoutCurvature(quote))) {
    for (const greek of GREEKS) if (clean[greek] === 0) delete clean[greek];
    mend(
      "quotes.no-volatility",
      `an implied volatility of ${quote.volatility ?? "none"} is missing, as are zero Greeks`,
    );
  }
  const others = dropped.filter((text) => !text.startsWith("volatility "));
  if (others.length > 0) mend("quotes.sentinel", `${others.join(", ")} stands for a missing number`);
  return clean;
}

/** Zeros that stand beside an empty volatility. */
function isWithoutCurvature({ gamma, vega }: VendorQuote): boolean {
  return gamma === 0 && vega === 0;
}

const GREEKS = ["delta", "gamma", "vega", "theta", "rho"] as const;

function isPlausible(measure: Measure, value: number, right: Right): boolean {
  switch (measure) {
    case "bid":
    case "ask":
      return value >= 0 && value < MAX_PRICE;
    case "last":
    case "underlyingPrice":
      return value > 0 && value < MAX_PRICE;
    case "bidSize":
    case "askSize":
    case "volume":
    case "openInterest":
      return value >= 0 && value < MAX_COUNT && Number.isInteger(value);
    case "volatility":
      return value > 0 && value < MAX_VOLATILITY;
    case "delta":
      return right === "call" ? value > -0.05 && value < 1.05 : value > -1.05 && value < 0.05;
    case "gamma":
    case "vega":
      return value > -0.01 && value < MAX_GREEK;
    case "theta":
    case "rho":
      return Math.abs(value) < MAX_GREEK && !SENTINELS.has(value);
  }
}

/** What a theta or a rho could be, but is not to a hundredth; −1 is a number to them. */
const SENTINELS: ReadonlySet<number> = new Set([-99, -99.99, -999, -999.99, -9999, -9999.99, -99_999]);
const MAX_PRICE = 1e6;
const MAX_COUNT = 1e8;
/** A hundred: 10,000 %. */
const MAX_VOLATILITY = 100;
const MAX_GREEK = 1e6;

/** Until 2015 standard options expired on the Saturday after their last day; here they carry that day, as `Expiration` says. */
function expirationOf({ expiration }: VendorQuote, mend: Mend): CalendarDate {
  if (!isKnownDate(expiration) || weekday(expiration) !== "saturday") return expiration;
  const friday = addDays(expiration, -1);
  const last = isKnownSession(friday) ? friday : previousSession(friday);
  mend("quotes.saturday-expiration", `expires on ${last}, written as Saturday ${expiration}`);
  return last;
}
