import type { TierConfig, VixGateConfig } from "./config.ts";
import { type Gate, points } from "./verdict.ts";

/** Which tiers the gate holds open, carried from session to session because of the hysteresis. */
export interface VixGateState {
  readonly open: Readonly<Record<string, boolean>>;
}

/** Before the first reading no tier has been closed, so each opens anywhere below its line. */
export const initialVixGate: VixGateState = { open: {} };

/**
 * A tier is open while VIX is below its line; once closed it opens again only `hysteresis` points lower, so that a VIX that
 * hovers at the line does not switch it daily.
 */
export function vixGate(
  tiers: readonly TierConfig[],
  { hysteresis }: VixGateConfig,
  previous: VixGateState,
  vix: number | undefined,
): { readonly state: VixGateState; readonly gates: readonly Gate[] } {
  const open: Record<string, boolean> = {};
  const gates: Gate[] = [];

  for (const { name, vixBelow } of tiers) {
    const wasOpen = previous.open[name] ?? true;
    const threshold = wasOpen ? vixBelow : vixBelow - hysteresis;
    const gate = tierGate(name, vix, threshold, wasOpen);
    open[name] = gate.verdict === "abstain" ? wasOpen : gate.verdict === "pass";
    gates.push(gate);
  }

  return { state: { open }, gates };
}

function tierGate(tier: string, vix: number | undefined, threshold: number, wasOpen: boolean): Gate {
  const name = `vix:${tier}`;
  if (vix === undefined) {
    const because = "VIX is not known yet: the volatility model needs 126 sessions of index history";
    return { name, verdict: "abstain", reading: undefined, threshold, because };
  }

  const reopening = wasOpen ? "" : " (the line to open again)";
  return vix < threshold
    ? {
        name,
        verdict: "pass",
        reading: vix,
        threshold,
        because: `VIX ${points(vix)} is below ${points(threshold)}${reopening}`,
      }
    : {
        name,
        verdict: "block",
        reading: vix,
        threshold,
        because: `VIX ${points(vix)} is not below ${points(threshold)}${reopening}`,
      };
}
