// A straight line through points some of which are wrong: a start that half of them cannot spoil, then a redescending
// M-estimator (Maronna, Martin, Yohai 2006, "Robust Statistics", sections 2.7, 4.4 and 5.6). Half is meant by weight, the
// inverse of the half-width: real chains hold camps of very wide quotes that agree with each other on a wrong line.

/** One observation y at x and the half-width within which it is known. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
}

/** y = level + slope (x - center) with the center so that both errors are independent, and each point's weight, 0 to 1. */
export interface RobustLine {
  readonly center: number;
  readonly level: number;
  readonly slope: number;
  readonly levelVariance: number;
  readonly slopeVariance: number;
  readonly weights: readonly number[];
}

// Tukey's biweight with 95 % efficiency at the normal distribution.
const BIWEIGHT = 4.685;
const MAD_TO_DEVIATION = 1.4826;
const FREE_STEPS = 8;
const MOST_STEPS = 60;
const MOST_START_POINTS = 45;
// In half-widths: the least scale of the residuals.
const LEAST_SCALE = 0.02;
// Prices stand on a grid, and half of the points can lie on one line by accident of it; a quarter of the half-width that
// a tenth of the points keep under is about half a step of that grid.
const GRID_SHARE = 0.25;
const TIGHT_SHARE = 0.1;
// The mean slope of psi is about 0.76 in a normal sample; where the points form two camps it can vanish.
const LEAST_MEAN_SLOPE = 0.05;

/** The line, or undefined where fewer than three points keep a weight or all stand at one x. */
export function robustLine(points: readonly LinePoint[], fixedSlope?: number): RobustLine | undefined {
  const n = points.length;
  if (n < 3) return undefined;
  const startSlope = fixedSlope ?? repeatedMedianSlope(points);
  if (startSlope === undefined) return undefined;

  const shares = points.map(({ halfWidth }) => 1 / halfWidth);
  const rests = points.map(({ x, y }) => y - startSlope * x);
  let fit: WeightedFit = { center: 0, level: weightedMedian(rests, shares), slope: startSlope, spread: 0 };
  const grid = GRID_SHARE * quantile(points, TIGHT_SHARE);
  let deviations: readonly number[] = [];
  for (let step = 0; step < MOST_STEPS; step++) {
    const residuals = points.map((point) => residualOf(point, fit));
    // The scale follows while the line still moves away from its start, then stands, so that the weights settle.
    if (step < FREE_STEPS) {
      const relative = residuals.map((residual, i) => Math.abs(residual) * (shares[i] ?? 0));
      const scale = Math.max(
        LEAST_SCALE,
        (MAD_TO_DEVIATION * weightedMedian(relative, shares) * n) / (n - 1),
      );
      deviations = points.map(({ halfWidth }) => Math.sqrt(square(scale * halfWidth) + square(grid)));
    }
    const weights = residuals.map((residual, i) => biweight(residual / (deviations[i] ?? 1)));
    const next = weightedLine(points, { weights, deviations, fixedSlope });
    if (next === undefined) return undefined;
    const moved =
      Math.abs(residualOf({ x: next.center, y: next.level }, fit)) +
      Math.abs(next.slope - fit.slope) * next.spread;
    fit = next;
    if (step >= FREE_STEPS && moved <= 1e-13 * fit.spread) break;
  }
  const weights = points.map((point, i) => biweight(residualOf(point, fit) / (deviations[i] ?? 1)));
  if (weights.filter((weight) => weight > 0).length < 3) return undefined;
  const parameters = fixedSlope === undefined ? 2 : 1;
  return { ...withErrors(points, fit, { deviations, parameters }), weights };
}

function residualOf({ x, y }: Pick<LinePoint, "x" | "y">, { center, level, slope }: WeightedFit): number {
  return y - level - slope * (x - center);
}

function biweight(u: number): number {
  const t = u / BIWEIGHT;
  const rest = 1 - t * t;
  return rest > 0 ? rest * rest : 0;
}

function quantile(points: readonly LinePoint[], share: number): number {
  const sorted = points.map(({ halfWidth }) => halfWidth).sort((left, right) => left - right);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

/** Siegel (1982), weighted: the median over points of the median slope to all others. */
function repeatedMedianSlope(points: readonly LinePoint[]): number | undefined {
  const chosen = evenlyChosen(points);
  const slopes: number[] = [];
  const shares: number[] = [];
  for (const own of chosen) {
    const others = chosen.filter(({ x }) => x !== own.x);
    if (others.length === 0) continue;
    slopes.push(
      weightedMedian(
        others.map(({ x, y }) => (y - own.y) / (x - own.x)),
        others.map(({ halfWidth }) => 1 / halfWidth),
      ),
    );
    shares.push(1 / own.halfWidth);
  }
  return slopes.length === 0 ? undefined : weightedMedian(slopes, shares);
}

/** At most 45 points evenly along x, because the repeated median costs the square of their number. */
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
  known: {
    readonly weights: readonly number[];
    readonly deviations: readonly number[];
    readonly fixedSlope: number | undefined;
  },
): WeightedFit | undefined {
  const { weights, deviations, fixedSlope } = known;
  const shares = weights.map((weight, i) => weight / square(deviations[i] ?? 1));
  const sum = total(shares, () => 1);
  if (!(sum > 0)) return undefined;
  const center = total(shares, (i) => points[i]?.x ?? 0) / sum;
  const level = total(shares, (i) => points[i]?.y ?? 0) / sum;

  const sumXX = total(shares, (i) => square((points[i]?.x ?? center) - center));
  const sumXY = total(shares, (i) => ((points[i]?.x ?? center) - center) * ((points[i]?.y ?? level) - level));
  if (!(sumXX > 0)) return undefined;
  return { center, level, slope: fixedSlope ?? sumXY / sumXX, spread: Math.sqrt(sumXX / sum) };
}

/** Maronna et al. (2006), equation 4.49: E psi^2 / (E psi')^2 over the information of the points that count. */
function withErrors(
  points: readonly LinePoint[],
  fit: WeightedFit,
  known: { readonly deviations: readonly number[]; readonly parameters: number },
): Omit<RobustLine, "weights"> {
  const n = points.length;
  const scaled = points.map((point, i) => residualOf(point, fit) / (known.deviations[i] ?? 1));
  const ones = scaled.map(() => 1);
  const psiSquared = total(ones, (i) => square(biweight(scaled[i] ?? 0) * (scaled[i] ?? 0)));
  const meanSlope = Math.max(total(ones, (i) => psiSlope(scaled[i] ?? 0)) / n, LEAST_MEAN_SLOPE);
  const factor = psiSquared / Math.max(n - known.parameters, 1) / square(meanSlope);

  const information = scaled.map((u, i) => (biweight(u) > 0 ? 1 / square(known.deviations[i] ?? 1) : 0));
  const sum = total(information, () => 1);
  const center = total(information, (i) => points[i]?.x ?? 0) / sum;
  const spread = total(information, (i) => square((points[i]?.x ?? center) - center));
  return {
    center,
    level: fit.level + fit.slope * (center - fit.center),
    slope: fit.slope,
    levelVariance: factor / sum,
    slopeVariance: known.parameters === 1 ? 0 : factor / spread,
  };
}

function psiSlope(u: number): number {
  const t = square(u / BIWEIGHT);
  return t < 1 ? (1 - t) * (1 - 5 * t) : 0;
}

function total(weights: readonly number[], value: (index: number) => number): number {
  return weights.reduce((sum, weight, i) => sum + weight * value(i), 0);
}

function square(value: number): number {
  return value * value;
}

/** The value with half of the weight below it; of nothing it is 0. */
export function weightedMedian(values: readonly number[], weights: readonly number[]): number {
  const order = values.map((_, i) => i).sort((left, right) => (values[left] ?? 0) - (values[right] ?? 0));
  const half = 0.5 * weights.reduce((sum, weight) => sum + weight, 0);
  let below = 0;
  for (const i of order) {
    below += weights[i] ?? 0;
    if (below >= half) return values[i] ?? 0;
  }
  return 0;
}
