// Black, Scholes and Merton in whole numbers of 2^-256, to more than 30 digits of spot: what engines are measured against.

import type { PriceAndGreeks } from "@steward/pricing";
import type { OptionRow } from "./samples.ts";

const BITS = 256n;
const ONE = 1n << BITS;
const TWO = 2n * ONE;

const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS;
const over = (a: bigint, b: bigint): bigint => (a << BITS) / b;

/** Beyond it the tail, under 2e-33, is left out; the series below would need ever more digits. */
const LARGEST = 12n * ONE;
const LN_2 = logNearOne(TWO);
const PI = 16n * inverseTangent(5n) - 4n * inverseTangent(239n);
const INVERSE_SQRT_2PI = over(ONE, squareRoot(2n * PI));

/** Price and Greeks, rounded once; the units are those of europeanGreeks. */
export function exactGreeks(option: OptionRow): PriceAndGreeks {
  const [spot, strike, years] = [fixed(option.spot), fixed(option.strike), fixed(option.years)];
  const [volatility, rate, dividendYield] = [option.volatility, option.rate, option.dividendYield].map(
    fixed,
  ) as [bigint, bigint, bigint];
  const root = squareRoot(years);
  const total = times(volatility, root);
  const x = naturalLog(spot) - naturalLog(strike) + times(rate - dividendYield, years);
  const d1 = over(x, total) + total / 2n;
  const d2 = d1 - total;
  const asset = times(spot, exponential(-times(dividendYield, years)));
  const cash = times(strike, exponential(-times(rate, years)));
  const sign = option.right === "call" ? 1n : -1n;
  const assetTerm = sign * times(asset, distribution(sign * d1));
  const cashTerm = sign * times(cash, distribution(sign * d2));
  const density = times(asset, bell(d1));
  const decay = over(times(density, volatility), 2n * root);
  return {
    price: rounded(assetTerm - cashTerm),
    delta: rounded(over(assetTerm, spot)),
    gamma: rounded(over(over(density, total), times(spot, spot))),
    vega: rounded(times(density, root)),
    theta: rounded(times(dividendYield, assetTerm) - times(rate, cashTerm) - decay),
    rho: rounded(times(years, cashTerm)),
  };
}

/** Phi(x) = 1/2 + phi(x) (x + x^3/3 + x^5/15 + ...): all terms of one sign. */
function distribution(x: bigint): bigint {
  if (x > LARGEST || x < -LARGEST) return x > 0n ? ONE : 0n;
  const square = times(x, x);
  let term = x;
  let sum = 0n;
  for (let odd = 1n; term !== 0n && term !== -1n; odd += 2n) {
    sum += term;
    term = times(term, square) / (odd + 2n);
  }
  return ONE / 2n + times(bell(x), sum);
}

function bell(x: bigint): bigint {
  return times(INVERSE_SQRT_2PI, exponential(-times(x, x) / 2n));
}

function exponential(x: bigint): bigint {
  const k = x / LN_2;
  const r = x - k * LN_2;
  let term = ONE;
  let sum = 0n;
  for (let n = 1n; term !== 0n && term !== -1n; n += 1n) {
    sum += term;
    term = times(term, r) / n;
  }
  return k >= 0n ? sum << k : sum >> -k;
}

function naturalLog(x: bigint): bigint {
  let k = 0n;
  let m = x;
  for (; m > TWO; m /= 2n) k += 1n;
  for (; m < ONE; m *= 2n) k -= 1n;
  // m loses what the shifts drop; take it from x itself.
  m = k >= 0n ? x >> k : x << -k;
  return k * LN_2 + logNearOne(m);
}

/** 2 artanh((x - 1) / (x + 1)). */
function logNearOne(x: bigint): bigint {
  const s = over(x - ONE, x + ONE);
  const square = times(s, s);
  let power = s;
  let sum = 0n;
  for (let odd = 1n; power !== 0n && power !== -1n; odd += 2n) {
    sum += power / odd;
    power = times(power, square);
  }
  return 2n * sum;
}

/** arctan(1 / n). */
function inverseTangent(n: bigint): bigint {
  let power = ONE / n;
  let sum = 0n;
  for (let odd = 1n, sign = 1n; power !== 0n; odd += 2n, sign = -sign) {
    sum += (sign * power) / odd;
    power /= n * n;
  }
  return sum;
}

function squareRoot(x: bigint): bigint {
  const target = x << BITS;
  let root = 1n << BigInt((target.toString(2).length / 2 + 1) | 0);
  for (;;) {
    const next = (root + target / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

/** A double, exactly (down to 2^-256). */
function fixed(value: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const exponent = ((word >> 52n) & 2047n) - 1075n;
  const mantissa = (word & ((1n << 52n) - 1n)) | (1n << 52n);
  const shift = exponent + BITS;
  const size = value === 0 ? 0n : shift >= 0n ? mantissa << shift : mantissa >> -shift;
  return value < 0 ? -size : size;
}

function rounded(x: bigint): number {
  const size = x < 0n ? -x : x;
  const length = BigInt(size.toString(2).length);
  // Number() rounds a whole number correctly; the power of two after it is exact.
  const shift = length > 128n ? length - 128n : 0n;
  const value = Number(size >> shift) * 2 ** Number(shift - BITS);
  return x < 0n ? -value : value;
}
