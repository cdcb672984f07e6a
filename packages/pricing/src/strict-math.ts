// Elementary functions that give the same bits on every engine. ECMAScript leaves the last digits of Math.exp and
// Math.log to the implementation; here only operations that IEEE 754 rounds exactly are used.

// 1.5 * 2^52: adding and taking it away rounds a double to the nearest integer, ties to even.
const ROUND = 6755399441055744;
const LOG2_E = Math.LOG2E;
/** ln 2 in two parts, the first with 21 trailing zero bits so that k * LN2_HIGH is exact (FreeBSD msun e_exp.c). */
export const LN2_HIGH = 0.6931471803691238;
export const LN2_LOW = 1.9082149292705877e-10;
const LEAST_NORMAL_EXPONENT = -708;
const LARGEST_NORMAL_EXPONENT = 709;
const LARGEST_EXPONENT = 709.782712893384;
const SMALLEST_EXPONENT = -745.1332191019412;
const HALF_LN2 = 0.34657359027997264;
const E_TO_MINUS_100 = 3.720075976020836e-44;

const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_TO_64 = 18446744073709552000;
const TWO_TO_MINUS_64 = 5.421010862427522e-20;
const TWO_TO_1000 = 1.0715086071862673e301;
const FIRST_POWER = -1022;
const LAST_POWER_INDEX = 2047;
const POWERS_OF_TWO = powersOfTwo();
// Scratch to read a double's exponent; always written before it is read.
const BITS = new DataView(new ArrayBuffer(8));

/**
 * e to the x, within 1 ulp. Cody-Waite reduction x = k ln 2 + r, then a polynomial: 1 + r + r^2 q(r) with q the
 * Chebyshev fit of degree 10 on |r| <= ln 2 / 2 in 60 digits (error 1.4e-18).
 */
export function strictExp(x: number): number {
  if (!(x > LEAST_NORMAL_EXPONENT && x < LARGEST_NORMAL_EXPONENT)) return extremeExp(x);
  const k = reductionOf(x);
  return reducedExp(x - k * LN2_HIGH, k * LN2_LOW) * powerOfTwo(k);
}

/** The k of strictExp's reduction, for an x whose power is a normal double. */
export function reductionOf(x: number): number {
  return x * LOG2_E + ROUND - ROUND;
}

/** The power that strictExp multiplies by 2 to the k, from the two parts of r. */
export function reducedExp(high: number, low: number): number {
  return 1 + (high + (expTail(high - low) - low));
}

/** e to the x less 1, within 2 ulp of itself near 0, where strictExp(x) - 1 would cancel. */
export function strictExpm1(x: number): number {
  return x > -HALF_LN2 && x < HALF_LN2 ? strictExpm1NearZero(x) : strictExp(x) - 1;
}

/** strictExpm1 for |x| < ln 2 / 2. */
export function strictExpm1NearZero(x: number): number {
  return x + expTail(x);
}

/** strictExp for |x| <= ln 2 / 2, to the bit: there is nothing to reduce. */
export function strictExpNearZero(x: number): number {
  return 1 + (x + expTail(x));
}

/** Up to this size, both forms near zero are the whole functions. */
export const NEAR_ZERO = 0.34;

/** e^r - 1 - r for |r| <= ln 2 / 2. */
function expTail(r: number): number {
  const r2 = r * r;
  const r4 = r2 * r2;
  const q0 = 0.5 + r * 0.1666666666666667 + r2 * (0.04166666666666667 + r * 0.008333333333326136);
  const q4 = 0.0013888888888883748 + r * 0.00019841269874820627;
  const q6 = 2.4801587325547743e-5 + r * 2.7557255400206422e-6;
  const q8 = 2.75572736431103e-7 + r * 2.5105217004720745e-8 + r2 * 2.0914686968086876e-9;
  const q = q0 + r4 * (q4 + r2 * q6 + r4 * q8);
  return r2 * q;
}

/** Where the power of two alone would leave the doubles; apart, so that engines inline the common case. */
function extremeExp(x: number): number {
  if (x > LARGEST_EXPONENT) return Number.POSITIVE_INFINITY;
  if (x < SMALLEST_EXPONENT) return 0;
  if (x > 0) return strictExp(x - 1) * Math.E;
  return x < 0 ? strictExp(x + 100) * E_TO_MINUS_100 : x;
}

/** Natural logarithm, within 1 ulp; the algorithm and constants of FreeBSD msun e_log.c (Sun Microsystems, 1993). */
export function strictLog(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let scaled = x;
  let shift = 0;
  if (x < SMALLEST_NORMAL) {
    scaled = x * TWO_TO_64;
    shift = -64;
  } else if (x > TWO_TO_1000) {
    scaled = x * TWO_TO_MINUS_64;
    shift = 64;
  }
  return normalLog(scaled, shift);
}

/** ln x + shift ln 2 for a normal x below 2^1000. */
export function normalLog(x: number, shift: number): number {
  const exponent = exponentOf(x);
  const f = x * powerOfTwo(-exponent) - 1;
  const k = exponent + shift;
  const s = f / (2 + f);
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + logTail(s)) + k * LN2_LOW) - f);
}

/**
 * ln(a / b) for positive a and b, to a few units of *its own* last place however close a and b are: between 1/sqrt 2
 * and sqrt 2 it is 2 atanh((a - b) / (a + b)), where a - b is exact. ln of the rounded quotient would keep only an
 * absolute 1e-16, which a deep tail minutes before expiration magnifies ten thousandfold.
 */
export function logRatio(a: number, b: number): number {
  const ratio = a / b;
  if (ratio > Math.SQRT1_2 && ratio < Math.SQRT2) return twiceArtanh((a - b) / (a + b));
  return ratio > 0 && ratio < Number.POSITIVE_INFINITY ? strictLog(ratio) : strictLog(a) - strictLog(b);
}

/** ln((1 + s) / (1 - s)) = 2 artanh(s) for the s of a quotient between 1/sqrt 2 and sqrt 2. */
export function twiceArtanh(s: number): number {
  return s * (2 + logTail(s));
}

/** R of e_log.c: 2 artanh(s) = 2 s + s R. */
function logTail(s: number): number {
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  return odd + even;
}

/** The k for which x / 2^k lies in [1/sqrt 2, sqrt 2), for a normal x below 2^1000. */
function exponentOf(x: number): number {
  BITS.setFloat64(0, x);
  return ((BITS.getInt32(0) + (0x3ff00000 - 0x3fe6a09e)) >> 20) - 1023;
}

/** 2 to the k for a whole k of a normal double; some other number where there is none, but never an access outside. */
export function powerOfTwo(k: number): number {
  return POWERS_OF_TWO[((k | 0) - FIRST_POWER) & LAST_POWER_INDEX] ?? 0;
}

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(LAST_POWER_INDEX + 1);
  powers[0] = SMALLEST_NORMAL;
  for (let i = 1; i < powers.length; i++) powers[i] = 2 * (powers[i - 1] ?? Number.NaN);
  return powers;
}
