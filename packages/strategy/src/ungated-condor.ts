import { isListedExpiration, plannedSessionAfter } from "@steward/model";
import { type CondorProposal, selectCondor } from "./condor.ts";
import type { StrategyConfig, TierConfig } from "./config.ts";
import { expectedRange } from "./expected-range.ts";
import type { MarketView } from "./view.ts";

/**
 * The condor that a tier would have sold had no gate and no limit but its credit stood in the way: what a skipped session is
 * measured by. Undefined where nothing was listed or quoted, or no strikes pay the credit.
 */
export function ungatedCondor(
  view: MarketView,
  tier: TierConfig,
  { condor, fills }: StrategyConfig,
): CondorProposal | undefined {
  const on = view.session.date;
  const expiration = plannedSessionAfter(on, condor.sessionsToExpiration);
  if (condor.listings === "historical" && !isListedExpiration(condor.root, expiration)) return undefined;
  const range =
    view.volatility && expectedRange(condor.expectedRange, view.volatility, condor.sessionsToExpiration);
  const slice = view.slice(condor.root, expiration);
  if (range === undefined || slice === undefined) return undefined;

  const { maxShortDelta: _, ...unlimited } = tier;
  const lifted = { ...condor, minCreditShareOfWidth: 0, maxCostShareOfCredit: Number.POSITIVE_INFINITY };
  const selected = selectCondor(slice, unlimited, lifted, { expectedRange: range, fills, on });
  return selected.kind === "proposal" ? selected : undefined;
}
