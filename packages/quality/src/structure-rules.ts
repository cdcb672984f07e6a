// Structure, row by row: Q1, Q2, Q4, Q5, Q6. What a single row and the listing rules decide.

import {
  type CalendarDate,
  calendarRange,
  isListedExpiration,
  isOptionRoot,
  listingRules,
  parseCalendarDate,
  parseContractId,
  QUOTE_MEASURES,
  type QuoteFact,
  rootSpec,
  yearOf,
} from "@steward/model";
import type { RowContext } from "./context.ts";
import { finite, type RowOutcome, type RowRule } from "./rule.ts";

/** Thousandths of a point between listed strikes, the finest that the root has: specification pages, and all fixtures. */
const STRIKE_GRID: Readonly<Record<string, number>> = { SPX: 5000, SPXW: 5000, XSP: 500, SPY: 500, VIX: 500 };
/**
 * Strike over index: listed strikes of the clean SPX, XSP, SPY and VXX chains lie in 0.02 to 3.3, of VIX (which falls back
 * while strikes stay) in 0.7 to 5.5, and more after 2020. A unit jump of a strike within a half and three halves of the
 * index leaves the corridor upward; of VIX only one by 100 does.
 */
const LARGEST_STRIKE_RATIO = 4.5;
const LARGEST_VIX_STRIKE_RATIO = 20;
/** Downward the corridor only holds back a jump by 1000: SPX lists 100 at an index of 6000. */
const SMALLEST_STRIKE_RATIO = 0.01;
/** Calendar years: the longest listing is five years and some weeks (SPX December series). */
const LONGEST_LISTING_YEARS = 6;
/** Prices, sizes and counts that feeds write for "none"; a real one of exactly these digits has not been seen. */
const SENTINELS: ReadonlySet<number> = new Set([
  -1, -99, -999, -9999, -99999, 99999, 99999.99, 999999, 999999.99, 9999999, 99999999, 999999999,
]);
/** Points and contracts: whatever is larger is a sentinel or a broken integer (2^31 - 1 and 2^53 among them). */
const SENTINEL_FROM = 1e9;

/** Q1. Types and numbers of every field. */
export const schema: RowRule = {
  id: "Q1",
  name: "structure.schema",
  title: "a field has the wrong type or is not a finite number",
  severity: "reject",
  scope: "row",
  threshold:
    "every number finite, dates existing, right call or put, strike a positive whole number of thousandths",
  check: checkSchema,
};

/** Q2. The symbol and the root against the columns. */
export const symbol: RowRule = {
  id: "Q2",
  name: "structure.symbol",
  title: "the symbol or the root says something else than the columns",
  severity: "reject",
  scope: "row",
  threshold: "equality of root, expiration, right and strike; the root's underlying is the row's",
  check: checkSymbol,
};

/** Q4. The strike's grid and its size. */
export const strikeGrid: RowRule = {
  id: "Q4",
  name: "structure.strike",
  title: "the strike is off its grid or in the wrong unit",
  severity: "reject",
  scope: "row",
  threshold: `grid 5 points (SPX, SPXW) or 0.5 (XSP, SPY, VIX); strike over index ${SMALLEST_STRIKE_RATIO} to ${LARGEST_STRIKE_RATIO}, VIX to ${LARGEST_VIX_STRIKE_RATIO}`,
  check: checkStrike,
};

/** Q5. The expiration against the listing rules. */
export const listing: RowRule = {
  id: "Q5",
  name: "structure.expiration",
  title: "the expiration is none that the root ever had",
  severity: "reject",
  scope: "row",
  threshold: `listed by the rules of the root, not before the session, at most ${LONGEST_LISTING_YEARS} years ahead`,
  check: checkListing,
};

/** Q6. Numbers that stand for "none". */
export const sentinel: RowRule = {
  id: "Q6",
  name: "structure.sentinel",
  title: "a number stands for none: -1, a volatility of 0, 1e9",
  severity: "reject",
  scope: "row",
  threshold: "-1 and runs of nines, 1e9 and more; in the vendor's own volatility or Greeks only a flag",
  check: checkSentinel,
};

function checkSchema(quote: QuoteFact, context: RowContext): RowOutcome {
  const { bid, ask, strike, occurredAt, knownAt } = quote;
  // A sum is finite only if its parts are, and one test is cheaper than two.
  if (!Number.isFinite(bid + ask)) return { message: `bid ${bid} and ask ${ask} must be finite numbers` };
  if (typeof bid !== "number" || typeof ask !== "number") return { message: "bid and ask must be numbers" };
  if (!Number.isSafeInteger(strike) || strike <= 0) {
    return {
      message: `a strike is a positive whole number of thousandths, was ${strike}`,
      value: finite(strike),
    };
  }
  if (!Number.isSafeInteger(occurredAt) || !Number.isSafeInteger(knownAt)) {
    return { message: `instants are whole microseconds, were ${occurredAt} and ${knownAt}` };
  }
  if (quote.right !== "call" && quote.right !== "put")
    return { message: `right must be call or put, was ${quote.right}` };
  if (
    typeof quote.root !== "string" ||
    quote.root === "" ||
    typeof quote.underlying !== "string" ||
    quote.underlying === ""
  ) {
    return { message: "root and underlying must be texts" };
  }
  if (!isDate(quote.expiration, context)) return { message: `no such expiration date: ${quote.expiration}` };
  if (!isDate(quote.session, context)) return { message: `no such session date: ${quote.session}` };
  return checkOptional(quote);
}

function checkOptional(quote: QuoteFact): RowOutcome {
  const { bidSize, askSize, last, volume, openInterest, volatility, delta, gamma, vega, theta, rho } = quote;
  // undefined counts as 0; any other thing that is not a finite number spoils the sum.
  const sum =
    (bidSize ?? 0) +
    (askSize ?? 0) +
    (last ?? 0) +
    (volume ?? 0) +
    (openInterest ?? 0) +
    (volatility ?? 0) +
    (delta ?? 0) +
    (gamma ?? 0) +
    (vega ?? 0) +
    (theta ?? 0) +
    (rho ?? 0) +
    (quote.underlyingPrice ?? 0);
  if (typeof sum === "number" && Number.isFinite(sum)) return undefined;
  const key = QUOTE_MEASURES.find((name) => quote[name] !== undefined && !Number.isFinite(quote[name]));
  return key === undefined ? undefined : { message: `${key} must be a finite number, was ${quote[key]}` };
}

function isDate(text: string, { validDates }: RowContext): boolean {
  const known = validDates.get(text);
  if (known !== undefined) return known;
  // Before 1970 there were no listed options, and local time is not known.
  const isValid = typeof text === "string" && text >= "1970" && parseCalendarDate(text) !== undefined;
  validDates.set(text, isValid);
  return isValid;
}

function checkSymbol(quote: QuoteFact, context: RowContext): RowOutcome {
  const { root } = quote;
  if (isOptionRoot(root) && rootSpec(root).underlying !== quote.underlying) {
    return {
      message: `${root} is written on ${rootSpec(root).underlying}, the row says ${quote.underlying}`,
    };
  }
  const text = context.symbolOf?.(quote);
  if (text === undefined) return "the row carries no symbol beside its columns";
  const named = parseContractId(text);
  if (named === undefined) {
    return isOptionRoot(root)
      ? { message: `${JSON.stringify(text)} is no option symbol` }
      : "the root is not one of the model's";
  }
  const isSame =
    named.root === root &&
    named.expiration === quote.expiration &&
    named.right === quote.right &&
    named.strike === quote.strike;
  return isSame ? undefined : { message: `the symbol ${text} names another contract than the columns` };
}

function checkStrike({ root, strike, underlying, underlyingPrice }: QuoteFact): RowOutcome {
  const grid = STRIKE_GRID[root];
  if (grid !== undefined && strike % grid !== 0) {
    return {
      message: `${root} strikes are multiples of ${grid / 1000}`,
      value: finite(strike / 1000),
      limit: grid / 1000,
    };
  }
  if (underlyingPrice === undefined || !(underlyingPrice > 0)) {
    return grid === undefined ? "neither the root's grid nor the underlying's price is known" : undefined;
  }
  const ratio = strike / 1000 / underlyingPrice;
  const most = underlying === "VIX" ? LARGEST_VIX_STRIKE_RATIO : LARGEST_STRIKE_RATIO;
  if (ratio > most)
    return {
      message: "the strike is that far over the underlying: a unit jump",
      value: finite(ratio),
      limit: most,
    };
  if (ratio >= SMALLEST_STRIKE_RATIO) return undefined;
  return {
    message: "the strike is that far under the underlying: a unit jump",
    value: finite(ratio),
    limit: SMALLEST_STRIKE_RATIO,
  };
}

function checkListing({ root, expiration, session }: QuoteFact, { listings }: RowContext): RowOutcome {
  if (expiration < session) return { message: `the expiration ${expiration} is past on ${session}` };
  const years = yearOf(expiration) - yearOf(session);
  if (years > LONGEST_LISTING_YEARS) {
    return { message: "no expiration is listed that far ahead", value: years, limit: LONGEST_LISTING_YEARS };
  }
  let byExpiration = listings.get(root);
  if (byExpiration === undefined) {
    byExpiration = new Map();
    listings.set(root, byExpiration);
  }
  const known = byExpiration.get(expiration);
  let reason = known;
  if (reason === undefined && !byExpiration.has(expiration)) {
    reason = whyNotListed(root, expiration);
    byExpiration.set(expiration, reason);
  }
  if (reason === undefined) return undefined;
  return reason.startsWith("unknown:") ? reason : { message: reason };
}

function whyNotListed(root: string, expiration: CalendarDate): string | undefined {
  if (!isOptionRoot(root)) return "unknown: the root is not one of the model's";
  if (expiration < calendarRange.from || expiration > calendarRange.to)
    return "unknown: outside the calendar";
  if (isListedExpiration(root, expiration)) return undefined;
  const isBeforeRules = listingRules(root).every(({ firstExpiration }) => expiration < firstExpiration);
  return isBeforeRules
    ? "unknown: before the root's listing rules begin"
    : `${root} never had an expiration on ${expiration}`;
}

function checkSentinel(quote: QuoteFact): RowOutcome {
  const { bid, ask, volatility } = quote;
  if (isSentinel(bid)) return { message: `a bid of ${bid} stands for none`, value: finite(bid) };
  if (isSentinel(ask)) return { message: `an ask of ${ask} stands for none`, value: finite(ask) };
  const { bidSize, askSize, last, volume, openInterest, underlyingPrice } = quote;
  if (bidSize !== undefined && isNoCount(bidSize))
    return { message: `a bid size of ${bidSize} stands for none`, value: bidSize };
  if (askSize !== undefined && isNoCount(askSize))
    return { message: `an ask size of ${askSize} stands for none`, value: askSize };
  if (volume !== undefined && isNoCount(volume))
    return { message: `a volume of ${volume} stands for none`, value: volume };
  if (openInterest !== undefined && isNoCount(openInterest)) {
    return { message: `an open interest of ${openInterest} stands for none`, value: openInterest };
  }
  if (last !== undefined && (last < 0 || isSentinel(last)))
    return { message: `a last price of ${last} stands for none`, value: last };
  if (underlyingPrice !== undefined && (underlyingPrice <= 0 || isSentinel(underlyingPrice))) {
    return { message: `an underlying's price of ${underlyingPrice} stands for none`, value: underlyingPrice };
  }
  if (volatility !== undefined && (volatility <= 0 || isSentinel(volatility))) {
    return {
      severity: "flag",
      message: `a volatility of ${volatility} stands for none`,
      value: volatility,
      limit: 0,
    };
  }
  const { delta } = quote;
  return delta !== undefined && isSentinel(delta) && delta !== -1
    ? { severity: "flag", message: `a delta of ${delta} stands for none`, value: delta }
    : undefined;
}

function isSentinel(value: number): boolean {
  return value >= SENTINEL_FROM || value <= -SENTINEL_FROM || SENTINELS.has(value);
}

function isNoCount(value: number): boolean {
  return value < 0 || value >= SENTINEL_FROM;
}
