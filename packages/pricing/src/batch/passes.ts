// The arithmetic of a block, one short loop per step. Short loops let the processor work on several rows at once and the
// compiler keep what does not change; the whole formula in one loop takes half as long again. Every step is the scalar
// function's own, in its order, so its bits are those of the scalar function. tools/compile-passes.ts compiles this file
// to two-lane WebAssembly: each pass is one loop over `i`, or over `j` through a list, of straight-line arithmetic.

import { INVERSE_SQRT_2PI, scaledTailSeries, scaledTailWithin } from "../scaled-tail.ts";
import {
  LN2_HIGH,
  LN2_LOW,
  NEAR_ZERO,
  normalLog,
  powerOfTwo,
  reducedExp,
  reductionOf,
  strictExpm1NearZero,
  strictExpNearZero,
  twiceArtanh,
} from "../strict-math.ts";
import { LEAST, LEAST_TOTAL, MOST, MOST_S, MOST_VOLATILITY } from "./ordinary.ts";
import {
  BASE,
  BELL,
  DELTA,
  DIFFERENCE,
  DIVIDEND_YIELD,
  DRIFT,
  EXPONENT,
  FAR_TAIL,
  GAMMA,
  GROWTH,
  H,
  H_PLUS_T,
  HIGH,
  IS_ORDINARY,
  IS_PUT,
  K,
  LOG,
  LOW,
  PLAIN,
  PRICE,
  PUT_DELTA,
  PUT_PRICE,
  PUT_RHO,
  PUT_THETA,
  RATE,
  RHO,
  ROOT_YEARS,
  S,
  SERIES,
  SPOT,
  STRIKE,
  THETA,
  TOTAL,
  U,
  VEGA,
  VOLATILITY,
  X,
  YEARS,
  YIELD_FACTOR,
} from "./scratch.ts";

/** What the formula is made of, and 1 for a row that is ordinary. */
export function preparePass(count: number): void {
  for (let i = 0; i < count; i++) {
    const spot = SPOT[i] ?? 0;
    const strike = STRIKE[i] ?? 0;
    const years = YEARS[i] ?? 0;
    const volatility = VOLATILITY[i] ?? 0;
    const dividendYield = DIVIDEND_YIELD[i] ?? 0;
    const exponent = -dividendYield * years;
    const drift = ((RATE[i] ?? 0) - dividendYield) * years;
    const rootYears = Math.sqrt(years);
    const total = volatility * rootYears;
    const s = (spot - strike) / (spot + strike);
    EXPONENT[i] = exponent;
    DRIFT[i] = drift;
    ROOT_YEARS[i] = rootYears;
    TOTAL[i] = total;
    S[i] = s;
    const isNear = +(Math.abs(exponent) < NEAR_ZERO) * +(Math.abs(drift) < NEAR_ZERO);
    const isSized = +(Math.abs(s) < MOST_S) * +(spot > LEAST) * +(spot < MOST) * +((IS_PUT[i] ?? 0) < 2);
    const isAlive = +(total > LEAST_TOTAL) * +(volatility < MOST_VOLATILITY);
    IS_ORDINARY[i] = isNear * isSized * isAlive;
  }
}

/** The discount by the dividend yield, exp(-q T). */
/** exp(-dividendYield years). */
export function yieldPass(count: number): void {
  for (let i = 0; i < count; i++) YIELD_FACTOR[i] = strictExpNearZero(EXPONENT[i] ?? 0);
}

/** exp(-(r - q) T) - 1. */
/** exp(-drift) - 1. */
export function growthPass(count: number): void {
  for (let i = 0; i < count; i++) GROWTH[i] = strictExpm1NearZero(-(DRIFT[i] ?? 0));
}

/** ln(F/K), from ln(S/K) and the drift. */
/** ln of spot over strike, and the drift, for quotients near 1. */
export function moneynessPass(count: number): void {
  for (let i = 0; i < count; i++) X[i] = twiceArtanh(S[i] ?? 0) + (DRIFT[i] ?? 0);
}

/** Distances to the strike in standard deviations: h, h - t and h + t. */
/** h, t and what they make. */
export function standardPass(count: number): void {
  for (let i = 0; i < count; i++) {
    const total = TOTAL[i] ?? 0;
    const t = 0.5 * total;
    const h = Math.abs(X[i] ?? 0) / total;
    H[i] = h;
    U[i] = h - t;
    H_PLUS_T[i] = h + t;
  }
}

/** First step of exp(-u^2 / 2). */
export function reducePass(count: number): void {
  for (let i = 0; i < count; i++) {
    const u = U[i] ?? 0;
    const exponent = -0.5 * u * u;
    const k = reductionOf(exponent);
    K[i] = k;
    HIGH[i] = exponent - k * LN2_HIGH;
    LOW[i] = k * LN2_LOW;
  }
}

/** Second step of exp(-u^2 / 2): the reduced argument. */
/** Second step of exp(-u^2 / 2). */
export function reducedExpPass(count: number): void {
  for (let i = 0; i < count; i++) BELL[i] = reducedExp(HIGH[i] ?? 0, LOW[i] ?? 0);
}

/** Third step: the power of two. */
/** Third step of exp(-u^2 / 2). */
export function powerPass(count: number): void {
  for (let i = 0; i < count; i++) BELL[i] = (BELL[i] ?? 0) * powerOfTwo(K[i] ?? 0);
}

/** E at h + t, the far end. */
/** E(h + t). */
export function farTailPass(count: number): void {
  for (let i = 0; i < count; i++) FAR_TAIL[i] = scaledTailWithin(H_PLUS_T[i] ?? 0);
}

/** differenceOfTails of black.ts away from small t: E(u) - E(h + t) for u >= 0, else (1 - bell (E(-u) + E(h + t))). */
export function plainPass(count: number): void {
  for (let j = 0; j < count; j++) {
    const i = PLAIN[j] ?? 0;
    const u = U[i] ?? 0;
    const isBelow = +(u < 0);
    BASE[i] = isBelow;
    DIFFERENCE[i] = (1 - 2 * isBelow) * scaledTailWithin(Math.abs(u)) - (FAR_TAIL[i] ?? 0);
  }
}

/** Differences of tails at small t by their series. */
/** differenceOfTails of black.ts for small t. */
export function seriesPass(count: number): void {
  for (let j = 0; j < count; j++) {
    const i = SERIES[j] ?? 0;
    BASE[i] = 0;
    DIFFERENCE[i] = scaledTailSeries(H[i] ?? 0, 0.5 * (TOTAL[i] ?? 0));
  }
}

/** The logarithm of each difference, a normal number. */
/** ln of the difference. */
export function logPass(count: number): void {
  for (let i = 0; i < count; i++) LOG[i] = normalLog(DIFFERENCE[i] ?? 0, 0);
}

/** The last step of europeanPrice, without branches as in greeksPass. */
export function pricePass(count: number): void {
  for (let i = 0; i < count; i++) {
    const spot = SPOT[i] ?? 0;
    const strike = STRIKE[i] ?? 0;
    const yieldFactor = YIELD_FACTOR[i] ?? 0;
    const growth = GROWTH[i] ?? 0;
    const asset = spot * yieldFactor;
    const cash = strike * yieldFactor * (1 + growth);
    const parity = yieldFactor * (spot - strike - strike * growth);
    const above = +((X[i] ?? 0) > 0);
    const smaller = cash * above + asset * (1 - above);
    const timeValue = smaller * ((BASE[i] ?? 0) + (BELL[i] ?? 0) * (DIFFERENCE[i] ?? 0));
    const signed = (1 - 2 * (IS_PUT[i] ?? 0)) * parity;
    PRICE[i] = timeValue + 0.5 * (signed + Math.abs(signed));
  }
}

/**
 * The last step of europeanGreeks. Branches that go one way as often as the other are products with 0 and 1 here,
 * which are exact: `above` for isAbove, and `share` for how often the whole of asset and cash counts (with the sign of a zero).
 */
export function greeksPass(count: number): void {
  for (let i = 0; i < count; i++) {
    const isPut = IS_PUT[i] ?? 0;
    const spot = SPOT[i] ?? 0;
    const strike = STRIKE[i] ?? 0;
    const yieldFactor = YIELD_FACTOR[i] ?? 0;
    const growth = GROWTH[i] ?? 0;
    const bell = BELL[i] ?? 0;
    const rootYears = ROOT_YEARS[i] ?? 0;
    const asset = spot * yieldFactor;
    const cash = strike * yieldFactor * (1 + growth);
    const parity = yieldFactor * (spot - strike - strike * growth);
    const above = +((X[i] ?? 0) > 0);
    const below = 1 - above;
    const share = -(isPut - above);
    const smaller = cash * above + asset * below;
    const timeValue = smaller * ((BASE[i] ?? 0) + bell * (DIFFERENCE[i] ?? 0));
    const far = smaller * bell * (FAR_TAIL[i] ?? 0);
    const near = timeValue + far;
    const density = smaller * bell * INVERSE_SQRT_2PI;
    const signed = (1 - 2 * isPut) * parity;
    const assetTerm = (near * below + far * above) * (below - above) + asset * share;
    const cashTerm = (far * below + near * above) * (below - above) + cash * share;
    const decay = (0.5 * density * (VOLATILITY[i] ?? 0)) / rootYears;
    PRICE[i] = timeValue + 0.5 * (signed + Math.abs(signed));
    DELTA[i] = assetTerm / spot;
    GAMMA[i] = density / ((TOTAL[i] ?? 0) * spot * spot);
    VEGA[i] = density * rootYears;
    THETA[i] = (DIVIDEND_YIELD[i] ?? 0) * assetTerm - (RATE[i] ?? 0) * cashTerm - decay;
    RHO[i] = (YEARS[i] ?? 0) * cashTerm;
  }
}

/** greeksPass for the call and the put of a strike on a forward; DELTA to RHO get the call's, gamma and vega are both's. */
export function chainPass(count: number): void {
  for (let i = 0; i < count; i++) {
    const forward = SPOT[i] ?? 0;
    const strike = STRIKE[i] ?? 0;
    const years = YEARS[i] ?? 0;
    const rate = RATE[i] ?? 0;
    const discount = YIELD_FACTOR[i] ?? 0;
    const bell = BELL[i] ?? 0;
    const rootYears = ROOT_YEARS[i] ?? 0;
    const asset = forward * discount;
    const cash = strike * discount;
    const parity = discount * (forward - strike);
    const above = +((X[i] ?? 0) > 0);
    const below = 1 - above;
    const smaller = cash * above + asset * below;
    const timeValue = smaller * ((BASE[i] ?? 0) + bell * (DIFFERENCE[i] ?? 0));
    const far = smaller * bell * (FAR_TAIL[i] ?? 0);
    const near = timeValue + far;
    const density = smaller * bell * INVERSE_SQRT_2PI;
    const decay = (0.5 * density * (VOLATILITY[i] ?? 0)) / rootYears;
    const assetPart = (near * below + far * above) * (below - above);
    const cashPart = (far * below + near * above) * (below - above);
    const callAsset = assetPart + asset * above;
    const putAsset = assetPart - asset * below;
    const callPrice = timeValue + 0.5 * (parity + Math.abs(parity));
    const putPrice = timeValue + 0.5 * (Math.abs(parity) - parity);
    PRICE[i] = callPrice;
    PUT_PRICE[i] = putPrice;
    DELTA[i] = callAsset / forward;
    PUT_DELTA[i] = putAsset / forward;
    GAMMA[i] = density / ((TOTAL[i] ?? 0) * forward * forward);
    VEGA[i] = density * rootYears;
    THETA[i] = rate * callAsset - rate * (cashPart + cash * above) - decay;
    PUT_THETA[i] = rate * putAsset - rate * (cashPart - cash * below) - decay;
    RHO[i] = -years * callPrice;
    PUT_RHO[i] = -years * putPrice;
  }
}
