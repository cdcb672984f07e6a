import {
  type Mark,
  type Quote,
  type Right,
  rootSpec,
  type Slice,
  type Strike,
  sessionOf,
  strikePoints,
} from "@steward/model";
import {
  blackPrice,
  type ImpliedForward,
  impliedForward,
  impliedTotalVolatility,
  logRatio,
  normalCdf,
  type PairedQuote,
} from "@steward/pricing";
import type { QuotedExpiration, QuotedSide } from "./option-quotes.ts";

const MICROS_PER_YEAR = 365 * 86_400_000_000;
/** Fewer strikes than this with a price are no smile. */
const LEAST_STRIKES = 5;

/**
 * The slice of real quotes. Quotes are the market's; marks are Black (1976) on the forward that parity finds, with the total
 * variance of the out-of-the-money middles, linear in ln(strike / forward) between strikes and flat beyond the last. Discounting
 * and the time to settlement are those of the modelled slice, moved to the instant of the quotes. Undefined where the quotes
 * agree on no forward: then the model's slice has to do.
 */
export function quotedSlice(
  quotes: QuotedExpiration,
  modelled: Slice,
  source: Slice["source"],
): Slice | undefined {
  const { discountFactor } = modelled;
  const years = yearsFrom(quotes, modelled);
  const parity = parityOf(quotes, discountFactor);
  if (parity.kind !== "found" || !(years > 0)) return undefined;
  const { forward } = parity;
  const smile = smileOf(quotes, forward, discountFactor);
  if (smile.length < LEAST_STRIKES) return undefined;
  const isAmerican = rootSpec(modelled.root).exercise === "american";

  return {
    root: modelled.root,
    expiration: modelled.expiration,
    source,
    quotedAt: quotes.occurredAt,
    years,
    forward,
    discountFactor,
    strikeIncrement: incrementNear(quotes, forward) ?? modelled.strikeIncrement,
    quote: (right, strike) => quoteAt(right === "call" ? quotes.calls : quotes.puts, strike),
    mark: (right, strike) => {
      const mark = markAt({ right, strike }, { forward, discountFactor, years, smile });
      return isAmerican
        ? withinQuote(mark, quoteAt(right === "call" ? quotes.calls : quotes.puts, strike))
        : mark;
    },
  };
}

/**
 * The premium of early exercise is in the quotes of American options and not in the formula: a mark never leaves its own market, so
 * that no holder seems to gain by an exercise for which somebody bids more.
 */
function withinQuote(mark: Mark, quote: Quote | undefined): Mark {
  if (quote === undefined) return mark;
  return { ...mark, price: Math.min(Math.max(mark.price, quote.bid), quote.ask) };
}

/** Total variance at a strike. */
interface SmileNode {
  /** ln(strike / forward). */
  readonly x: number;
  readonly variance: number;
}

interface MarkContext extends Pick<Slice, "forward" | "discountFactor" | "years"> {
  readonly smile: readonly SmileNode[];
}

function markAt(
  { right, strike }: { readonly right: Right; readonly strike: Strike },
  { forward, discountFactor, years, smile }: MarkContext,
): Mark {
  const points = strikePoints(strike);
  const x = logRatio(points, forward);
  const total = Math.sqrt(varianceAt(smile, x));
  const d1 = total / 2 - x / total;
  return {
    price: blackPrice(right, forward, points, total, discountFactor),
    volatility: total / Math.sqrt(years),
    delta: right === "call" ? normalCdf(d1) : -normalCdf(-d1),
  };
}

function varianceAt(smile: readonly SmileNode[], x: number): number {
  let low = 0;
  let high = smile.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((smile[middle]?.x ?? x) <= x) low = middle;
    else high = middle;
  }
  const [left, right] = [smile[low], smile[high]];
  if (left === undefined || right === undefined) return Number.NaN;
  const share = Math.min(Math.max((x - left.x) / (right.x - left.x), 0), 1);
  return left.variance + share * (right.variance - left.variance);
}

/** Strikes whose out-of-the-money option has two sides: puts below the forward, calls from it on. */
function smileOf(
  { calls, puts }: QuotedExpiration,
  forward: number,
  discountFactor: number,
): readonly SmileNode[] {
  return [...nodesOf("put", puts), ...nodesOf("call", calls)];

  function nodesOf(right: Right, { strikes, bids, asks }: QuotedSide): SmileNode[] {
    const nodes: SmileNode[] = [];
    for (let i = 0; i < strikes.length; i++) {
      const points = (strikes[i] ?? 0) / 1000;
      const [bid, ask] = [bids[i] ?? 0, asks[i] ?? 0];
      if (points < forward !== (right === "put") || !isTwoSided(bid, ask)) continue;
      const total = impliedTotalVolatility(right, forward, points, (bid + ask) / 2 / discountFactor);
      if (total !== undefined && total > 0)
        nodes.push({ x: logRatio(points, forward), variance: total * total });
    }
    return nodes;
  }
}

function parityOf({ calls, puts }: QuotedExpiration, discountFactor: number): ImpliedForward {
  const pairs: PairedQuote[] = [];
  for (let call = 0, put = 0; call < calls.strikes.length; call++) {
    const strike = calls.strikes[call] ?? 0;
    while (put < puts.strikes.length && (puts.strikes[put] ?? 0) < strike) put++;
    if (puts.strikes[put] !== strike) continue;
    pairs.push({
      strike: strike / 1000,
      callBid: calls.bids[call] ?? 0,
      callAsk: calls.asks[call] ?? 0,
      putBid: puts.bids[put] ?? 0,
      putAsk: puts.asks[put] ?? 0,
    });
  }
  return impliedForward(pairs, { discountFactor });
}

function isTwoSided(bid: number, ask: number): boolean {
  return bid > 0 && ask >= bid;
}

/** What is offered at a strike. Nobody offers at nothing, and sides that cross are a fault of the data. */
function quoteAt({ strikes, bids, asks, ...sizes }: QuotedSide, strike: Strike): Quote | undefined {
  const place = placeOf(strikes, strike);
  const [bid, ask] = [bids[place], asks[place]];
  return strikes[place] === strike &&
    bid !== undefined &&
    ask !== undefined &&
    ask > 0 &&
    ask >= bid &&
    bid >= 0
    ? { bid, ask, ...sizesAt(sizes, place) }
    : undefined;
}

/** Nobody shows a price that is good for nothing: a size of zero was not recorded. */
function sizesAt(
  { bidSizes, askSizes }: Pick<QuotedSide, "bidSizes" | "askSizes">,
  place: number,
): Pick<Quote, "bidSize" | "askSize"> {
  const [bidSize = 0, askSize = 0] = [bidSizes?.[place], askSizes?.[place]];
  return { ...(bidSize > 0 ? { bidSize } : {}), ...(askSize > 0 ? { askSize } : {}) };
}

/** The first place whose strike is not below. */
function placeOf(strikes: Int32Array, strike: number): number {
  let low = 0;
  let high = strikes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((strikes[middle] ?? 0) < strike) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The distance of the two strikes about the forward, in points. */
function incrementNear({ calls: { strikes } }: QuotedExpiration, forward: number): number | undefined {
  const above = placeOf(strikes, forward * 1000);
  const [low, high] = [strikes[above - 1], strikes[above]];
  return low === undefined || high === undefined ? undefined : (high - low) / 1000;
}

function yearsFrom({ session, occurredAt }: QuotedExpiration, modelled: Slice): number {
  const close = sessionOf(session)?.close ?? occurredAt;
  return modelled.years + (close - occurredAt) / MICROS_PER_YEAR;
}
