import {
  type CalendarDate,
  type Leg,
  type Mark,
  type Right,
  type Slice,
  type Structure,
  strike,
  strikePoints,
} from "@steward/model";
import type { CondorConfig, FillConfig, TierConfig } from "./config.ts";
import { netPrice, type QuotedLeg } from "./fill-cost.ts";
import { points } from "./verdict.ts";

/** A condor that the rules would sell: per unit, in index points unless named otherwise. */
export interface CondorProposal {
  readonly kind: "proposal";
  readonly structure: Structure;
  readonly longPut: number;
  readonly shortPut: number;
  readonly shortCall: number;
  readonly longCall: number;
  readonly width: number;
  /** Sum of the middle prices. */
  readonly midCredit: number;
  /** What the fill is expected to give up. */
  readonly cost: number;
  /** `midCredit` less `cost`: what the tier's target is compared with. */
  readonly credit: number;
  readonly deltas: { readonly put: number; readonly call: number };
  readonly because: readonly string[];
}

/** Why a tier sells nothing today. */
export interface CondorRefusal {
  readonly kind: "refusal";
  readonly reason:
    | "credit-out-of-band"
    | "credit-below-floor"
    | "delta-above-limit"
    | "cost-above-limit"
    | "not-quoted";
  readonly because: readonly string[];
}

/** The strikes of an iron condor in points, lowest first. */
export interface CondorStrikes {
  readonly longPut: number;
  readonly shortPut: number;
  readonly shortCall: number;
  readonly longCall: number;
}

/** How far each short strike sits from the money, in steps of the grid. */
interface Rung {
  readonly put: number;
  readonly call: number;
}

/** A condor with what selling one is expected to bring, in points. */
export interface PricedCondor {
  readonly structure: Structure;
  readonly strikes: CondorStrikes;
  readonly shorts: { readonly put: Mark; readonly call: Mark };
  readonly midCredit: number;
  readonly cost: number;
  readonly credit: number;
}

/** More steps than any wing that is quoted needs; a bound, so that the search ends. */
const MAX_STEPS = 400;

/** Credits are sums of ticks in binary: a billionth of a point is no breach of a limit. */
const ROUNDING = 1e-9;

/** What the search needs besides the slice: all tiers of a session share it. */
export interface SelectionContext {
  /** The day's expected range as a share of the index. */
  readonly expectedRange: number;
  readonly fills: FillConfig;
  readonly on: CalendarDate;
}

/**
 * Looks for the tier's condor on one expiration.
 *
 * All tiers walk one ladder of strike pairs: from the money outward, one grid step at a time, the side with the richer
 * volatility first. The walk starts at the tier's multiple of the expected range and moves outward while the credit is above
 * the band, else inward while it is below. Since every tier walks the same ladder, a lower credit never sits nearer.
 */
export function selectCondor(
  slice: Slice,
  tier: TierConfig,
  config: CondorConfig,
  context: SelectionContext,
): CondorProposal | CondorRefusal {
  const ladder = strikeLadder(slice, config, context);
  const unit = pointsOf(config, slice);
  const target = tier.credit * unit;
  const top = target + config.creditBand * unit + ROUNDING;
  const bottom = target - config.creditBand * unit - ROUNDING;

  let index = ladder.startIndex(tier.startMultiple);
  const start = ladder.at(index);
  let candidate = start;
  while (candidate !== undefined && candidate.credit > top) candidate = ladder.at(++index);
  // Where nobody bids for a short strike there is no credit at all: that is below any band.
  while ((candidate === undefined || candidate.credit < bottom) && index > 0) candidate = ladder.at(--index);
  if (candidate === undefined) {
    return { kind: "refusal", reason: "not-quoted", because: ["no condor on this expiration can be sold"] };
  }

  const path = [
    `started ${points(tier.startMultiple)} expected ranges from the forward ${points(slice.forward)}: ${describe(start)}`,
    `stepped to ${describe(candidate)} for a target of ${points(target)}`,
  ];
  const refusal = refuseCandidate(candidate, { tier, config, top, bottom });
  if (refusal !== undefined)
    return { kind: "refusal", reason: refusal.reason, because: [...path, refusal.because] };

  const { structure, strikes, midCredit, cost, credit, shorts } = candidate;
  const deltas = { put: shorts.put.delta, call: shorts.call.delta };
  return {
    kind: "proposal",
    structure,
    ...strikes,
    width: widerWing(config),
    midCredit,
    cost,
    credit,
    deltas,
    because: path,
  };
}

/** What a condor can lose before its credit: both wings cannot end in the money. */
function widerWing({ width, callWidth = width }: CondorConfig): number {
  return Math.max(width, callWidth);
}

/**
 * Points that a condor pays whose short strikes lie `multiple` expected ranges from the forward, after the expected cost of the fill; 0
 * where nobody bids there.
 */
export function creditAtMultiple(
  slice: Slice,
  multiple: number,
  config: CondorConfig,
  context: SelectionContext,
): number {
  const ladder = strikeLadder(slice, config, context);
  return ladder.at(ladder.startIndex(multiple))?.credit ?? 0;
}

/** Index points in one unit of credit. */
function pointsOf(config: CondorConfig, { forward }: Slice): number {
  switch (config.creditUnit) {
    case "points":
      return 1;
    case "width":
      return widerWing(config);
    case "basis-points":
      return forward / 10_000;
  }
}

function describe(candidate: PricedCondor | undefined): string {
  if (candidate === undefined) return "nobody bids there";
  const { shortPut, shortCall } = candidate.strikes;
  const { credit } = candidate;
  return `${shortPut}/${shortCall} paying ${points(credit)}`;
}

interface StrikeLadder {
  /**
   * The first rung with equally many steps on both sides whose short strikes both lie at least `multiple` expected ranges
   * from the forward.
   */
  startIndex(multiple: number): number;
  /** The condor on a rung, or undefined where a leg is not quoted or cannot be sold. */
  at(index: number): PricedCondor | undefined;
}

function strikeLadder(
  slice: Slice,
  { step, width, callWidth = width }: CondorConfig,
  { expectedRange, fills, on }: SelectionContext,
): StrikeLadder {
  const base = { put: Math.floor(slice.forward / step) * step, call: Math.ceil(slice.forward / step) * step };
  const range = slice.forward * expectedRange;
  const richerSide = findRicherSide(slice, base, Math.ceil(range / step) * step);

  const rungAt = (index: number): Rung => {
    const near = Math.floor(index / 2);
    const far = Math.ceil(index / 2);
    return richerSide === "put" ? { put: far, call: near } : { put: near, call: far };
  };

  return {
    startIndex: (multiple) => {
      const putSteps = Math.ceil((range * multiple - (slice.forward - base.put)) / step);
      const callSteps = Math.ceil((range * multiple - (base.call - slice.forward)) / step);
      return Math.min(2 * Math.max(putSteps, callSteps, 0), MAX_STEPS);
    },
    at: (index) => {
      if (index > MAX_STEPS) return undefined;
      const { put, call } = rungAt(index);
      const shortPut = base.put - put * step;
      const shortCall = base.call + call * step;
      const strikes = { longPut: shortPut - width, shortPut, shortCall, longCall: shortCall + callWidth };
      return priceCondor(slice, strikes, { fills, on });
    },
  };
}

/** The side whose volatility at one expected range is higher; equal volatilities widen the put side, where losses are faster. */
function findRicherSide(
  slice: Slice,
  base: { readonly put: number; readonly call: number },
  distance: number,
): Right {
  const put = distance < base.put ? slice.mark("put", strike(base.put - distance)) : undefined;
  const call = slice.mark("call", strike(base.call + distance));
  return put !== undefined && call !== undefined && call.volatility > put.volatility ? "call" : "put";
}

/** Prices the condor of four strikes; undefined where a leg is not quoted or cannot be sold. */
export function priceCondor(
  slice: Slice,
  strikes: CondorStrikes,
  { fills, on }: { readonly fills: FillConfig; readonly on: CalendarDate },
): PricedCondor | undefined {
  if (strikes.longPut <= 0) return undefined;
  const structure = ironCondor(slice, strikes);
  const quoted: QuotedLeg[] = [];
  for (const leg of structure.legs) {
    const quote = slice.quote(leg.contract.right, leg.contract.strike);
    if (quote === undefined) return undefined;
    quoted.push({ leg, quote });
  }

  const net = netPrice(quoted, fills, on);
  const put = slice.mark("put", strike(strikes.shortPut));
  const call = slice.mark("call", strike(strikes.shortCall));
  if (net === undefined || put === undefined || call === undefined) return undefined;
  return { structure, strikes, shorts: { put, call }, midCredit: net.mid, cost: net.cost, credit: net.price };
}

function ironCondor(
  { root, expiration }: Slice,
  { longPut, shortPut, shortCall, longCall }: CondorStrikes,
): Structure {
  const leg = (right: Right, at: number, ratio: number): Leg => ({
    contract: { root, expiration, right, strike: strike(at) },
    ratio,
  });
  return {
    kind: "iron-condor",
    legs: [
      leg("put", longPut, 1),
      leg("put", shortPut, -1),
      leg("call", shortCall, -1),
      leg("call", longCall, 1),
    ],
  };
}

function refuseCandidate(
  { credit, cost, shorts }: PricedCondor,
  {
    tier,
    config,
    top,
    bottom,
  }: {
    readonly tier: TierConfig;
    readonly config: CondorConfig;
    readonly top: number;
    readonly bottom: number;
  },
): { readonly reason: CondorRefusal["reason"]; readonly because: string } | undefined {
  if (credit > top || credit < bottom) {
    const because = `no strikes pay ${points(bottom)} to ${points(top)}; the nearest pay ${points(credit)}`;
    return { reason: "credit-out-of-band", because };
  }

  const width = widerWing(config);
  const floor = config.minCreditShareOfWidth * width;
  if (credit < floor - ROUNDING) {
    const because = `the credit ${points(credit)} for a ${width}-wide wing is below the floor of ${points(floor)}`;
    return { reason: "credit-below-floor", because };
  }

  const delta = Math.max(Math.abs(shorts.put.delta), Math.abs(shorts.call.delta));
  if (tier.maxShortDelta !== undefined && delta > tier.maxShortDelta) {
    return {
      reason: "delta-above-limit",
      because: `a short delta of ${points(delta)} is above ${points(tier.maxShortDelta)}`,
    };
  }

  const limit = config.maxCostShareOfCredit * credit;
  return cost > limit + ROUNDING
    ? {
        reason: "cost-above-limit",
        because: `the fill would cost ${points(cost)}, above the limit of ${points(limit)}`,
      }
    : undefined;
}

/** The widest wing of an iron condor in points: what it can lose before the credit. Legs in any order. */
export function condorWidth({ legs }: Structure): number {
  const wing = (right: Right): number => {
    const strikes = legs
      .filter(({ contract }) => contract.right === right)
      .map(({ contract }) => strikePoints(contract.strike));
    return Math.max(...strikes) - Math.min(...strikes);
  };
  return Math.max(wing("put"), wing("call"));
}
