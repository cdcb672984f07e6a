import { requireEuropean, requireInRange } from "../domain.ts";
import { europeanPrice } from "../european.ts";
import { refinedValue } from "./grid-value.ts";
import type { AmericanOption } from "./option.ts";
import { premiumOf } from "./premium.ts";
import { intrinsicValue, shortened, solutionOf } from "./solution.ts";
import { type UnitPut, unitPut } from "./unit-put.ts";

/**
 * Price of an American option with a continuous dividend yield, by spectral collocation of the exercise boundary
 * (Andersen, Lake and Offengenden 2016); intrinsic value where exercise is right now. Throws PricingError outside the
 * domain.
 */
export function americanPrice(option: AmericanOption): number {
  requireEuropean(option);
  const price = priceOf(option, unitPut(option));
  requireInRange(price);
  return price;
}

/**
 * What the right to exercise early adds: `americanPrice` less `europeanPrice`, never negative. Throws PricingError outside the
 * domain.
 */
export function earlyExercisePremium(option: AmericanOption): number {
  return Math.max(americanPrice(option) - europeanPrice(option), 0);
}

function priceOf(option: AmericanOption, put: UnitPut): number {
  const solution = solutionOf(option, put, option.scheme ?? "accurate");
  const intrinsic = intrinsicValue(option);
  switch (solution.kind) {
    case "european":
      return europeanPrice(option);
    case "certain":
      return Math.max(put.scale * solution.exercise.value, europeanPrice(option));
    case "exercised":
      return intrinsic;
    case "waiting":
      return Math.max(
        europeanPrice(shortened(option, put)) +
          put.scale * Math.max(premiumOf(put, solution.scheme, solution.scheme.life), 0),
        intrinsic,
      );
    case "grid":
      return Math.max(refinedValue(option, [], GRID_TOLERANCE * option.strike).price, europeanPrice(option));
  }
}

/** Where extreme terms leave the price to finite differences, they stop at a change of this share of the strike. */
export const GRID_TOLERANCE = 1e-9;
