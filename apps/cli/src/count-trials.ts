import type { Trial } from "@steward/store/trials";
import type { Io } from "./io.ts";
import { type Standing, standingOf } from "./trials.ts";

/**
 * Counts trials in the user's ledger and holds each against all that is there, in order. A ledger that cannot be written is
 * no reason to keep a result back: that is said, and no trial has a standing.
 */
export function countTrials(io: Io, trials: readonly Trial[]): readonly (Standing | undefined)[] {
  if (io.trials === undefined) return [];
  try {
    const ledger = io.trials();
    try {
      ledger.add(trials);
      const all = ledger.all();
      return trials.map((trial) => standingOf(trial, all));
    } finally {
      ledger.close();
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    io.err(`steward: the ledger of trials cannot be written, and what was run is not counted: ${why}`);
    return [];
  }
}
