// The start of a fit: for fixed m and sigma SVI is linear in its other three parameters (De Marco and Martini 2009,
// "Quasi-explicit calibration of Gatheral's SVI model", Zeliade Systems). Written in the slopes of the wings,
//   w = a + right (z + x) / 2 + left (z - x) / 2,   x = k - m,   z = sqrt(x^2 + sigma^2),
// the constraints on them are a box, so that the inner problem is solved exactly; the outer two go over a grid.

import { strictLog } from "../strict-math.ts";
import type { SmilePoint } from "./smile-points.ts";
import type { SviVariables } from "./svi-jet.ts";

/** A number for each wing. */
export interface WingSlopes {
  readonly left: number;
  readonly right: number;
}

/**
 * The steepest wing of a fit: a little under Lee's bound, and under four times the slice's total volatility at the money,
 * which no index or volatility smile comes near and below which quotes near the money alone cannot bend a wing away.
 */
export function steepestWing(scale: number): number {
  return Math.min(1.999, 4 * scale);
}

const CENTERS = [-2, -1.2, -0.7, -0.35, -0.15, 0, 0.15, 0.35, 0.7, 1.2] as const;
const WIDTHS = [0.06, 0.12, 0.25, 0.5, 1, 2, 4] as const;
const LEAST_VARIANCE_SHARE = 1e-4;

/** The best slices of the grid, one for each m and sigma, in units of the total volatility at the money. */
export function sviStarts(points: readonly SmilePoint[], scale: number): readonly SviVariables[] {
  const flat: SviVariables = [scale * scale, 0.01 * scale, 0.01 * scale, 0, strictLog(scale)];
  const candidates = CENTERS.flatMap((center) =>
    WIDTHS.map((width) =>
      innerFit(points, { m: center * scale, sigma: width * scale, most: steepestWing(scale) }),
    ),
  );
  const sound = candidates.filter(
    ({ leastVariance }) => leastVariance > LEAST_VARIANCE_SHARE * scale * scale,
  );
  return [...sound.map(({ variables }) => variables), flat];
}

interface InnerFit {
  readonly variables: SviVariables;
  readonly leastVariance: number;
}

/** The moments of a weighted regression on two basis functions and a constant. */
function innerFit(
  points: readonly SmilePoint[],
  { m, sigma, most }: { readonly m: number; readonly sigma: number; readonly most: number },
): InnerFit {
  let n = 0;
  let meanP = 0;
  let meanQ = 0;
  let meanW = 0;
  const basis = (k: number): readonly [p: number, q: number] => {
    const x = k - m;
    const z = Math.sqrt(x * x + sigma * sigma);
    return [0.5 * (z + x), 0.5 * (z - x)];
  };
  for (const point of points) {
    const weight = weightOf(point);
    const [p, q] = basis(point.k);
    n += weight;
    meanP += weight * p;
    meanQ += weight * q;
    meanW += weight * point.mid * point.mid;
  }
  meanP /= n;
  meanQ /= n;
  meanW /= n;
  const moments = { pp: 0, pq: 0, qq: 0, pw: 0, qw: 0, ww: 0 };
  for (const point of points) {
    const weight = weightOf(point);
    const [p, q] = basis(point.k);
    const [dp, dq, dw] = [p - meanP, q - meanQ, point.mid * point.mid - meanW];
    moments.pp += weight * dp * dp;
    moments.pq += weight * dp * dq;
    moments.qq += weight * dq * dq;
    moments.pw += weight * dp * dw;
    moments.qw += weight * dq * dw;
    moments.ww += weight * dw * dw;
  }
  const { right, left } = leastInBox(moments, most);
  const a = meanW - right * meanP - left * meanQ;
  return {
    variables: [a, right, left, m, strictLog(sigma)],
    leastVariance: a + sigma * Math.sqrt(right * left),
  };
}

/** Residuals of the fit are in total volatility; those here in total variance, whose derivative is twice the volatility. */
function weightOf({ mid, deviation }: SmilePoint): number {
  const scale = 2 * mid * deviation;
  return 1 / (scale * scale);
}

interface Moments {
  readonly pp: number;
  readonly pq: number;
  readonly qq: number;
  readonly pw: number;
  readonly qw: number;
  readonly ww: number;
}

interface BoxMinimum {
  readonly right: number;
  readonly left: number;
  readonly sum: number;
}

/** The least sum of squares with both slopes from 0 to the steepest: inside, or else on one of the four edges. */
function leastInBox(moments: Moments, most: number): BoxMinimum {
  const { pp, pq, qq, pw, qw, ww } = moments;
  const at = (right: number, left: number): BoxMinimum => ({
    right,
    left,
    sum: ww - 2 * (right * pw + left * qw) + right * right * pp + 2 * right * left * pq + left * left * qq,
  });
  const determinant = pp * qq - pq * pq;
  const right = (qq * pw - pq * qw) / determinant;
  const left = (pp * qw - pq * pw) / determinant;
  if (right >= 0 && right <= most && left >= 0 && left <= most) return at(right, left);
  const edges = [
    ...[0, most].map((bound) => at(bound, clamp((qw - bound * pq) / qq, most))),
    ...[0, most].map((bound) => at(clamp((pw - bound * pq) / pp, most), bound)),
  ];
  return edges.reduce((best, edge) => (edge.sum < best.sum ? edge : best));
}

function clamp(slope: number, most: number): number {
  return slope > 0 ? Math.min(slope, most) : 0;
}
