import { sumOf, uncheckedEuropeanGreeks } from "../european.ts";
import { INVERSE_SQRT_2PI } from "../scaled-tail.ts";
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
import {
  BASE,
  BELL,
  BLOCK,
  DIFFERENCE,
  FAR_TAIL,
  GROWTH,
  ROOT_YEARS,
  SLOW,
  TOTAL,
  X,
  YIELD_FACTOR,
} from "./scratch.ts";

/**
 * `europeanGreeks` of every row, to the bit, into `out` or fresh columns. A row that the scalar function refuses gets
 * its code as the status and NaN for its numbers; the other rows do not notice. Ordinary rows allocate nothing.
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
  for (let row = 0; row < out.rhos.length; row++)
    out.rhos[row] = -(columns.years[row] ?? 0) * (out.prices[row] ?? 0);
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
    writeBlock(columns, out, span);
    for (let j = 0; j < slow; j++) answerRow(columns, out, from + (SLOW[j] ?? 0));
  }
  return out;
}

/**
 * The last step of europeanGreeks. Branches that go one way as often as the other are products with 0 and 1 here,
 * which are exact: `above` for isAbove, `call` for the right, `share` for how often the whole of asset and cash counts.
 */
function writeBlock(columns: EuropeanColumns, out: GreeksColumns, { from, count }: Span): void {
  const { rights, spots, strikes, years, volatilities, rates, dividendYields } = columns;
  const { prices, deltas, gammas, vegas, thetas, rhos } = out;
  for (let i = 0; i < count; i++) {
    const row = from + i;
    const spot = spots[row] ?? 0;
    const strike = strikes[row] ?? 0;
    const yieldFactor = YIELD_FACTOR[i] ?? 0;
    const growth = GROWTH[i] ?? 0;
    const bell = BELL[i] ?? 0;
    const rootYears = ROOT_YEARS[i] ?? 0;
    const asset = spot * yieldFactor;
    const cash = strike * yieldFactor * (1 + growth);
    const parity = yieldFactor * (spot - strike - strike * growth);
    const above = +((X[i] ?? 0) > 0);
    const below = 1 - above;
    const call = (rights[row] ?? 0) ^ 1;
    const share = above + call - 1;
    const smaller = cash * above + asset * below;
    const timeValue = smaller * ((BASE[i] ?? 0) + bell * (DIFFERENCE[i] ?? 0));
    const far = smaller * bell * (FAR_TAIL[i] ?? 0);
    const near = timeValue + far;
    const density = smaller * bell * INVERSE_SQRT_2PI;
    const signed = (2 * call - 1) * parity;
    const assetTerm = near * below - far * above + asset * share;
    const cashTerm = far * below - near * above + cash * share;
    prices[row] = timeValue + 0.5 * (signed + Math.abs(signed));
    deltas[row] = assetTerm / spot;
    gammas[row] = density / ((TOTAL[i] ?? 0) * spot * spot);
    vegas[row] = density * rootYears;
    const decay = (0.5 * density * (volatilities[row] ?? 0)) / rootYears;
    thetas[row] = (dividendYields[row] ?? 0) * assetTerm - (rates[row] ?? 0) * cashTerm - decay;
    rhos[row] = (years[row] ?? 0) * cashTerm;
  }
}

function answerRow(columns: EuropeanColumns, out: GreeksColumns, row: number): void {
  let status = statusAt(columns, row);
  const greeks = status === OK ? uncheckedEuropeanGreeks(optionAt(columns, row)) : NO_GREEKS;
  if (status === OK && !Number.isFinite(sumOf(greeks))) status = OUT_OF_RANGE;
  const { price, delta, gamma, vega, theta, rho } = status === OK ? greeks : NO_GREEKS;
  out.statuses[row] = status;
  out.prices[row] = price;
  out.deltas[row] = delta;
  out.gammas[row] = gamma;
  out.vegas[row] = vega;
  out.thetas[row] = theta;
  out.rhos[row] = rho;
}
