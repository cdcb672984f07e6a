// What a price may be at all: Q16 and Q17 against the forward, Q18 against the other options of the slice.

import { fitOf, type QuoteChain, type QuoteSlice } from "./chain.ts";
import { abstains, finite, type Outcome, type PlacedFault, type SliceRule } from "./rule.ts";
import type { SideQuotes } from "./side-quotes.ts";

/** Standard errors of the forward, so that an uncertain forward rejects nothing. */
const FORWARD_ERRORS = 6;
/** Share of the price bound: under it lies the rounding of quotes and of the discount factor. */
const BOUND_TOLERANCE = 0.0005;
/** Points: two ticks of SPX. A negative extrinsic value within it is a stale half of a snapshot, not a wrong price. */
const INTRINSIC_TOLERANCE = 0.2;
/**
 * Share of intrinsic value, and of the underlying for American options, whose spot and quotes are seldom of one instant.
 * Clean European asks never fall under their parity's value; VXX falls under its spot's by up to 0.45 % of it.
 */
const INTRINSIC_SHARE = 0.0005;
const AMERICAN_SPOT_SHARE = 0.006;
/** Rows on the other side that outvote a price: with one, either of the two may be the wrong one, and Q28 flags both. */
const LEAST_WITNESSES = 2;
/** Points: half a tick, under which a sure gain would not pay its fees. */
const DOMINANCE_TOLERANCE = 0.025;

/** Q16. The bounds from above. */
export const overBound: SliceRule = {
  id: "Q16",
  name: "bound.over",
  title: "a call bids more than the forward, or a put more than its strike, both discounted",
  severity: "reject",
  scope: "slice",
  threshold: `bid at most the bound and ${BOUND_TOLERANCE} of it and ${FORWARD_ERRORS} standard errors of the forward; American options: spot and strike`,
  check: (slice, chain) => checkBounds(slice, chain, overBoundFault),
};

/** Q17. The bound from below. */
export const underIntrinsic: SliceRule = {
  id: "Q17",
  name: "bound.under-intrinsic",
  title: "an ask under discounted intrinsic value",
  severity: "reject",
  scope: "slice",
  threshold: `ask at least intrinsic value less ${INTRINSIC_TOLERANCE} points, ${INTRINSIC_SHARE} of it and ${FORWARD_ERRORS} standard errors of the forward; American options: less ${AMERICAN_SPOT_SHARE} of the spot`,
  check: (slice, chain) => checkBounds(slice, chain, underIntrinsicFault),
};

/** Q18. A price that several better options offer for less. */
export const dominated: SliceRule = {
  id: "Q18",
  name: "bound.dominated",
  title:
    "a bid over the asks of options that never pay less, or an ask under the bids of options that never pay more",
  severity: "reject",
  scope: "slice",
  threshold: `${LEAST_WITNESSES} options of the same side and expiration say so, each by more than ${DOMINANCE_TOLERANCE} points`,
  check: ({ calls, puts }) => [...outvoted(calls), ...outvoted(puts)],
};

interface Bounds {
  /** Value of a point of the underlying at expiration, and of a point of strike, today. */
  readonly asset: number;
  readonly cash: number;
  /** Points by which the bound from above may be wrong. */
  readonly slack: number;
  /** Points by which intrinsic value may be wrong: at the forward, and per point from it. */
  readonly intrinsicSlack: number;
  readonly slackPerPoint: number;
}

type BoundFault = (side: SideQuotes, index: number, bounds: Bounds) => PlacedFault | undefined;

function checkBounds(slice: QuoteSlice, { level }: QuoteChain, faultOf: BoundFault): Outcome {
  const bounds = boundsOf(slice, level);
  if (bounds === undefined) return abstains("no forward or price of the underlying is known");
  const faults: PlacedFault[] = [];
  for (const side of [slice.calls, slice.puts]) {
    for (let i = 0; i < side.strikes.length; i += 1) {
      const fault = faultOf(side, i, bounds);
      if (fault !== undefined) faults.push(fault);
    }
  }
  return faults;
}

function boundsOf(slice: QuoteSlice, level: number | undefined): Bounds | undefined {
  if (slice.exercise === "american") {
    if (level === undefined) return undefined;
    return {
      asset: level,
      cash: 1,
      slack: AMERICAN_SPOT_SHARE * level,
      intrinsicSlack: AMERICAN_SPOT_SHARE * level,
      slackPerPoint: 0,
    };
  }
  const fit = fitOf(slice);
  if (fit === undefined) return undefined;
  const { forward, forwardError, discountFactor, discountError } = fit;
  return {
    asset: discountFactor * forward,
    cash: discountFactor,
    slack: FORWARD_ERRORS * (discountFactor * forwardError + discountError * forward),
    intrinsicSlack: FORWARD_ERRORS * discountFactor * forwardError,
    slackPerPoint: FORWARD_ERRORS * discountError,
  };
}

function overBoundFault(
  side: SideQuotes,
  i: number,
  { asset, cash, slack }: Bounds,
): PlacedFault | undefined {
  const bid = side.bids[i] ?? 0;
  const bound = side.right === "call" ? asset : cash * (side.strikes[i] ?? 0);
  const limit = bound * (1 + BOUND_TOLERANCE) + slack;
  if (bid <= limit) return undefined;
  return {
    row: side.rows[i],
    message: "more than the option can ever be worth",
    value: finite(bid),
    limit: finite(limit),
  };
}

function underIntrinsicFault(
  side: SideQuotes,
  i: number,
  { asset, cash, intrinsicSlack, slackPerPoint }: Bounds,
): PlacedFault | undefined {
  const ask = side.asks[i] ?? 0;
  const spread = asset - cash * (side.strikes[i] ?? 0);
  const intrinsic = side.right === "call" ? spread : -spread;
  const limit = intrinsic * (1 - INTRINSIC_SHARE - slackPerPoint) - INTRINSIC_TOLERANCE - intrinsicSlack;
  if (ask >= limit) return undefined;
  return {
    row: side.rows[i],
    message: "less than exercise is worth",
    value: finite(ask),
    limit: finite(limit),
  };
}

/**
 * Rows whose price contradicts the most others, taken out one by one until no two contradict a third. A call of a lower
 * strike, or a put of a higher one, never pays less.
 */
function outvoted(side: SideQuotes): readonly PlacedFault[] {
  const conflicts = conflictsOf(side);
  const faults: PlacedFault[] = [];
  for (;;) {
    let worst = -1;
    let most = LEAST_WITNESSES - 1;
    for (const [row, others] of conflicts) {
      if (others.size > most) {
        worst = row;
        most = others.size;
      }
    }
    if (worst === -1) return faults;
    const message = `${most} options that pay as much or more are offered for less, or that pay less are bid higher`;
    faults.push({ row: side.rows[worst], message, value: most, limit: LEAST_WITNESSES - 1 });
    for (const other of conflicts.get(worst) ?? []) conflicts.get(other)?.delete(worst);
    conflicts.delete(worst);
  }
}

/** Which places contradict which, both ways. */
function conflictsOf({ right, bids, asks }: SideQuotes): Map<number, Set<number>> {
  const conflicts = new Map<number, Set<number>>();
  const size = bids.length;
  // From the option that pays most to the one that pays least.
  const at = (order: number): number => (right === "call" ? order : size - 1 - order);
  // Lowest ask so far tells whether a bid contradicts any earlier one at all; almost none does.
  let lowestAsk = Number.POSITIVE_INFINITY;
  for (let order = 0; order < size; order += 1) {
    const bid = bids[at(order)] ?? 0;
    if (bid > lowestAsk + DOMINANCE_TOLERANCE) {
      for (let before = 0; before < order; before += 1) {
        if (bid > (asks[at(before)] ?? 0) + DOMINANCE_TOLERANCE) link(conflicts, at(order), at(before));
      }
    }
    lowestAsk = Math.min(lowestAsk, asks[at(order)] ?? Number.POSITIVE_INFINITY);
  }
  return conflicts;
}

function link(conflicts: Map<number, Set<number>>, one: number, other: number): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    const known = conflicts.get(from);
    if (known === undefined) conflicts.set(from, new Set([to]));
    else known.add(to);
  }
}
