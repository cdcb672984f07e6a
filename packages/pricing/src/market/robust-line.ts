// A straight line through points some of which are wrong: a start that half of them cannot spoil, then a redescending
// M-estimator (Maronna, Martin, Yohai 2006, "Robust Statistics", sections 2.7, 4.4 and 5.6).

/** One observation y at x and the half-width within which it is known. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
}

/** y = level + slope (x - center), its variances, and each point's weight between 0 (rejected) and 1. */
export interface RobustLine {
  readonly center: number;
  readonly level: number;
  readonly slope: number;
  readonly levelVariance: number;
  readonly slopeVariance: number;
  readonly covariance: number;
  readonly weights: readonly number[];
}

// Tukey's biweight with 95 % efficiency at the normal distribution.
const BIWEIGHT = 4.685;
const MAD_TO_DEVIATION = 1.4826;
const MOST_STEPS = 60;
const MOST_START_POINTS = 61;
// Residuals are in half-widths: mids that agree far better than they are quoted still carry the grid of prices.
const LEAST_SCALE = 0.02;
// Of a normal sample it is about 0.76; where points split into two camps it can vanish, and no error would be large enough.
const LEAST_MEAN_SLOPE = 0.05;

/** The line, or undefined where fewer than three points keep a weight or all stand at one x. */
export function robustLine(points: readonly LinePoint[], fixedSlope?: number): RobustLine | undefined {
  const n = points.length;
  const parameters = fixedSlope === undefined ? 2 : 1;
  if (n < 3) return undefined;
  const slope0 = fixedSlope ?? repeatedMedianSlope(points);
  if (slope0 === undefined) return undefined;

  let slope = slope0;
  let center = 0;
  let level = median(points.map(({ x, y }) => y - slope * x));
  let weights: readonly number[] = [];
  let scale = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const residuals = points.map((point) => standardized(point, level + slope * (point.x - center)));
    // The scale follows while the line still moves from its start, then stands, so that the weights settle.
    if (step < 8)
      scale = Math.max(LEAST_SCALE, (MAD_TO_DEVIATION * median(residuals.map(Math.abs)) * n) / (n - 1));
    weights = residuals.map((residual) => biweight(residual / scale));
    const fit = weightedLine(points, weights, fixedSlope);
    if (fit === undefined) return undefined;
    const moved =
      Math.abs(fit.level - (level + slope * (fit.center - center))) +
      Math.abs(fit.slope - slope) * fit.spread;
    ({ center, level, slope } = fit);
    if (step >= 8 && moved <= 1e-12 * Math.abs(fit.spread)) break;
  }
  if (weights.filter((weight) => weight > 0).length < 3) return undefined;
  return { center, level, slope, weights, ...variances(points, { center, level, slope, scale, parameters }) };
}

function standardized({ y, halfWidth }: LinePoint, fitted: number): number {
  return (y - fitted) / halfWidth;
}

function biweight(u: number): number {
  const t = u / BIWEIGHT;
  const rest = 1 - t * t;
  return rest > 0 ? rest * rest : 0;
}

/** Siegel (1982): the median over points of the median slope to all others; half of the points may be wrong. */
function repeatedMedianSlope(points: readonly LinePoint[]): number | undefined {
  const chosen = evenlyChosen(points);
  const slopes = chosen.flatMap((own) => {
    const others = chosen.filter(({ x }) => x !== own.x).map(({ x, y }) => (y - own.y) / (x - own.x));
    return others.length === 0 ? [] : [median(others)];
  });
  return slopes.length === 0 ? undefined : median(slopes);
}

/** At most 61 points evenly along x, because the repeated median costs the square of their number. */
function evenlyChosen(points: readonly LinePoint[]): readonly LinePoint[] {
  const sorted = points.toSorted((left, right) => left.x - right.x);
  if (sorted.length <= MOST_START_POINTS) return sorted;
  const stride = (sorted.length - 1) / (MOST_START_POINTS - 1);
  return Array.from({ length: MOST_START_POINTS }, (_, i) => sorted[Math.round(i * stride)]).filter(
    (point) => point !== undefined,
  );
}

interface WeightedFit {
  readonly center: number;
  readonly level: number;
  readonly slope: number;
  /** Root mean square distance from the center. */
  readonly spread: number;
}

function weightedLine(
  points: readonly LinePoint[],
  weights: readonly number[],
  fixedSlope: number | undefined,
): WeightedFit | undefined {
  let sum = 0;
  let sumX = 0;
  let sumY = 0;
  points.forEach(({ x, y, halfWidth }, i) => {
    const weight = (weights[i] ?? 0) / (halfWidth * halfWidth);
    sum += weight;
    sumX += weight * x;
    sumY += weight * y;
  });
  if (!(sum > 0)) return undefined;
  const center = sumX / sum;
  const level = sumY / sum;

  let sumXX = 0;
  let sumXY = 0;
  points.forEach(({ x, y, halfWidth }, i) => {
    const weight = (weights[i] ?? 0) / (halfWidth * halfWidth);
    sumXX += weight * (x - center) * (x - center);
    sumXY += weight * (x - center) * (y - level);
  });
  if (!(sumXX > 0) && fixedSlope === undefined) return undefined;
  return { center, level, slope: fixedSlope ?? sumXY / sumXX, spread: Math.sqrt(sumXX / sum) };
}

/** Maronna et al. (2006), equation 4.49: scale^2 E psi^2 / (E psi')^2 over the information of the points. */
function variances(
  points: readonly LinePoint[],
  fit: { center: number; level: number; slope: number; scale: number; parameters: number },
): Pick<RobustLine, "levelVariance" | "slopeVariance" | "covariance"> {
  const { center, level, slope, scale, parameters } = fit;
  const n = points.length;
  let psiSquared = 0;
  let psiSlope = 0;
  let a = 0;
  let b = 0;
  let c = 0;
  for (const point of points) {
    const u = standardized(point, level + slope * (point.x - center)) / scale;
    const weight = biweight(u);
    psiSquared += weight * weight * u * u;
    const t2 = (u / BIWEIGHT) * (u / BIWEIGHT);
    psiSlope += t2 < 1 ? (1 - t2) * (1 - 5 * t2) : 0;
    if (weight === 0) continue;
    const information = 1 / (point.halfWidth * point.halfWidth);
    a += information;
    b += information * (point.x - center);
    c += information * (point.x - center) * (point.x - center);
  }
  const meanSlope = Math.max(psiSlope / n, LEAST_MEAN_SLOPE);
  const factor = (scale * scale * (psiSquared / Math.max(n - parameters, 1))) / (meanSlope * meanSlope);
  if (parameters === 1) return { levelVariance: factor / a, slopeVariance: 0, covariance: 0 };
  const determinant = a * c - b * b;
  return {
    levelVariance: (factor * c) / determinant,
    slopeVariance: (factor * a) / determinant,
    covariance: (-factor * b) / determinant,
  };
}

/** The middle value, or the mean of the two middle ones; of nothing it is 0. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : 0.5 * (upper + (sorted[middle - 1] ?? upper));
}
