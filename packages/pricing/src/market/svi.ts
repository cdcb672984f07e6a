// The raw SVI parametrization of one expiration's total variance (Gatheral 2004; Gatheral and Jacquier 2014, "Arbitrage-free
// SVI volatility surfaces", equation 3.1): w(k) = a + b (rho (k - m) + sqrt((k - m)^2 + sigma^2)), k = ln(K / F).

import { requireFinite } from "../domain.ts";
import { PricingError } from "../pricing-error.ts";

/** One slice: total implied variance as a hyperbola of log moneyness. The letters are those of the formula. */
export interface SviSlice {
  /** In total variance. */
  readonly a: number;
  /** Half the sum of both wings' slopes; 0 or more. */
  readonly b: number;
  /** From -1 to 1; negative where the put wing is the steeper. */
  readonly rho: number;
  /** In log moneyness. */
  readonly m: number;
  /** In log moneyness, above 0. */
  readonly sigma: number;
}

/** Total variance at a log moneyness with its first two derivatives. */
export interface VarianceJet {
  readonly variance: number;
  readonly slope: number;
  readonly curvature: number;
}

/** Any slice: total variance and derivatives as a function of log moneyness k = ln(K / F). */
export type SmileCurve = (k: number) => VarianceJet;

/** Total variance and its first two derivatives in log-moneyness. */
export function sviJet({ a, b, rho, m, sigma }: SviSlice, k: number): VarianceJet {
  const x = k - m;
  const z = Math.sqrt(x * x + sigma * sigma);
  return {
    variance: a + b * (rho * x + z),
    slope: b * (rho + x / z),
    curvature: (b * sigma * sigma) / (z * z * z),
  };
}

/** The slice as a curve that checks can be asked of. */
export function sviCurve(slice: SviSlice): SmileCurve {
  return (k) => sviJet(slice, k);
}

/** The curve itself, that throws PricingError where its variance or a derivative is not finite. */
export function finiteCurve(curve: SmileCurve): SmileCurve {
  return (k) => {
    const jet = curve(k);
    if (Number.isFinite(jet.variance) && Number.isFinite(jet.slope) && Number.isFinite(jet.curvature))
      return jet;
    const message = `expected curve of finite variance, slope and curvature, found ${jet.variance}, ${jet.slope}, ${jet.curvature} at ${k}`;
    throw new PricingError("pricing.not-finite", "curve", message);
  };
}

/** Throws PricingError unless all five numbers are finite. */
export function requireSlice({ a, b, rho, m, sigma }: SviSlice): void {
  for (const [key, value] of Object.entries({ a, b, rho, m, sigma })) requireFinite(key, value);
}

/** Total variance at log-moneyness `k`: raw SVI (Gatheral 2004). */
export function sviVariance({ a, b, rho, m, sigma }: SviSlice, k: number): number {
  const x = k - m;
  return a + b * (rho * x + Math.sqrt(x * x + sigma * sigma));
}

/** The absolute slopes that the wings approach, in total variance per unit of log moneyness. */
export function wingSlopes({ b, rho }: SviSlice): { readonly left: number; readonly right: number } {
  return { left: b * (1 - rho), right: b * (1 + rho) };
}

/** The slice of the surface SSVI at one expiration (Gatheral and Jacquier 2014, definition 4.1): three numbers in place of five. */
export interface SsviSlice {
  /** Total variance at the money. */
  readonly theta: number;
  /** From -1 to 1, both excluded. */
  readonly rho: number;
  /** Curvature at the money, per unit of log moneyness. */
  readonly phi: number;
}

/** The same slice in raw form: the hyperbolas of SSVI are those whose minimum and skew fit together. */
export function rawFromSsvi({ theta, rho, phi }: SsviSlice): SviSlice {
  const complement = 1 - rho * rho;
  return {
    a: 0.5 * theta * complement,
    b: 0.5 * theta * phi,
    rho,
    m: -rho / phi,
    sigma: Math.sqrt(complement) / phi,
  };
}

/**
 * Whether the slice is certain to leave no butterfly of negative price: theta phi (1 + |rho|) < 4 and
 * theta phi^2 (1 + |rho|) <= 4 (Gatheral and Jacquier 2014, theorem 4.2; sufficient, the first also necessary).
 */
export function isSsviButterflyFree({ theta, rho, phi }: SsviSlice): boolean {
  const weight = theta * phi * (1 + Math.abs(rho));
  return theta > 0 && phi > 0 && Math.abs(rho) < 1 && weight < 4 && weight * phi <= 4;
}
