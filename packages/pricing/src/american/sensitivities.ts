import { strictLog } from "../strict-math.ts";
import { writeDecays, writeEquations, writeResiduals } from "./boundary-equation.ts";
import { solveInPlace } from "./linear-system.ts";
import { premiumOf, premiumShapeOf } from "./premium.ts";
import type { CollocationScheme } from "./scheme.ts";
import type { UnitPut } from "./unit-put.ts";

/** The premium of a unit put, and its derivatives to the spot and to total volatility, rate and yield over the life. */
export interface PremiumSensitivities {
  readonly value: number;
  readonly toSpot: number;
  /** Second derivative to the spot. */
  readonly curvature: number;
  readonly toSigma: number;
  readonly toRate: number;
  readonly toYield: number;
}

/**
 * Differentiates the premium, given the solved boundary. The boundary moves with the terms as the implicit function
 * theorem says, and the premium is differenced along that path: smooth, because no equation is solved anew.
 */
export function premiumSensitivities(put: UnitPut, scheme: CollocationScheme): PremiumSensitivities {
  const { spot, sigma, rate, yieldRate } = put;
  const gap = gapOf(put, scheme);
  const share = shareOf(put, gap);
  // Steps in proportion, and no rate through 0 where exercise ends there: a negative yield alone is reason for it.
  const rateStep = share * Math.max(rate, -yieldRate);
  const yieldStep = share * (put.logLimit < 0 ? yieldRate : Math.max(Math.abs(yieldRate), rate));
  const along = (key: "sigma" | "rate" | "yieldRate", step: number): number => {
    return slopeAlong((shift) => shifted(put, key, shift * step), step, scheme);
  };
  const value = premiumOf(put, scheme, scheme.denseLife);
  const { slope, curvature } = premiumShapeOf(put, scheme, scheme.denseLife);
  const toSigma = along("sigma", share * sigma);
  const toRate = along("rate", rateStep);
  const toYield = along("yieldRate", yieldStep);
  const sensitivities = { value, toSpot: slope, curvature, toSigma, toRate, toYield };
  if (gap > NEAR * sigma) return sensitivities;
  // Next to the boundary the integral of the curvature is too steep; the pricing equation gives it too.
  const growth = 0.5 * sigma * toSigma + rate * toRate + yieldRate * toYield;
  const flow = growth + rate * value - (rate - yieldRate) * spot * slope;
  return { ...sensitivities, curvature: (2 * flow) / (sigma * sigma * spot * spot) };
}

// In standard deviations over the life.
const NEAR = 0.02;

/** ln of the spot over the boundary now. */
export function gapOf({ spot }: UnitPut, { size, squares }: CollocationScheme): number {
  return strictLog(spot) + Math.sqrt(squares[size - 1] ?? 0);
}

/** Steps as a share of a term: small enough that the boundary moves by a fraction of its distance to the spot only. */
function shareOf({ spot, logLimit }: UnitPut, gap: number): number {
  const mobility = gap - strictLog(spot) + (logLimit < 0 ? 1 : 0);
  return Math.min(Math.max((0.02 * gap) / mobility, LEAST_SHARE), LARGEST_SHARE);
}

const LEAST_SHARE = 1e-7;
const LARGEST_SHARE = 2e-5;

/** The put with one term moved. The limit of the boundary moves too where it is the ratio of rate to yield. */
function shifted(put: UnitPut, key: "sigma" | "rate" | "yieldRate", by: number): UnitPut {
  const moved = { ...put, [key]: put[key] + by };
  return put.logLimit < 0 ? { ...moved, logLimit: strictLog(moved.rate / moved.yieldRate) } : moved;
}

/** The derivative along a path of puts, by differences of fourth order. */
function slopeAlong(path: (shift: number) => UnitPut, step: number, scheme: CollocationScheme): number {
  const { squares, residual } = scheme;
  const solved = squares.slice();
  const residualSlope = differences((shift) => {
    const put = path(shift);
    writeDecays(put, scheme);
    writeResiduals(put, scheme);
    return residual.slice();
  }, step);
  writeDecays(path(0), scheme);
  writeEquations(path(0), scheme);
  residual.set(residualSlope);
  // The matrix let Newton's method settle; if it is singular all the same, the boundary is taken to stand still.
  if (!solveInPlace(scheme.jacobian, residual)) residual.fill(0);
  const boundarySlope = residual.slice();
  const [slope = 0] = differences((shift) => {
    for (let j = 0; j < squares.length; j++) {
      squares[j] = (solved[j] ?? 0) - shift * step * (boundarySlope[j] ?? 0);
    }
    return [premiumOf(path(shift), scheme, scheme.denseLife)];
  }, step);
  squares.set(solved);
  return slope;
}

function differences(valuesAt: (shift: number) => ArrayLike<number>, step: number): number[] {
  const [far, near, up, high] = [valuesAt(-2), valuesAt(-1), valuesAt(1), valuesAt(2)];
  return Array.from(near, (_, i) => {
    const inner = (up[i] ?? 0) - (near[i] ?? 0);
    const outer = (high[i] ?? 0) - (far[i] ?? 0);
    return (8 * inner - outer) / (12 * step);
  });
}
