import { PricingError } from "./pricing-error.ts";
import { INVERSE_SQRT_2PI, scaledTailAbove } from "./scaled-tail.ts";
import { strictExp, strictLog } from "./strict-math.ts";

/** Density of the standard normal distribution at `x`, to about 2 ulp; 0 at both infinities. NaN throws PricingError. */
export function normalPdf(x: number): number {
  requireNumber(x);
  return INVERSE_SQRT_2PI * bell(x);
}

/**
 * Probability that a standard normal variable is at most `x`, with full relative accuracy in the lower tail. NaN throws
 * PricingError.
 */
export function normalCdf(x: number): number {
  requireNumber(x);
  if (x > 0) return 1 - bell(x) * scaledTailAbove(x);
  return bell(x) * scaledTailAbove(-x);
}

/**
 * The `x` below which a standard normal variable falls with probability `p`, 0 < p < 1, to about 1e-15 relative.
 * Wichura (1988), Algorithm AS 241, PPND16, Applied Statistics 37. Throws PricingError for another p.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) {
    throw new PricingError("pricing.not-a-probability", "p", `expected p between 0 and 1, found ${p}`);
  }
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * centralRatio(0.180625 - q * q);
  const r = Math.sqrt(-strictLog(q < 0 ? p : 1 - p));
  const x = r <= 5 ? middleRatio(r - 1.6) : outerRatio(r - 5);
  return q < 0 ? -x : x;
}

/**
 * E(x) = exp(x^2 / 2) Phi(-x): the upper tail with its exponential taken out, which neither underflows nor cancels for
 * large x. Infinite below about -38.6, where exp(x^2 / 2) exceeds the doubles. NaN throws PricingError.
 */
export function scaledTail(x: number): number {
  requireNumber(x);
  if (x >= 0) return scaledTailAbove(x);
  return 1 / bell(x) - scaledTailAbove(-x);
}

// exp(-x^2 / 2) with x^2 in two parts, the first exact, so that rounding x^2 costs nothing far out (Cody 1969).
function bell(x: number): number {
  if (x > 39 || x < -39) return 0;
  const head = Math.floor(x * 16) / 16;
  return strictExp(-0.5 * head * head) * strictExp(-0.5 * (x - head) * (x + head));
}

function requireNumber(x: number): void {
  if (Number.isNaN(x))
    throw new PricingError("pricing.not-finite", "x", "expected x to be a number, found NaN");
}

function centralRatio(r: number): number {
  const n =
    ((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r +
      13731.69376550946) *
      r +
      1971.5909503065513) *
      r +
      133.14166789178438) *
      r +
    3.3871328727963665;
  const d =
    ((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) * r +
      5394.196021424751) *
      r +
      687.1870074920579) *
      r +
      42.31333070160091) *
      r +
    1;
  return n / d;
}

function middleRatio(r: number): number {
  const n =
    ((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r +
      1.2704582524523684) *
      r +
      3.6478483247632045) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
    1.4234371107496835;
  const d =
    ((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r +
      0.14810397642748008) *
      r +
      0.6897673349851) *
      r +
      1.6763848301838038) *
      r +
      2.053191626637759) *
      r +
    1;
  return n / d;
}

function outerRatio(r: number): number {
  const n =
    ((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r +
      0.026532189526576124) *
      r +
      0.29656057182850487) *
      r +
      1.7848265399172913) *
      r +
      5.463784911164114) *
      r +
    6.657904643501103;
  const d =
    ((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r +
      0.0007868691311456133) *
      r +
      0.014875361290850615) *
      r +
      0.1369298809227358) *
      r +
      0.599832206555888) *
      r +
    1;
  return n / d;
}
