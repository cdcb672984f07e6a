// Levenberg-Marquardt (Marquardt 1963) with bounds, for a handful of variables.

/** The normal equations of a linearized least-squares problem, filled by `add`. */
export interface NormalEquations {
  /** Adds a residual with its derivatives to the variables. */
  readonly add: (residual: number, jacobian: Float64Array) => void;
}

/** A sum of squares to minimize. */
export interface LeastSquaresProblem {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** The sum of squares; fills the normal equations where they are given. */
  readonly evaluate: (variables: Float64Array, normal: NormalEquations | undefined) => number;
}

export interface Minimum {
  readonly variables: Float64Array;
  readonly value: number;
  readonly steps: number;
}

const LEAST_GAIN = 1e-9;
const FIRST_DAMPING = 1e-3;
const LEAST_DAMPING = 1e-12;
const MOST_DAMPING = 1e12;
const SMALLEST_PIVOT = 1e-200;

/** Descends from `start` until a step gains less than a billionth. */
export function minimize(problem: LeastSquaresProblem, start: Float64Array, mostSteps: number): Minimum {
  const size = start.length;
  const matrix = new Float64Array(size * size);
  const gradient = new Float64Array(size);
  const normal = normalEquations(matrix, gradient);
  let variables = clamped(start, problem);
  let value = problem.evaluate(variables, undefined);
  let damping = FIRST_DAMPING;
  let steps = 0;
  while (steps < mostSteps && damping < MOST_DAMPING) {
    matrix.fill(0);
    gradient.fill(0);
    problem.evaluate(variables, normal);
    const before = value;
    let hasGained = false;
    while (!hasGained && damping < MOST_DAMPING) {
      const next = stepFrom(variables, { matrix, gradient, damping, problem });
      const nextValue = problem.evaluate(next, undefined);
      if (nextValue < value) {
        variables = next;
        value = nextValue;
        damping = Math.max(damping / 8, LEAST_DAMPING);
        hasGained = true;
      } else damping *= 6;
    }
    steps += 1;
    if (!(before - value > LEAST_GAIN * before)) break;
  }
  return { variables, value, steps };
}

interface StepTerms {
  readonly matrix: Float64Array;
  readonly gradient: Float64Array;
  readonly damping: number;
  readonly problem: LeastSquaresProblem;
}

/** Solves for all variables but those that stand at a bound and would leave it. */
function stepFrom(variables: Float64Array, terms: StepTerms): Float64Array {
  const { gradient, problem } = terms;
  const isFrozen = Uint8Array.from(variables, (variable, i) => {
    const pull = -(gradient[i] ?? 0);
    const atLower = variable <= (problem.lower[i] ?? variable) && pull < 0;
    const atUpper = variable >= (problem.upper[i] ?? variable) && pull > 0;
    return atLower || atUpper ? 1 : 0;
  });
  const step = solveDamped(terms, isFrozen);
  return clamped(
    variables.map((variable, i) => variable - (step[i] ?? 0)),
    problem,
  );
}

function clamped(variables: Float64Array, { lower, upper }: LeastSquaresProblem): Float64Array {
  return variables.map((variable, i) =>
    Math.min(Math.max(variable, lower[i] ?? variable), upper[i] ?? variable),
  );
}

/** The lower triangle of J'J, and J'r. */
function normalEquations(matrix: Float64Array, gradient: Float64Array): NormalEquations {
  const size = gradient.length;
  return {
    add: (residual, jacobian) => {
      for (let i = 0; i < size; i++) {
        const own = jacobian[i] ?? 0;
        gradient[i] = (gradient[i] ?? 0) + own * residual;
        for (let j = 0; j <= i; j++) {
          const at = i * size + j;
          matrix[at] = (matrix[at] ?? 0) + own * (jacobian[j] ?? 0);
        }
      }
    },
  };
}

/** Solves (A + damping diag A) x = gradient by Cholesky; frozen variables are 0 and do not take part. */
function solveDamped({ matrix, gradient, damping }: StepTerms, isFrozen: Uint8Array): Float64Array {
  const size = gradient.length;
  const factor = new Float64Array(size * size);
  const entry = (i: number, j: number): number => factor[i * size + j] ?? 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const isOut = isFrozen[i] === 1 || isFrozen[j] === 1;
      let sum = isOut ? 0 : (matrix[i * size + j] ?? 0);
      if (i === j) sum = isOut ? 1 : sum * (1 + damping);
      for (let l = 0; l < j; l++) sum -= entry(i, l) * entry(j, l);
      // Rounding can leave no pivot where a variable has no say.
      factor[i * size + j] = i === j ? Math.sqrt(Math.max(sum, SMALLEST_PIVOT)) : sum / entry(j, j);
    }
  }
  const x = gradient.map((value, i) => (isFrozen[i] === 1 ? 0 : value));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) x[i] = (x[i] ?? 0) - entry(i, j) * (x[j] ?? 0);
    x[i] = (x[i] ?? 0) / entry(i, i);
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let j = i + 1; j < size; j++) x[i] = (x[i] ?? 0) - entry(j, i) * (x[j] ?? 0);
    x[i] = (x[i] ?? 0) / entry(i, i);
  }
  return x;
}
