import { requireFinite } from "../domain.ts";
import { strictExp, strictLog } from "../strict-math.ts";
import {
  byStrike,
  isPair,
  leastHalfWidth,
  type PairedQuote,
  requireFits,
  requirePositive,
} from "./paired-quote.ts";
import { type LinePoint, robustLine, weightedMedian } from "./robust-line.ts";

/** The forward and the discount factor that the quotes of one expiration agree on, and how well they do. */
export interface ParityFit {
  readonly kind: "found";
  readonly forward: number;
  /** Standard error of the forward; errors that all strikes share, such as a stale underlying, are not in it. */
  readonly forwardError: number;
  readonly discountFactor: number;
  readonly discountError: number;
  /** Strikes with two sides of both options, and those of them that the fit took for wrong. */
  readonly pairs: number;
  readonly rejected: readonly number[];
  /** Share of the pairs for which the fitted difference lies within [call bid - put ask, call ask - put bid]. */
  readonly insideShare: number;
}

/** What quotes say about the forward; every kind but `found` is an answer too. */
export type ImpliedForward =
  | ParityFit
  | { readonly kind: "too-few-pairs"; readonly pairs: number; readonly needed: number }
  | { readonly kind: "no-agreement"; readonly pairs: number };

const LEAST_PAIRS = 3;
/**
 * Standard error over value from which a forward or a discount factor is none. A factor off by a tenth says nothing about a
 * rate, even of years; the worst of real chains, yearly options near no trade, is off by 0.034, a forward by 0.002.
 */
const LARGEST_ERROR_SHARE = 0.1;
/** A pair is rejected, not merely discounted, from here down. */
const REJECTED_WEIGHT = 1e-3;

/**
 * Put-call parity read as a line: call mid less put mid = D (F - K) (Stoll 1969), over all strikes whose four quotes
 * stand, each weighted by the square of its spread, with wrong quotes found and left out. `discountFactor`, where it is
 * known better than from a few strikes near the money, is taken as it is. Throws PricingError for a strike or a factor
 * that is not positive and a strike given twice.
 */
export function impliedForward(
  quotes: readonly PairedQuote[],
  known: { readonly discountFactor?: number } = {},
): ImpliedForward {
  if (known.discountFactor !== undefined) requirePositive("discountFactor", known.discountFactor);
  const pairs = byStrike(quotes).filter(isPair);
  if (pairs.length < LEAST_PAIRS) return { kind: "too-few-pairs", pairs: pairs.length, needed: LEAST_PAIRS };

  const line = robustLine(
    parityPoints(pairs),
    known.discountFactor === undefined ? undefined : -known.discountFactor,
  );
  if (line === undefined || !(line.slope < 0)) return { kind: "no-agreement", pairs: pairs.length };
  const discountFactor = -line.slope;
  const distance = line.level / discountFactor;
  const forward = line.center + distance;
  // F = center - level / slope, to first order in the errors of both, which are independent.
  const variance = line.levelVariance + distance * distance * line.slopeVariance;
  const forwardError = Math.sqrt(variance) / discountFactor;
  const discountError = Math.sqrt(line.slopeVariance);
  const isKnown =
    forward > 0 &&
    forwardError <= LARGEST_ERROR_SHARE * forward &&
    discountError <= LARGEST_ERROR_SHARE * discountFactor;
  if (!isKnown) return { kind: "no-agreement", pairs: pairs.length };
  return {
    kind: "found",
    forward,
    forwardError,
    discountFactor,
    discountError,
    pairs: pairs.length,
    rejected: pairs.filter((_, i) => (line.weights[i] ?? 0) < REJECTED_WEIGHT).map(({ strike }) => strike),
    insideShare:
      pairs.filter((pair) => isInside(pair, discountFactor * (forward - pair.strike))).length / pairs.length,
  };
}

/** The continuously compounded rate of a discount factor over `years`. Throws PricingError unless both are positive. */
export function rateOf(discountFactor: number, years: number): number {
  requirePositive("discountFactor", discountFactor);
  requirePositive("years", years);
  return requireFits("years", years, -strictLog(discountFactor) / years);
}

/**
 * The continuous dividend yield between spot and forward: forward = spot * exp((rate - yield) years). Spot and quotes must
 * be of one instant: a point of difference at 30 days is 0.3 to 0.4 % of yield. Throws PricingError outside the domain.
 */
export function impliedDividendYield(terms: {
  readonly spot: number;
  readonly forward: number;
  readonly rate: number;
  readonly years: number;
}): number {
  requirePositive("spot", terms.spot);
  requirePositive("forward", terms.forward);
  requirePositive("years", terms.years);
  requireFinite("rate", terms.rate);
  const growth = requireFits("forward", terms.forward, strictLog(terms.forward / terms.spot));
  return requireFits("years", terms.years, terms.rate - growth / terms.years);
}

/** The discount factor of a continuously compounded rate over `years`. Throws PricingError unless all three are finite. */
export function discountFactorOf(rate: number, years: number): number {
  requireFinite("rate", rate);
  requireFinite("years", years);
  return requireFits("rate", rate, strictExp(-rate * years));
}

function parityPoints(pairs: readonly PairedQuote[]): readonly LinePoint[] {
  const widths = pairs.map(
    ({ callBid, callAsk, putBid, putAsk }) => 0.5 * (callAsk - callBid + putAsk - putBid),
  );
  const ones = widths.map(() => 1);
  // A locked or nearly locked pair is not infinitely better than its neighbors, nor where most are locked than the grid
  // of its two prices.
  const least = 0.25 * weightedMedian(widths, ones);
  return pairs.map(({ strike, callBid, callAsk, putBid, putAsk }, i) => ({
    x: strike,
    y: 0.5 * (callBid + callAsk) - 0.5 * (putBid + putAsk),
    halfWidth: Math.max(widths[i] ?? least, least, 2 * leastHalfWidth(strike)),
  }));
}

function isInside({ callBid, callAsk, putBid, putAsk }: PairedQuote, difference: number): boolean {
  return difference >= callBid - putAsk && difference <= callAsk - putBid;
}
