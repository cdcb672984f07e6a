import { normalCdf, normalPdf } from "../normal.ts";
import { PricingError } from "../pricing-error.ts";
import { logRatio } from "../strict-math.ts";
import { durrlemanG } from "./butterfly.ts";
import { requirePositive } from "./paired-quote.ts";
import { type SviSlice, sviJet, type VarianceJet } from "./svi.ts";

/** A slice with the time to its expiration in years, ACT/365. */
export interface Smile {
  readonly slice: SviSlice;
  readonly years: number;
}

/** A place on a smile; the forward may have moved since the fit, the slice then moves with it. */
export interface SmilePlace {
  readonly strike: number;
  readonly forward: number;
}

/**
 * Black's volatility at a strike, as a decimal per year. Throws PricingError for a place or years that are not positive and a
 * slice whose variance there is not.
 */
export function smileVolatility({ slice, years }: Smile, place: SmilePlace): number {
  requirePositive("years", years);
  return Math.sqrt(jetAt(slice, moneynessOf(place)).variance / years);
}

/**
 * The risk-neutral density of the value at expiration, per point, at a strike: g / (K sqrt(2 pi w)) exp(-d2^2 / 2)
 * (Breeden and Litzenberger 1978; Gatheral and Jacquier 2014, section 2.2). Throws PricingError outside the domain.
 */
export function smileDensity({ slice }: Pick<Smile, "slice">, place: SmilePlace): number {
  const k = moneynessOf(place);
  const jet = jetAt(slice, k);
  const root = Math.sqrt(jet.variance);
  const d2 = -k / root - 0.5 * root;
  return (durrlemanG(k, jet) * normalPdf(d2)) / (place.strike * root);
}

/**
 * The risk-neutral probability that the value at expiration is at or under the strike: the derivative of the undiscounted
 * put to its strike, N(-d2) + n(d2) dw/dk / (2 sqrt w). Throws PricingError outside the domain.
 */
export function probabilityUnder({ slice }: Pick<Smile, "slice">, place: SmilePlace): number {
  const k = moneynessOf(place);
  const { variance, slope } = jetAt(slice, k);
  const root = Math.sqrt(variance);
  const d2 = -k / root - 0.5 * root;
  return normalCdf(-d2) + (normalPdf(d2) * slope) / (2 * root);
}

/** The risk-neutral probability of a value between two strikes. Throws PricingError outside the domain. */
export function probabilityBetween(
  smile: Pick<Smile, "slice">,
  range: { readonly lower: number; readonly higher: number; readonly forward: number },
): number {
  const { lower, higher, forward } = range;
  return (
    probabilityUnder(smile, { strike: higher, forward }) - probabilityUnder(smile, { strike: lower, forward })
  );
}

function jetAt(slice: SviSlice, k: number): VarianceJet {
  const jet = sviJet(slice, k);
  if (jet.variance > 0 && jet.variance < Number.POSITIVE_INFINITY) return jet;
  const code = Number.isFinite(jet.variance) ? "pricing.not-positive" : "pricing.not-finite";
  const message = `expected slice with a variance above 0 at log moneyness ${k}, found ${jet.variance}`;
  throw new PricingError(code, "slice", message);
}

function moneynessOf({ strike, forward }: SmilePlace): number {
  requirePositive("strike", strike);
  requirePositive("forward", forward);
  return logRatio(strike, forward);
}
