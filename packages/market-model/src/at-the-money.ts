/** The at-the-money volatility at which a smile's model-free variance is the one that an index reports. */

import { assert } from "@steward/model";
import { strictExp as exp, strictLog as log, scaledTail } from "@steward/pricing";
import { type Hyperbola, varianceRatio } from "./hyperbola.ts";

const LOWEST = -9;
const HIGHEST = 6;
const NODES = 241;
const STEP = (HIGHEST - LOWEST) / (NODES - 1);
const INVERSE_ROOT_TWO_PI = 0.3989422804014327;
/** A smile's variance swap stands about this far above its at-the-money volatility. */
const USUAL_RATIO = 1.13;
/** Newton's step squares the error: below this the next one would be under 1e-12. */
const LAST_STEP = 1e-5;
const MOST_STEPS = 40;

/** The smile at the nodes of the integral over x, which the level does not move. */
interface SmileNodes {
  /** Root of the variance ratio. */
  readonly roots: Float64Array;
  /** |x| over that root: distance from the money in standard deviations. */
  readonly distances: Float64Array;
}

/** Total variance of the slice at a level, and its elasticity to the level. */
interface Replication {
  readonly variance: number;
  readonly elasticity: number;
}

/**
 * The at-the-money total volatility s of the smile that solves s²·R(s) = `totalVariance`, where s²·R is the variance of
 * the log contract replicated from out-of-the-money options (Carr and Madan, 1998). Exact to 1e-10.
 */
export function atTheMoneyVolatility(smile: Hyperbola, totalVariance: number): number {
  const nodes = smileNodes(smile);
  let level = Math.sqrt(totalVariance) / USUAL_RATIO;
  for (let count = 0; count < MOST_STEPS; count += 1) {
    const { variance, elasticity } = replicate(nodes, level);
    const step = log(totalVariance / variance) / elasticity;
    level *= exp(step);
    if (Math.abs(step) < LAST_STEP) return level;
  }
  assert(false, `a smile closes on its index, not on a total variance of ${totalVariance}`);
}

/** Total variance of the log contract that the smile at the level replicates, by the trapezoid rule. */
export function modelFreeVariance(smile: Hyperbola, level: number): number {
  return replicate(smileNodes(smile), level).variance;
}

function smileNodes(smile: Hyperbola): SmileNodes {
  const roots = new Float64Array(NODES);
  const distances = new Float64Array(NODES);
  for (let index = 0; index < NODES; index += 1) {
    const x = LOWEST + index * STEP;
    const root = Math.sqrt(varianceRatio(smile, x));
    roots[index] = root;
    distances[index] = Math.abs(x) / root;
  }
  return { roots, distances };
}

/**
 * Trapezoid sum of f(x) = OTM(k)·e^(−k), k = s·x, for F = 1. With q = |x|/√v, h = s·√v/2 and E the scaled normal tail,
 * f = g·(E(q−h) − E(q+h)), where g = exp(−(q∓h)²/2), minus for puts; ∂f/∂s = g·(√v/√2π − |x|·E(q±h)), plus for puts.
 */
function replicate({ roots, distances }: SmileNodes, level: number): Replication {
  let sum = 0;
  let slopes = 0;
  for (let index = 0; index < NODES; index += 1) {
    const weight = index === 0 || index === NODES - 1 ? 0.5 : 1;
    const x = LOWEST + index * STEP;
    const root = roots[index] ?? 1;
    const distance = distances[index] ?? 0;
    const half = (level * root) / 2;
    const inner = scaledTail(distance - half);
    const outer = scaledTail(distance + half);

    const put = x < 0;
    const z = put ? distance - half : distance + half;
    const g = weight * exp(-0.5 * z * z);
    sum += g * (inner - outer);
    slopes += g * (root * INVERSE_ROOT_TWO_PI - Math.abs(x) * (put ? outer : inner));
  }
  return { variance: 2 * level * STEP * sum, elasticity: 1 + (level * slopes) / sum };
}
