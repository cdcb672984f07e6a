// Structure of the whole snapshot: Q3, Q7, Q8.

import type { QuoteFact } from "@steward/model";
import { fitOf, type QuoteChain, type QuoteSlice } from "./chain.ts";
import { abstains, type ChainRule, finite, type Outcome, type PlacedFault } from "./rule.ts";

/** Share of the contracts still alive: clean sessions lose none, once 6 %; a lost page of a feed a fifth and more. */
const LARGEST_COUNT_DROP = 0.2;
/** Contracts: under so many in common the share says nothing. */
const LEAST_PRIOR_CONTRACTS = 40;
/**
 * Share of the forward between the two strikes around it, for slices of up to 90 days: 2.0 % in the clean chains of
 * 2011, under 1.2 % later (VIX at 14 with whole strikes: 7 %).
 */
const WIDEST_GAP_AT_FORWARD = 0.025;
const WIDEST_VIX_GAP_AT_FORWARD = 0.16;
/** Pairs: a slice of so many without a forward has lost its money, for strikes at it carry bids on both sides. */
const LEAST_JUDGED_PAIRS = 12;
/** Years: in its last hours an option is worth a tick or its intrinsic value, and few have bids on both sides. */
const LEAST_JUDGED_YEARS = 1 / 365;
/** Years: farther out listed strikes are sparse anyhow. */
const LAST_GAP_YEARS = 90 / 365;

/** Q3. A contract that stands twice. */
export const duplicate: ChainRule = {
  id: "Q3",
  name: "structure.duplicate",
  title: "a contract stands twice in one snapshot",
  severity: "reject",
  scope: "chain",
  threshold: "each contract once; of equal rows the first stays, of different ones none",
  check: ({ quotes, usable }) => {
    const seen = new Map<string, Map<number, number>>();
    const faults = new Map<number, PlacedFault>();
    for (const row of usable) {
      const quote = quotes[row];
      if (quote === undefined) continue;
      const earlier = placeIn(seen, quote, row);
      if (earlier === undefined) continue;
      faults.set(row, { row, message: `the contract stands in row ${earlier} already` });
      const first = quotes[earlier];
      if (first !== undefined && (first.bid !== quote.bid || first.ask !== quote.ask)) {
        faults.set(earlier, { row: earlier, message: `row ${row} is the same contract with another quote` });
      }
    }
    return [...faults.values()];
  },
};

/** Q7. Rows lost. */
export const incomplete: ChainRule = {
  id: "Q7",
  name: "structure.incomplete",
  title: "contracts are missing: a fifth of those of the session before, or the strikes at the money",
  severity: "degrade",
  scope: "history",
  threshold: `at least ${1 - LARGEST_COUNT_DROP} of the contracts that still live; strikes at the forward at most ${WIDEST_GAP_AT_FORWARD} of it apart (VIX ${WIDEST_VIX_GAP_AT_FORWARD}) up to 90 days`,
  check: checkComplete,
};

/** Q8. Calls without puts. */
export const unpaired: ChainRule = {
  id: "Q8",
  name: "structure.unpaired",
  title: "a call stands without its put, or a put without its call",
  severity: "flag",
  scope: "chain",
  threshold: "every strike has both options among the snapshot's rows",
  check: checkPairs,
};

/** The row that has the contract already; otherwise the row takes its place. */
function placeIn(
  seen: Map<string, Map<number, number>>,
  { root, expiration, strike, right }: QuoteFact,
  row: number,
): number | undefined {
  const slice = root + expiration;
  const places = seen.get(slice) ?? new Map<number, number>();
  if (places.size === 0) seen.set(slice, places);
  const key = 2 * strike + (right === "call" ? 0 : 1);
  const earlier = places.get(key);
  if (earlier === undefined) places.set(key, row);
  return earlier;
}

function checkComplete(chain: QuoteChain): Outcome {
  const gaps = chain.slices.flatMap((slice) => gapAtForward(slice, chain));
  const prior = countOfPrior(chain);
  if (prior === undefined) {
    const hasForward = chain.slices.some((slice) => fitOf(slice) !== undefined);
    return hasForward || gaps.length > 0 ? gaps : abstains("neither a session before nor a forward is known");
  }
  const drop = 1 - prior.found / prior.expected;
  if (drop <= LARGEST_COUNT_DROP) return gaps;
  const message = `${prior.found} of ${prior.expected} contracts of the session before are left`;
  return [...gaps, { message, value: finite(drop), limit: LARGEST_COUNT_DROP }];
}

/** How many contracts of the session before still live, and how many of those the snapshot has. */
function countOfPrior({
  quotes,
  usable,
  session,
  context,
}: QuoteChain): { expected: number; found: number } | undefined {
  if (context.priorSession === undefined || session === undefined) return undefined;
  const seen = new Map<string, Map<number, number>>();
  for (const row of usable) {
    const quote = quotes[row];
    if (quote !== undefined) placeIn(seen, quote, row);
  }
  let expected = 0;
  let found = 0;
  const counted = new Map<string, Map<number, number>>();
  for (const quote of context.priorSession) {
    if (!(quote.expiration > session) || !(quote.ask > 0)) continue;
    if (placeIn(counted, quote, 0) !== undefined) continue;
    expected += 1;
    const key = 2 * quote.strike + (quote.right === "call" ? 0 : 1);
    if (seen.get(quote.root + quote.expiration)?.has(key)) found += 1;
  }
  return expected < LEAST_PRIOR_CONTRACTS ? undefined : { expected, found };
}

function gapAtForward(slice: QuoteSlice, chain: QuoteChain): PlacedFault[] {
  const { root, expiration, pairs, years } = slice;
  if (!(years > 0) || years > LAST_GAP_YEARS || pairs.length < 2) return [];
  const forward = fitOf(slice)?.forward;
  if (forward === undefined) {
    if (
      slice.parity.kind !== "too-few-pairs" ||
      pairs.length < LEAST_JUDGED_PAIRS ||
      years < LEAST_JUDGED_YEARS
    )
      return [];
    return [
      {
        slice: { root, expiration },
        message: "hardly a strike has bids on both sides",
        value: slice.parity.pairs,
        limit: slice.parity.needed,
      },
    ];
  }
  const above = pairs.findIndex(({ strike }) => strike >= forward);
  const high = pairs[above]?.strike ?? Number.POSITIVE_INFINITY;
  const low = pairs[above === -1 ? pairs.length - 1 : above - 1]?.strike;
  const gap = low === undefined ? Number.POSITIVE_INFINITY : (high - low) / forward;
  const limit = chain.underlying === "VIX" ? WIDEST_VIX_GAP_AT_FORWARD : WIDEST_GAP_AT_FORWARD;
  if (gap <= limit) return [];
  return [{ slice: { root, expiration }, message: "no strikes at the money", value: finite(gap), limit }];
}

/** Against every row of the snapshot that names a contract: a call is no orphan because its put was rejected. */
function checkPairs({ quotes, usable }: QuoteChain): Outcome {
  const named = new Map<string, Map<number, number>>();
  quotes.forEach((quote, row) => {
    if (Number.isSafeInteger(quote.strike)) placeIn(named, quote, row);
  });
  return usable.flatMap((row): PlacedFault[] => {
    const quote = quotes[row];
    if (quote === undefined) return [];
    const { root, expiration, strike, right } = quote;
    if (named.get(root + expiration)?.has(2 * strike + (right === "call" ? 1 : 0))) return [];
    const missing = right === "call" ? "put" : "call";
    return [{ row, message: `the ${right} has no ${missing} of its strike` }];
  });
}
