/** An estimate with its error: 95 % and 50 % bands around it. */
export interface Estimate {
  readonly value: number;
  readonly low95: number;
  readonly high95: number;
  readonly low50: number;
  readonly high50: number;
}

/** Standard normal quantiles of the two bands that every estimate carries. */
export const Z95 = 1.959963984540054;
export const Z50 = 0.6744897501960817;

/**
 * A share of successes with Wilson's score interval (Wilson 1927), which keeps its coverage near 0 and 1 where the usual
 * interval fails. Undefined for no trials.
 */
export function wilson(successes: number, trials: number): Estimate | undefined {
  if (trials === 0) return undefined;
  const share = successes / trials;
  const [low95, high95] = wilsonBand(share, trials, Z95);
  const [low50, high50] = wilsonBand(share, trials, Z50);
  return { value: share, low95, high95, low50, high50 };
}

function wilsonBand(share: number, trials: number, z: number): readonly [low: number, high: number] {
  const denominator = 1 + (z * z) / trials;
  const center = (share + (z * z) / (2 * trials)) / denominator;
  const half =
    (z / denominator) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  // Rounding must not lift an edge over a share of 0 or 1, which is its own edge.
  return [Math.max(0, Math.min(share, center - half)), Math.min(1, Math.max(share, center + half))];
}

/** An estimate whose error is taken as normal with this standard error. */
export function normalEstimate(value: number, standardError: number): Estimate {
  return {
    value,
    low95: value - Z95 * standardError,
    high95: value + Z95 * standardError,
    low50: value - Z50 * standardError,
    high50: value + Z50 * standardError,
  };
}
