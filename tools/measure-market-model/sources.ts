/** The model on each kind of input: real indices, real VIX alone, the index alone. */

import type { LevelSource, MarketInputs, SessionState, SuppliedSeries } from "@steward/market-model";
import type { CalendarDate } from "@steward/model";
import { atTheMoneyVolatility } from "../../packages/market-model/src/at-the-money.ts";
// Not by the package's name: its index reads the errors that this tool writes.
import { volatilityHistory } from "../../packages/market-model/src/history.ts";
import { type Hyperbola, varianceRatio } from "../../packages/market-model/src/hyperbola.ts";
import { SMILE, type SmileCoefficients, spxSmile } from "../../packages/market-model/src/smile.ts";
import { totalVariance } from "../../packages/market-model/src/variance-level.ts";
import type { RealSlice } from "./chains.ts";
import { readIndex, readVolatilityIndex } from "./fixtures.ts";

export const LEVELS: readonly LevelSource[] = ["indices", "vix", "spx"];

export type States = ReadonlyMap<CalendarDate, SessionState>;

export const LEVEL_NAMES: Readonly<Record<LevelSource, string>> = {
  indices: "real indices",
  vix: "real VIX",
  spx: "index alone",
};

/** The states of all sessions by level source. */
export function readStates(): Readonly<Record<LevelSource, States>> {
  const base: MarketInputs = { index: readIndex(), indexSource: "imported" };
  const vix = supplied("vix");
  const indices = {
    vix,
    vix9d: supplied("vix9d"),
    vix3m: supplied("vix3m"),
    vix6m: supplied("vix6m"),
    vvix: supplied("vvix"),
  };
  return {
    indices: statesOf({ ...base, ...indices }),
    vix: statesOf({ ...base, vix }),
    spx: statesOf(base),
  };
}

function supplied(name: string): SuppliedSeries {
  return { values: readVolatilityIndex(name), source: "imported", detail: name };
}

function statesOf(inputs: MarketInputs): States {
  return new Map(volatilityHistory(inputs).states.map((state) => [state.bar.date, state]));
}

/** A modelled smile on a real slice's forward. */
export interface ModelSmile {
  readonly smile: Hyperbola;
  readonly level: number;
}

/** The model's smile for a real slice, its level from the session's state. */
export function modelSmile(
  real: RealSlice,
  state: SessionState | undefined,
  coefficients: SmileCoefficients = SMILE,
): ModelSmile | undefined {
  if (state?.volatility === undefined) return undefined;
  const { curve, readings } = state.volatility;
  const smile = spxSmile(real.sessions, readings.vvix.value, coefficients);
  return { smile, level: atTheMoneyVolatility(smile, totalVariance(curve, real.sessions)) };
}

/** The model's shape with the real level at the money. */
export function shapeOnly(
  real: RealSlice,
  state: SessionState | undefined,
  coefficients: SmileCoefficients = SMILE,
): ModelSmile | undefined {
  const made = modelSmile(real, state, coefficients);
  return made === undefined ? undefined : { smile: made.smile, level: real.atTheMoney };
}

/** Total volatility of a modelled smile at a strike. */
export function totalAt({ smile, level }: ModelSmile, points: number, forward: number): number {
  return level * Math.sqrt(varianceRatio(smile, Math.log(points / forward) / level));
}
