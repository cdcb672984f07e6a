import { europeanPrice } from "../european.ts";
import type { EuropeanOption } from "../option.ts";
import { strictLog } from "../strict-math.ts";
import { solvedScheme } from "./boundary-solver.ts";
import { type CertainExercise, certainExercise } from "./certain.ts";
import type { AmericanScheme } from "./option.ts";
import type { CollocationScheme } from "./scheme.ts";
import { gapOf } from "./sensitivities.ts";
import type { UnitPut } from "./unit-put.ts";

/** How an option is to be valued, by what its holder should do. */
export type Solution =
  /** Nothing before expiration. */
  | { readonly kind: "european" }
  /** Exercise at a fixed time later on. */
  | { readonly kind: "certain"; readonly exercise: CertainExercise }
  /** Exercise at once. */
  | { readonly kind: "exercised" }
  /** Wait for the boundary that the scheme holds in its scratch memory. */
  | { readonly kind: "waiting"; readonly scheme: CollocationScheme }
  /** Left to finite differences: a band of exercise, or terms so extreme that no boundary was found. */
  | { readonly kind: "grid" };

/** Solves for the boundary of exercise where there is one. */
export function solutionOf(option: EuropeanOption, put: UnitPut, name: AmericanScheme | "fine"): Solution {
  if (option.years === 0 || put.regime === "never") return { kind: "european" };
  if (isAlmostCertain(put)) {
    const exercise = certainExercise(put);
    return exercise.time === 0 ? { kind: "exercised" } : { kind: "certain", exercise };
  }
  const scheme = put.regime === "below" ? solvedScheme(put, name) : undefined;
  if (scheme === undefined) return { kind: "grid" };
  if (gapOf(put, scheme) > 0) return { kind: "waiting", scheme };
  // A boundary above a spot at which waiting for expiration alone is worth more is none.
  const isPlausible = europeanPrice(option) <= intrinsicValue(option) + WRONG * put.scale;
  return { kind: isPlausible ? "exercised" : "grid" };
}

const WRONG = 1e-6;

/** Without a doubt about the exercise: no volatility, or too little for a grid to see with the strike far away. */
function isAlmostCertain({ regime, sigma, spot, rate, yieldRate }: UnitPut): boolean {
  if (regime === "certain") return true;
  const distance = Math.abs(strictLog(spot));
  const reach = FAR * sigma + Math.abs(rate - yieldRate);
  return regime === "band" && sigma < CALM && distance > reach;
}

const FAR = 12;
const CALM = 0.01;

/** What exercise pays now. */
export function intrinsicValue({ right, spot, strike }: EuropeanOption): number {
  return Math.max(right === "call" ? spot - strike : strike - spot, 0);
}

/** The option with the years of its life that matter. */
export function shortened(option: EuropeanOption, { years }: UnitPut): EuropeanOption {
  return years < option.years ? { ...option, years } : option;
}
