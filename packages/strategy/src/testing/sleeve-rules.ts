import type { SecondEngineConfig, StrategyConfig } from "../config.ts";
import { presets, usualSecondEngine } from "../presets.ts";
import type { SleeveAccount } from "../second-engine/decide-second-engine.ts";
import { type FakeViewOptions, fakeView } from "./fake-market.ts";

/** A second engine that the slope of the VIX curve alone opens, over the flagship with no limit on the cost of fills. */
export function sleeveRules(changes: Partial<SecondEngineConfig> = {}): StrategyConfig & {
  readonly secondEngine: SecondEngineConfig;
} {
  const { flagship } = presets as { readonly flagship: StrategyConfig };
  return {
    ...flagship,
    condor: { ...flagship.condor, maxCostShareOfCredit: 1 },
    secondEngine: {
      ...usualSecondEngine,
      readings: { contango: 1, "rsi-divergence": 0, "rsi-cash": 0, macd: 0 },
      minGroups: 1,
      ...changes,
    },
  };
}

/** A session in which the curve is steep: futures of thirty and sixty days at 15.5 and 17, over a VIX of 14. */
export function steepView(options: FakeViewOptions) {
  return fakeView({ vixChain: (days) => ({ forward: 14 + days / 20, volatility: 0.8 }), ...options });
}

/** A sleeve of a quarter of a million that holds nothing. */
export const freshSleeve: SleeveAccount = {
  equity: 250_000,
  peakEquity: 250_000,
  startEquity: 250_000,
  realized: 0,
  condorRisk: 0,
  positions: [],
};
