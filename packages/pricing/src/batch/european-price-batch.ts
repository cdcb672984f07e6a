import { uncheckedEuropeanPrice } from "../european.ts";
import { computeBlock, type Span } from "./block.ts";
import {
  type Black76Columns,
  type EuropeanColumns,
  onSpots,
  type PriceColumns,
  priceColumns,
  requireRows,
} from "./columns.ts";
import { OK, OUT_OF_RANGE } from "./row-status.ts";
import { fastestPasses, type Passes } from "./run-passes.ts";
import { optionAt, statusAt } from "./scalar-row.ts";
import { BASE, BELL, BLOCK, DIFFERENCE, GROWTH, SLOW, X, YIELD_FACTOR } from "./scratch.ts";

/** `europeanPrice` of every row, to the bit; statuses and columns as in `europeanGreeksBatch`. */
export function europeanPriceBatch(
  columns: EuropeanColumns,
  out: PriceColumns = priceColumns(columns.strikes.length),
): PriceColumns {
  return pricesOfRows(columns, out, fastestPasses());
}

/** `black76Price` of every row, to the bit; statuses and columns as in `europeanGreeksBatch`. */
export function black76PriceBatch(
  columns: Black76Columns,
  out: PriceColumns = priceColumns(columns.strikes.length),
): PriceColumns {
  return pricesOfRows(onSpots(columns), out, fastestPasses());
}

/** europeanPriceBatch by given passes. */
export function pricesOfRows(columns: EuropeanColumns, out: PriceColumns, passes: Passes): PriceColumns {
  const rows = columns.strikes.length;
  requireRows(rows, columns);
  requireRows(rows, out);
  out.statuses.fill(OK);
  for (let from = 0; from < rows; from += BLOCK) {
    const span = { from, count: Math.min(BLOCK, rows - from) };
    const slow = computeBlock(passes, columns, span);
    writeBlock(columns, out, span);
    for (let j = 0; j < slow; j++) answerRow(columns, out, from + (SLOW[j] ?? 0));
  }
  return out;
}

/** The last step of europeanPrice, without branches as in european-greeks-batch.ts. */
function writeBlock(columns: EuropeanColumns, { prices }: PriceColumns, { from, count }: Span): void {
  const { rights, spots, strikes } = columns;
  for (let i = 0; i < count; i++) {
    const row = from + i;
    const spot = spots[row] ?? 0;
    const strike = strikes[row] ?? 0;
    const yieldFactor = YIELD_FACTOR[i] ?? 0;
    const growth = GROWTH[i] ?? 0;
    const asset = spot * yieldFactor;
    const cash = strike * yieldFactor * (1 + growth);
    const parity = yieldFactor * (spot - strike - strike * growth);
    const above = +((X[i] ?? 0) > 0);
    const smaller = cash * above + asset * (1 - above);
    const timeValue = smaller * ((BASE[i] ?? 0) + (BELL[i] ?? 0) * (DIFFERENCE[i] ?? 0));
    const signed = (1 - 2 * (rights[row] ?? 0)) * parity;
    prices[row] = timeValue + 0.5 * (signed + Math.abs(signed));
  }
}

function answerRow(columns: EuropeanColumns, out: PriceColumns, row: number): void {
  const status = statusAt(columns, row);
  const price = status === OK ? uncheckedEuropeanPrice(optionAt(columns, row)) : Number.NaN;
  const isNumber = Number.isFinite(price);
  out.statuses[row] = status === OK && !isNumber ? OUT_OF_RANGE : status;
  out.prices[row] = isNumber ? price : Number.NaN;
}
