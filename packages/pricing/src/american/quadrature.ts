import { strictExp } from "../strict-math.ts";
import { cosineOf } from "./trigonometry.ts";

/** Nodes in (0, 1), ascending, and their weights. */
export interface QuadratureRule {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/** Gauss and Legendre's rule of `count` points: Newton's method on the Legendre polynomial, by its recurrence. */
export function gaussLegendre(count: number): QuadratureRule {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < count; i++) {
    let z = -cosineOf((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < NEWTON_STEPS; step++) {
      let last = 0;
      let value = 1;
      for (let j = 0; j < count; j++) {
        const next = ((2 * j + 1) * z * value - j * last) / (j + 1);
        last = value;
        value = next;
      }
      slope = (count * (z * value - last)) / (z * z - 1);
      z -= value / slope;
    }
    nodes.push(0.5 * (1 + z));
    weights.push(1 / ((1 - z * z) * slope * slope));
  }
  return { nodes, weights };
}

// Three steps from the usual guess reach rounding; the rest is cheap insurance, and tables are made once.
const NEWTON_STEPS = 8;

/**
 * Takahasi and Mori's double exponential rule (1974) with step `step` on |t| <= `extent`: it keeps its accuracy where an
 * integrand has a layer or an algebraic singularity at either end.
 */
export function doubleExponential(step: number, extent: number): QuadratureRule {
  const nodes: number[] = [];
  const weights: number[] = [];
  const half = Math.floor(extent / step);
  for (let i = -half; i <= half; i++) {
    const grown = strictExp(i * step);
    const sinh = 0.5 * (grown - 1 / grown);
    const cosh = 0.5 * (grown + 1 / grown);
    // The node is 1 / (1 + e^(-pi sinh t)), its derivative in t is pi cosh t times the node times what is left to 1.
    const decay = strictExp(-Math.PI * sinh);
    const node = 1 / (1 + decay);
    nodes.push(node);
    weights.push((step * Math.PI * cosh * node * decay) / (1 + decay));
  }
  return { nodes, weights };
}

/** A rule crowded towards 0, where its integrand has a layer: nodes to the power 1.5. */
export function crowded({ nodes, weights }: QuadratureRule): QuadratureRule {
  return {
    nodes: nodes.map((node) => node * Math.sqrt(node)),
    weights: weights.map((weight, i) => 1.5 * weight * Math.sqrt(nodes[i] ?? 0)),
  };
}

/** A rule crowded towards 0 for a thin layer: nodes to the third power. */
export function cubed({ nodes, weights }: QuadratureRule): QuadratureRule {
  return {
    nodes: nodes.map((node) => node * node * node),
    weights: weights.map((weight, i) => 3 * weight * (nodes[i] ?? 0) * (nodes[i] ?? 0)),
  };
}

/** A rule repeated in `count` equal panels. */
export function panels({ nodes, weights }: QuadratureRule, count: number): QuadratureRule {
  const starts = Array.from({ length: count }, (_, panel) => panel);
  return {
    nodes: starts.flatMap((start) => nodes.map((node) => (start + node) / count)),
    weights: starts.flatMap(() => weights.map((weight) => weight / count)),
  };
}
