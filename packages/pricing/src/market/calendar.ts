// Calendar spreads: at fixed log moneyness to the forward, total variance must not fall with the expiration (Gatheral and
// Jacquier 2014, lemma 2.1). Only expirations on the same underlying are bound so: options on VIX futures are not.

import type { MoneynessRange } from "./butterfly.ts";
import { wholeRange } from "./butterfly.ts";
import { leastIn } from "./search.ts";
import { finiteCurve, requireSlice, type SmileCurve, type SviSlice, sviCurve, wingSlopes } from "./svi.ts";

/** Two neighboring expirations whose order fails, and where it fails most. */
export interface CalendarViolation {
  readonly nearYears: number;
  readonly farYears: number;
  /** Log moneyness of the worst point; of a crossing beyond all quotes the end of the range that was searched. */
  readonly k: number;
  readonly nearVariance: number;
  readonly farVariance: number;
  /** By how much the far volatility is too low there, as a decimal. */
  readonly size: number;
}

/** A slice with the time to its expiration in years, ACT/365. */
export interface DatedCurve {
  readonly years: number;
  readonly curve: SmileCurve;
}

/**
 * Every pair of neighbors in time that is out of order somewhere between the ends; none means the surface is free. Throws
 * PricingError for a curve that is not finite there.
 */
export function calendarCheck(
  slices: readonly DatedCurve[],
  range: MoneynessRange,
): readonly CalendarViolation[] {
  const sorted = slices
    .map(({ years, curve }) => ({ years, curve: finiteCurve(curve) }))
    .toSorted((left, right) => left.years - right.years);
  return sorted.flatMap((far, i) => {
    const near = sorted[i - 1];
    return near === undefined ? [] : violationOf(near, far, range);
  });
}

/**
 * The same for SVI slices on the whole line: as far as either bends, the ends standing for the wings beyond. Throws
 * PricingError for a slice that is not finite.
 */
export function sviCalendarCheck(
  slices: readonly { readonly years: number; readonly slice: SviSlice }[],
): readonly CalendarViolation[] {
  for (const { slice } of slices) requireSlice(slice);
  const sorted = slices.toSorted((left, right) => left.years - right.years);
  return sorted.flatMap((far, i) => {
    const near = sorted[i - 1];
    if (near === undefined) return [];
    const [a, b] = [wholeRange(near.slice), wholeRange(far.slice)];
    const range = { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
    const found = violationOf(datedCurve(near), datedCurve(far), range);
    return found.length > 0 ? found : wingViolation(near, far, range);
  });
}

function datedCurve({ years, slice }: { readonly years: number; readonly slice: SviSlice }): DatedCurve {
  return { years, curve: sviCurve(slice) };
}

function violationOf(near: DatedCurve, far: DatedCurve, range: MoneynessRange): readonly CalendarViolation[] {
  const gap = (k: number): number => far.curve(k).variance - near.curve(k).variance;
  const width = Math.sqrt(Math.max(near.curve(0).variance, 0));
  const { at, value } = leastIn(gap, range, width);
  return value < 0 ? [violationAt(near, far, at)] : [];
}

/** Wings that cross farther out than either slice bends: the steeper near wing overtakes in the end. */
function wingViolation(
  near: { readonly years: number; readonly slice: SviSlice },
  far: { readonly years: number; readonly slice: SviSlice },
  range: MoneynessRange,
): readonly CalendarViolation[] {
  const [nearSlopes, farSlopes] = [wingSlopes(near.slice), wingSlopes(far.slice)];
  const crossesAt =
    nearSlopes.left > farSlopes.left ? range.from : nearSlopes.right > farSlopes.right ? range.to : undefined;
  return crossesAt === undefined ? [] : [violationAt(datedCurve(near), datedCurve(far), crossesAt)];
}

function violationAt(near: DatedCurve, far: DatedCurve, k: number): CalendarViolation {
  const nearVariance = near.curve(k).variance;
  const farVariance = far.curve(k).variance;
  const size =
    Math.sqrt(Math.max(nearVariance, 0) / far.years) - Math.sqrt(Math.max(farVariance, 0) / far.years);
  return {
    nearYears: near.years,
    farYears: far.years,
    k,
    nearVariance,
    farVariance,
    size: Math.max(size, 0),
  };
}
