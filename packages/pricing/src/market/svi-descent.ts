// Slices of SVI without arbitrage. Each is fitted alone. Then, in turn and with penalties that grow, each gives way to its
// neighbors in time and they to it. Last, from the nearest on, each is held above the one before until the checks find
// nothing: where they find a price that no market could keep, its place joins the constraints (cutting planes; the checks
// know nothing of the places).

import { strictExp, strictLog } from "../strict-math.ts";
import { sviButterflyCheck } from "./butterfly.ts";
import { sviCalendarCheck } from "./calendar.ts";
import { minimize } from "./least-squares.ts";
import type { SmilePoint } from "./smile-points.ts";
import type { SviSlice } from "./svi.ts";
import { sliceOf, variablesOf } from "./svi-jet.ts";
import { type Neighbor, type Place, type SliceTarget, shifted, sviProblem } from "./svi-problem.ts";
import { repaired } from "./svi-repair.ts";
import { sviStarts } from "./svi-start.ts";

/** A slice under way, what constrains it, and the sum of squares it reached alone. */
interface Progress {
  readonly target: SliceTarget;
  readonly slice: SviSlice;
  readonly sum: number;
}

const PLACES = 41;
const MOST_STEPS = 150;
const SWEEP_STEPS = 12;
const SETTLE_STEPS = 40;
const SWEEPS = 7;
const SWEEP_GROWTH = 5;
const FIRST_CALENDAR = 100;
const MOST_ROUNDS = 4;
const GROWTH = 2;
const BUTTERFLY_STRENGTH = 100;
const CALENDAR_STRENGTH = 1e5;
const RIDGE_SHARE = 0.1;
const RIDGE_ROUNDS = 3;

/** The slices of expirations in ascending order, in that order. */
export function fitSlices(
  expirations: readonly { readonly points: readonly SmilePoint[] }[],
  hasCalendar: boolean,
): readonly SviSlice[] {
  const alone = expirations.map(({ points }) => fitAlone(points));
  if (!hasCalendar) return alone.map((progress) => settle(progress, undefined).slice);
  const settled: Progress[] = [];
  for (const progress of isInOrder(alone) ? alone : sweep(alone))
    settled.push(settle(progress, settled.at(-1)?.slice));
  return settled.map(({ slice }) => slice);
}

function fitAlone(points: readonly SmilePoint[]): Progress {
  const unridged = targetOf(points);
  const penalties = { butterfly: BUTTERFLY_STRENGTH * points.length, calendar: 0 };
  const starts = sviStarts(points, unridged.scale).map((start) => Float64Array.from(start));
  const problem = sviProblem(unridged, penalties);
  const values = starts.map((start) => problem.evaluate(start, undefined));
  const best = values.reduce((least, value, i) => (value < (values[least] ?? value) ? i : least), 0);
  let variables: Float64Array = starts[best] ?? new Float64Array(0);
  let sum = values[best] ?? 0;
  let target = unridged;
  // The ridge is a share of what the curve cannot explain, so it fades where the points lie on a curve of the family.
  for (let i = 0; i < RIDGE_ROUNDS; i++) {
    target = { ...unridged, ridge: RIDGE_SHARE * sum };
    ({ variables } = minimize(sviProblem(target, penalties), variables, MOST_STEPS));
    sum = problem.evaluate(variables, undefined);
  }
  return { target, slice: sliceOf(variables), sum };
}

function isInOrder(alone: readonly Progress[]): boolean {
  return sviCalendarCheck(alone.map(({ slice }, years) => ({ years, slice }))).length === 0;
}

/** Forth and back through the slices: each is fitted between its neighbors as they stand. */
function sweep(alone: readonly Progress[]): readonly Progress[] {
  const current = [...alone];
  const total = alone.reduce((sum, own) => sum + Math.max(own.sum, own.target.points.length), 0);
  let calendar = (FIRST_CALENDAR * total) / alone.length;
  for (let round = 0; round < SWEEPS; round++) {
    for (let step = 0; step < current.length; step++) {
      const i = round % 2 === 0 ? step : current.length - 1 - step;
      const own = current[i];
      if (own === undefined) continue;
      const near = neighborOf(current[i - 1], own.target.scale);
      const far = neighborOf(current[i + 1], current[i + 1]?.target.scale ?? 1);
      const butterfly = BUTTERFLY_STRENGTH * Math.max(own.target.points.length, own.sum);
      const problem = sviProblem(own.target, { near, far, butterfly, calendar });
      const { variables } = minimize(problem, Float64Array.from(variablesOf(own.slice)), SWEEP_STEPS);
      current[i] = { ...own, slice: sliceOf(variables) };
    }
    calendar *= SWEEP_GROWTH;
  }
  return current;
}

function neighborOf(progress: Progress | undefined, scale: number): Neighbor | undefined {
  return progress === undefined ? undefined : { slice: progress.slice, scale };
}

/** Holds a slice over the one before it, and its density over 0, until the checks find nothing. */
function settle(start: Progress, near: SviSlice | undefined): Progress {
  let { target, slice } = start;
  const { scale } = target;
  const neighbor = near === undefined ? undefined : { slice: near, scale };
  let strength = Math.max(target.points.length, start.sum);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const places = violatedPlaces(slice, near);
    if (places === undefined) return { ...start, slice };
    target = {
      ...target,
      butterflyPlaces: [...target.butterflyPlaces, ...places.butterfly],
      calendarPlaces: [...target.calendarPlaces, ...places.calendar],
    };
    const penalties = {
      near: neighbor,
      butterfly: BUTTERFLY_STRENGTH * strength,
      calendar: CALENDAR_STRENGTH * strength,
    };
    const from = Float64Array.from(variablesOf(slice));
    slice = sliceOf(minimize(sviProblem(target, penalties), from, SETTLE_STEPS).variables);
    target = shifted(target, slice, { near, growth: GROWTH });
    strength *= GROWTH;
  }
  const isFree = (candidate: SviSlice): boolean => violatedPlaces(candidate, near) === undefined;
  const problem = sviProblem(start.target, { butterfly: 0, calendar: 0 });
  const sumOf = (candidate: SviSlice): number =>
    problem.evaluate(Float64Array.from(variablesOf(candidate)), undefined);
  return { ...start, slice: repaired([slice, start.slice], { scale, isFree, sumOf }) };
}

/** Undefined where nothing is violated. */
function violatedPlaces(
  slice: SviSlice,
  near: SviSlice | undefined,
): { readonly butterfly: readonly Place[]; readonly calendar: readonly Place[] } | undefined {
  const check = sviButterflyCheck(slice);
  const pair = near === undefined ? [] : [{ years: 0, slice: near }];
  const crossings = sviCalendarCheck([...pair, { years: 1, slice }]);
  if (check.kind === "free" && crossings.length === 0) return undefined;
  return {
    butterfly: check.kind !== "free" && "k" in check ? [{ k: check.k, shift: 0 }] : [],
    calendar: crossings.map(({ k }) => ({ k, shift: 0 })),
  };
}

function targetOf(points: readonly SmilePoint[]): SliceTarget {
  const scale = atTheMoney(points);
  const places = spreadPlaces(scale).map((k) => ({ k, shift: 0 }));
  const wingShifts = { left: 0, right: 0 };
  return { points, scale, butterflyPlaces: places, calendarPlaces: places, wingShifts, ridge: 0 };
}

/** Total volatility of the point nearest to the money. */
function atTheMoney(points: readonly SmilePoint[]): number {
  const nearest = points.reduce<SmilePoint | undefined>(
    (best, point) => (best === undefined || Math.abs(point.k) < Math.abs(best.k) ? point : best),
    undefined,
  );
  return nearest?.mid ?? 1;
}

/** Close together around the forward, on the scale of the slice, and out to where nothing is quoted. */
function spreadPlaces(scale: number): readonly number[] {
  const reach = strictLog(2 * Math.max(60, 3 / scale));
  return Array.from({ length: PLACES }, (_, i) => {
    const u = strictExp(reach * ((2 * i) / (PLACES - 1) - 1));
    return 0.5 * scale * (u - 1 / u);
  });
}
