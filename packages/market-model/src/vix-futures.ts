import { strictExp as exp, strictLog as log } from "@steward/pricing";

/** The three volatility indices that shape the futures curve, in points. */
export interface TermIndices {
  readonly vix: number;
  readonly vix3m: number;
  readonly vix6m: number;
}

/** Loadings of ln(F/VIX) at days to settlement, linear between, flat beyond; all are 0 at 0 days, so F meets spot. */
interface CurveKnot {
  readonly days: number;
  readonly level: number;
  readonly near: number;
  readonly far: number;
  readonly inverted: number;
}

const LAST_KNOT: CurveKnot = { days: 240, level: -0.054, near: 0.785, far: 2.787, inverted: 0.435 };

const CURVE: readonly CurveKnot[] = [
  { days: 0, level: 0, near: 0, far: 0, inverted: 0 },
  { days: 10, level: -0.019, near: 0.588, far: -0.06, inverted: 0.285 },
  { days: 30, level: -0.032, near: 0.945, far: 0.049, inverted: 0.409 },
  { days: 60, level: -0.038, near: 1.143, far: 0.488, inverted: 0.534 },
  { days: 90, level: -0.043, near: 0.961, far: 1.278, inverted: 0.557 },
  { days: 150, level: -0.062, near: 0.779, far: 2.195, inverted: 0.48 },
  LAST_KNOT,
];

/** Middles of the spans from 30 to 93 and from 93 to 182 days. */
const SECOND_SPAN = 61.5;
const THIRD_SPAN = 137.5;
/** The rate between three horizons is known no better. */
const BOUND_TOLERANCE = 1.03;

const LOWEST_FUTURE = 8;
const HIGHEST_FUTURE = 100;

/** The VIX future `days` calendar days before settlement, in points, held below its model-free bound. */
export function vixFuture(indices: TermIndices, days: number): number {
  const bound = BOUND_TOLERANCE * forwardVolatility(indices, days);
  const value = Math.min(unboundedVixFuture(indices, days), bound);
  return Math.min(HIGHEST_FUTURE, Math.max(LOWEST_FUTURE, value));
}

/** The fitted curve alone. */
export function unboundedVixFuture({ vix, vix3m, vix6m }: TermIndices, days: number): number {
  const near = Math.min(0.35, Math.max(-0.36, log(vix3m / vix)));
  const far = Math.min(0.25, Math.max(-0.3, log(vix6m / vix3m)));
  const knot = knotAt(days);
  return vix * exp(knot.level + knot.near * near + knot.far * far + knot.inverted * Math.min(near, 0));
}

/**
 * The future's upper bound, by Jensen's inequality: the volatility, in points, of the 30 days after settlement that
 * the same indices imply. The rate of variance of each span between two horizons is set at the span's middle and is
 * linear between; where total variance would fall, a quarter of the earlier rate is kept.
 */
export function forwardVolatility({ vix, vix3m, vix6m }: TermIndices, days: number): number {
  const at30 = vix * vix * 30;
  const at93 = Math.max(vix3m * vix3m * 93, at30 * (1 + (0.25 * 63) / 30));
  const at182 = Math.max(vix6m * vix6m * 182, at93 * (1 + (0.25 * 89) / 93));
  const rates = [at30 / 30, (at93 - at30) / 63, (at182 - at93) / 89] as const;
  const middle = days + 15;
  if (middle < SECOND_SPAN) return Math.sqrt(mixed(rates[0], rates[1], (middle - 15) / (SECOND_SPAN - 15)));
  const share = Math.min((middle - SECOND_SPAN) / (THIRD_SPAN - SECOND_SPAN), 1);
  return Math.sqrt(mixed(rates[1], rates[2], share));
}

function mixed(left: number, right: number, share: number): number {
  return left + (right - left) * share;
}

function knotAt(days: number): CurveKnot {
  const right = CURVE.find((knot) => knot.days >= days) ?? LAST_KNOT;
  const left = CURVE.findLast((knot) => knot.days < days) ?? right;
  const share =
    right.days > left.days && days < right.days ? (days - left.days) / (right.days - left.days) : 1;
  return {
    days,
    level: mixed(left.level, right.level, share),
    near: mixed(left.near, right.near, share),
    far: mixed(left.far, right.far, share),
    inverted: mixed(left.inverted, right.inverted, share),
  };
}
