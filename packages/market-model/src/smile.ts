import { strictExp as exp, strictLog as log } from "@steward/pricing";
import { type Hyperbola, hyperbola } from "./hyperbola.ts";

/** Constants of the SPX smile's shape in effective sessions u and VVIX; natural logarithms of u/5 and VVIX/92 drive it. */
export interface SmileCoefficients {
  readonly leftSlope: { readonly level: number; readonly time: number };
  readonly rightSlope: number;
  readonly skew: { readonly level: number; readonly time: number; readonly vvix: number };
  readonly curvature: { readonly level: number; readonly time: number };
}

/** Fitted on real chains of 2011 to 2023; see docs/market-model.md for what they miss. */
export const SMILE: SmileCoefficients = {
  leftSlope: { level: 0.1148, time: -0.0633 },
  rightSlope: 0.6,
  skew: { level: -1.955, time: 0.3216, vvix: 1.266 },
  curvature: { level: -1.295, time: 0.1 },
};

/** The skew may take at most this share of the left wing, so that the hyperbola exists. */
const LARGEST_SKEW = 0.4;

/** The shape of the SPX smile `sessions` effective sessions before expiration, with VVIX in index points. */
export function spxSmile(
  sessions: number,
  vvix: number,
  { leftSlope, rightSlope, skew, curvature }: SmileCoefficients = SMILE,
): Hyperbola {
  const lu = log(Math.min(60, Math.max(0.25, sessions)) / 5);
  const lv = log(Math.min(165, Math.max(65, vvix)) / 92);
  const left = exp(leftSlope.level + leftSlope.time * lu);
  const kappa = Math.min(exp(skew.level + skew.time * lu + skew.vvix * lv), LARGEST_SKEW * left);
  return hyperbola({
    leftSlope: left,
    rightSlope,
    slope: -2 * kappa,
    curvature: exp(curvature.level + curvature.time * lu),
  });
}
