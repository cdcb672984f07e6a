/** An average on its way: how many values it has seen and where it stands. */
export interface AverageState {
  readonly seen: number;
  readonly value: number;
}

/** Before the first value. */
export const initialAverage: AverageState = { seen: 0, value: 0 };

/**
 * The average after one more value. The first `period` values are averaged plainly, as published tables begin; from then on a new value
 * has the weight `weight`: 2 / (period + 1) makes it exponential, 1 / period Wilder's.
 */
export function nextAverage(
  { seen, value }: AverageState,
  next: number,
  { period, weight }: { readonly period: number; readonly weight: number },
): AverageState {
  const share = seen < period ? 1 / (seen + 1) : weight;
  return { seen: Math.min(seen + 1, period), value: value + share * (next - value) };
}
