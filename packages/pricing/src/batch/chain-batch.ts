// One expiration's chain: forward, time and rate are the same for all, so that a strike costs one logarithm, one
// exponential and the tails, and calls and puts share them.

import { requireBlack76Terms } from "../domain.ts";
import { sumOf, uncheckedEuropeanGreeks } from "../european.ts";
import type { PriceAndGreeks, Right } from "../option.ts";
import { logRatio } from "../strict-math.ts";
import { type Span, sortBlock, timeValueBlock } from "./block.ts";
import { CALL, requireRows } from "./columns.ts";
import { OK, OUT_OF_RANGE, strikeStatus, volatilityStatus } from "./row-status.ts";
import { fastestPasses, type Passes } from "./run-passes.ts";
import { NO_GREEKS } from "./scalar-row.ts";
import {
  BLOCK,
  DELTA,
  DIVIDEND_YIELD,
  EXPONENT,
  GAMMA,
  IS_PUT,
  PRICE,
  PUT_DELTA,
  PUT_PRICE,
  PUT_RHO,
  PUT_THETA,
  RATE,
  RHO,
  SLOW,
  SPOT,
  STRIKE,
  THETA,
  VEGA,
  VOLATILITY,
  WIDE,
  X,
  YEARS,
} from "./scratch.ts";

/** What the options of one expiration share; the units are those of Black76Option. */
export interface ChainTerms {
  readonly forward: number;
  readonly years: number;
  /** ln of the discount factor is -rate * years. */
  readonly rate: number;
}

/** One row a strike. */
export interface ChainColumns {
  readonly strikes: Float64Array;
  readonly volatilities: Float64Array;
}

/** Both options of every strike, in the units of black76Greeks; gamma and vega are the same for both. */
export interface ChainGreeksColumns {
  readonly callPrices: Float64Array;
  readonly putPrices: Float64Array;
  readonly callDeltas: Float64Array;
  readonly putDeltas: Float64Array;
  readonly gammas: Float64Array;
  readonly vegas: Float64Array;
  readonly callThetas: Float64Array;
  readonly putThetas: Float64Array;
  readonly callRhos: Float64Array;
  readonly putRhos: Float64Array;
  /** Places in ROW_STATUSES; a refused row's numbers are NaN. */
  readonly statuses: Uint8Array;
}

/** Fresh columns for `chainGreeksBatch`. */
export function chainGreeksColumns(rows: number): ChainGreeksColumns {
  return {
    callPrices: new Float64Array(rows),
    putPrices: new Float64Array(rows),
    callDeltas: new Float64Array(rows),
    putDeltas: new Float64Array(rows),
    gammas: new Float64Array(rows),
    vegas: new Float64Array(rows),
    callThetas: new Float64Array(rows),
    putThetas: new Float64Array(rows),
    callRhos: new Float64Array(rows),
    putRhos: new Float64Array(rows),
    statuses: new Uint8Array(rows),
  };
}

/**
 * `black76Greeks` of the call and the put at every strike, to the bit, into `out` or fresh columns. Throws PricingError
 * for terms outside the domain; a strike or volatility outside it is that row's status alone.
 */
export function chainGreeksBatch(
  terms: ChainTerms,
  columns: ChainColumns,
  out: ChainGreeksColumns = chainGreeksColumns(columns.strikes.length),
): ChainGreeksColumns {
  return chainOfRows(terms, columns, { out, passes: fastestPasses() });
}

/** chainGreeksBatch by given passes. */
export function chainOfRows(
  terms: ChainTerms,
  columns: ChainColumns,
  { out, passes }: { readonly out: ChainGreeksColumns; readonly passes: Passes },
): ChainGreeksColumns {
  requireBlack76Terms({ ...terms, right: "call", strike: 1 });
  const rows = columns.strikes.length;
  requireRows(rows, columns);
  requireRows(rows, out);
  out.statuses.fill(OK);
  shareTerms(terms, passes);
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from);
    STRIKE.set(columns.strikes.subarray(from, from + count));
    VOLATILITY.set(columns.volatilities.subarray(from, from + count));
    const { wide, slow: unordinary } = sortBlock(passes, count);
    passes.moneynessPass(count);
    for (let j = 0; j < wide; j++) {
      const i = WIDE[j] ?? 0;
      X[i] = logRatio(terms.forward, STRIKE[i] ?? 0);
    }
    const slow = timeValueBlock(passes, count, unordinary);
    passes.chainPass(count);
    writeBlock(out, { from, count });
    for (let j = 0; j < slow; j++) answerRow(terms, columns, { out, row: from + (SLOW[j] ?? 0) });
  }
  return out;
}

/** What is the same for every row stays in its scratch column for the whole chain. */
function shareTerms({ forward, years, rate }: ChainTerms, passes: Passes): void {
  IS_PUT.fill(CALL);
  SPOT.fill(forward);
  YEARS.fill(years);
  RATE.fill(rate);
  // A forward is a spot that yields the rate (Black 1976).
  DIVIDEND_YIELD.fill(rate);
  EXPONENT.fill(-rate * years);
  passes.yieldPass(BLOCK);
}

function writeBlock(out: ChainGreeksColumns, { from, count }: Span): void {
  out.callPrices.set(PRICE.subarray(0, count), from);
  out.putPrices.set(PUT_PRICE.subarray(0, count), from);
  out.callDeltas.set(DELTA.subarray(0, count), from);
  out.putDeltas.set(PUT_DELTA.subarray(0, count), from);
  out.gammas.set(GAMMA.subarray(0, count), from);
  out.vegas.set(VEGA.subarray(0, count), from);
  out.callThetas.set(THETA.subarray(0, count), from);
  out.putThetas.set(PUT_THETA.subarray(0, count), from);
  out.callRhos.set(RHO.subarray(0, count), from);
  out.putRhos.set(PUT_RHO.subarray(0, count), from);
}

function answerRow(
  terms: ChainTerms,
  { strikes, volatilities }: ChainColumns,
  { out, row }: { readonly out: ChainGreeksColumns; readonly row: number },
): void {
  const strike = strikes[row] ?? 0;
  const volatility = volatilities[row] ?? 0;
  let status = strikeStatus(strike);
  if (status === OK) status = volatilityStatus(volatility);
  let call = NO_GREEKS;
  let put = NO_GREEKS;
  if (status === OK) {
    call = greeksAt("call", terms, { strike, volatility });
    put = greeksAt("put", terms, { strike, volatility });
    const rhos = terms.years * (call.price + put.price);
    if (!Number.isFinite(sumOf(call) + sumOf(put) + rhos)) {
      status = OUT_OF_RANGE;
      call = NO_GREEKS;
      put = NO_GREEKS;
    }
  }
  out.statuses[row] = status;
  out.callPrices[row] = call.price;
  out.putPrices[row] = put.price;
  out.callDeltas[row] = call.delta;
  out.putDeltas[row] = put.delta;
  out.gammas[row] = call.gamma;
  out.vegas[row] = call.vega;
  out.callThetas[row] = call.theta;
  out.putThetas[row] = put.theta;
  out.callRhos[row] = -terms.years * call.price;
  out.putRhos[row] = -terms.years * put.price;
}

function greeksAt(
  right: Right,
  { forward, years, rate }: ChainTerms,
  { strike, volatility }: { readonly strike: number; readonly volatility: number },
): PriceAndGreeks {
  return uncheckedEuropeanGreeks({
    right,
    spot: forward,
    strike,
    years,
    volatility,
    rate,
    dividendYield: rate,
  });
}
