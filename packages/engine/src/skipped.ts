import {
  bootstrapMean,
  type Estimate,
  seededRandom,
  type TradeStatistics,
  tradeStatistics,
} from "@steward/analytics";
import {
  type CondorProposal,
  type MarketView,
  type NoTradeReason,
  type StrategyConfig,
  ungatedCondor,
} from "@steward/strategy";
import { MEAN_BLOCK } from "./arm.ts";
import type { Run } from "./kernel.ts";
import { orderOnPaper, settledOnPaper } from "./on-paper.ts";
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
  { structure }: CondorProposal,
  view: MarketView,
  { market, config }: { readonly market: Market; readonly config: StrategyConfig },
): number | undefined {
  const sold = orderOnPaper(structure, view, "open", config)?.afterFees;
  const settled = settledOnPaper(market, structure.legs);
  return sold === undefined || settled === undefined ? undefined : sold + settled;
}
