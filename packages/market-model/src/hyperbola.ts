import { assert } from "@steward/model";

/** What a smile is asked to do, in normalized moneyness x = ln(K/F)/s: at the money its value is 1. */
export interface HyperbolaShape {
  /** Slope of the variance far left, as a positive number. */
  readonly leftSlope: number;
  readonly rightSlope: number;
  /** v′(0), negative where puts are dearer. */
  readonly slope: number;
  /** v″(0), positive. */
  readonly curvature: number;
}

/** v(x) = 1 + C·(ρx + √((x−m)²+σ²) − σ/q): an SVI slice through (0, 1), ready to evaluate. */
export interface Hyperbola {
  readonly scale: number;
  readonly tilt: number;
  readonly center: number;
  readonly widthSquared: number;
  readonly offset: number;
}

/** The hyperbola of a shape. Gatheral and Jacquier, "Arbitrage-free SVI volatility surfaces" (2014), raw parameters. */
export function hyperbola({ leftSlope, rightSlope, slope, curvature }: HyperbolaShape): Hyperbola {
  const scale = (leftSlope + rightSlope) / 2;
  const tilt = (rightSlope - leftSlope) / (leftSlope + rightSlope);
  const tangent = tilt - slope / scale;
  assert(
    curvature > 0 && tangent > -1 && tangent < 1,
    "a smile's slope at the money lies between its wings'",
  );

  const q = Math.sqrt(1 - tangent * tangent);
  const width = (scale * q * q * q) / curvature;
  return { scale, tilt, center: (width * tangent) / q, widthSquared: width * width, offset: width / q };
}

/**
 * Far below its future the VIX smile of a long expiration would fall below zero; from here on it stays level, which
 * costs no convexity. The SPX smile does not come near.
 */
const LOWEST_RATIO = 0.04;

/** Variance at `x` as a multiple of the variance at the money. */
export function varianceRatio({ scale, tilt, center, widthSquared, offset }: Hyperbola, x: number): number {
  const distance = x - center;
  const ratio = 1 + scale * (tilt * x + Math.sqrt(distance * distance + widthSquared) - offset);
  return ratio > LOWEST_RATIO ? ratio : LOWEST_RATIO;
}
