// Whether a slice prices every butterfly at 0 or more. Roper (2010), "Arbitrage free implied volatility surfaces", theorem
// 2.9: a smooth positive w with g(k) >= 0 everywhere and d+(k) -> -infinity on the right. For a wing that becomes a line
// the last follows from a slope under 2, which is Lee's (2004) moment bound on either side.

import { leastIn } from "./search.ts";
import {
  finiteCurve,
  requireSlice,
  type SmileCurve,
  type SviSlice,
  sviCurve,
  type VarianceJet,
  wingSlopes,
} from "./svi.ts";

/** The verdict on one slice, with the place of the worst point in log moneyness. */
export type ButterflyCheck =
  | { readonly kind: "free"; readonly k: number; readonly leastG: number }
  /** The risk-neutral density is negative at k; g is the density over that of a normal distribution with the same variance. */
  | { readonly kind: "negative-density"; readonly k: number; readonly leastG: number }
  | { readonly kind: "variance-not-positive"; readonly k: number; readonly variance: number }
  | { readonly kind: "wing-too-steep"; readonly side: "left" | "right"; readonly slope: number };

/** Lee (2004): no wing of total variance may rise faster than 2 per unit of log moneyness. */
export const STEEPEST_WING: number = 2;

/** Where to look, in log moneyness. */
export interface MoneynessRange {
  readonly from: number;
  readonly to: number;
}

/** Gatheral's g (Gatheral and Jacquier 2014, equation 2.1): the density is g times a normal one. */
export function durrlemanG(k: number, { variance, slope, curvature }: VarianceJet): number {
  const half = 1 - (k * slope) / (2 * variance);
  return half * half - 0.25 * slope * slope * (1 / variance + 0.25) + 0.5 * curvature;
}

/**
 * Looks at any curve between two ends, 401 places and then the bottoms of the two lowest dips (Roper 2010). Throws
 * PricingError for a curve that is not finite where it looks.
 */
export function butterflyCheck(given: SmileCurve, range: MoneynessRange): ButterflyCheck {
  const curve = finiteCurve(given);
  const width = Math.sqrt(Math.max(curve(0).variance, 0));
  const lowest = leastIn((k) => curve(k).variance, range, width);
  if (!(lowest.value > 0)) return { kind: "variance-not-positive", k: lowest.at, variance: lowest.value };
  const worst = leastIn((k) => durrlemanG(k, curve(k)), range, width);
  return { kind: worst.value >= 0 ? "free" : "negative-density", k: worst.at, leastG: worst.value };
}

/**
 * The same for an SVI slice on the whole line: as far as its wings still bend, and their slopes beyond (Lee 2004). Throws
 * PricingError for a slice that is not finite.
 */
export function sviButterflyCheck(slice: SviSlice): ButterflyCheck {
  requireSlice(slice);
  const { left, right } = wingSlopes(slice);
  if (left > STEEPEST_WING) return { kind: "wing-too-steep", side: "left", slope: left };
  if (right > STEEPEST_WING) return { kind: "wing-too-steep", side: "right", slope: right };
  return butterflyCheck(sviCurve(slice), wholeRange(slice));
}

/** Beyond, g moves monotonically to 1/4 - slope^2 / 16, which the bound on the slope keeps at 0 or more. */
export function wholeRange(slice: SviSlice): MoneynessRange {
  const width = Math.sqrt(Math.max(sviCurve(slice)(0).variance, 0));
  const reach = Math.max(60 * width, 60 * slice.sigma, 10 * Math.abs(slice.m), 3);
  return { from: -reach, to: reach };
}
