// The quote itself, row by row: Q9 to Q15.

import { isOptionRoot, type QuoteFact, tickSize } from "@steward/model";
import { finite, type RowOutcome, type RowRule } from "./rule.ts";

/** Share of the middle: beyond it a market is no market, unless it is narrow in points. */
const WIDEST_SHARE_OF_MID = 0.6;
/** Share of the underlying's price, for options of up to moderate price. */
const WIDEST_SHARE_OF_UNDERLYING = 0.005;
/** Points, for VIX and funds of 15 to 50 points, where a share of the underlying is under a tick or two. */
const NARROW_POINTS = 0.5;
/** Ticks: prices carry at most rounding of their decimal text. */
const TICK_TOLERANCE = 1e-6;

/** Q9. Signs. */
export const positive: RowRule = {
  id: "Q9",
  name: "quote.sign",
  title: "the bid is under 0 or nobody offers",
  severity: "reject",
  scope: "row",
  threshold: "bid at least 0, ask above 0",
  check: ({ bid, ask }) => {
    if (bid < 0) return { message: "the bid is under 0", value: finite(bid), limit: 0 };
    return ask <= 0 ? { message: "the ask is not above 0", value: finite(ask), limit: 0 } : undefined;
  },
};

/** Q10. Bid over ask. */
export const crossed: RowRule = {
  id: "Q10",
  name: "quote.crossed",
  title: "the bid is over the ask",
  severity: "reject",
  scope: "row",
  threshold: "bid at most ask",
  check: ({ bid, ask }) =>
    bid > ask ? { message: "the bid is over the ask", value: finite(bid), limit: finite(ask) } : undefined,
};

/** Q11. Bid equal to ask. */
export const locked: RowRule = {
  id: "Q11",
  name: "quote.locked",
  title: "the bid equals the ask",
  severity: "flag",
  scope: "row",
  threshold: "bid under ask",
  check: ({ bid, ask }) =>
    bid === ask && ask > 0
      ? { message: "the bid equals the ask", value: finite(bid), limit: finite(ask) }
      : undefined,
};

/** Q12. No bid: normal far out of the money, kept, and counted by whoever replicates VIX. */
export const zeroBid: RowRule = {
  id: "Q12",
  name: "quote.no-bid",
  title: "nobody bids; the row is kept",
  severity: "flag",
  scope: "row",
  threshold: "bid above 0",
  check: ({ bid }) => (bid === 0 ? { message: "nobody bids", value: 0, limit: 0 } : undefined),
};

/** Q13. A spread too wide to be a market. */
export const wide: RowRule = {
  id: "Q13",
  name: "quote.wide",
  title: "the spread is too wide to be a market",
  severity: "flag",
  scope: "row",
  threshold: `spread at most the largest of ${WIDEST_SHARE_OF_MID} of the middle, ${WIDEST_SHARE_OF_UNDERLYING} of the underlying and ${NARROW_POINTS} points`,
  check: checkSpread,
};

/** Q14. A price without contracts behind it. */
export const noSize: RowRule = {
  id: "Q14",
  name: "quote.no-size",
  title: "a price stands with no contracts behind it",
  severity: "flag",
  scope: "row",
  threshold: "size above 0 wherever the price is",
  check: ({ bid, ask, bidSize, askSize }) => {
    if (bidSize === undefined && askSize === undefined) return "the rows carry no sizes";
    if (bid > 0 && bidSize === 0) return { message: "a bid for 0 contracts", value: 0, limit: 1 };
    return ask > 0 && askSize === 0 ? { message: "an offer of 0 contracts", value: 0, limit: 1 } : undefined;
  },
};

/** Q15. Off the tick. */
export const offTick: RowRule = {
  id: "Q15",
  name: "quote.off-tick",
  title: "a price lies between two ticks",
  severity: "flag",
  scope: "row",
  threshold: "a whole number of ticks of the root at that price and date",
  check: checkTick,
};

function checkSpread({ bid, ask, underlyingPrice }: QuoteFact): RowOutcome {
  const spread = ask - bid;
  if (spread <= NARROW_POINTS) return undefined;
  const limit = Math.max(
    WIDEST_SHARE_OF_MID * 0.5 * (bid + ask),
    WIDEST_SHARE_OF_UNDERLYING * (underlyingPrice ?? 0),
    NARROW_POINTS,
  );
  return spread > limit
    ? { message: "the spread is too wide", value: finite(spread), limit: finite(limit) }
    : undefined;
}

function checkTick({ root, bid, ask, session }: QuoteFact): RowOutcome {
  if (!isOptionRoot(root)) return "the root's ticks are not known";
  const on = { on: session };
  const bidTick = tickSize(root, bid, on);
  if (!isOnTick(bid, bidTick))
    return { message: "the bid lies between two ticks", value: finite(bid), limit: bidTick };
  const askTick = tickSize(root, ask, on);
  return isOnTick(ask, askTick)
    ? undefined
    : { message: "the ask lies between two ticks", value: finite(ask), limit: askTick };
}

function isOnTick(price: number, tick: number): boolean {
  const steps = price / tick;
  return Math.abs(steps - Math.round(steps)) <= TICK_TOLERANCE * Math.max(1, steps);
}
