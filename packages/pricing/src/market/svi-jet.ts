// An SVI slice in the variables of its fit, and how its variance moves with them.

import { strictExp, strictLog } from "../strict-math.ts";
import type { SviSlice } from "./svi.ts";

/** a, the slopes of the right and the left wing, m and ln sigma. */
export type SviVariables = readonly [a: number, right: number, left: number, m: number, logSigma: number];

export const VARIABLES = 5;

/** The slice that a point of the search stands for. */
export function sliceOf(variables: ArrayLike<number>): SviSlice {
  const right = variables[1] ?? 0;
  const left = variables[2] ?? 0;
  const sum = right + left;
  return {
    a: variables[0] ?? 0,
    b: 0.5 * sum,
    rho: sum > 0 ? (right - left) / sum : 0,
    m: variables[3] ?? 0,
    sigma: strictExp(variables[4] ?? 0),
  };
}

/** The point of the search that stands for a slice. */
export function variablesOf({ a, b, rho, m, sigma }: SviSlice): SviVariables {
  return [a, b * (1 + rho), b * (1 - rho), m, strictLog(sigma)];
}

/** Total variance and two derivatives at one place, each with its derivatives to the variables; filled again and again. */
export interface SlotJet {
  variance: number;
  slope: number;
  curvature: number;
  /** The square root of the variance, and the derivative of the one to the other. */
  root: number;
  ofRoot: number;
  readonly ofVariance: Float64Array;
  readonly ofSlope: Float64Array;
  readonly ofCurvature: Float64Array;
}

/** Room for the derivatives of one slice at one strike. */
export function slotJet(): SlotJet {
  const [ofVariance, ofSlope, ofCurvature] = [
    new Float64Array(VARIABLES),
    new Float64Array(VARIABLES),
    new Float64Array(VARIABLES),
  ];
  return { variance: 0, slope: 0, curvature: 0, root: 0, ofRoot: 0, ofVariance, ofSlope, ofCurvature };
}

/** Writes variance and its derivatives at log-moneyness `k` into the room. */
export function fillJet(jet: SlotJet, variables: Float64Array, k: number): void {
  const right = variables[1] ?? 0;
  const left = variables[2] ?? 0;
  const sigma = strictExp(variables[4] ?? 0);
  const b = 0.5 * (right + left);
  const d = 0.5 * (right - left);
  const x = k - (variables[3] ?? 0);
  const z = Math.sqrt(x * x + sigma * sigma);
  const t = x / z;
  const share = (sigma / z) * (sigma / z);
  const bend = share / z;
  jet.variance = (variables[0] ?? 0) + d * x + b * z;
  jet.slope = d + b * t;
  jet.curvature = b * bend;

  const { ofVariance, ofSlope, ofCurvature } = jet;
  ofVariance[0] = 1;
  ofVariance[1] = 0.5 * (z + x);
  ofVariance[2] = 0.5 * (z - x);
  ofVariance[3] = -jet.slope;
  ofVariance[4] = b * share * z;
  ofSlope[1] = 0.5 * (t + 1);
  ofSlope[2] = 0.5 * (t - 1);
  ofSlope[3] = -jet.curvature;
  ofSlope[4] = -b * t * share;
  ofCurvature[1] = 0.5 * bend;
  ofCurvature[2] = 0.5 * bend;
  ofCurvature[3] = (3 * b * bend * t) / z;
  ofCurvature[4] = b * bend * (2 - 3 * share);
}

/**
 * The square root of the variance; under the floor it goes on as a straight line, so that a slice may pass through a
 * variance that is not positive on its way to one that is.
 */
export function fillRoot(jet: SlotJet, floor: number): void {
  const base = jet.variance > floor ? jet.variance : floor;
  const root = Math.sqrt(base);
  jet.ofRoot = 0.5 / root;
  jet.root = root + (jet.variance - base) * jet.ofRoot;
}
