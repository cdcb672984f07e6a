// The arithmetic of a block, one short loop per step. Short loops let the processor work on several rows at once and the
// compiler keep what does not change; the whole formula in one loop takes half as long again. Every step is the scalar
// function's own, in its order, so its bits are those of the scalar function. tools/compile-passes.ts compiles this file
// to two-lane WebAssembly: each pass is one loop over `i`, or over `j` through a list, of straight-line arithmetic.

import { scaledTailSeries, scaledTailWithin } from "../scaled-tail.ts";
import {
  LN2_HIGH,
  LN2_LOW,
  normalLog,
  powerOfTwo,
  reducedExp,
  reductionOf,
  strictExpm1NearZero,
  strictExpNearZero,
  twiceArtanh,
} from "../strict-math.ts";
import {
  BASE,
  BELL,
  DIFFERENCE,
  DRIFT,
  EXPONENT,
  FAR_TAIL,
  GROWTH,
  H,
  H_PLUS_T,
  HIGH,
  K,
  LOG,
  LOW,
  PLAIN,
  S,
  SERIES,
  TOTAL,
  U,
  X,
  YIELD_FACTOR,
} from "./scratch.ts";

export function yieldPass(count: number): void {
  for (let i = 0; i < count; i++) YIELD_FACTOR[i] = strictExpNearZero(EXPONENT[i] ?? 0);
}

export function growthPass(count: number): void {
  for (let i = 0; i < count; i++) GROWTH[i] = strictExpm1NearZero(-(DRIFT[i] ?? 0));
}

export function moneynessPass(count: number): void {
  for (let i = 0; i < count; i++) X[i] = twiceArtanh(S[i] ?? 0) + (DRIFT[i] ?? 0);
}

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

export function reducedExpPass(count: number): void {
  for (let i = 0; i < count; i++) BELL[i] = reducedExp(HIGH[i] ?? 0, LOW[i] ?? 0);
}

export function powerPass(count: number): void {
  for (let i = 0; i < count; i++) BELL[i] = (BELL[i] ?? 0) * powerOfTwo(K[i] ?? 0);
}

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

export function seriesPass(count: number): void {
  for (let j = 0; j < count; j++) {
    const i = SERIES[j] ?? 0;
    BASE[i] = 0;
    DIFFERENCE[i] = scaledTailSeries(H[i] ?? 0, 0.5 * (TOTAL[i] ?? 0));
  }
}

export function logPass(count: number): void {
  for (let i = 0; i < count; i++) LOG[i] = normalLog(DIFFERENCE[i] ?? 0, 0);
}
