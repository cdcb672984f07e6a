import type { RiskProfileName, StrategyConfig } from "./config.ts";
import { percentText } from "./verdict.ts";

/** How much somebody is willing to lose at once, as bounds that a configuration stays within. */
export interface RiskProfile {
  /** Largest loss of all that is open, as a share of the account's equity: the first engine's of its own, the second's of its own. */
  readonly riskShare: number;
  readonly tiers: number;
  readonly isHedged: boolean;
}

/** Public pages set the steward, who keeps, against the promoter, who chases; their numbers: 3 % and two tiers, 10 % and three. */
export const riskProfiles: Readonly<Record<RiskProfileName, RiskProfile>> = {
  steward: { riskShare: 0.03, tiers: 2, isHedged: true },
  promoter: { riskShare: 0.1, tiers: 3, isHedged: false },
};

/** The configuration at the bounds of a profile: its risk, and of its tiers those that pay least and so sit farthest. */
export function withRiskProfile(config: StrategyConfig, name: RiskProfileName): StrategyConfig {
  const { riskShare, tiers } = riskProfiles[name];
  const { condor, size, secondEngine } = config;
  return {
    ...config,
    condor: {
      ...condor,
      tiers: condor.tiers.toSorted((left, right) => left.credit - right.credit).slice(0, tiers),
    },
    size: { ...size, profile: name, totalRiskShare: riskShare },
    secondEngine: secondEngine && { ...secondEngine, riskShare },
  };
}

/** A key that goes beyond the configuration's profile. */
export interface BeyondProfile {
  readonly key: string;
  readonly message: string;
}

/** What of a configuration its own profile does not allow. */
export function beyondRiskProfile({
  condor,
  size,
  hedge,
  secondEngine,
}: StrategyConfig): readonly BeyondProfile[] {
  if (size.profile === undefined) return [];
  const { riskShare, tiers, isHedged } = riskProfiles[size.profile];
  const most = `expected at most ${percentText(riskShare)} of equity under the profile ${size.profile}`;
  const beyond: BeyondProfile[] = [];
  if (size.totalRiskShare > riskShare)
    beyond.push({ key: "size.totalRiskShare", message: `${most}, found ${size.totalRiskShare}` });
  if (secondEngine !== undefined && secondEngine.riskShare > riskShare)
    beyond.push({ key: "secondEngine.riskShare", message: `${most}, found ${secondEngine.riskShare}` });
  if (condor.tiers.length > tiers)
    beyond.push({
      key: "condor.tiers",
      message: `expected at most ${tiers} tiers under the profile ${size.profile}, found ${condor.tiers.length}`,
    });
  if (isHedged && (hedge === undefined || hedge.layers.length === 0))
    beyond.push({ key: "hedge", message: `expected a hedge under the profile ${size.profile}, found none` });
  return beyond;
}
