import type { Arm } from "./arm.ts";

/** What an account paid, against one without protection, for a shallower drawdown. */
export interface Protection {
  /** Growth given up a year; negative where it gained. */
  readonly costAYear: number;
  /** Shares of equity by which the deepest drawdown was shallower; negative where it was deeper. */
  readonly drawdownSaved: number;
  /** Growth given up a year for each point of drawdown saved; undefined where none was saved. */
  readonly costPerPoint: number | undefined;
}

/** Sets an account against the unprotected one; undefined where a run is too short for either number. */
export function measureProtection(unprotected: Arm, protectedArm: Arm): Protection | undefined {
  const [before, after] = [unprotected.statistics, protectedArm.statistics];
  if (before.growth === undefined || after.growth === undefined) return undefined;
  if (before.drawdown === undefined || after.drawdown === undefined) return undefined;
  const costAYear = before.growth.value - after.growth.value;
  const drawdownSaved = after.drawdown.depth.value - before.drawdown.depth.value;
  const costPerPoint = drawdownSaved > 0 ? costAYear / (drawdownSaved * 100) : undefined;
  return { costAYear, drawdownSaved, costPerPoint };
}
