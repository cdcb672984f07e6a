// E(x) = exp(x^2 / 2) Phi(-x), the normal tail with its exponential taken out, and G(x) = -E'(x). Both are rationals
// over one denominator, for all x >= 0: E = P/Q, G = R/Q with R = Q / sqrt(2 pi) - x P held exactly, so that G keeps
// its relative accuracy where 1 / sqrt(2 pi) - x E would cancel. Fitted by weighted Lawson iteration at 120 digits on
// 400 points of (x - 2) / (x + 2); the larger relative error of the two is 2.6e-17. No coefficient is negative, so
// evaluation adds about 1 ulp only.

/** 1 / sqrt(2 pi). */
export const INVERSE_SQRT_2PI = 0.3989422804014327;

// Beyond this the polynomials could overflow; E(x) is 1 / (x sqrt(2 pi)) to the last bit long before.
const FAR = 1e15;

/** The step of the series below: with it the first term left out is under 1e-17 of the sum. */
export const LARGEST_SERIES_STEP = 0.05;

// The polynomials stand in each function: a call would cost as much as one of them.

/** E(x) for x >= 0 (and for an x that rounding left just below). */
export function scaledTailAbove(x: number): number {
  return x > FAR ? INVERSE_SQRT_2PI / x : scaledTailWithin(x);
}

/** E(x) for 0 <= x <= 1e15, without the look at its size. */
export function scaledTailWithin(x: number): number {
  const x2 = x * x;
  const p =
    0.5 +
    x2 *
      (0.8879724005264991 +
        x2 *
          (0.22950694605345875 +
            x2 * (0.017735127018341457 + x2 * (0.00044984517922218466 + x2 * 2.865087933575013e-6)))) +
    x *
      (0.948418515711391 +
        x2 *
          (0.5353843125333975 +
            x2 *
              (0.07322696053472987 +
                x2 * (0.0032658354420896383 + x2 * (4.443919047187448e-5 + x2 * 9.31818593985663e-8)))));
  const q =
    1 +
    x2 *
      (3.426021555152109 +
        x2 *
          (1.510286396348177 +
            x2 *
              (0.19151855586153865 +
                x2 * (0.008297160846205543 + x2 * (0.00011162610362196426 + x2 * 2.3357228345113673e-7))))) +
    x *
      (2.6947215922256427 +
        x2 *
          (2.7229390530533566 +
            x2 *
              (0.6175605988323932 +
                x2 * (0.0455686020629418 + x2 * (0.0011347763558683813 + x2 * 7.1817104236032336e-6)))));
  return p / q;
}

/**
 * E(h - t) - E(h + t) for h >= t >= 0, or any t up to 0.05, without cancellation when t is small: there it is twice the
 * odd part of the Taylor series about h, whose terms follow from E'' = x E' + E, with b(n) = -t^n times derivative n.
 */
export function scaledTailDifference(h: number, t: number): number {
  if (t > LARGEST_SERIES_STEP || h > FAR) return scaledTailAbove(h - t) - scaledTailAbove(h + t);
  return scaledTailSeries(h, t);
}

/** scaledTailDifference for t up to 0.05 and h up to 1e15. */
export function scaledTailSeries(h: number, t: number): number {
  const h2 = h * h;
  const p =
    0.5 +
    h2 *
      (0.8879724005264991 +
        h2 *
          (0.22950694605345875 +
            h2 * (0.017735127018341457 + h2 * (0.00044984517922218466 + h2 * 2.865087933575013e-6)))) +
    h *
      (0.948418515711391 +
        h2 *
          (0.5353843125333975 +
            h2 *
              (0.07322696053472987 +
                h2 * (0.0032658354420896383 + h2 * (4.443919047187448e-5 + h2 * 9.31818593985663e-8)))));
  const q =
    1 +
    h2 *
      (3.426021555152109 +
        h2 *
          (1.510286396348177 +
            h2 *
              (0.19151855586153865 +
                h2 * (0.008297160846205543 + h2 * (0.00011162610362196426 + h2 * 2.3357228345113673e-7))))) +
    h *
      (2.6947215922256427 +
        h2 *
          (2.7229390530533566 +
            h2 *
              (0.6175605988323932 +
                h2 * (0.0455686020629418 + h2 * (0.0011347763558683813 + h2 * 7.1817104236032336e-6)))));
  const r =
    0.3989422804014327 +
    h2 *
      (0.41836633620545416 +
        h2 *
          (0.06713278648500619 +
            h2 * (0.0031778888798615424 + h2 * (4.4252826753082176e-5 + h2 * 9.318185939856631e-8)))) +
    h *
      (0.5750383770494775 +
        h2 *
          (0.19832311469272465 +
            h2 * (0.01686408753081053 + h2 * (0.0004441150033539713 + h2 * 2.8650879335750046e-6))));
  const inverse = 1 / q;
  const th = t * h;
  const tt = t * t;
  const b0 = p * inverse;
  const b1 = t * r * inverse;
  const b2 = th * b1 - tt * b0;
  const b3 = th * b2 + 2 * tt * b1;
  const b4 = th * b3 + 3 * tt * b2;
  const b5 = th * b4 + 4 * tt * b3;
  const b6 = th * b5 + 5 * tt * b4;
  const b7 = th * b6 + 6 * tt * b5;
  const b8 = th * b7 + 7 * tt * b6;
  const b9 = th * b8 + 8 * tt * b7;
  return 2 * (b1 + (b3 * (1 / 6) + (b5 * (1 / 120) + (b7 * (1 / 5040) + b9 * (1 / 362880)))));
}
