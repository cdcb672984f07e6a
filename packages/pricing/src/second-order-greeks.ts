import { requireBlack76, requireEuropean, requireInRange } from "./domain.ts";
import { uncheckedEuropeanGreeks } from "./european.ts";
import type { Black76Option, EuropeanOption } from "./option.ts";
import { logRatio } from "./strict-math.ts";

/** Second derivatives beyond gamma, in raw units, of the price to spot (or forward), volatility and time. */
export interface SecondOrderGreeks {
  /** Change of delta per 1.00 of volatility, which is the change of vega per 1.00 of spot. */
  readonly vanna: number;
  /** Change of vega per 1.00 of volatility (vomma). */
  readonly volga: number;
  /** Change of delta per year of passing time (-d delta / dT), in the sign of theta. */
  readonly charm: number;
}

/**
 * Vanna, volga and charm of a European option (Haug 2007, "The complete guide to option pricing formulas", chapter 2).
 * Without time or volatility they are 0 but for the yield's share of charm; exactly at the kink vanna is its limit. Throws
 * PricingError outside the domain.
 */
export function europeanSecondOrderGreeks(option: EuropeanOption): SecondOrderGreeks {
  requireEuropean(option);
  const { spot, strike, years, volatility, rate, dividendYield } = option;
  const { delta, vega } = uncheckedEuropeanGreeks(option);
  requireInRange(delta + vega);
  const carried = dividendYield * delta;
  const rootYears = Math.sqrt(years);
  const total = volatility * rootYears;
  const drift = (rate - dividendYield) * years;
  const x = logRatio(spot, strike) + drift;
  if (!(total > 0 && vega > 0)) {
    return { vanna: x === 0 ? (0.5 * vega) / spot : 0, volga: 0, charm: carried };
  }
  const d1 = x / total + 0.5 * total;
  const d2 = x / total - 0.5 * total;
  const vanna = (-vega / spot) * (d2 / total);
  const volga = vega * d1 * (d2 / volatility);
  // d(d1)/dT = (2 drift - total d2) / (2 total T), and e^(-qT) phi(d1) = vega / (S sqrt T).
  const charm = carried - (vega / spot / rootYears) * ((2 * drift - total * d2) / (2 * total * years));
  requireInRange(vanna + volga + charm);
  return { vanna, volga, charm };
}

/**
 * Vanna, volga and charm of an option on a forward; vanna and charm are of the delta to the forward. Throws PricingError
 * outside the domain.
 */
export function black76SecondOrderGreeks(option: Black76Option): SecondOrderGreeks {
  requireBlack76(option);
  const { right, forward, strike, years, volatility, rate } = option;
  return europeanSecondOrderGreeks({
    right,
    spot: forward,
    strike,
    years,
    volatility,
    rate,
    dividendYield: rate,
  });
}
