import { assert } from "@steward/model";
import type { SizeConfig } from "./config.ts";

/** Cash per index point of one SPX, SPXW, XSP or VIX option. */
export const OPTION_MULTIPLIER = 100;

export interface TierSize {
  /** Whole condors; 0 where the account is too small for one. */
  readonly contracts: number;
  /** Dollars that one condor can lose at settlement, before fees. */
  readonly maxLossEach: number;
  /** Dollars that this tier may lose. */
  readonly riskBudget: number;
}

/**
 * Condors of one tier: its equal part of the total risk, or what open condors and earlier tiers have left of the total where
 * that is less, divided by what one condor can lose at settlement. A tier that stays out leaves its part unused, so the total
 * never exceeds the cap and no other tier grows for it.
 */
export function tierSize(
  { totalRiskShare }: Pick<SizeConfig, "totalRiskShare">,
  {
    equity,
    riskTaken = 0,
    tiers,
    width,
    credit,
    factor = 1,
  }: {
    readonly equity: number;
    /** Dollars that condors already sold can lose. */
    readonly riskTaken?: number;
    readonly tiers: number;
    /** Times the tier's part: less than 1 before an event. */
    readonly factor?: number;
    readonly width: number;
    readonly credit: number;
  },
): TierSize {
  const total = Math.max(equity, 0) * totalRiskShare;
  const riskBudget = Math.max(Math.min((total / tiers) * factor, total - riskTaken), 0);
  const maxLossEach = (width - credit) * OPTION_MULTIPLIER;
  assert(maxLossEach > 0, () => `a wing is wider than its credit, was ${width} against ${credit}`);
  return { contracts: Math.floor(riskBudget / maxLossEach), maxLossEach, riskBudget };
}
