// One expiration's chain: forward, time and rate are the same for all, so that a strike costs one logarithm, one
// exponential and the tails, and calls and puts share them.

import { requireBlack76Terms } from "../domain.ts";
import { sumOf, uncheckedEuropeanGreeks } from "../european.ts";
import type { PriceAndGreeks, Right } from "../option.ts";
import { INVERSE_SQRT_2PI } from "../scaled-tail.ts";
import { logRatio, NEAR_ZERO, strictExp } from "../strict-math.ts";
import {
  LEAST,
  LEAST_YEARS,
  MOST,
  MOST_S,
  MOST_VOLATILITY,
  type Span,
  timeValueBlock,
  WIDE_S,
} from "./block.ts";
import { requireRows } from "./columns.ts";
import { OK, OUT_OF_RANGE, strikeStatus, volatilityStatus } from "./row-status.ts";
import { fastestPasses, type Passes } from "./run-passes.ts";
import { NO_GREEKS } from "./scalar-row.ts";
import { BASE, BELL, BLOCK, DIFFERENCE, DRIFT, FAR_TAIL, S, SLOW, TOTAL, WIDE, X } from "./scratch.ts";

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
  // A forward does not drift.
  DRIFT.fill(0);
  for (let from = 0; from < rows; from += BLOCK) {
    const span = { from, count: Math.min(BLOCK, rows - from) };
    const slow = timeValueBlock(passes, span.count, readBlock(passes, terms, { columns, span }));
    writeBlock(terms, columns, { out, span });
    for (let j = 0; j < slow; j++) answerRow(terms, columns, { out, row: from + (SLOW[j] ?? 0) });
  }
  return out;
}

/** X and TOTAL of the block; gives the length of SLOW. */
function readBlock(
  passes: Passes,
  { forward, years, rate }: ChainTerms,
  {
    columns: { strikes, volatilities },
    span: { from, count },
  }: { readonly columns: ChainColumns; readonly span: Span },
): number {
  const rootYears = Math.sqrt(years);
  const isOrdinaryChain =
    forward > LEAST && forward < MOST && years > LEAST_YEARS && Math.abs(rate * years) < NEAR_ZERO;
  let wide = 0;
  let slow = 0;
  for (let i = 0; i < count; i++) {
    const strike = strikes[from + i] ?? 0;
    const volatility = volatilities[from + i] ?? 0;
    const total = volatility * rootYears;
    const s = (forward - strike) / (forward + strike);
    const isOrdinary =
      isOrdinaryChain && Math.abs(s) < MOST_S && total > LEAST && volatility < MOST_VOLATILITY;
    SLOW[slow] = i;
    slow += +!isOrdinary;
    WIDE[wide] = i;
    wide += +(Math.abs(s) > WIDE_S);
    TOTAL[i] = total;
    S[i] = s;
  }
  passes.moneynessPass(count);
  for (let j = 0; j < wide; j++) {
    const i = WIDE[j] ?? 0;
    X[i] = logRatio(forward, strikes[from + i] ?? 0);
  }
  return slow;
}

/** The last step of europeanGreeks for both rights, without branches as in european-greeks-batch.ts. */
function writeBlock(
  { forward, years, rate }: ChainTerms,
  { strikes, volatilities }: ChainColumns,
  { out, span: { from, count } }: { readonly out: ChainGreeksColumns; readonly span: Span },
): void {
  const rootYears = Math.sqrt(years);
  const discount = strictExp(-rate * years);
  const asset = forward * discount;
  for (let i = 0; i < count; i++) {
    const row = from + i;
    const strike = strikes[row] ?? 0;
    const bell = BELL[i] ?? 0;
    const cash = strike * discount;
    const parity = discount * (forward - strike);
    const above = +((X[i] ?? 0) > 0);
    const below = 1 - above;
    const smaller = cash * above + asset * below;
    const timeValue = smaller * ((BASE[i] ?? 0) + bell * (DIFFERENCE[i] ?? 0));
    const far = smaller * bell * (FAR_TAIL[i] ?? 0);
    const near = timeValue + far;
    const density = smaller * bell * INVERSE_SQRT_2PI;
    const decay = (0.5 * density * (volatilities[row] ?? 0)) / rootYears;
    const assetPart = near * below - far * above;
    const cashPart = far * below - near * above;
    const callAsset = assetPart + asset * above;
    const putAsset = assetPart - asset * below;
    const callPrice = timeValue + 0.5 * (parity + Math.abs(parity));
    const putPrice = timeValue + 0.5 * (Math.abs(parity) - parity);
    out.callPrices[row] = callPrice;
    out.putPrices[row] = putPrice;
    out.callDeltas[row] = callAsset / forward;
    out.putDeltas[row] = putAsset / forward;
    out.gammas[row] = density / ((TOTAL[i] ?? 0) * forward * forward);
    out.vegas[row] = density * rootYears;
    out.callThetas[row] = rate * callAsset - rate * (cashPart + cash * above) - decay;
    out.putThetas[row] = rate * putAsset - rate * (cashPart - cash * below) - decay;
    out.callRhos[row] = -years * callPrice;
    out.putRhos[row] = -years * putPrice;
  }
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
    if (!Number.isFinite(sumOf(call) + sumOf(put))) {
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
