import { uncheckedEuropeanPrice } from "../european.ts";
import { computeBlock } from "./block.ts";
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
import { BLOCK, PRICE, SLOW } from "./scratch.ts";

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
    passes.pricePass(span.count);
    out.prices.set(PRICE.subarray(0, span.count), from);
    for (let j = 0; j < slow; j++) answerRow(columns, out, from + (SLOW[j] ?? 0));
  }
  return out;
}

function answerRow(columns: EuropeanColumns, out: PriceColumns, row: number): void {
  const status = statusAt(columns, row);
  const price = status === OK ? uncheckedEuropeanPrice(optionAt(columns, row)) : Number.NaN;
  const isNumber = Number.isFinite(price);
  out.statuses[row] = status === OK && !isNumber ? OUT_OF_RANGE : status;
  out.prices[row] = isNumber ? price : Number.NaN;
}
