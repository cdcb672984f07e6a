import { type AverageState, initialAverage, nextAverage } from "./moving-average.ts";

/** Appel's averages: sessions of the fast and the slow one, and of the signal line. */
export interface MacdPeriods {
  readonly fast: number;
  readonly slow: number;
  readonly signal: number;
}

/** The usual periods. */
export const USUAL_PERIODS: MacdPeriods = { fast: 12, slow: 26, signal: 9 };

/** The averages, carried from session to session, and the last two histograms, today's last. */
export interface MacdState {
  readonly fast: AverageState;
  readonly slow: AverageState;
  readonly signal: AverageState;
  readonly histogram: readonly number[];
}

/** Before the first value. */
export const initialMacd: MacdState = {
  fast: initialAverage,
  slow: initialAverage,
  signal: initialAverage,
  histogram: [],
};

/** Fast less slow average is the line, its own average the signal, their distance the histogram. */
export function nextMacd(
  { fast, slow, signal, histogram }: MacdState,
  value: number,
  periods: MacdPeriods = USUAL_PERIODS,
): MacdState {
  const averages = {
    fast: nextAverage(fast, value, exponential(periods.fast)),
    slow: nextAverage(slow, value, exponential(periods.slow)),
  };
  if (averages.slow.seen < periods.slow) return { ...averages, signal, histogram };
  const line = averages.fast.value - averages.slow.value;
  const after = nextAverage(signal, line, exponential(periods.signal));
  if (after.seen < periods.signal) return { ...averages, signal: after, histogram };
  return { ...averages, signal: after, histogram: [...histogram, line - after.value].slice(-2) };
}

function exponential(period: number): { readonly period: number; readonly weight: number } {
  return { period, weight: 2 / (period + 1) };
}

/** Where the line stands to its signal; undefined before two histograms, with the usual periods 35 values. */
export function macdTurn({ histogram: [before, today] }: MacdState): MacdTurn | undefined {
  if (before === undefined || today === undefined) return undefined;
  if (today > 0 && today > before) return { histogram: today, direction: "rising" };
  return { histogram: today, direction: today < 0 && today < before ? "falling" : "undecided" };
}

/** `rising` above the signal and away from it, `falling` below and away. */
export interface MacdTurn {
  readonly histogram: number;
  readonly direction: "rising" | "falling" | "undecided";
}
