// American options on a spot that pays cash at known dates and is lognormal in between: at a date the spot falls by the
// amount, or to 0, where it stays, if it is less than that.

import { requireEuropean, requireFinite, requireInRange } from "../domain.ts";
import type { CashDividend, EuropeanOption, PriceAndGreeks } from "../option.ts";
import { PricingError } from "../pricing-error.ts";
import { americanPrice } from "./american.ts";
import { americanGreeks } from "./american-greeks.ts";
import { induce } from "./backward-induction.ts";
import type { ExerciseRegion } from "./exercise-region.ts";
import { gridGreeks } from "./grid-greeks.ts";
import { refinedValue } from "./grid-value.ts";

/** How close a price by finite differences has to be. */
export interface DividendSettings {
  /** Largest change by the last refinement, as a share of the strike, above 0; 1e-7 if left out. The finest grid ends it too. */
  readonly tolerance?: number | undefined;
}

/**
 * Price of an American option whose underlying pays `dividends` in cash, beside a continuous yield, by finite differences.
 * A dividend at 0 years is about to be paid; those at or after expiration do not count. Throws PricingError outside the
 * domain.
 */
export function americanPriceWithDividends(
  option: EuropeanOption,
  dividends: readonly CashDividend[],
  settings: DividendSettings = {},
): number {
  const counted = countedDividends(option, dividends);
  if (counted.length === 0) return americanPrice(option);
  const price = refinedValue(lively(option), counted, toleranceOf(option, settings)).price;
  requireInRange(price);
  return price;
}

/**
 * Price and Greeks with cash dividends, whose dates come nearer as time passes and whose amounts depend on no other term.
 * Delta and gamma are as good as the price, vega and theta right to about 1e-5 of themselves, rho to 2e-4; within a
 * thousandth of the boundary of exercise gamma is known to a few percent only. Throws PricingError outside the domain.
 */
export function americanGreeksWithDividends(
  option: EuropeanOption,
  dividends: readonly CashDividend[],
  settings: DividendSettings = {},
): PriceAndGreeks {
  const counted = countedDividends(option, dividends);
  if (counted.length === 0) return americanGreeks(option);
  const greeks = gridGreeks(lively(option), counted, toleranceOf(option, settings));
  const { price, delta, gamma, vega, theta, rho } = greeks;
  requireInRange(price + delta + gamma + vega + theta + rho);
  return greeks;
}

/** When a rational holder exercises. */
export interface ExerciseSchedule {
  /** By dividend: whether it is better to exercise just before it than to keep the option, and where. */
  readonly beforeDividends: readonly ExerciseRegion[];
  /** At many dates from now to expiration: where it is right to exercise at once, the next dividend not being due. */
  readonly between: readonly ExerciseRegion[];
}

/**
 * Where a rational holder exercises, at each dividend and in between. A call without yield is exercised just before a
 * dividend or never; a put between dividends, but not while the next one promises more than the interest on the strike.
 * Throws PricingError outside the domain.
 */
export function exerciseSchedule(
  option: EuropeanOption,
  dividends: readonly CashDividend[],
): ExerciseSchedule {
  const counted = countedDividends(option, dividends);
  if (option.years === 0) return { beforeDividends: [], between: [] };
  const frame = lively(option);
  const coarse = induce(frame, counted, { level: SCHEDULE_LEVEL - 1, frame });
  const fine = induce(frame, counted, { level: SCHEDULE_LEVEL, frame });
  return {
    beforeDividends: fine.beforeDividends.map((region, i) => extrapolated(coarse.beforeDividends[i], region)),
    between: fine.regions,
  };
}

const SCHEDULE_LEVEL = 4;

/** The error of a boundary before a dividend is of second order, as the price's. */
function extrapolated(coarse: ExerciseRegion | undefined, fine: ExerciseRegion): ExerciseRegion {
  const better = (from: number | undefined, to: number | undefined): number | undefined => {
    const isBounded = from !== undefined && to !== undefined && to < Number.POSITIVE_INFINITY;
    return isBounded && from < Number.POSITIVE_INFINITY ? to + (to - from) / 3 : to;
  };
  return { years: fine.years, from: better(coarse?.from, fine.from), to: better(coarse?.to, fine.to) };
}

/** Finite differences need some diffusion: a volatility below 1e-4 over the life is taken as that. */
function lively(option: EuropeanOption): EuropeanOption {
  const least = LEAST_SIGMA / Math.sqrt(option.years);
  return option.volatility < least ? { ...option, volatility: least } : option;
}

const LEAST_SIGMA = 1e-4;

function toleranceOf({ strike }: EuropeanOption, { tolerance = 1e-7 }: DividendSettings): number {
  if (!(tolerance > 0)) {
    const message = `expected tolerance above 0, found ${tolerance}`;
    throw new PricingError("pricing.not-positive", "tolerance", message);
  }
  return tolerance * strike;
}

/** The dividends before expiration, in the order of time. */
function countedDividends(
  option: EuropeanOption,
  dividends: readonly CashDividend[],
): readonly CashDividend[] {
  requireEuropean(option);
  for (const { years, amount } of dividends) {
    requireFinite("dividends.years", years);
    requireFinite("dividends.amount", amount);
    if (years < 0) {
      const message = `expected dividends.years of 0 or more, found ${years}`;
      throw new PricingError("pricing.negative-time", "dividends.years", message);
    }
    if (amount < 0) {
      const message = `expected dividends.amount of 0 or more, found ${amount}`;
      throw new PricingError("pricing.not-positive", "dividends.amount", message);
    }
  }
  return dividends
    .filter(({ years, amount }) => years < option.years && amount > 0)
    .toSorted((left, right) => left.years - right.years);
}
