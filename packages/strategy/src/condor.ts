import { type Leg, type Mark, mid, type Quote, type Right, type Slice, strike, strikePoints, type Structure } from "@steward/model";
import type { CondorConfig, FillConfig, TierConfig } from "./config.ts";
import { expectedCost } from "./fill-cost.ts";
import { points } from "./verdict.ts";

/** A condor that the rules would sell: per unit, in index points unless named otherwise. */
export interface CondorProposal {
  readonly kind: "proposal";
  readonly structure: Structure;
  readonly shortPut: number;
  readonly shortCall: number;
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
  readonly reason: "credit-out-of-band" | "credit-below-floor" | "delta-above-limit" | "cost-above-limit" | "not-quoted";
  readonly because: readonly string[];
}

/** How far each short strike sits from the money, in steps of the grid. */
interface Rung {
  readonly put: number;
  readonly call: number;
}

interface Candidate {
  readonly rung: Rung;
  readonly quotes: readonly Quote[];
  readonly shorts: { readonly put: Mark; readonly call: Mark };
  readonly midCredit: number;
  readonly cost: number;
  readonly credit: number;
}

/** More steps than any wing that is quoted needs; a bound, so that the search ends. */
const MAX_STEPS = 400;

/** Credits are sums of ticks in binary: a billionth of a point is no breach of a limit. */
const ROUNDING = 1e-9;

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
  context: { readonly expectedRange: number; readonly fills: FillConfig },
): CondorProposal | CondorRefusal {
  const ladder = strikeLadder(slice, config, context);
  const top = tier.credit + config.creditBand + ROUNDING;
  const bottom = tier.credit - config.creditBand - ROUNDING;

  let index = ladder.startIndex(tier.startMultiple);
  const start = ladder.at(index);
  let candidate = start;
  for (; candidate !== undefined && candidate.credit > top; candidate = ladder.at(index)) index += 1;
  for (; candidate !== undefined && candidate.credit < bottom && index > 0; candidate = ladder.at(index)) index -= 1;

  if (start === undefined || candidate === undefined) {
    return refuse("not-quoted", ["the wings at the expected range are not quoted"]);
  }

  const path = [
    `started ${points(tier.startMultiple)} expected ranges from the forward ${points(slice.forward)} at ${ladder.name(start)}, credit ${points(start.credit)}`,
    `stepped to ${ladder.name(candidate)}, credit ${points(candidate.credit)} for a target of ${points(tier.credit)}`,
  ];
  const refusal = refuseCandidate(candidate, { tier, config, top, bottom, path });
  return refusal ?? propose(slice, config, candidate, { ladder, path });
}

interface StrikeLadder {
  /** First rung whose short strikes both lie at least `multiple` expected ranges from the forward. */
  startIndex(multiple: number): number;
  /** The condor on a rung, or undefined where a leg is not quoted. */
  at(index: number): Candidate | undefined;
  name(candidate: Candidate): string;
  strikes(rung: Rung): Record<"longPut" | "shortPut" | "shortCall" | "longCall", number>;
}

function strikeLadder(
  slice: Slice,
  { step, width }: CondorConfig,
  { expectedRange, fills }: { readonly expectedRange: number; readonly fills: FillConfig },
): StrikeLadder {
  const putBase = Math.floor(slice.forward / step) * step;
  const callBase = Math.ceil(slice.forward / step) * step;
  const strikes = ({ put, call }: Rung) => ({
    longPut: putBase - put * step - width,
    shortPut: putBase - put * step,
    shortCall: callBase + call * step,
    longCall: callBase + call * step + width,
  });

  const richerSide = findRicherSide(slice, { putBase, callBase, distance: Math.ceil((slice.forward * expectedRange) / step) * step });
  const rungAt = (index: number): Rung => {
    const near = Math.floor(index / 2);
    const far = Math.ceil(index / 2);
    return richerSide === "put" ? { put: far, call: near } : { put: near, call: far };
  };

  return {
    strikes,
    name: ({ rung }) => `${strikes(rung).shortPut}/${strikes(rung).shortCall}`,
    startIndex: (multiple) => {
      const distance = slice.forward * expectedRange * multiple;
      const steps = Math.max(
        Math.ceil((distance - (slice.forward - putBase)) / step),
        Math.ceil((distance - (callBase - slice.forward)) / step),
      );
      return Math.min(2 * Math.max(steps, 0), MAX_STEPS);
    },
    at: (index) => (index > MAX_STEPS ? undefined : priceRung(slice, rungAt(index), strikes(rungAt(index)), fills)),
  };
}

/** The side whose volatility at one expected range is higher; equal volatilities widen the put side, where losses are faster. */
function findRicherSide(
  slice: Slice,
  { putBase, callBase, distance }: { readonly putBase: number; readonly callBase: number; readonly distance: number },
): Right {
  const put = distance < putBase ? slice.mark("put", strike(putBase - distance)) : undefined;
  const call = slice.mark("call", strike(callBase + distance));
  return put !== undefined && call !== undefined && call.volatility > put.volatility ? "call" : "put";
}

function priceRung(
  slice: Slice,
  rung: Rung,
  strikes: Record<"longPut" | "shortPut" | "shortCall" | "longCall", number>,
  fills: FillConfig,
): Candidate | undefined {
  if (strikes.longPut <= 0) return undefined;
  const longPut = slice.quote("put", strike(strikes.longPut));
  const shortPut = slice.quote("put", strike(strikes.shortPut));
  const shortCall = slice.quote("call", strike(strikes.shortCall));
  const longCall = slice.quote("call", strike(strikes.longCall));
  const put = slice.mark("put", strike(strikes.shortPut));
  const call = slice.mark("call", strike(strikes.shortCall));
  if (!longPut || !shortPut || !shortCall || !longCall || !put || !call) return undefined;

  const quotes = [longPut, shortPut, shortCall, longCall];
  const midCredit = mid(shortPut) + mid(shortCall) - mid(longPut) - mid(longCall);
  const cost = expectedCost(fills, quotes);
  return { rung, quotes, shorts: { put, call }, midCredit, cost, credit: midCredit - cost };
}

function refuseCandidate(
  { credit, cost, shorts, quotes }: Candidate,
  { tier, config, top, bottom, path }: {
    readonly tier: TierConfig;
    readonly config: CondorConfig;
    readonly top: number;
    readonly bottom: number;
    readonly path: readonly string[];
  },
): CondorRefusal | undefined {
  if (credit > top || credit < bottom) {
    return refuse("credit-out-of-band", [...path, `no strikes pay ${points(bottom)} to ${points(top)}; the nearest pay ${points(credit)}`]);
  }

  const floor = config.minCreditShareOfWidth * config.width;
  if (credit < floor - ROUNDING) {
    return refuse("credit-below-floor", [...path, `the credit ${points(credit)} for a ${config.width}-wide wing is below the floor of ${points(floor)}`]);
  }

  const delta = Math.max(Math.abs(shorts.put.delta), Math.abs(shorts.call.delta));
  if (tier.maxShortDelta !== undefined && delta > tier.maxShortDelta) {
    return refuse("delta-above-limit", [...path, `a short delta of ${points(delta)} is above the limit of ${points(tier.maxShortDelta)}`]);
  }

  if (cost > config.maxCostShareOfCredit * credit) {
    return refuse("cost-above-limit", [...path, `the fill would cost ${points(cost)}, more than ${points(100 * config.maxCostShareOfCredit)} % of the credit ${points(credit)}`]);
  }

  const unsellable = quotes[1]?.bid === 0 || quotes[2]?.bid === 0;
  return unsellable ? refuse("not-quoted", [...path, "nobody bids for a short strike"]) : undefined;
}

function propose(
  slice: Slice,
  config: CondorConfig,
  { rung, midCredit, cost, credit, shorts }: Candidate,
  { ladder, path }: { readonly ladder: StrikeLadder; readonly path: readonly string[] },
): CondorProposal {
  const { longPut, shortPut, shortCall, longCall } = ladder.strikes(rung);
  const leg = (right: Right, at: number, ratio: number): Leg => ({
    contract: { root: slice.root, expiration: slice.expiration, right, strike: strike(at) },
    ratio,
  });

  return {
    kind: "proposal",
    structure: {
      kind: "iron-condor",
      legs: [leg("put", longPut, 1), leg("put", shortPut, -1), leg("call", shortCall, -1), leg("call", longCall, 1)],
    },
    shortPut,
    shortCall,
    width: config.width,
    midCredit,
    cost,
    credit,
    deltas: { put: shorts.put.delta, call: shorts.call.delta },
    because: path,
  };
}

function refuse(reason: CondorRefusal["reason"], because: readonly string[]): CondorRefusal {
  return { kind: "refusal", reason, because };
}

/** The widest wing of an iron condor in points: what it can lose before the credit. Legs in any order. */
export function condorWidth({ legs }: Structure): number {
  const wing = (right: Right): number => {
    const strikes = legs.filter(({ contract }) => contract.right === right).map(({ contract }) => strikePoints(contract.strike));
    return Math.max(...strikes) - Math.min(...strikes);
  };
  return Math.max(wing("put"), wing("call"));
}
