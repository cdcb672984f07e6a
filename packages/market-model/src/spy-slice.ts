// Options on SPY: American, delivered, on a share that pays cash. Their volatilities are those of the index at the same moneyness.

import {
  type CalendarDate,
  daysBetween,
  type Mark,
  type Right,
  type ShareDividend,
  type Slice,
  type Strike,
  strikePoints,
} from "@steward/model";
import { americanPrice, strictExp as exp, logRatio, normalCdf } from "@steward/pricing";
import { atTheMoneyVolatility } from "./at-the-money.ts";
import { varianceRatio } from "./hyperbola.ts";
import { americanOverDividend } from "./one-dividend.ts";
import { spxSmile } from "./smile.ts";
import { quoteAround, SPY_QUOTING } from "./spread.ts";
import type { SpxState } from "./spx-slice.ts";
import { expectedDividends, sharePrice } from "./spy-shares.ts";
import { effectiveSessions } from "./variance-clock.ts";
import { totalVariance } from "./variance-level.ts";

/** Dollars; of the forward. */
const INCREMENT = 1;
const LOWEST_STRIKE = 0.2;
const HIGHEST_STRIKE = 3;

/** The modelled slice of one expiration of SPY. */
export function spySlice(
  state: SpxState,
  { expiration, shortVolScale }: { readonly expiration: CalendarDate; readonly shortVolScale: number },
): Slice {
  const share = shareOf(state, expiration);
  const { years, forward, discountFactor } = share;
  const sessions = effectiveSessions({ from: state.day.date, to: expiration, fixing: "pm" });
  const smile = spxSmile(sessions, state.vvix);
  const level = atTheMoneyVolatility(smile, totalVariance(state.curve, sessions, shortVolScale));
  const mark = (right: Right, strike: Strike): Mark | undefined => {
    const points = strikePoints(strike);
    if (points % INCREMENT !== 0 || points < LOWEST_STRIKE * forward || points > HIGHEST_STRIKE * forward)
      return undefined;
    const moneyness = logRatio(points, forward);
    const total = level * Math.sqrt(varianceRatio(smile, moneyness / level));
    const d1 = total / 2 - moneyness / total;
    const volatility = total / Math.sqrt(years);
    return {
      price: americanOnShare(share, { right, strike: points, volatility }),
      volatility,
      delta: right === "call" ? normalCdf(d1) : -normalCdf(-d1),
    };
  };
  return {
    root: "SPY",
    expiration,
    source: "modelled",
    years,
    forward,
    discountFactor,
    strikeIncrement: INCREMENT,
    mark,
    quote: (right, strike) => {
      const marked = mark(right, strike);
      return marked === undefined ? undefined : quoteAround(marked.price, SPY_QUOTING, state.day);
    },
  };
}

/** A share up to one expiration. */
export interface ShareTerms {
  /** Dollars, with all dividends to come but those after the first in it. */
  readonly spot: number;
  readonly rate: number;
  readonly years: number;
  readonly forward: number;
  readonly discountFactor: number;
  /** The first dividend before the expiration, with the years to the evening before. */
  readonly dividend: { readonly years: number; readonly amount: number } | undefined;
}

/** Price of an American option on a share. Of several dividends the later ones are taken out of the spot (escrowed). */
export function americanOnShare(
  { spot, rate, years, dividend }: ShareTerms,
  {
    right,
    strike,
    volatility,
  }: { readonly right: Right; readonly strike: number; readonly volatility: number },
): number {
  const option = { right, spot, strike, volatility, rate, years };
  return dividend === undefined
    ? americanPrice({ ...option, dividendYield: 0, scheme: "fast" })
    : americanOverDividend({ ...option, dividend });
}

function shareOf({ spot: index, rate, day: { date } }: SpxState, expiration: CalendarDate): ShareTerms {
  const years = daysBetween(date, expiration) / 365;
  const discountFactor = exp(-rate * years);
  const yearsTo = ({ exDate }: ShareDividend): number => daysBetween(date, exDate) / 365;
  const worthOf = (paid: ShareDividend): number => paid.amount * exp(-rate * yearsTo(paid));
  const [first, ...later] = expectedDividends(date, expiration);
  const spot = sharePrice(index, date) - later.reduce((sum, paid) => sum + worthOf(paid), 0);
  const forward = (spot - (first === undefined ? 0 : worthOf(first))) / discountFactor;
  const dividend = first && { years: Math.max(yearsTo(first) - 1 / 365, 0), amount: first.amount };
  return { spot, rate, years, forward, discountFactor, dividend };
}
