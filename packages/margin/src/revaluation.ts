import {
  type CalendarDate,
  type Instant,
  instantAt,
  type OptionContract,
  rootSpec,
  strikePoints,
} from "@steward/model";
import {
  type AmericanOption,
  americanImpliedVolatility,
  americanPrice,
  europeanImpliedVolatility,
  europeanPrice,
} from "@steward/pricing";
import { type MarginMarket, type Underlying, underlyingOf } from "./book.ts";

/** A market in which options can be revalued. */
export interface PortfolioMarket extends MarginMarket {
  /** Continuously compounded, as a decimal. */
  readonly rate: number;
  /** Continuous yields, as decimals; 0 where left out. VIX has none: its options rest on futures. */
  readonly dividendYields?: Readonly<Partial<Record<Exclude<Underlying, "VIX">, number>>>;
  /** VIX futures by the expiration of the options on them; spot VIX where left out. They move by the percentage that VIX does. */
  readonly vixFutures?: Readonly<Record<CalendarDate, number>>;
}

/** An option and where its underlying stands. */
export interface Place {
  readonly contract: OptionContract;
  readonly spot: number;
  readonly market: PortfolioMarket;
}

/**
 * The volatility at which an option is worth its price. Where none is (a price under intrinsic value, or past the expiration)
 * it is 0, and moves change intrinsic value alone.
 */
export function impliedOf(place: Place, price: number): number {
  const { volatility: _, ...terms } = optionOf(place, 0);
  const implied = isAmerican(place)
    ? americanImpliedVolatility(terms, price)
    : europeanImpliedVolatility(terms, price);
  return implied.kind === "found" ? implied.volatility : 0;
}

/** What one option is worth in points at a volatility, a decimal: European, American (SPY), or on its future (VIX). */
export function optionValue(place: Place, volatility: number): number {
  const option = optionOf(place, volatility);
  return isAmerican(place) ? americanPrice(option) : europeanPrice(option);
}

const MICROS_PER_YEAR = 365 * 86_400 * 1_000_000;

function isAmerican({ contract }: Place): boolean {
  return rootSpec(contract.root).exercise === "american";
}

function optionOf({ contract, spot, market }: Place, volatility: number): AmericanOption {
  const { right, strike, expiration } = contract;
  const { rate, at, dividendYields, vixFutures, spots } = market;
  const underlying = underlyingOf(contract);
  const terms = { right, strike: strikePoints(strike), years: yearsTo(contract, at), volatility, rate };
  if (underlying !== "VIX") return { ...terms, spot, dividendYield: dividendYields?.[underlying] ?? 0 };
  const today = spots.VIX ?? spot;
  const basis = (vixFutures?.[expiration] ?? today) / today;
  // Black 1976 is the formula for spot with a yield as high as the rate.
  return { ...terms, spot: spot * basis, dividendYield: rate };
}

/** ACT/365 to the settlement: 09:30 New York for AM contracts, 16:00 for PM; early closes are not told apart. */
function yearsTo({ root, expiration }: OptionContract, at: Instant): number {
  const time = rootSpec(root).fixing === "am" ? "09:30" : "16:00";
  return Math.max(0, instantAt(expiration, time, "America/New_York") - at) / MICROS_PER_YEAR;
}
