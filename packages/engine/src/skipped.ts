import {
  bootstrapMean,
  type Estimate,
  seededRandom,
  type TradeStatistics,
  tradeStatistics,
} from "@steward/analytics";
import { type CalendarDate, toModel } from "@steward/model";
import {
  type CondorProposal,
  type MarketView,
  type NoTradeReason,
  OPTION_MULTIPLIER,
  type QuotedLeg,
  type StrategyConfig,
  ungatedCondor,
} from "@steward/strategy";
import { MEAN_BLOCK } from "./arm.ts";
import { orderFees } from "./fees.ts";
import type { Run } from "./kernel.ts";
import { payoff } from "./payoff.ts";
import type { Market } from "./ports.ts";

/** What the sessions that a tier skipped for one reason would have brought, in index points per condor after costs. */
export interface SkippedCondors {
  readonly tier: string;
  readonly reason: NoTradeReason;
  /** Sessions skipped, also those in which no strikes paid the credit. */
  readonly sessions: number;
  /** Held to settlement; undefined where there was none to hold. */
  readonly trades: TradeStatistics | undefined;
  readonly mean: Estimate | undefined;
}

/** Sessions without prices cannot say what they would have brought. */
const UNKNOWABLE: ReadonlySet<NoTradeReason> = new Set<NoTradeReason>([
  "warming-up",
  "not-quoted",
  "not-listed",
]);

/**
 * Sells on paper what a run did not: in every session that a tier skipped, its condor without gate and limits, at the same
 * fills and fees, held to settlement. Looks ahead by its nature, so nothing that decides may read it.
 */
export function skippedCondors(
  market: Market,
  { rows }: Run,
  {
    config,
    seed,
    resamples,
  }: { readonly config: StrategyConfig; readonly seed: number; readonly resamples: number },
): readonly SkippedCondors[] {
  const found = new Map<string, { tier: string; reason: NoTradeReason; results: (number | undefined)[] }>();
  for (const { session, decision } of rows) {
    for (const decided of decision.tiers) {
      if (decided.action !== "none" || UNKNOWABLE.has(decided.reason)) continue;
      const tier = config.condor.tiers.find(({ name }) => name === decided.tier);
      const view = market.view(session);
      const condor = tier && ungatedCondor(view, tier, config);
      const key = `${decided.tier} ${decided.reason}`;
      const own = found.get(key) ?? { tier: decided.tier, reason: decided.reason, results: [] };
      own.results.push(condor && resultOf(condor, view, { market, config }));
      found.set(key, own);
    }
  }
  return [...found.values()]
    .map(({ tier, reason, results }) => {
      const known = results.filter((result) => result !== undefined);
      const mean = bootstrapMean(Float64Array.from(known), {
        random: seededRandom(seed),
        resamples,
        meanBlock: MEAN_BLOCK,
      });
      return { tier, reason, sessions: results.length, trades: tradeStatistics(known), mean };
    })
    .toSorted((left, right) => right.sessions - left.sessions || (left.tier < right.tier ? -1 : 1));
}

/** Points of one condor: the credit after the expected cost of the fill, what it settles at, fees. */
function resultOf(
  { structure, credit }: CondorProposal,
  view: MarketView,
  { market, config }: { readonly market: Market; readonly config: StrategyConfig },
): number | undefined {
  const [first] = structure.legs;
  const settlement = first && settledAfter(market, first.contract.expiration, first.contract.root);
  const fees = feesOf(structure, view, config);
  return settlement === undefined || fees === undefined
    ? undefined
    : credit + payoff(structure, settlement) + fees;
}

function settledAfter(
  market: Market,
  expiration: CalendarDate,
  root: Parameters<Market["settlement"]>[0],
): number | undefined {
  const session = market.sessions[firstFrom(market.sessions, expiration)];
  return session === undefined ? undefined : market.settlement(root, expiration, session)?.value;
}

function firstFrom(sessions: readonly CalendarDate[], date: CalendarDate): number {
  let low = 0;
  let high = sessions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sessions[middle] ?? date) < date) low = middle + 1;
    else high = middle;
  }
  return low;
}

function feesOf(
  { legs }: CondorProposal["structure"],
  view: MarketView,
  { fees }: StrategyConfig,
): number | undefined {
  const quoted: QuotedLeg[] = [];
  for (const leg of legs) {
    const { root, expiration, right, strike } = leg.contract;
    const quote = view.slice(root, expiration)?.quote(right, strike);
    if (quote === undefined) return undefined;
    quoted.push({ leg, quote });
  }
  const { total } = orderFees({ legs: quoted, quantity: 1, effect: "open", on: view.session.date }, fees);
  return toModel(total) / OPTION_MULTIPLIER;
}
