// Put-call parity and what follows from its forward: Q23, Q27, Q33, Q34.

import { vixReplication } from "@steward/pricing";
import { fitOf, type QuoteChain, type QuoteSlice, type SlicePair } from "./chain.ts";
import { commonRate, type ImpliedLevel, impliedLevels } from "./implied-level.ts";
import { abstains, type ChainRule, finite, type Outcome, type PlacedFault, type SliceRule } from "./rule.ts";

/** Points: a tick of SPX. The interval of a pair is exact; its quotes are not of one microsecond. */
const PARITY_TOLERANCE = 0.1;
/** Standard errors of the discount factor, which tilts the line away from the money. */
const DISCOUNT_ERRORS = 4;
/** Share of a slice's pairs that miss every common forward: beyond it, the slice has no forward. */
const LARGEST_OUTLIER_SHARE = 0.1;
const LEAST_PAIRS = 5;

/** Share of the index: options close 15 minutes after it; clean evenings differ by 0.39 % and less, but for 2018-02-05. */
const LARGEST_LEVEL_GAP = 0.005;
/** Share of the future: VIX options and futures close together, on ticks of 0.05. */
const LARGEST_FUTURE_GAP = 0.02;

/** Minutes: what a delayed feed is behind at least. */
const LEAST_LAG_MINUTES = 5;
/** Share of the index: the yield alone errs by a fifth of it at ten days, and live quotes by less than a tick or two. */
const LAG_GAP = 0.001;
/** An earlier level explains a lag if it is that much nearer than the present one. */
const LAG_ADVANTAGE = 2;
/** Slices that imply the level for a lag: the soonest, whose carry is smallest. */
const LAG_SLICES = 3;

/** Volatility points, and share: strips of one snapshot against an index averaged over seconds. */
const LARGEST_VIX_GAP = 0.5;
const LARGEST_VIX_GAP_SHARE = 0.04;
/** Days: the terms of the index since October 2014. */
const FIRST_VIX_DAYS = 23;
const LAST_VIX_DAYS = 37;
const VIX_DAYS = 30;

/** Q27. Parity. */
export const parity: SliceRule = {
  id: "Q27",
  name: "parity.break",
  title: "call and put of a strike contradict the forward of their expiration",
  severity: "flag",
  scope: "slice",
  threshold: `[call bid - put ask, call ask - put bid] holds one common forward, but for ${PARITY_TOLERANCE} points and ${DISCOUNT_ERRORS} errors of the discount factor; over ${LARGEST_OUTLIER_SHARE} of the pairs outside degrades`,
  check: checkParity,
};

/** Q33. The forward against the index. */
export const offLevel: ChainRule = {
  id: "Q33",
  name: "parity.level",
  title: "the forward implies another index than the index",
  severity: "degrade",
  scope: "chain",
  threshold: `${LARGEST_LEVEL_GAP} of the index and the error of the implied level; VIX: ${LARGEST_FUTURE_GAP} of the future`,
  check: checkLevel,
};

/** Q23. A delayed feed that calls itself live. */
export const lagging: ChainRule = {
  id: "Q23",
  name: "time.lagging",
  title: "a feed that calls itself live implies the index of minutes ago",
  severity: "halt",
  scope: "chain",
  threshold: `implied index over ${LAG_GAP} from the present one and ${LAG_ADVANTAGE} times nearer to one at least ${LEAST_LAG_MINUTES} minutes old`,
  check: checkLag,
};

/** Q34. VIX recomputed. */
export const offVix: ChainRule = {
  id: "Q34",
  name: "parity.vix",
  title: "the chain's own VIX is not the published one",
  severity: "degrade",
  scope: "chain",
  threshold: `the larger of ${LARGEST_VIX_GAP} points and ${LARGEST_VIX_GAP_SHARE} of it`,
  check: checkVix,
};

function checkParity(slice: QuoteSlice): Outcome {
  const fit = fitOf(slice);
  if (fit === undefined) {
    return slice.parity.kind === "no-agreement"
      ? [{ severity: "degrade", message: "the pairs agree on no forward" }]
      : abstains(
          slice.exercise === "american" ? "parity is exact for European options alone" : "too few pairs",
        );
  }
  if (slice.pairs.length < LEAST_PAIRS) return abstains("too few pairs");
  const { forward, discountFactor, discountError } = fit;
  const intervals = slice.pairs.map((pair): Interval => {
    const slack = PARITY_TOLERANCE + DISCOUNT_ERRORS * discountError * Math.abs(pair.strike - forward);
    return {
      pair,
      low: pair.strike + (pair.callBid - pair.putAsk - slack) / discountFactor,
      high: pair.strike + (pair.callAsk - pair.putBid + slack) / discountFactor,
    };
  });
  const common = mostCovered(intervals);
  const outside = intervals.filter(({ low, high }) => common < low || common > high);
  const share = outside.length / intervals.length;
  const flags = outside.flatMap(({ pair, low, high }): PlacedFault[] => {
    const message = `the pair's forward lies in ${low} to ${high}`;
    const fault = { message, value: finite(common < low ? low : high), limit: finite(common) };
    return [
      { ...fault, row: pair.callRow },
      { ...fault, row: pair.putRow },
    ];
  });
  if (outside.length <= 1 || share <= LARGEST_OUTLIER_SHARE) return flags;
  const message = "share of the pairs without a common forward";
  return [{ severity: "degrade", message, value: share, limit: LARGEST_OUTLIER_SHARE }, ...flags];
}

interface Interval {
  readonly pair: SlicePair;
  readonly low: number;
  readonly high: number;
}

/** The middle of the stretch that the most intervals share. */
function mostCovered(intervals: readonly Interval[]): number {
  const ends = intervals
    .flatMap(({ low, high }) => [
      { at: low, step: 1 },
      { at: high, step: -1 },
    ])
    .toSorted((a, b) => a.at - b.at || b.step - a.step);
  let depth = 0;
  let most = 0;
  let best = ends[0]?.at ?? 0;
  ends.forEach(({ at, step }, index) => {
    depth += step;
    if (depth <= most) return;
    most = depth;
    best = 0.5 * (at + (ends[index + 1]?.at ?? at));
  });
  return best;
}

function checkLevel(chain: QuoteChain): Outcome {
  if (chain.underlying === "VIX") return checkFutures(chain);
  const implied = impliedLevels(chain);
  if (implied.length === 0) return abstains("no expiration implies an index");
  const { level, context } = chain;
  if (level === undefined && context.bar === undefined) return abstains("the index is not known");
  return implied.flatMap((own): PlacedFault[] => {
    const gap = gapToIndex(own, chain);
    const limit = LARGEST_LEVEL_GAP + own.error / own.level;
    if (gap <= limit) return [];
    const { root, expiration } = own.slice;
    const message = `the implied index is ${own.level}`;
    return [{ slice: { root, expiration }, message, value: finite(gap), limit: finite(limit) }];
  });
}

/** Share of the index: from the level, or from the range of the bar where only that is known. */
function gapToIndex(own: ImpliedLevel, { level, context: { bar } }: QuoteChain): number {
  if (level !== undefined) return Math.abs(own.level - level) / level;
  const low = bar?.low ?? bar?.close ?? own.level;
  const high = bar?.high ?? bar?.close ?? own.level;
  return Math.max(low - own.level, own.level - high, 0) / own.level;
}

function checkFutures({ slices, context: { futures } }: QuoteChain): Outcome {
  if (futures === undefined) return abstains("VIX options are written on futures, which are not known");
  return slices.flatMap((slice): PlacedFault[] => {
    const { root, expiration } = slice;
    const future = futures.get(expiration);
    const fit = fitOf(slice);
    if (future === undefined || fit === undefined) return [];
    const gap = Math.abs(fit.forward - future) / future;
    const limit = LARGEST_FUTURE_GAP + (3 * fit.forwardError) / future;
    if (gap <= limit) return [];
    return [
      {
        slice: { root, expiration },
        message: `the implied forward is ${fit.forward.toFixed(2)}`,
        value: finite(gap),
        limit: finite(limit),
      },
    ];
  });
}

function checkLag(chain: QuoteChain): Outcome {
  const { feed, levels } = chain.context;
  if (feed !== "live") return abstains("the feed does not call itself live");
  const last = levels?.at(-1);
  if (levels === undefined || last === undefined)
    return abstains("the index of the last minutes is not known");
  const soonest = impliedLevels(chain).slice(0, LAG_SLICES);
  const implied = soonest.map(({ level }) => level).toSorted((a, b) => a - b)[soonest.length >> 1];
  if (implied === undefined) return abstains("no expiration implies an index");
  const earlier = levels.filter(({ at }) => last.at - at >= LEAST_LAG_MINUTES * 60_000_000);
  if (!earlier.some(({ level }) => Math.abs(level - last.level) > LAG_GAP * last.level)) {
    return abstains("the index has not moved enough to show a lag");
  }
  const present = Math.abs(implied - last.level);
  const nearest = Math.min(...earlier.map(({ level }) => Math.abs(implied - level)));
  if (present <= LAG_GAP * last.level || nearest * LAG_ADVANTAGE > present) return [];
  return [
    {
      message: `the options imply ${implied.toFixed(2)}, the index is ${last.level}`,
      value: finite(present / last.level),
      limit: LAG_GAP,
    },
  ];
}

function checkVix(chain: QuoteChain): Outcome {
  const { publishedVix } = chain.context;
  if (chain.underlying !== "SPX") return abstains("only SPX options make VIX");
  if (publishedVix === undefined) return abstains("the published VIX is not known");
  const terms = vixTerms(chain.slices);
  const rate = commonRate(chain);
  if (terms === undefined || rate === undefined) return abstains("the chain has not both terms of VIX");
  const [near, next] = terms.map((slice) => ({ minutes: slice.years * 525_600, rate, quotes: slice.pairs }));
  if (near === undefined || next === undefined) return abstains("the chain has not both terms of VIX");
  const replication = vixReplication({ near, next });
  if (replication.kind !== "found") return [{ message: `no VIX from this chain: ${replication.kind}` }];
  const gap = Math.abs(replication.vix - publishedVix);
  const limit = Math.max(LARGEST_VIX_GAP, LARGEST_VIX_GAP_SHARE * publishedVix);
  return gap <= limit
    ? []
    : [{ message: `the chain's own is ${replication.vix.toFixed(2)}`, value: finite(gap), limit }];
}

/** The slices around 30 days within 23 to 37; the opening-settled one where two share their date. */
function vixTerms(slices: readonly QuoteSlice[]): readonly QuoteSlice[] | undefined {
  const days = ({ years }: QuoteSlice): number => years * 365;
  const within = slices.filter(
    (slice) => fitOf(slice) !== undefined && days(slice) > FIRST_VIX_DAYS && days(slice) < LAST_VIX_DAYS,
  );
  const near = within.findLast((slice) => days(slice) <= VIX_DAYS);
  const next = within.find((slice) => days(slice) > VIX_DAYS);
  return near === undefined || next === undefined ? undefined : [near, next];
}
