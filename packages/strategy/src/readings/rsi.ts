import { type AverageState, initialAverage, nextAverage } from "./moving-average.ts";

/** Wilder's averages of rises and falls, carried from session to session. */
export interface RsiState {
  readonly last: number | undefined;
  readonly rise: AverageState;
  readonly fall: AverageState;
}

/** Before the first value. */
export const initialRsi: RsiState = { last: undefined, rise: initialAverage, fall: initialAverage };

/** Wilder (1978), New Concepts in Technical Trading Systems, takes fourteen. */
const PERIOD = 14;
const WILDER = { period: PERIOD, weight: 1 / PERIOD };

/** The state after one more value. */
export function nextRsi({ last, rise, fall }: RsiState, value: number): RsiState {
  if (last === undefined) return { last: value, rise, fall };
  const change = value - last;
  return {
    last: value,
    rise: nextAverage(rise, Math.max(change, 0), WILDER),
    fall: nextAverage(fall, Math.max(-change, 0), WILDER),
  };
}

/** The index from 0 to 100: 50 where nothing moved; undefined before fourteen changes. */
export function rsi({ rise, fall }: RsiState): number | undefined {
  if (rise.seen < PERIOD) return undefined;
  const moved = rise.value + fall.value;
  return moved === 0 ? 50 : 100 * (rise.value / moved);
}
