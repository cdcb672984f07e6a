// Sine and cosine from exactly rounded operations only, for the tables of quadrature nodes: Math.sin and Math.cos may
// differ between engines in the last digit.

const HALF_PI = 0.5 * Math.PI;
const QUARTER_PI = 0.25 * Math.PI;

/** Sine of an angle between 0 and pi / 2, to about 1 ulp. */
export function sineOf(angle: number): number {
  return angle > QUARTER_PI ? cosineSeries(HALF_PI - angle) : sineSeries(angle);
}

/** Cosine of an angle between 0 and pi, to about 1 ulp of 1. */
export function cosineOf(angle: number): number {
  if (angle > HALF_PI) return -sineOf(angle - HALF_PI);
  return angle > QUARTER_PI ? sineSeries(HALF_PI - angle) : cosineSeries(angle);
}

function sineSeries(x: number): number {
  let term = x;
  let sum = 0;
  for (let k = 1; k < TERMS; k += 2) {
    sum += term;
    term *= (-x * x) / ((k + 1) * (k + 2));
  }
  return sum;
}

function cosineSeries(x: number): number {
  let term = 1;
  let sum = 0;
  for (let k = 0; k < TERMS; k += 2) {
    sum += term;
    term *= (-x * x) / ((k + 1) * (k + 2));
  }
  return sum;
}

// (pi / 4)^24 / 24! is below 1e-26.
const TERMS = 24;
