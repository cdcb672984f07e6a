import type { SmilePoint } from "./smile-points.ts";
import { type SviSlice, sviVariance } from "./svi.ts";

/** How well a slice meets its points, in decimals of yearly volatility. */
export interface FitQuality {
  readonly points: number;
  /** Root mean square distance from the mids, each weighted by the inverse square of its deviation. */
  readonly weightedRms: number;
  /** Share of the points whose bid and ask hold the slice. */
  readonly insideShare: number;
  /** The strike farthest outside its bid and ask; the farthest from its mid where none is outside. */
  readonly worst: WorstStrike;
}

/** One strike's distances, in decimals of yearly volatility. */
export interface WorstStrike {
  readonly strike: number;
  /** Slice less mid. */
  readonly error: number;
  /** How far beyond bid or ask; 0 inside. */
  readonly outside: number;
}

/** Undefined without points. */
export function fitQuality(
  slice: SviSlice,
  points: readonly SmilePoint[],
  years: number,
): FitQuality | undefined {
  const root = Math.sqrt(years);
  let worst: WorstStrike | undefined;
  let weights = 0;
  let squares = 0;
  let inside = 0;
  for (const { strike, k, bid, mid, ask, deviation } of points) {
    const volatility = Math.sqrt(Math.max(sviVariance(slice, k), 0));
    const error = (volatility - mid) / root;
    const outside = Math.max(bid - volatility, volatility - ask, 0) / root;
    weights += 1 / (deviation * deviation);
    squares += (error * error) / (deviation * deviation);
    if (outside === 0) inside += 1;
    const isWorse =
      worst === undefined ||
      outside > worst.outside ||
      (outside === worst.outside && Math.abs(error) > Math.abs(worst.error));
    if (isWorse) worst = { strike, error, outside };
  }
  if (worst === undefined) return undefined;
  return {
    points: points.length,
    weightedRms: Math.sqrt(squares / weights),
    insideShare: inside / points.length,
    worst,
  };
}
