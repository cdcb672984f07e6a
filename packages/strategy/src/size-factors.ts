import type { SizeConfig } from "./config.ts";
import { drawdownBrake } from "./drawdown-brake.ts";
import type { EventAssessment } from "./event-policy.ts";
import { fairValueFactor } from "./fair-value.ts";
import type { SizeFactor } from "./size-factor.ts";
import type { MarketView } from "./view.ts";

/** Everything that scales the condors of a session; the factors multiply. */
export function sizeFactors(
  view: MarketView,
  events: EventAssessment,
  account: { readonly equity: number; readonly peakEquity: number },
  { drawdownBrake: brake, fairValue }: SizeConfig,
): readonly SizeFactor[] {
  return [
    ...(events.because.length === 0
      ? []
      : [{ name: "events", factor: events.factor, because: events.because.join("; ") } as const]),
    ...(brake === undefined ? [] : [drawdownBrake(brake, account)]),
    ...(fairValue === undefined ? [] : [fairValueFactor(fairValue, view)]),
  ];
}
