import {
  type ImpliedVolatility,
  numberOf,
  uncheckedEuropeanImpliedVolatility,
} from "../implied-volatility.ts";
import { NEAR_ZERO } from "../strict-math.ts";
import { ROUNDING } from "../total-volatility.ts";
import { moneynessBlock, type Span } from "./block.ts";
import {
  type Black76TermColumns,
  CALL,
  type EuropeanTermColumns,
  requireRows,
  type VolatilityColumns,
  volatilityColumns,
} from "./columns.ts";
import { LEAST, MOST, MOST_S, WIDE_S } from "./ordinary.ts";
import {
  ABOVE_BOUND,
  BELOW_INTRINSIC,
  NO_VEGA,
  NOT_FINITE,
  OK,
  OUT_OF_RANGE,
  termsStatus,
} from "./row-status.ts";
import { fastestPasses, type Passes } from "./run-passes.ts";
import { BLOCK, DRIFT, EXPONENT, GROWTH, S, WIDE, X, YIELD_FACTOR } from "./scratch.ts";
import {
  FOUND,
  QUESTION_PRICE,
  QUESTION_ROW,
  QUESTION_SPREAD,
  QUESTION_X,
  searchBlock,
} from "./search-block.ts";

const IS_ORDINARY = new Uint8Array(BLOCK);

/**
 * `europeanImpliedVolatility` of every row, to the bit, into `out` or fresh columns. The status tells a refused row by
 * its code and a price without a volatility by its kind; the volatility is NaN there. Throws PricingError for columns of
 * different lengths.
 */
export function europeanImpliedVolatilityBatch(
  columns: EuropeanTermColumns,
  prices: Float64Array,
  out: VolatilityColumns = volatilityColumns(prices.length),
): VolatilityColumns {
  return invertRows(columns, prices, { out, passes: fastestPasses() });
}

/** `black76ImpliedVolatility` of every row; statuses as in `europeanImpliedVolatilityBatch`. */
export function black76ImpliedVolatilityBatch(
  { rights, forwards, strikes, years, rates }: Black76TermColumns,
  prices: Float64Array,
  out: VolatilityColumns = volatilityColumns(prices.length),
): VolatilityColumns {
  const onSpot = { rights, spots: forwards, strikes, years, rates, dividendYields: rates };
  return invertRows(onSpot, prices, { out, passes: fastestPasses() });
}

/** europeanImpliedVolatilityBatch by given passes. */
export function invertRows(
  columns: EuropeanTermColumns,
  prices: Float64Array,
  { out, passes }: { readonly out: VolatilityColumns; readonly passes: Passes },
): VolatilityColumns {
  const rows = prices.length;
  requireRows(rows, columns);
  requireRows(rows, out);
  out.statuses.fill(OK);
  for (let from = 0; from < rows; from += BLOCK) {
    const span = { from, count: Math.min(BLOCK, rows - from) };
    const { count } = span;
    const wide = readTerms(columns, span);
    passes.yieldPass(count);
    passes.growthPass(count);
    moneynessBlock(passes, span, wide, columns);
    searchBlock(passes, askBlock(columns, prices, span));
    for (let i = 0; i < count; i++) {
      const volatility = (FOUND[i] ?? 0) / Math.sqrt(columns.years[from + i] ?? 0);
      out.volatilities[from + i] = volatility;
      if (!Number.isFinite(volatility)) answerRow(columns, prices, { row: from + i, out });
    }
  }
  return out;
}

/** As readBlock, without a volatility; gives the length of WIDE. */
function readTerms(columns: EuropeanTermColumns, { from, count }: Span): number {
  const { rights, spots, strikes, years, rates, dividendYields } = columns;
  let wide = 0;
  for (let i = 0; i < count; i++) {
    const row = from + i;
    const spot = spots[row] ?? 0;
    const strike = strikes[row] ?? 0;
    const time = years[row] ?? 0;
    const dividendYield = dividendYields[row] ?? 0;
    const exponent = -dividendYield * time;
    const drift = ((rates[row] ?? 0) - dividendYield) * time;
    const s = (spot - strike) / (spot + strike);
    const isOrdinary =
      Math.abs(exponent) < NEAR_ZERO &&
      Math.abs(drift) < NEAR_ZERO &&
      Math.abs(s) < MOST_S &&
      spot > LEAST &&
      spot < MOST &&
      (rights[row] ?? 2) < 2;
    IS_ORDINARY[i] = +isOrdinary;
    WIDE[wide] = i;
    wide += +(Math.abs(s) > WIDE_S);
    EXPONENT[i] = exponent;
    DRIFT[i] = drift;
    S[i] = s;
  }
  return wide;
}

/** As `invert` of implied-volatility.ts: what the solver is asked, for the rows that have a volatility beyond doubt. */
function askBlock(
  { rights, spots, strikes }: EuropeanTermColumns,
  prices: Float64Array,
  { from, count }: Span,
): number {
  let questions = 0;
  for (let i = 0; i < count; i++) {
    const row = from + i;
    const spot = spots[row] ?? 0;
    const strike = strikes[row] ?? 0;
    const price = prices[row] ?? 0;
    const yieldFactor = YIELD_FACTOR[i] ?? 0;
    const growth = GROWTH[i] ?? 0;
    const asset = spot * yieldFactor;
    const cash = strike * yieldFactor * (1 + growth);
    const parity = yieldFactor * (spot - strike - strike * growth);
    const call = (rights[row] ?? 0) ^ 1;
    const signed = (2 * call - 1) * parity;
    const intrinsic = 0.5 * (signed + Math.abs(signed));
    const timeValue = price - intrinsic;
    const smaller = asset < cash ? asset : cash;
    const relative = timeValue / smaller;
    QUESTION_ROW[questions] = i;
    QUESTION_X[questions] = Math.abs(X[i] ?? 0);
    QUESTION_PRICE[questions] = relative;
    QUESTION_SPREAD[questions] = Math.abs(parity) / smaller;
    FOUND[i] = Number.NaN;
    // In the money a price of few digits, and any over half its bound, are the scalar function's.
    const isAsked = timeValue > ROUNDING * price * +(intrinsic > 0) && relative > 0 && relative <= 0.5;
    questions += (IS_ORDINARY[i] ?? 0) * +isAsked;
  }
  return questions;
}

function answerRow(
  columns: EuropeanTermColumns,
  prices: Float64Array,
  { row, out }: { readonly row: number; readonly out: VolatilityColumns },
): void {
  const right = columns.rights[row] ?? 2;
  const spot = columns.spots[row] ?? 0;
  const strike = columns.strikes[row] ?? 0;
  const years = columns.years[row] ?? 0;
  const rate = columns.rates[row] ?? 0;
  const dividendYield = columns.dividendYields[row] ?? 0;
  const price = prices[row] ?? 0;
  let status = termsStatus(right, spot, strike, years, rate, dividendYield);
  if (status === OK && !Number.isFinite(price)) status = NOT_FINITE;
  if (status === OK) {
    const terms = {
      right: right === CALL ? "call" : "put",
      spot,
      strike,
      years,
      rate,
      dividendYield,
    } as const;
    const outcome = uncheckedEuropeanImpliedVolatility(terms, price);
    if (outcome.kind === "found") out.volatilities[row] = outcome.volatility;
    if (outcome.kind === "found" && Number.isFinite(outcome.volatility)) return;
    status = Number.isFinite(numberOf(outcome)) ? statusOf(outcome.kind) : OUT_OF_RANGE;
  }
  out.statuses[row] = status;
  out.volatilities[row] = Number.NaN;
}

function statusOf(kind: ImpliedVolatility["kind"]): number {
  switch (kind) {
    case "below-intrinsic":
      return BELOW_INTRINSIC;
    case "above-bound":
      return ABOVE_BOUND;
    case "no-vega":
      return NO_VEGA;
    case "found":
      return OUT_OF_RANGE;
  }
}
