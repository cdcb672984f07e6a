import { type ButterflyCheck, sviButterflyCheck } from "./butterfly.ts";
import { type CalendarViolation, sviCalendarCheck } from "./calendar.ts";
import { requirePositive } from "./paired-quote.ts";
import type { SmilePoints } from "./smile-points.ts";
import { type FitQuality, fitQuality } from "./smile-quality.ts";
import type { SviSlice } from "./svi.ts";
import { fitSlices } from "./svi-descent.ts";

/** The points of one expiration, its time in years, ACT/365, and the forward around which it lies. */
export interface SmileTarget extends SmilePoints {
  readonly years: number;
  readonly forward: number;
}

/** A fitted smile with its quality and what the butterfly check says of it. */
export interface SmileFit {
  readonly kind: "fitted";
  readonly years: number;
  readonly forward: number;
  readonly slice: SviSlice;
  readonly quality: FitQuality;
  readonly butterfly: ButterflyCheck;
  /** Strikes that gave no point and took no part. */
  readonly rejected: SmilePoints["rejected"];
}

/** Too few points for five parameters. */
export interface TooFewPoints {
  readonly kind: "too-few-points";
  readonly years: number;
  readonly points: number;
  readonly needed: number;
}

/** The fitted smiles in order of their expirations, those that could not be fitted, and what is left out of order. */
export interface SurfaceFit {
  readonly smiles: readonly SmileFit[];
  readonly unfitted: readonly TooFewPoints[];
  readonly calendar: readonly CalendarViolation[];
}

const LEAST_POINTS = 5;

/**
 * One expiration. The slice minimizes the squared distances from the mids in units of what they may be off, subject to
 * g >= 0 and wings under Lee's bound (Gatheral and Jacquier 2014; start by De Marco and Martini 2009). Throws PricingError for
 * years or a forward that are not positive.
 */
export function fitSmile(target: SmileTarget): SmileFit | TooFewPoints {
  const surface = fitSurface([target], { hasCalendar: false });
  const [only] = [...surface.smiles, ...surface.unfitted];
  return only ?? { kind: "too-few-points", years: target.years, points: 0, needed: LEAST_POINTS };
}

/**
 * All expirations of one underlying, jointly where their order demands it. `hasCalendar: false` is for options on futures,
 * each expiration of which has an underlying of its own. Throws PricingError for years or a forward that are not positive.
 */
export function fitSurface(
  targets: readonly SmileTarget[],
  { hasCalendar = true }: { readonly hasCalendar?: boolean } = {},
): SurfaceFit {
  for (const { years, forward } of targets) {
    requirePositive("years", years);
    requirePositive("forward", forward);
  }
  const sorted = targets.toSorted((left, right) => left.years - right.years);
  const fitted = sorted.filter(({ points }) => points.length >= LEAST_POINTS);
  const unfitted = sorted
    .filter(({ points }) => points.length < LEAST_POINTS)
    .map(({ years, points }): TooFewPoints => {
      return { kind: "too-few-points", years, points: points.length, needed: LEAST_POINTS };
    });

  const slices = fitSlices(fitted, hasCalendar);
  const dated = fitted.flatMap(({ years }, i) => {
    const slice = slices[i];
    return slice === undefined ? [] : [{ years, slice }];
  });
  return {
    smiles: dated.flatMap(({ slice }, i) => smileFit(fitted[i], slice)),
    unfitted,
    calendar: hasCalendar ? sviCalendarCheck(dated) : [],
  };
}

function smileFit(target: SmileTarget | undefined, slice: SviSlice): readonly SmileFit[] {
  if (target === undefined) return [];
  const { points, rejected, years, forward } = target;
  const quality = fitQuality(slice, points, years);
  if (quality === undefined) return [];
  return [{ kind: "fitted", years, forward, slice, quality, butterfly: sviButterflyCheck(slice), rejected }];
}
