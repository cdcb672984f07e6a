import { type CalendarDate, type Instant, instantAt, rootSpec, strikePoints } from "@steward/model";
import {
  type AmericanOption,
  americanImpliedVolatility,
  americanPrice,
  europeanImpliedVolatility,
  europeanPrice,
  type ImpliedVolatility,
} from "@steward/pricing";
import type { Line, MarginMarket, Underlying, UnderlyingBook } from "./book.ts";

/** A market in which options can be revalued. */
export interface PortfolioMarket extends MarginMarket {
  /** Continuously compounded, as a decimal. */
  readonly rate: number;
  /** Continuous yields, as decimals; 0 where left out. VIX has none: its options rest on futures. */
  readonly dividendYields?: Readonly<Partial<Record<Exclude<Underlying, "VIX">, number>>>;
  /** VIX futures by the expiration of the options on them; spot VIX where left out. They move by the percentage that VIX does. */
  readonly vixFutures?: Readonly<Record<CalendarDate, number>>;
}

/**
 * The volatility at which a line is worth its price. Where none is (a price under intrinsic value, or past the expiration)
 * it is 0, and moves change intrinsic value alone.
 */
export function impliedOf(line: Line, held: UnderlyingBook, market: PortfolioMarket): number {
  const { volatility: _, ...terms } = optionOf(line, 0, { held, market });
  const implied: ImpliedVolatility =
    rootSpec(line.contract.root).exercise === "american"
      ? americanImpliedVolatility(terms, line.price)
      : europeanImpliedVolatility(terms, line.price);
  return implied.kind === "found" ? implied.volatility : 0;
}

/** What one contract of a line is worth in points, the underlying standing where `held` says. */
export function valueAt(line: Line, volatility: number, at: Place): number {
  const option = optionOf(line, volatility, at);
  return rootSpec(line.contract.root).exercise === "american" ? americanPrice(option) : europeanPrice(option);
}

/** Years, ACT/365, to the settlement: 09:30 New York for AM contracts, 16:00 for PM; early closes are not told apart. */
export function yearsTo({ contract }: Pick<Line, "contract">, at: Instant): number {
  const { fixing } = rootSpec(contract.root);
  const settlement = instantAt(contract.expiration, fixing === "am" ? "09:30" : "16:00", "America/New_York");
  return Math.max(0, settlement - at) / MICROS_PER_YEAR;
}

interface Place {
  readonly held: UnderlyingBook;
  readonly market: PortfolioMarket;
}

const MICROS_PER_YEAR = 365 * 86_400 * 1_000_000;

function optionOf(line: Line, volatility: number, { held, market }: Place): AmericanOption {
  const { right, strike, expiration } = line.contract;
  const { underlying, spot } = held;
  const { rate } = market;
  const terms = { right, strike: strikePoints(strike), years: yearsTo(line, market.at), volatility, rate };
  if (underlying !== "VIX")
    return { ...terms, spot, dividendYield: market.dividendYields?.[underlying] ?? 0 };
  // Black 1976 is the formula for spot with a yield as high as the rate.
  const basis = (market.vixFutures?.[expiration] ?? market.spots.VIX ?? spot) / (market.spots.VIX ?? spot);
  return { ...terms, spot: spot * basis, dividendYield: rate };
}
