// One slice of SVI as a problem of least squares: every point pulls it, and where a butterfly, or a calendar spread against
// a neighbor, would have a negative price, a penalty pulls it back.

import { strictLog } from "../strict-math.ts";
import { durrlemanG } from "./butterfly.ts";
import type { LeastSquaresProblem, NormalEquations } from "./least-squares.ts";
import type { SmilePoint } from "./smile-points.ts";
import { type SviSlice, sviJet, sviVariance, wingSlopes } from "./svi.ts";
import { fillJet, fillRoot, type SlotJet, slotJet, VARIABLES } from "./svi-jet.ts";
import { steepestWing, type WingSlopes } from "./svi-start.ts";

/** A log moneyness at which a constraint holds, and how far inside it the penalty begins to pull. */
export interface Place {
  readonly k: number;
  readonly shift: number;
}

/** What a slice shall meet, and where it is constrained. */
export interface SliceTarget {
  readonly points: readonly SmilePoint[];
  /** Total volatility at the money: the unit of length of its variables. */
  readonly scale: number;
  readonly butterflyPlaces: readonly Place[];
  /** Against the slice before it. */
  readonly calendarPlaces: readonly Place[];
  /** The same for the slopes of its wings. */
  readonly wingShifts: WingSlopes;
  /** How hard m is pulled to the forward and sigma to the scale, which quotes near the money alone leave open. */
  readonly ridge: number;
}

/** A slice that stands, and the scale of the pair's penalty: the farther one's. */
export interface Neighbor {
  readonly slice: SviSlice;
  readonly scale: number;
}

/** Between which slices it lies, and how hard the penalties pull. */
export interface Surroundings {
  readonly near?: Neighbor | undefined;
  readonly far?: Neighbor | undefined;
  readonly butterfly: number;
  readonly calendar: number;
}

// Penalties aim a little inside, so that what they leave of a violation still lies outside it.
const G_MARGIN = 1e-3;
const CALENDAR_MARGIN = 1e-4;
const WING_MARGIN = 1e-5;
const LEAST_VARIANCE_SHARE = 1e-3;
// No wing falls under a tenth of the volatility at the money: with next to nothing left, g hardly says on which side it is.
const LOW_VARIANCE_SHARE = 0.01;
const RIDGE_CENTER = 2;
const RIDGE_SLOPE = 0.5;
const LEAST_WIDTH = 0.01;
const MOST_WIDTH = 10;

/** The least-squares problem of one slice among its neighbors. */
export function sviProblem(target: SliceTarget, surroundings: Surroundings): LeastSquaresProblem {
  const jet = slotJet();
  const limits = [
    ...limitOf(target, surroundings.near, "over"),
    ...limitOf(target, surroundings.far, "under"),
  ];
  const evaluate = (variables: Float64Array, normal: NormalEquations | undefined): number => {
    const site = { variables, jet, normal };
    let sum = pointSum(target, site) + ridgeSum(target, site);
    if (surroundings.butterfly > 0) sum += butterflySum(target, surroundings.butterfly, site);
    for (const limit of limits) sum += calendarSum(limit, surroundings.calendar, site);
    return sum;
  };
  return { ...boundsOf(target), evaluate };
}

function boundsOf({ points, scale }: SliceTarget): Pick<LeastSquaresProblem, "lower" | "upper"> {
  const infinity = Number.POSITIVE_INFINITY;
  const steepest = steepestWing(scale);
  const [first, last] = [points[0]?.k ?? 0, points.at(-1)?.k ?? 0];
  const least = strictLog(LEAST_WIDTH * scale);
  const most = strictLog(MOST_WIDTH * scale + 1);
  return {
    lower: Float64Array.of(-infinity, 0, 0, Math.min(-scale, first), least),
    upper: Float64Array.of(infinity, steepest, steepest, Math.max(scale, last), most),
  };
}

/** Where the variables stand, scratch, and what to fill. */
interface Site {
  readonly variables: Float64Array;
  readonly jet: SlotJet;
  readonly normal: NormalEquations | undefined;
}

function floorOf({ scale }: Pick<SliceTarget, "scale">): number {
  return LEAST_VARIANCE_SHARE * scale * scale;
}

function pointSum(target: SliceTarget, { variables, jet, normal }: Site): number {
  let sum = 0;
  const floor = floorOf(target);
  const jacobian = new Float64Array(VARIABLES);
  for (const { k, mid, deviation } of target.points) {
    fillJet(jet, variables, k);
    fillRoot(jet, floor);
    const residual = (jet.root - mid) / deviation;
    sum += residual * residual;
    if (normal === undefined) continue;
    for (let i = 0; i < VARIABLES; i++) jacobian[i] = (jet.ofRoot / deviation) * (jet.ofVariance[i] ?? 0);
    normal.add(residual, jacobian);
  }
  return sum;
}

function ridgeSum({ ridge, scale }: SliceTarget, { variables, normal }: Site): number {
  const weight = Math.sqrt(ridge);
  const pulls = [
    { variable: 1, by: weight / scale, to: RIDGE_SLOPE * scale },
    { variable: 2, by: weight / scale, to: RIDGE_SLOPE * scale },
    { variable: 3, by: weight / (RIDGE_CENTER * scale), to: 0 },
    { variable: 4, by: weight, to: strictLog(scale) },
  ];
  let sum = 0;
  for (const { variable, by, to } of pulls) {
    const residual = by * ((variables[variable] ?? 0) - to);
    sum += residual * residual;
    if (normal === undefined) continue;
    const jacobian = new Float64Array(VARIABLES);
    jacobian[variable] = by;
    normal.add(residual, jacobian);
  }
  return sum;
}

function butterflySum(target: SliceTarget, penalty: number, { variables, jet, normal }: Site): number {
  let sum = 0;
  const weight = Math.sqrt(penalty);
  const floor = floorOf(target);
  const low = LOW_VARIANCE_SHARE * target.scale * target.scale;
  const jacobian = new Float64Array(VARIABLES);
  for (const { k, shift } of target.butterflyPlaces) {
    fillJet(jet, variables, k);
    const { variance: w, slope, curvature } = jet;
    if (w < low) {
      const residual = weight * (1 - w / low);
      sum += residual * residual;
      for (let i = 0; i < VARIABLES; i++) jacobian[i] = (-weight / low) * (jet.ofVariance[i] ?? 0);
      normal?.add(residual, jacobian);
    }
    if (w < floor) continue;
    const half = 1 - (k * slope) / (2 * w);
    const g = half * half - 0.25 * slope * slope * (1 / w + 0.25) + 0.5 * curvature;
    const missing = G_MARGIN + shift - g;
    if (!(missing > 0)) continue;
    const residual = weight * missing;
    sum += residual * residual;
    if (normal === undefined) continue;
    const byVariance = (half * k * slope) / (w * w) + (slope * slope) / (4 * w * w);
    const bySlope = (-half * k) / w - 0.5 * slope * (1 / w + 0.25);
    for (let i = 0; i < VARIABLES; i++) {
      const change =
        byVariance * (jet.ofVariance[i] ?? 0) +
        bySlope * (jet.ofSlope[i] ?? 0) +
        0.5 * (jet.ofCurvature[i] ?? 0);
      jacobian[i] = -weight * change;
    }
    normal.add(residual, jacobian);
  }
  return sum;
}

/** A neighbor as total volatilities at places and slopes of wings that must stay on one side. */
interface Limit {
  readonly side: 1 | -1;
  readonly scale: number;
  readonly floor: number;
  readonly places: readonly (Place & { readonly root: number })[];
  readonly wings: readonly { readonly variable: 1 | 2; readonly slope: number }[];
}

function limitOf(
  target: SliceTarget,
  neighbor: Neighbor | undefined,
  side: "over" | "under",
): readonly Limit[] {
  if (neighbor === undefined) return [];
  const { slice, scale } = neighbor;
  const { left, right } = wingSlopes(slice);
  const isOver = side === "over";
  // The nearer of the two is raised by the margin, and by what the multipliers have found missing.
  const raise = isOver ? 1 + CALENDAR_MARGIN : 1 / (1 + CALENDAR_MARGIN);
  const wing = (slope: number, shift: number): number =>
    slope * raise + scale * (isOver ? WING_MARGIN + shift : -WING_MARGIN);
  return [
    {
      side: isOver ? 1 : -1,
      scale,
      floor: 0.01 * floorOf(target),
      places: target.calendarPlaces.map(({ k, shift }) => {
        const root = Math.sqrt(Math.max(sviVariance(slice, k), 0));
        return { k, shift, root: root * raise + (isOver ? shift * scale : 0) };
      }),
      wings: [
        { variable: 1, slope: wing(right, target.wingShifts.right) },
        { variable: 2, slope: wing(left, target.wingShifts.left) },
      ],
    },
  ];
}

/** In units of the scale of the farther of both slices. */
function calendarSum(limit: Limit, penalty: number, { variables, jet, normal }: Site): number {
  let sum = 0;
  const weight = (limit.side * Math.sqrt(penalty)) / limit.scale;
  const jacobian = new Float64Array(VARIABLES);
  for (const { k, root } of limit.places) {
    fillJet(jet, variables, k);
    fillRoot(jet, limit.floor);
    const residual = weight * (root - jet.root);
    if (!(residual > 0)) continue;
    sum += residual * residual;
    if (normal === undefined) continue;
    for (let i = 0; i < VARIABLES; i++) jacobian[i] = -weight * jet.ofRoot * (jet.ofVariance[i] ?? 0);
    normal.add(residual, jacobian);
  }
  for (const { variable, slope } of limit.wings) {
    const residual = weight * (slope - (variables[variable] ?? 0));
    if (!(residual > 0)) continue;
    sum += residual * residual;
    jacobian.fill(0);
    jacobian[variable] = -weight;
    normal?.add(residual, jacobian);
  }
  return sum;
}

/**
 * The constraints with their shifts moved by what each still misses (Hestenes 1969, Powell 1969, the method of
 * multipliers), for penalties that grow by `growth`: they converge without penalties so stiff that no step gets through.
 */
export function shifted(
  target: SliceTarget,
  slice: SviSlice,
  { near, growth }: { readonly near: SviSlice | undefined; readonly growth: number },
): SliceTarget {
  const next = (shift: number, slack: number): number => Math.max(0, shift - slack) / growth;
  const floor = floorOf(target);
  const butterflyPlaces = target.butterflyPlaces.map(({ k, shift }) => {
    const jet = sviJet(slice, k);
    return { k, shift: jet.variance < floor ? shift : next(shift, durrlemanG(k, jet) - G_MARGIN) };
  });
  if (near === undefined) return { ...target, butterflyPlaces };
  const root = (own: SviSlice, k: number): number => Math.sqrt(Math.max(sviVariance(own, k), 0));
  const gap = (own: number, other: number): number => (own - other * (1 + CALENDAR_MARGIN)) / target.scale;
  const [ownWings, nearWings] = [wingSlopes(slice), wingSlopes(near)];
  return {
    ...target,
    butterflyPlaces,
    calendarPlaces: target.calendarPlaces.map(({ k, shift }) => {
      return { k, shift: next(shift, gap(root(slice, k), root(near, k))) };
    }),
    wingShifts: {
      left: next(target.wingShifts.left, gap(ownWings.left, nearWings.left) - WING_MARGIN),
      right: next(target.wingShifts.right, gap(ownWings.right, nearWings.right) - WING_MARGIN),
    },
  };
}
