import { logRatio } from "../strict-math.ts";
import { impliedTotalVolatility } from "../total-volatility.ts";
import { byStrike, isTwoSided, type PairedQuote, requirePositive } from "./paired-quote.ts";
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

/** The points of one expiration, and strikes whose quotes contradict their neighbors. */
export interface SmilePoints {
  readonly points: readonly SmilePoint[];
  readonly rejected: readonly number[];
}

// No quote counts as closer than a quarter of the slice's median, or one locked strike would pull the curve through itself.
const LEAST_DEVIATION_SHARE = 0.25;
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
  const raw = byStrike(quotes).flatMap((quote) => {
    const { strike } = quote;
    const right = strike < forward ? "put" : "call";
    const [low, high] = right === "put" ? [quote.putBid, quote.putAsk] : [quote.callBid, quote.callAsk];
    if (!isTwoSided(low, high)) return [];
    const volatilityOf = (price: number): number | undefined =>
      impliedTotalVolatility(right, forward, strike, price / discountFactor);
    const [bid, mid, ask] = [volatilityOf(low), volatilityOf(0.5 * (low + high)), volatilityOf(high)];
    if (bid === undefined || mid === undefined || ask === undefined) return [];
    return [{ strike, k: logRatio(strike, forward), bid, mid, ask }];
  });
  return cleaned(raw);
}

/**
 * Points from quoted volatilities (decimals per year). A missing bid, or one that is not positive, leaves the strike out. Throws
 * PricingError for a strike, forward or years that are not positive.
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
  const raw = quotes
    .toSorted((left, right) => left.strike - right.strike)
    .flatMap(({ strike, bid, ask }) => {
      requirePositive("strike", strike);
      if (bid === undefined || ask === undefined || !isTwoSided(bid, ask)) return [];
      const k = logRatio(strike, forward);
      return [{ strike, k, bid: bid * root, mid: 0.5 * (bid + ask) * root, ask: ask * root }];
    });
  return cleaned(raw);
}

type RawPoint = Omit<SmilePoint, "deviation">;

function cleaned(raw: readonly RawPoint[]): SmilePoints {
  const halves = raw.map(({ bid, ask }) => 0.5 * (ask - bid));
  const ones = raw.map(() => 1);
  const floor = LEAST_DEVIATION_SHARE * weightedMedian(halves, ones);
  const points = raw
    .map((point, i) => ({
      ...point,
      deviation: Math.sqrt((halves[i] ?? 0) * (halves[i] ?? 0) + floor * floor),
    }))
    .filter(({ mid, deviation }) => mid > 0 && deviation > 0);

  const offsets = points.map((point, i) => Math.abs(point.mid - expectedAt(points, i)) / point.deviation);
  const typical = weightedMedian(offsets, ones.slice(0, offsets.length));
  const most = Math.max(MOST_MEDIANS * typical, MOST_DEVIATIONS);
  const isSound = (_: SmilePoint, i: number): boolean => (offsets[i] ?? 0) <= most;
  return {
    points: points.filter(isSound),
    rejected: points.filter((point, i) => !isSound(point, i)).map(({ strike }) => strike),
  };
}

/** What the neighbors expect: the middle of three straight lines, so that one wrong neighbor does not matter. */
function expectedAt(points: readonly RawPoint[], i: number): number {
  const own = points[i];
  if (own === undefined) return 0;
  const line = (first: RawPoint | undefined, second: RawPoint | undefined): readonly number[] =>
    first === undefined || second === undefined
      ? []
      : [first.mid + ((second.mid - first.mid) / (second.k - first.k)) * (own.k - first.k)];
  const [below2, below, above, above2] = [points[i - 2], points[i - 1], points[i + 1], points[i + 2]];
  const lines = [...line(below2, below), ...line(below, above), ...line(above, above2)];
  if (lines.length < 3) return own.mid;
  return weightedMedian(lines, [1, 1, 1]);
}
