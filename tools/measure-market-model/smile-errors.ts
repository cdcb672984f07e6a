/** Volatility of the model less that of real chains, by delta and time. */
import type { LevelSource, SessionState } from "@steward/market-model";
import type { SmileCoefficients } from "../../packages/market-model/src/smile.ts";
import { SESSIONS_PER_YEAR } from "../../packages/market-model/src/variance-clock.ts";
import type { RealOption, RealSlice } from "./chains.ts";
import { LEVELS, type ModelSmile, modelSmile, type States, shapeOnly, totalAt } from "./sources.ts";
import { Groups } from "./statistics.ts";

export const DELTAS: readonly number[] = [50, 25, 16, 10, 5];
export const TERMS: readonly string[] = ["1", "2–4", "5–9", "10–20", "21–45"];
export type SmileCase = "shape" | LevelSource;

export interface SmileError {
  readonly slice: RealSlice;
  readonly smileCase: SmileCase;
  readonly side: "put" | "call";
  readonly delta: number;
  /** Volatility points a year of effective sessions, model less real. */
  readonly error: number;
}

/** The range of days that a slice counts in. */
export function termOf(days: number): string {
  if (days === 1) return "1";
  if (days <= 4) return "2–4";
  if (days <= 9) return "5–9";
  return days <= 20 ? "10–20" : "21–45";
}

/** Errors at the listed deltas of every slice, in every case. */
export function smileErrors(
  slices: readonly RealSlice[],
  states: Readonly<Record<LevelSource, States>>,
  coefficients?: SmileCoefficients,
): readonly SmileError[] {
  return slices.flatMap((slice) => {
    const stateOf = (level: LevelSource): SessionState | undefined => states[level].get(slice.date);
    const models: readonly (readonly [SmileCase, ModelSmile | undefined])[] = [
      ["shape", shapeOnly(slice, stateOf("indices"), coefficients)],
      ...LEVELS.map((level) => [level, modelSmile(slice, stateOf(level), coefficients)] as const),
    ];
    return models.flatMap(([smileCase, model]) =>
      model === undefined
        ? []
        : [...sideErrors(slice, model, "put"), ...sideErrors(slice, model, "call")].map((found) => ({
            ...found,
            slice,
            smileCase,
          })),
    );
  });
}

function sideErrors(
  slice: RealSlice,
  model: ModelSmile,
  side: "put" | "call",
): Omit<SmileError, "slice" | "smileCase">[] {
  const options = side === "put" ? slice.puts : slice.calls.toReversed();
  const scale = 100 * Math.sqrt(SESSIONS_PER_YEAR / slice.sessions);
  const errorAt = ({ points, total }: RealOption): number =>
    (totalAt(model, points, slice.forward) - total) * scale;
  return DELTAS.flatMap((delta) => {
    // Deltas rise toward the money; the error is interpolated between the two options around the wanted one.
    const upper = options.findIndex((option) => option.delta >= delta / 100);
    const near = options[upper];
    const far = options[upper - 1];
    if (near === undefined || far === undefined || near.delta - far.delta > 0.15) return [];
    const share = (delta / 100 - far.delta) / (near.delta - far.delta);
    return [{ side, delta, error: errorAt(far) + (errorAt(near) - errorAt(far)) * share }];
  });
}

/** The errors in groups of case, term, side and delta. */
export function smileGroups(errors: readonly SmileError[]): Groups {
  const groups = new Groups();
  for (const { slice, smileCase, side, delta, error } of errors) {
    groups.add(`${smileCase} ${termOf(slice.days)} ${side} ${delta}`, error);
    groups.add(`${smileCase} ${termOf(slice.days)}`, error);
    groups.add(`${smileCase} ${termOf(slice.days)} ${slice.block}`, error);
    groups.add(`${smileCase} ${side} ${delta}`, error);
  }
  return groups;
}
