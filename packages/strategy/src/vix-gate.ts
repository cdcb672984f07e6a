import type { TierConfig, VixGateConfig } from "./config.ts";
import { type Gate, points } from "./verdict.ts";

/** Which tiers the gate holds open, carried from session to session because of the hysteresis. */
export interface VixGateState {
  readonly open: Readonly<Record<string, boolean>>;
  /** The last readings, the oldest first: as many as the five-day clause asks for. */
  readonly recent: readonly number[];
}

/** Before the first reading no tier has been closed, so each opens anywhere below its line. */
export const initialVixGate: VixGateState = { open: {}, recent: [] };

const CLAUSE_SESSIONS = 5;

/**
 * A tier is open while VIX is below its line; once closed it opens again only `hysteresis` points lower, so that a VIX that
 * hovers at the line does not switch it daily. Where the five-day clause is on, a VIX below the highest line and below its mean
 * of five sessions, today's among them, opens every tier; it leaves no trace in the hysteresis.
 */
export function vixGate(
  tiers: readonly TierConfig[],
  { hysteresis, fiveDayClause }: VixGateConfig,
  previous: VixGateState,
  vix: number | undefined,
): { readonly state: VixGateState; readonly gates: readonly Gate[] } {
  const recent = vix === undefined ? previous.recent : [...previous.recent, vix].slice(-CLAUSE_SESSIONS);
  const clause = fiveDayClause ? clauseGate(tiers, recent, vix) : undefined;
  const open: Record<string, boolean> = {};
  const gates: Gate[] = [];

  for (const { name, vixBelow } of tiers) {
    const wasOpen = previous.open[name] ?? true;
    const threshold = wasOpen ? vixBelow : vixBelow - hysteresis;
    const gate = tierGate(name, vix, threshold, wasOpen);
    open[name] = gate.verdict === "abstain" ? wasOpen : gate.verdict === "pass";
    gates.push(clause === undefined || gate.verdict !== "block" ? gate : { ...clause, name: gate.name });
  }

  return { state: { open, recent }, gates };
}

/** What opens all tiers at once; undefined where it does not, or cannot be told yet. */
function clauseGate(
  tiers: readonly TierConfig[],
  recent: readonly number[],
  vix: number | undefined,
): Omit<Gate, "name"> | undefined {
  if (vix === undefined || recent.length < CLAUSE_SESSIONS) return undefined;
  const line = Math.max(...tiers.map(({ vixBelow }) => vixBelow));
  const mean = recent.reduce((total, reading) => total + reading, 0) / CLAUSE_SESSIONS;
  if (vix >= line || vix >= mean) return undefined;
  const because = `VIX ${points(vix)} is below ${points(line)} and below its mean of five sessions, ${points(mean)}: every tier opens`;
  return { verdict: "pass", reading: vix, threshold: Math.min(line, mean), because };
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
