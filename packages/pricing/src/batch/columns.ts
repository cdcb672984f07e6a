// Options in columns, one row an option. Inputs and outputs are the caller's arrays; an output must not be an input.

import { PricingError } from "../pricing-error.ts";

/** The codes of a `rights` column. */
export const CALL = 0;
export const PUT = 1;

/** European options without their volatility; the units are those of EuropeanOption. All columns are of one length. */
export interface EuropeanTermColumns {
  /** CALL or PUT; any other code is an unknown right. */
  readonly rights: Uint8Array;
  readonly spots: Float64Array;
  readonly strikes: Float64Array;
  readonly years: Float64Array;
  readonly rates: Float64Array;
  readonly dividendYields: Float64Array;
}

/** European options; the units are those of EuropeanOption. */
export interface EuropeanColumns extends EuropeanTermColumns {
  readonly volatilities: Float64Array;
}

/** Options on forwards without their volatility; the units are those of Black76Option. */
export interface Black76TermColumns {
  readonly rights: Uint8Array;
  readonly forwards: Float64Array;
  readonly strikes: Float64Array;
  readonly years: Float64Array;
  readonly rates: Float64Array;
}

/** Options on forwards; the units are those of Black76Option. */
export interface Black76Columns extends Black76TermColumns {
  readonly volatilities: Float64Array;
}

/** A forward is a spot whose yield is the interest rate (Black 1976); the columns are the same arrays. */
export function onSpots({
  rights,
  forwards,
  strikes,
  years,
  rates,
  volatilities,
}: Black76Columns): EuropeanColumns {
  return { rights, spots: forwards, strikes, years, rates, dividendYields: rates, volatilities };
}

/** A refused row's numbers are NaN, so that nobody who skips its status takes them for results. */
export interface PriceColumns {
  readonly prices: Float64Array;
  /** Places in ROW_STATUSES; 0 is ok. */
  readonly statuses: Uint8Array;
}

/** Prices and Greeks in the units of PriceAndGreeks. */
export interface GreeksColumns extends PriceColumns {
  readonly deltas: Float64Array;
  readonly gammas: Float64Array;
  readonly vegas: Float64Array;
  readonly thetas: Float64Array;
  readonly rhos: Float64Array;
}

/** Yearly volatilities as decimals; NaN where the status says that there is none. */
export interface VolatilityColumns {
  readonly volatilities: Float64Array;
  readonly statuses: Uint8Array;
}

/** Fresh columns for `europeanPriceBatch` and `black76PriceBatch`. */
export function priceColumns(rows: number): PriceColumns {
  return { prices: new Float64Array(rows), statuses: new Uint8Array(rows) };
}

/** Fresh columns for `europeanGreeksBatch` and `black76GreeksBatch`. */
export function greeksColumns(rows: number): GreeksColumns {
  return {
    ...priceColumns(rows),
    deltas: new Float64Array(rows),
    gammas: new Float64Array(rows),
    vegas: new Float64Array(rows),
    thetas: new Float64Array(rows),
    rhos: new Float64Array(rows),
  };
}

/** Fresh columns for the implied-volatility batches. */
export function volatilityColumns(rows: number): VolatilityColumns {
  return { volatilities: new Float64Array(rows), statuses: new Uint8Array(rows) };
}

/** Throws PricingError unless every column has `rows` rows. */
export function requireRows(rows: number, columns: object): void {
  for (const [key, column] of Object.entries(columns)) {
    if (ArrayBuffer.isView(column) && "length" in column && column.length === rows) continue;
    const length = ArrayBuffer.isView(column) && "length" in column ? column.length : "none";
    throw new PricingError("pricing.column-length", key, `expected ${key} of ${rows} rows, found ${length}`);
  }
}
