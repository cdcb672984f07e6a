import type { EuropeanOption, PriceAndGreeks } from "../option.ts";
import { CALL, type EuropeanColumns } from "./columns.ts";
import { OK, termsStatus, volatilityStatus } from "./row-status.ts";

/** What the domain says about a row, as a place in ROW_STATUSES. */
export function statusAt(columns: EuropeanColumns, row: number): number {
  const status = termsStatus(
    columns.rights[row] ?? 2,
    columns.spots[row] ?? 0,
    columns.strikes[row] ?? 0,
    columns.years[row] ?? 0,
    columns.rates[row] ?? 0,
    columns.dividendYields[row] ?? 0,
  );
  return status === OK ? volatilityStatus(columns.volatilities[row] ?? 0) : status;
}

/** A row of the domain as the scalar functions take it. */
export function optionAt(columns: EuropeanColumns, row: number): EuropeanOption {
  return {
    right: columns.rights[row] === CALL ? "call" : "put",
    spot: columns.spots[row] ?? 0,
    strike: columns.strikes[row] ?? 0,
    years: columns.years[row] ?? 0,
    volatility: columns.volatilities[row] ?? 0,
    rate: columns.rates[row] ?? 0,
    dividendYield: columns.dividendYields[row] ?? 0,
  };
}

/** The numbers of a refused row. */
export const NO_GREEKS: PriceAndGreeks = {
  price: Number.NaN,
  delta: Number.NaN,
  gamma: Number.NaN,
  vega: Number.NaN,
  theta: Number.NaN,
  rho: Number.NaN,
};
