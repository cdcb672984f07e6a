import type { VixCurve } from "./vix-curve.ts";

/** Names for the slope of the VIX curve; their lines are this system's reading of contradicting pages. */
export type ContangoState = "inverted" | "flat" | "normal" | "pronounced" | "extreme";

/** The least slope of each state, steepest first. */
const LINES: readonly (readonly [ContangoState, number])[] = [
  ["extreme", 0.15],
  ["pronounced", 0.08],
  ["normal", 0.03],
  ["flat", 0],
];

/** The future of sixty days over that of thirty, less one: 0.08 is 8 %. */
export function contango({ sixtyDays, thirtyDays }: VixCurve): number {
  return sixtyDays / thirtyDays - 1;
}

/** The name of a slope; a line belongs to the state above it. */
export function contangoState(slope: number): ContangoState {
  return LINES.find(([, least]) => slope >= least)?.[0] ?? "inverted";
}
