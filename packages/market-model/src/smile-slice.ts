import {
  type CalendarDate,
  type Mark,
  type Right,
  type Root,
  type Slice,
  type Strike,
  strikePoints,
} from "@steward/model";
import { blackPrice, logRatio, normalCdf } from "@steward/pricing";
import { type Hyperbola, varianceRatio } from "./hyperbola.ts";
import { type QuoteRule, type QuotingDay, quoteAround } from "./spread.ts";

/** Which strikes a root has, from its forward. */
export interface StrikeRule {
  readonly increment: (forward: number) => number;
  readonly isListed: (points: number, forward: number) => boolean;
}

/** A modelled expiration: where it is centered, how wide and of what shape its smile is, how it is quoted. */
export interface SmileSliceParameters {
  readonly root: Root;
  readonly expiration: CalendarDate;
  readonly years: number;
  readonly forward: number;
  readonly discountFactor: number;
  /** At-the-money total volatility, σ√T. */
  readonly level: number;
  readonly smile: Hyperbola;
  readonly strikes: StrikeRule;
  readonly quoting: QuoteRule;
  readonly day: QuotingDay;
}

/** The slice of a smile: marks are the model's prices, quotes stand around them. */
export function smileSlice(parameters: SmileSliceParameters): Slice {
  const { root, expiration, years, forward, discountFactor, strikes } = parameters;
  return {
    root,
    expiration,
    source: "modelled",
    years,
    forward,
    discountFactor,
    strikeIncrement: strikes.increment(forward),
    mark: (right, strike) => markAt(parameters, right, strike),
    quote: (right, strike) => {
      const mark = markAt(parameters, right, strike);
      return mark === undefined ? undefined : quoteAround(mark.price, parameters.quoting, parameters.day);
    },
  };
}

/** Black (1976) with the smile's total volatility at the strike. */
function markAt(parameters: SmileSliceParameters, right: Right, strike: Strike): Mark | undefined {
  const { forward, discountFactor, years, level, smile, strikes } = parameters;
  const points = strikePoints(strike);
  if (!strikes.isListed(points, forward)) return undefined;

  const moneyness = logRatio(points, forward);
  const total = level * Math.sqrt(varianceRatio(smile, moneyness / level));
  const d1 = total / 2 - moneyness / total;
  return {
    price: blackPrice(right, forward, points, total, discountFactor),
    volatility: total / Math.sqrt(years),
    delta: right === "call" ? normalCdf(d1) : -normalCdf(-d1),
  };
}
