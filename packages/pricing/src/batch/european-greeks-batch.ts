import { sumOf, uncheckedEuropeanGreeks } from "../european.ts";
import type { PriceAndGreeks } from "../option.ts";
import { computeBlock, type Span } from "./block.ts";
import {
  type Black76Columns,
  type EuropeanColumns,
  type GreeksColumns,
  greeksColumns,
  onSpots,
  requireRows,
} from "./columns.ts";
import { OK, OUT_OF_RANGE } from "./row-status.ts";
import { fastestPasses, type Passes } from "./run-passes.ts";
import { NO_GREEKS, optionAt, statusAt } from "./scalar-row.ts";
import { BLOCK, DELTA, GAMMA, PRICE, RHO, SLOW, THETA, VEGA } from "./scratch.ts";

/**
 * `europeanGreeks` of every row, to the bit, into `out` or fresh columns. A row that the scalar function refuses gets
 * its code as the status and NaN for its numbers; the other rows do not notice. Ordinary rows allocate nothing. Throws
 * PricingError for columns of different lengths.
 */
export function europeanGreeksBatch(
  columns: EuropeanColumns,
  out: GreeksColumns = greeksColumns(columns.strikes.length),
): GreeksColumns {
  return greeksOfRows(columns, out, fastestPasses());
}

/** `black76Greeks` of every row, to the bit; otherwise as `europeanGreeksBatch`. */
export function black76GreeksBatch(
  columns: Black76Columns,
  out: GreeksColumns = greeksColumns(columns.strikes.length),
): GreeksColumns {
  greeksOfRows(onSpots(columns), out, fastestPasses());
  // As in black76.ts: the forward is held.
  for (let row = 0; row < out.rhos.length; row++) {
    const rho = -(columns.years[row] ?? 0) * (out.prices[row] ?? 0);
    out.rhos[row] = rho;
    if (!Number.isFinite(rho) && out.statuses[row] === OK) refuseRow(out, row);
  }
  return out;
}

/** europeanGreeksBatch by given passes. */
export function greeksOfRows(columns: EuropeanColumns, out: GreeksColumns, passes: Passes): GreeksColumns {
  const rows = columns.strikes.length;
  requireRows(rows, columns);
  requireRows(rows, out);
  out.statuses.fill(OK);
  for (let from = 0; from < rows; from += BLOCK) {
    const span = { from, count: Math.min(BLOCK, rows - from) };
    const slow = computeBlock(passes, columns, span);
    passes.greeksPass(span.count);
    writeBlock(out, span);
    for (let j = 0; j < slow; j++) answerRow(columns, out, from + (SLOW[j] ?? 0));
  }
  return out;
}

function writeBlock(out: GreeksColumns, { from, count }: Span): void {
  out.prices.set(PRICE.subarray(0, count), from);
  out.deltas.set(DELTA.subarray(0, count), from);
  out.gammas.set(GAMMA.subarray(0, count), from);
  out.vegas.set(VEGA.subarray(0, count), from);
  out.thetas.set(THETA.subarray(0, count), from);
  out.rhos.set(RHO.subarray(0, count), from);
}

function answerRow(columns: EuropeanColumns, out: GreeksColumns, row: number): void {
  let status = statusAt(columns, row);
  const greeks = status === OK ? uncheckedEuropeanGreeks(optionAt(columns, row)) : NO_GREEKS;
  if (status === OK && !Number.isFinite(sumOf(greeks))) status = OUT_OF_RANGE;
  writeRow(out, row, status === OK ? greeks : NO_GREEKS);
  out.statuses[row] = status;
}

function refuseRow(out: GreeksColumns, row: number): void {
  writeRow(out, row, NO_GREEKS);
  out.statuses[row] = OUT_OF_RANGE;
}

function writeRow(
  out: GreeksColumns,
  row: number,
  { price, delta, gamma, vega, theta, rho }: PriceAndGreeks,
): void {
  out.prices[row] = price;
  out.deltas[row] = delta;
  out.gammas[row] = gamma;
  out.vegas[row] = vega;
  out.thetas[row] = theta;
  out.rhos[row] = rho;
}
