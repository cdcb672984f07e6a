import { strictLog as log } from "@steward/pricing";
import type { Reading } from "@steward/strategy";
import { exponentialAverage } from "./exponential-average.ts";
import { type MarketInputs, valuesBySession } from "./inputs.ts";
import { termIndex, VIX3M, VIX6M, VIX9D, type VixState, volatilityOfVix } from "./term-structure.ts";
import { modelledVolatilityIndex } from "./volatility-index.ts";

type IndexName = "vix9d" | "vix" | "vix3m" | "vix6m" | "vvix";

/** A session's volatility indices in points, and how far VIX stands above its average, in log points. */
export interface IndexReadings extends Readonly<Record<IndexName, Reading>> {
  readonly surprise63: number;
}

/** For each session every volatility index: the real value where there is one, else the modelled one. */
export function indexReadings(inputs: MarketInputs): readonly IndexReadings[] {
  const sessions = inputs.index.map(({ date }) => date);
  const supplied: Readonly<Record<IndexName, readonly (number | undefined)[]>> = {
    vix9d: valuesBySession(sessions, inputs.vix9d),
    vix: valuesBySession(sessions, inputs.vix),
    vix3m: valuesBySession(sessions, inputs.vix3m),
    vix6m: valuesBySession(sessions, inputs.vix6m),
    vvix: valuesBySession(sessions, inputs.vvix),
  };
  const states = vixStates(
    modelledVolatilityIndex(inputs.index).map((modelled, index) => supplied.vix[index] ?? modelled),
  );

  return states.map((state, index) => {
    const reading = (name: IndexName, model: () => number): Reading => {
      const value = supplied[name][index];
      const source = inputs[name]?.source;
      return value === undefined || source === undefined
        ? { value: model(), source: "modelled" }
        : { value, source };
    };
    return {
      vix9d: reading("vix9d", () => termIndex(state, VIX9D)),
      vix: reading("vix", () => state.vix),
      vix3m: reading("vix3m", () => termIndex(state, VIX3M)),
      vix6m: reading("vix6m", () => termIndex(state, VIX6M)),
      vvix: reading("vvix", () => volatilityOfVix(state)),
      surprise63: state.surprise63,
    };
  });
}

/** VIX of each session with its distance from its own past. */
function vixStates(levels: Float64Array): readonly VixState[] {
  const logs = levels.map(log);
  const averages5 = exponentialAverage(logs, 5);
  const averages63 = exponentialAverage(logs, 63);
  return Array.from(levels, (vix, index) => {
    const level = logs[index] ?? 0;
    return {
      vix,
      surprise5: level - (averages5[index] ?? level),
      surprise63: level - (averages63[index] ?? level),
    };
  });
}
