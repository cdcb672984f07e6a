// The tables of a collocation scheme. In units of the option's life the exercise boundary B is sought at times
// tau = w^(2 g), with w the Chebyshev points of [0, 1]; what is interpolated as a polynomial in w is H = ln(B / K)^2, as
// Andersen, Lake and Offengenden (2016, "High-performance American option pricing", section 4.2) interpolate
// ln(B / X)^2 in sqrt(tau). Measured from the strike K and not from the boundary's limit X at expiration the polynomial
// has no square root to take near 0, and it follows the sharp turn that B takes when X is a little below K.
//
// Both integrals, over the boundary's past and over the option's life, run over an angle: with time to expiration
// u = tau cos^2 and t = tau - u = tau sin^2 of the angle, neither end is singular. The boundary at u is then a fixed
// combination of the nodes, whatever the option: one row of constants for every point of every integral.

import type { QuadratureRule } from "./quadrature.ts";
import { cosineOf, sineOf } from "./trigonometry.ts";

/** Constants of a scheme and its scratch arrays, which every use writes before it reads. */
export interface CollocationScheme {
  /** Nodes after expiration, in ascending time. */
  readonly size: number;
  readonly grading: 1 | 2;
  /** w at each node. */
  readonly points: readonly number[];
  /** Square root of time at each node, in units of the life; the last is 1. */
  readonly roots: Float64Array;
  /** Points of each node's integral over the boundary's past. */
  readonly past: IntegralTable;
  /** Points of the premium's integral over the life. */
  readonly life: IntegralTable;
  /** The same, dense enough for derivatives, which are steep next to the boundary. */
  readonly denseLife: IntegralTable;
  /** Newton's method stops at a move of the boundary, times the node's time, under this share of the volatility. */
  readonly lastMove: number;
  /** H at the nodes: the solution. */
  readonly squares: Float64Array;
  readonly jacobian: Float64Array;
  readonly residual: Float64Array;
  readonly excesses: Float64Array;
  /** By node and point of its past. */
  readonly depths: Float64Array;
  readonly distances: Float64Array;
  readonly bells: Float64Array;
  readonly grown: Float64Array;
  readonly decays: Float64Array;
  /** By point of one node's past. */
  readonly leftSlopes: Float64Array;
  readonly rightSlopes: Float64Array;
  readonly slopes: Float64Array;
  /** Of one node's equation. */
  readonly sides: Float64Array;
}

/** An integral over the angle, seen from one or several nodes. */
export interface IntegralTable {
  /** Points per node. */
  readonly count: number;
  /** Square root of the time t from the node back to the point, by node and point. */
  readonly ages: Float64Array;
  /** 1 / age. */
  readonly steepnesses: Float64Array;
  /** dt / sqrt t of the quadrature, by node and point. */
  readonly weights: Float64Array;
  /** H at the point from H at the nodes, less H at expiration: by node, point and node. */
  readonly rows: Float64Array;
}

/** What a scheme is made of. */
export interface SchemeShape {
  readonly size: number;
  /** g: 2 crowds the nodes to expiration, where B / K is logarithmic if it ends at the strike. */
  readonly grading: 1 | 2;
  readonly past: QuadratureRule;
  readonly life: QuadratureRule;
  readonly denseLife: QuadratureRule;
  readonly lastMove: number;
}

/** Builds the tables. */
export function collocationScheme(shape: SchemeShape): CollocationScheme {
  const { size, grading } = shape;
  const count = shape.past.nodes.length;
  const points: number[] = [];
  for (let j = 1; j <= size; j++) points.push(0.5 * (1 - cosineOf((Math.PI * j) / size)));
  const roots = Float64Array.from(points, (w) => (grading === 1 ? w : w * w));
  const life = integralTable(points, [1], shape, shape.life);
  return {
    size,
    grading,
    points,
    roots,
    past: integralTable(points, points, shape, shape.past),
    life,
    denseLife: shape.denseLife === shape.life ? life : integralTable(points, [1], shape, shape.denseLife),
    lastMove: shape.lastMove,
    squares: new Float64Array(size),
    jacobian: new Float64Array(size * size),
    residual: new Float64Array(size),
    excesses: new Float64Array(size),
    depths: new Float64Array(size * count),
    distances: new Float64Array(size * count),
    bells: new Float64Array(size * count),
    grown: new Float64Array(size * count),
    decays: new Float64Array(size * count),
    leftSlopes: new Float64Array(count),
    rightSlopes: new Float64Array(count),
    slopes: new Float64Array(count),
    sides: new Float64Array(3),
  };
}

function integralTable(
  points: readonly number[],
  from: readonly number[],
  { grading }: SchemeShape,
  rule: QuadratureRule,
): IntegralTable {
  const size = points.length;
  const count = rule.nodes.length;
  const ages = new Float64Array(from.length * count);
  const weights = new Float64Array(from.length * count);
  const rows = new Float64Array(from.length * count * size);
  from.forEach((w, i) => {
    const root = grading === 1 ? w : w * w;
    rule.nodes.forEach((node, k) => {
      const angle = 0.5 * Math.PI * node;
      const cosine = sineOf(0.5 * Math.PI - angle);
      const at = i * count + k;
      ages[at] = root * sineOf(angle);
      weights[at] = Math.PI * root * cosine * (rule.weights[k] ?? 0);
      const place = w * (grading === 1 ? cosine : Math.sqrt(cosine));
      rows.set(interpolationRow(points, place), at * size);
    });
  });
  return { count, ages, steepnesses: ages.map((age) => 1 / age), weights, rows };
}

/** H at a share of the life before expiration, given its value at expiration. */
export function squareAt(scheme: CollocationScheme, share: number, limitSquare: number): number {
  const root = Math.sqrt(share);
  const row = interpolationRow(scheme.points, scheme.grading === 1 ? root : Math.sqrt(root));
  return row.reduce((sum, weight, j) => sum + weight * ((scheme.squares[j] ?? 0) - limitSquare), limitSquare);
}

/**
 * Weights at `place` of the values at Chebyshev's points, for a function that is 0 at 0 (Berrut and Trefethen 2004,
 * "Barycentric Lagrange interpolation", equation 5.4: alternating signs, halved at both ends).
 */
function interpolationRow(points: readonly number[], place: number): readonly number[] {
  const last = points.length - 1;
  const hit = points.indexOf(place);
  if (hit >= 0 || place === 0) return points.map((_, j) => (j === hit ? 1 : 0));
  const terms = points.map((point, j) => ((last - j) % 2 === 0 ? 1 : -1) / (place - point));
  terms[last] = 0.5 * (terms[last] ?? 0);
  const atZero = (last % 2 === 0 ? -0.5 : 0.5) / place;
  const total = terms.reduce((sum, term) => sum + term, atZero);
  return terms.map((term) => term / total);
}
