import { presets, type StrategyConfig } from "@steward/strategy";

const { flagship } = presets as { readonly flagship: StrategyConfig };

/** The flagship with wide bands, no floor and no limit on costs: every tier finds its condor on the fake market's ticks. */
export const easyRules: StrategyConfig = {
  ...flagship,
  condor: { ...flagship.condor, creditBand: 0.25, minCreditShareOfWidth: 0, maxCostShareOfCredit: 1 },
};
