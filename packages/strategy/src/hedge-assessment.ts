import type { HedgeConfig } from "./config.ts";
import { type LayerCall, layerCall, yearlyUnitCost } from "./hedge-cost.ts";
import type { MarketView } from "./view.ts";

/** What the hedge would buy in a session and what a unit of it costs in a quiet year, for any account. */
export interface HedgeAssessment {
  /** Dollars, above zero; undefined where `yearlyUnitCost` finds none. */
  readonly yearlyUnitCost: number | undefined;
  /** The call that each layer would buy, in the order of the layers; undefined where none is quoted. */
  readonly calls: readonly (LayerCall | undefined)[];
}

/** Looks up each layer's call and prices a quiet year of one unit. */
export function assessHedge(view: MarketView, config: HedgeConfig): HedgeAssessment {
  const calls = config.layers.map((layer) => layerCall(view, layer, config.delta));
  return { calls, yearlyUnitCost: yearlyUnitCost(calls) };
}
