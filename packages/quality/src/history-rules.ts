// The snapshot against another one: Q21, Q22 (the feed's last), Q35 (the stored one), Q36 (another source's).

import { QUOTE_MEASURES, type QuoteFact } from "@steward/model";
import type { QuoteChain } from "./chain.ts";
import { abstains, type ChainRule, finite, type Outcome, type PlacedFault } from "./rule.ts";

/** Share of the index: what moves options at the money by several ticks. */
const MOVED_INDEX_SHARE = 0.001;
/** Share of the watched contracts that stand still although the index moved; clean sessions repeat 5 % at most. */
const LARGEST_FROZEN_SHARE = 0.5;
/** Share of the index around it, and points: options whose price must move with it. */
const WATCHED_RANGE = 0.05;
const WATCHED_LEAST_PRICE = 1;
/** Contracts: a share of fewer says nothing. */
const LEAST_COMMON = 20;
/** Points: half a tick of SPX; sources round. */
const SOURCE_TOLERANCE = 0.025;
/** Share of the common contracts that disagree; two clean sources differ on stale wings only. */
const LARGEST_DISAGREEMENT = 0.02;

/** Q21. Time that runs backward. */
export const backward: ChainRule = {
  id: "Q21",
  name: "time.backward",
  title: "the quote is stamped before the feed's last one of the same contract",
  severity: "reject",
  scope: "history",
  threshold: "not before",
  check: ({ quotes, usable, context }) => {
    const last = context.previous ?? context.priorSession;
    if (last === undefined) return abstains("no snapshot before is known");
    const before = byContract(last);
    return usable.flatMap((row): PlacedFault[] => {
      const quote = quotes[row];
      const earlier = quote === undefined ? undefined : before.get(keyOf(quote));
      if (quote === undefined || earlier === undefined || quote.occurredAt >= earlier.occurredAt) return [];
      const seconds = (earlier.occurredAt - quote.occurredAt) / 1e6;
      return [{ row, message: "seconds before the contract's last quote", value: finite(seconds), limit: 0 }];
    });
  },
};

/** Q22. A chain that stands still. */
export const frozen: ChainRule = {
  id: "Q22",
  name: "time.frozen",
  title: "options at the money stand still while the index moves",
  severity: "degrade",
  scope: "history",
  threshold: `over ${LARGEST_FROZEN_SHARE} of the options within ${WATCHED_RANGE} of the index unchanged after a move of ${MOVED_INDEX_SHARE}`,
  check: checkFrozen,
};

/** Q35. History that changed. */
export const restated: ChainRule = {
  id: "Q35",
  name: "history.restated",
  title: "a row that is stored already now says something else: a new version",
  severity: "flag",
  scope: "history",
  threshold: "equality of every number of the quote",
  check: ({ quotes, usable, context: { stored } }) => {
    if (stored === undefined) return abstains("nothing of this snapshot is stored");
    const versions = byContract(stored);
    return usable.flatMap((row): PlacedFault[] => {
      const quote = quotes[row];
      const earlier = quote === undefined ? undefined : versions.get(keyOf(quote));
      if (quote === undefined || earlier === undefined || earlier.occurredAt !== quote.occurredAt) return [];
      const field = COMPARED.find((name) => quote[name] !== earlier[name]);
      return field === undefined
        ? []
        : [{ row, message: `${field} was ${earlier[field]} and is ${quote[field]}` }];
    });
  },
};

/** Q36. Two sources. */
export const disagreement: ChainRule = {
  id: "Q36",
  name: "history.second-source",
  title: "another source's quotes do not even overlap",
  severity: "degrade",
  scope: "history",
  threshold: `bid over the other's ask by more than ${SOURCE_TOLERANCE} points in over ${LARGEST_DISAGREEMENT} of the common contracts; single ones flag`,
  check: checkSources,
};

const COMPARED = ["bid", "ask", ...QUOTE_MEASURES] as const;

function checkFrozen({ quotes, usable, level, context }: QuoteChain): Outcome {
  const last = context.previous ?? context.priorSession;
  if (last === undefined) return abstains("no snapshot before is known");
  const before = levelOf(last);
  if (level === undefined || before === undefined)
    return abstains("the index of one of the two snapshots is not known");
  const move = Math.abs(level - before) / before;
  if (move < MOVED_INDEX_SHARE) return abstains("the index has not moved");
  const earlier = byContract(last);
  let common = 0;
  let still = 0;
  for (const row of usable) {
    const quote = quotes[row];
    if (quote === undefined || !isWatched(quote, level)) continue;
    const other = earlier.get(keyOf(quote));
    if (other === undefined) continue;
    common += 1;
    if (other.bid === quote.bid && other.ask === quote.ask) still += 1;
  }
  if (common < LEAST_COMMON) return abstains("too few contracts at the money are in both snapshots");
  const share = still / common;
  if (share <= LARGEST_FROZEN_SHARE) return [];
  const message = `unchanged after the index moved by ${move}`;
  return [{ message, value: share, limit: LARGEST_FROZEN_SHARE }];
}

function isWatched({ strike, bid }: QuoteFact, level: number): boolean {
  return bid >= WATCHED_LEAST_PRICE && Math.abs(strike / 1000 - level) <= WATCHED_RANGE * level;
}

function levelOf(quotes: readonly QuoteFact[]): number | undefined {
  const levels = quotes.flatMap(({ underlyingPrice }) => underlyingPrice ?? []).filter((level) => level > 0);
  return levels.toSorted((a, b) => a - b)[levels.length >> 1];
}

function checkSources({ quotes, usable, context: { secondSource } }: QuoteChain): Outcome {
  if (secondSource === undefined) return abstains("there is no second source");
  const others = byContract(secondSource);
  const faults: PlacedFault[] = [];
  let common = 0;
  for (const row of usable) {
    const quote = quotes[row];
    const other = quote === undefined ? undefined : others.get(keyOf(quote));
    if (quote === undefined || other === undefined || !(other.ask > 0)) continue;
    common += 1;
    const gap = Math.max(quote.bid - other.ask, other.bid - quote.ask);
    if (!(gap > SOURCE_TOLERANCE)) continue;
    const message = `the other source quotes ${other.bid} to ${other.ask}`;
    faults.push({ severity: "flag", row, message, value: finite(gap), limit: SOURCE_TOLERANCE });
  }
  if (common < LEAST_COMMON) return abstains("too few contracts are in both sources");
  const share = faults.length / common;
  if (share <= LARGEST_DISAGREEMENT) return faults;
  return [
    { message: "share of the common contracts that disagree", value: share, limit: LARGEST_DISAGREEMENT },
    ...faults,
  ];
}

function byContract(quotes: readonly QuoteFact[]): ReadonlyMap<string, QuoteFact> {
  return new Map(quotes.map((quote) => [keyOf(quote), quote]));
}

function keyOf({ root, expiration, strike, right }: QuoteFact): string {
  return `${root} ${expiration} ${strike} ${right}`;
}
