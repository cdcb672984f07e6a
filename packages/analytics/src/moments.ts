/** Arithmetic mean; undefined for no values. */
export function mean(values: ArrayLike<number>): number | undefined {
  if (values.length === 0) return undefined;
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += values[i] ?? 0;
  return total / values.length;
}

/** Sample standard deviation (n − 1); undefined below two values. */
export function standardDeviation(values: ArrayLike<number>): number | undefined {
  const center = mean(values);
  if (center === undefined || values.length < 2) return undefined;
  if (!varies(values)) return 0;
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) {
    const deviation = (values[i] ?? 0) - center;
    squares += deviation * deviation;
  }
  return Math.sqrt(squares / (values.length - 1));
}

/** Skewness γ₃ and raw kurtosis γ₄ (normal: 0 and 3), with population moments; undefined where nothing varies. */
export function shape(
  values: ArrayLike<number>,
): { readonly skewness: number; readonly kurtosis: number } | undefined {
  const center = mean(values);
  if (center === undefined || !varies(values)) return undefined;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < values.length; i += 1) {
    const deviation = (values[i] ?? 0) - center;
    const square = deviation * deviation;
    second += square;
    third += square * deviation;
    fourth += square * square;
  }
  // Deviations under 1e-162 square to zero.
  if (second === 0) return undefined;

  const count = values.length;
  return {
    skewness: (Math.sqrt(count) * third) / (second * Math.sqrt(second)),
    kurtosis: (count * fourth) / (second * second),
  };
}

/** Whether any value differs from another. Exact, because the rounded mean of equal values may differ from each of them. */
export function varies(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i += 1) if (values[i] !== values[0]) return true;
  return false;
}

/** Position of the highest value, the first of equals; 0 for no values. */
export function positionOfMaximum(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i += 1) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
}

/** The value below which a share of a sorted ascending sample lies, linear between order statistics (Hyndman–Fan type 7). */
export function quantile(sorted: ArrayLike<number>, share: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[below + 1] ?? low;
  return low + (position - below) * (high - low);
}
