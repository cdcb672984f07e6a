import { requireEuropean } from "../domain.ts";
import { PricingError } from "../pricing-error.ts";
import { strictExp } from "../strict-math.ts";
import { induce } from "./backward-induction.ts";
import { solvedScheme } from "./boundary-solver.ts";
import type { ExerciseRegion } from "./exercise-region.ts";
import type { AmericanOption } from "./option.ts";
import { squareAt } from "./scheme.ts";
import { type UnitPut, unitPut } from "./unit-put.ts";

/**
 * Where a rational holder exercises, by the years left to expiration, from 0 to the option's: another time throws PricingError.
 * The spot of the option plays no part.
 */
export type ExerciseBoundary =
  /** Nowhere before expiration. */
  | { readonly kind: "never" }
  /** At or below the spot (a put), or at or above it (a call), that `at` gives for the years left. */
  | { readonly kind: "single"; readonly at: (years: number) => number }
  /** Between two spots, or with much time left perhaps nowhere: rates negative, and below the yield for a put. */
  | { readonly kind: "band"; readonly at: (years: number) => ExerciseRegion };

/**
 * The boundary of exercise over the life of an option with a continuous dividend yield (Andersen, Lake and Offengenden 2016;
 * finite differences where it is a band). Throws PricingError outside the domain.
 */
export function exerciseBoundary(option: AmericanOption): ExerciseBoundary {
  requireEuropean(option);
  const put = unitPut(option);
  if (option.years === 0 || put.regime === "never") return { kind: "never" };
  const limit = strictExp(put.logLimit);
  if (put.regime === "certain") return single(option, () => limit);
  const scheme = put.regime === "below" ? solvedScheme(put, option.scheme ?? "accurate") : undefined;
  if (scheme === undefined) return gridBoundary(option, put);
  // The scheme is scratch memory; the boundary keeps its own copy.
  const kept = { ...scheme, squares: scheme.squares.slice() };
  const limitSquare = put.logLimit * put.logLimit;
  return single(option, (years) => {
    const share = Math.min(years / put.years, 1);
    return strictExp(-Math.sqrt(Math.max(squareAt(kept, share, limitSquare), limitSquare)));
  });
}

/** From the boundary over the strike of the unit put: a call's is the strike over it. */
function single(
  { right, strike, years: life }: AmericanOption,
  ratioAt: (years: number) => number,
): ExerciseBoundary {
  return {
    kind: "single",
    at: (years) => {
      requireWithin(years, life);
      return right === "put" ? strike * ratioAt(years) : strike / ratioAt(years);
    },
  };
}

function gridBoundary(option: AmericanOption, { regime }: UnitPut): ExerciseBoundary {
  const { regions } = induce(option, [], { level: 4, frame: option });
  const regionAt = (years: number): ExerciseRegion => {
    requireWithin(years, option.years);
    const now = option.years - years;
    const next = regions.findIndex((region) => region.years >= now);
    return between(regions[Math.max(next - 1, 0)], regions[next] ?? regions.at(-1), now);
  };
  if (regime === "band") return { kind: "band", at: regionAt };
  const isPut = option.right === "put";
  return {
    kind: "single",
    at: (years) => {
      const { from, to } = regionAt(years);
      return isPut ? (to ?? 0) : (from ?? Number.POSITIVE_INFINITY);
    },
  };
}

/** The region between two dates, in proportion. */
function between(
  earlier: ExerciseRegion | undefined,
  later: ExerciseRegion | undefined,
  years: number,
): ExerciseRegion {
  if (earlier === undefined || later === undefined) return { years, from: undefined, to: undefined };
  const span = later.years - earlier.years;
  const share = span > 0 ? (years - earlier.years) / span : 0;
  const mix = (left: number | undefined, right: number | undefined): number | undefined => {
    if (left === undefined || right === undefined) return right;
    return left === right ? left : left + share * (right - left);
  };
  return { years, from: mix(earlier.from, later.from), to: mix(earlier.to, later.to) };
}

function requireWithin(years: number, life: number): void {
  if (years >= 0 && years <= life) return;
  const message = `expected years between 0 and the option's ${life}, found ${years}`;
  throw new PricingError("pricing.out-of-range", "years", message);
}
