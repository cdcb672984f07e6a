import type { RiskProfileName, SizeConfig } from "./config.ts";
import { drawdownBrake } from "./drawdown-brake.ts";
import type { EventAssessment } from "./event-policy.ts";
import { fairValueFactor } from "./fair-value.ts";
import { riskProfiles } from "./risk-profile.ts";
import type { SizeFactor } from "./size-factor.ts";
import { percentText } from "./verdict.ts";
import type { MarketView } from "./view.ts";

/** Everything that scales the condors of a session; the factors multiply. */
export function sizeFactors(
  view: MarketView,
  events: EventAssessment,
  account: { readonly equity: number; readonly peakEquity: number },
  { profile, drawdownBrake: brake, fairValue }: SizeConfig,
): readonly SizeFactor[] {
  return [
    ...(profile === undefined ? [] : [profileFactor(profile)]),
    ...(events.because.length === 0
      ? []
      : [{ name: "events", factor: events.factor, because: events.because.join("; ") } as const]),
    ...(brake === undefined ? [] : [drawdownBrake(brake, account)]),
    ...(fairValue === undefined ? [] : [fairValueFactor(fairValue, view)]),
  ];
}

/** It cuts nothing: the configuration stays within its bound already. */
function profileFactor(name: RiskProfileName): SizeFactor {
  const most = percentText(riskProfiles[name].riskShare);
  return { name: "profile", factor: 1, because: `${name}: at most ${most} of equity at risk` };
}
