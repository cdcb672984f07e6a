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

/** What protection is judged by: growth a year, and the deepest drawdown as a negative share. */
export interface Protected {
  readonly growth: number | undefined;
  readonly drawdown: number | undefined;
}

/** Sets an account against the unprotected one; undefined where a run is too short for either number. */
export function measureProtection(before: Protected, after: Protected): Protection | undefined {
  if (before.growth === undefined || after.growth === undefined) return undefined;
  if (before.drawdown === undefined || after.drawdown === undefined) return undefined;
  const costAYear = before.growth - after.growth;
  const drawdownSaved = after.drawdown - before.drawdown;
  const costPerPoint = drawdownSaved > 0 ? costAYear / (drawdownSaved * 100) : undefined;
  return { costAYear, drawdownSaved, costPerPoint };
}

/** The same of an arm. */
export function protectedOf({ statistics: { growth, drawdown } }: Arm): Protected {
  return { growth: growth?.value, drawdown: drawdown?.depth.value };
}
