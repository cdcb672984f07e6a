import { strictExp as exp, strictLog as log } from "@steward/pricing";

/** ln(index/VIX) on ln VIX and on how far it stands above its own averages, with the bounds of the ratio. */
export interface TermCoefficients {
  readonly level: number;
  readonly vix: number;
  readonly surprise5: number;
  readonly surprise63: number;
  readonly lowest: number;
  readonly highest: number;
}

export const VIX9D: TermCoefficients = {
  level: -0.0544,
  vix: 0.0255,
  surprise5: 0.2611,
  surprise63: 0.1584,
  lowest: 0.65,
  highest: 1.45,
};

export const VIX3M: TermCoefficients = {
  level: 0.0933,
  vix: -0.0521,
  surprise5: -0.1415,
  surprise63: -0.2128,
  lowest: 0.7,
  highest: 1.3,
};

export const VIX6M: TermCoefficients = {
  level: 0.1631,
  vix: -0.1645,
  surprise5: -0.1456,
  surprise63: -0.2939,
  lowest: 0.62,
  highest: 1.5,
};

/** ln VIX less its exponential averages of half-life 5 and 63 sessions, the session itself included. */
export interface VixState {
  readonly vix: number;
  readonly surprise5: number;
  readonly surprise63: number;
}

/** A volatility index of another horizon, in points, from the 30-day one. */
export function termIndex(state: VixState, coefficients: TermCoefficients): number {
  const { level, vix, surprise5, surprise63, lowest, highest } = coefficients;
  const ratio = exp(
    level + vix * log(state.vix / 20) + surprise5 * state.surprise5 + surprise63 * state.surprise63,
  );
  return state.vix * Math.min(highest, Math.max(lowest, ratio));
}

/** VVIX in points: a long-run mean and a response to jumps, no more. */
export function volatilityOfVix({ vix, surprise5, surprise63 }: VixState): number {
  const value = exp(4.5294 + 0.0424 * log(vix / 20) + 0.261 * surprise5 + 0.2758 * surprise63);
  return Math.min(180, Math.max(60, value));
}
