import { logRatio } from "../strict-math.ts";
import { impliedTotalVolatility } from "../total-volatility.ts";
import { byStrike, isTwoSided, leastHalfWidth, type PairedQuote, requirePositive } from "./paired-quote.ts";
import { weightedMedian } from "./robust-line.ts";

/** What one strike says about a smile: total volatility (volatility times the square root of the years) of bid, mid and ask. */
export interface SmilePoint {
  readonly strike: number;
  /** ln(strike / forward). */
  readonly k: number;
  readonly bid: number;
  readonly mid: number;
  readonly ask: number;
  /** How far from the mid the value may well lie: half the distance of bid and ask, and a floor of the slice. */
  readonly deviation: number;
}

/** A strike that gives no point: without two sides, outside what any volatility gives, or in contradiction to its neighbors. */
export interface RejectedStrike {
  readonly strike: number;
  readonly reason: "not-quoted" | "no-volatility" | "off-its-neighbors";
}

/** The points of one expiration, and all its other strikes, each by strike. */
export interface SmilePoints {
  readonly points: readonly SmilePoint[];
  readonly rejected: readonly RejectedStrike[];
}

// No quote counts as closer than a quarter of the slice's median, or one locked strike would pull the curve through itself;
// nor, where most are locked, than prices or volatilities are written down.
const LEAST_DEVIATION_SHARE = 0.25;
const LEAST_VOLATILITY_SHARE = 1e-4;
// Neighbors foretell a point to about the width of its quote, which a locked one does not have: it is lent this share.
const LOCKED_SHARE = 0.02;
// More than 8 median distances off what its neighbors say, and more than 3 deviations: a kink is no error.
const MOST_MEDIANS = 8;
const MOST_DEVIATIONS = 3;

/**
 * Points from quotes: at each strike the option out of the money, if it has two sides. A bid or ask outside what any
 * volatility gives leaves the strike out. Throws PricingError for a strike, forward or factor that is not positive and a
 * strike given twice.
 */
export function smilePoints(
  quotes: readonly PairedQuote[],
  { forward, discountFactor }: { readonly forward: number; readonly discountFactor: number },
): SmilePoints {
  requirePositive("forward", forward);
  requirePositive("discountFactor", discountFactor);
  const raw = byStrike(quotes).map((quote): RawPoint | RejectedStrike => {
    const { strike } = quote;
    const right = strike < forward ? "put" : "call";
    const [low, high] = right === "put" ? [quote.putBid, quote.putAsk] : [quote.callBid, quote.callAsk];
    if (!isTwoSided(low, high)) return { strike, reason: "not-quoted" };
    const volatilityOf = (price: number): number | undefined =>
      impliedTotalVolatility(right, forward, strike, price / discountFactor);
    const middle = 0.5 * (low + high);
    const [bid, mid, ask] = [volatilityOf(low), volatilityOf(middle), volatilityOf(high)];
    const beside = volatilityOf(middle + leastHalfWidth(strike));
    if (bid === undefined || mid === undefined || ask === undefined || beside === undefined)
      return { strike, reason: "no-volatility" };
    return { strike, k: logRatio(strike, forward), bid, mid, ask, least: beside - mid };
  });
  return cleaned(raw);
}

/**
 * Points from quoted volatilities (decimals per year). A missing bid, or one that is not positive, leaves the strike out. Throws
 * PricingError for a strike, forward or years that are not positive and a strike given twice.
 */
export function smilePointsOfVolatilities(
  quotes: readonly {
    readonly strike: number;
    readonly bid: number | undefined;
    readonly ask: number | undefined;
  }[],
  { forward, years }: { readonly forward: number; readonly years: number },
): SmilePoints {
  requirePositive("forward", forward);
  requirePositive("years", years);
  const root = Math.sqrt(years);
  const raw = byStrike(quotes).map(({ strike, bid, ask }): RawPoint | RejectedStrike => {
    if (bid === undefined || ask === undefined || !isTwoSided(bid, ask))
      return { strike, reason: "not-quoted" };
    const mid = 0.5 * (bid + ask) * root;
    const least = LEAST_VOLATILITY_SHARE * mid;
    return { strike, k: logRatio(strike, forward), bid: bid * root, mid, ask: ask * root, least };
  });
  return cleaned(raw);
}

/** A point whose deviation is not known yet, but for the least that it may be. */
interface RawPoint extends Omit<SmilePoint, "deviation"> {
  readonly least: number;
}

function cleaned(given: readonly (RawPoint | RejectedStrike)[]): SmilePoints {
  const read = given.map((entry): RawPoint | RejectedStrike =>
    "reason" in entry || fitsDouble(entry) ? entry : { strike: entry.strike, reason: "no-volatility" },
  );
  const raw = read.filter((entry) => "mid" in entry);
  const halves = raw.map(({ bid, ask }) => 0.5 * (ask - bid));
  const ones = raw.map(() => 1);
  const floor = LEAST_DEVIATION_SHARE * weightedMedian(halves, ones);
  const points = raw.map(({ least, ...point }, i): SmilePoint => {
    const half = halves[i] ?? 0;
    return { ...point, deviation: Math.max(Math.sqrt(half * half + floor * floor), least) };
  });

  const offsets = points.map((point, i) => {
    const isLocked = (halves[i] ?? 0) < (raw[i]?.least ?? 0);
    const width = isLocked ? Math.max(point.deviation, LOCKED_SHARE * point.mid) : point.deviation;
    return Math.abs(point.mid - expectedAt(points, i)) / width;
  });
  const typical = weightedMedian(offsets, ones);
  const most = Math.max(MOST_MEDIANS * typical, MOST_DEVIATIONS);
  const isSound = (_: SmilePoint, i: number): boolean => (offsets[i] ?? 0) <= most;
  const rejected = [
    ...read.filter((entry) => "reason" in entry),
    ...points
      .filter((point, i) => !isSound(point, i))
      .map(({ strike }): RejectedStrike => ({ strike, reason: "off-its-neighbors" })),
  ];
  return {
    points: points.filter(isSound),
    rejected: rejected.toSorted((left, right) => left.strike - right.strike),
  };
}

/** A volatility that is neither rounded to 0 nor beyond everything. */
function fitsDouble({ mid, ask, least }: RawPoint): boolean {
  return mid > 0 && least > 0 && ask < Number.POSITIVE_INFINITY;
}

/** What the neighbors expect: the middle of three straight lines, so that one wrong neighbor does not matter. */
function expectedAt(points: readonly SmilePoint[], i: number): number {
  const own = points[i];
  if (own === undefined) return 0;
  const line = (first: SmilePoint | undefined, second: SmilePoint | undefined): readonly number[] =>
    first === undefined || second === undefined
      ? []
      : [first.mid + ((second.mid - first.mid) / (second.k - first.k)) * (own.k - first.k)];
  const [below2, below, above, above2] = [points[i - 2], points[i - 1], points[i + 1], points[i + 2]];
  const lines = [...line(below2, below), ...line(below, above), ...line(above, above2)];
  if (lines.length < 3) return own.mid;
  return weightedMedian(lines, [1, 1, 1]);
}
