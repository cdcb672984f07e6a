import { quantile } from "@steward/analytics";
import type { PremiumGaugeConfig } from "./config.ts";
import { type Gate, points } from "./verdict.ts";

/** What the gauge remembers: the last credits, as shares of the width, the oldest first. */
export interface PremiumGaugeState {
  readonly credits: readonly number[];
}

export const initialPremiumGauge: PremiumGaugeState = { credits: [] };

/** A quarter of a year before a median of a year says anything. */
const LEAST_SESSIONS = 63;

/**
 * Premium to be had today against what was usual: the credit at `multiple` expected ranges over the median of the last `window`
 * sessions, today not among them. It blocks below `skipBelow`. A session without quotes leaves no trace.
 */
export function premiumGauge(
  { window, skipBelow }: PremiumGaugeConfig,
  previous: PremiumGaugeState,
  creditShare: number | undefined,
): { readonly state: PremiumGaugeState; readonly gate: Gate } {
  const name = "premium-gauge";
  if (creditShare === undefined) {
    const because = "no condor is quoted for the gauge of premium";
    return {
      state: previous,
      gate: { name, verdict: "abstain", reading: undefined, threshold: skipBelow, because },
    };
  }

  const state = { credits: [...previous.credits, creditShare].slice(-window) };
  const usual = quantile(
    Float64Array.from(previous.credits).toSorted((left, right) => left - right),
    0.5,
  );
  if (usual === undefined || usual <= 0 || previous.credits.length < LEAST_SESSIONS) {
    const because = `the gauge of premium has seen ${previous.credits.length} sessions and needs ${LEAST_SESSIONS}`;
    return { state, gate: { name, verdict: "abstain", reading: undefined, threshold: skipBelow, because } };
  }

  const reading = creditShare / usual;
  const isEnough = reading >= skipBelow;
  const because = `premium is ${points(reading)} of its usual level, ${isEnough ? "not below" : "below"} ${points(skipBelow)}`;
  return {
    state,
    gate: { name, verdict: isEnough ? "pass" : "block", reading, threshold: skipBelow, because },
  };
}
