import { requireFinite } from "../domain.ts";
import { requirePositive } from "./paired-quote.ts";
import {
  MINUTES_PER_YEAR,
  type ReplicationTerm,
  type TermRefusal,
  type TermVariance,
  termVariance,
} from "./strike-strip.ts";

/** The index and both its terms, or why there is none. */
export type VixReplication =
  | { readonly kind: "found"; readonly vix: number; readonly near: TermVariance; readonly next: TermVariance }
  | ({ readonly kind: "refused-term"; readonly term: "near" | "next" } & TermRefusal)
  | { readonly kind: "terms-not-in-order" }
  | { readonly kind: "variance-not-positive"; readonly near: TermVariance; readonly next: TermVariance };

const MINUTES_IN_30_DAYS = 43_200;

/**
 * The volatility index by the Cboe rules (Cboe VIX White Paper, equation 1 and the interpolation after it): the variance
 * of each term from its strip of out-of-the-money options, total variance interpolated to 43,200 minutes, in volatility
 * points. Two terms on the same side of 30 days are extrapolated, as the rules did before October 2014. Throws
 * PricingError for minutes that are not positive, a rate that is not finite, a strike given twice or a result that does
 * not fit a double.
 */
export function vixReplication({
  near,
  next,
}: {
  readonly near: ReplicationTerm;
  readonly next: ReplicationTerm;
}): VixReplication {
  for (const { minutes, rate } of [near, next]) {
    requirePositive("minutes", minutes);
    requireFinite("rate", rate);
  }
  if (near.minutes >= next.minutes) return { kind: "terms-not-in-order" };

  const nearVariance = termVariance(near);
  if ("reason" in nearVariance) return { kind: "refused-term", term: "near", ...nearVariance };
  const nextVariance = termVariance(next);
  if ("reason" in nextVariance) return { kind: "refused-term", term: "next", ...nextVariance };

  const total = interpolatedVariance(nearVariance, nextVariance);
  if (!(total > 0)) return { kind: "variance-not-positive", near: nearVariance, next: nextVariance };
  const vix = 100 * Math.sqrt(total * (MINUTES_PER_YEAR / MINUTES_IN_30_DAYS));
  return { kind: "found", vix, near: nearVariance, next: nextVariance };
}

function interpolatedVariance(near: TermVariance, next: TermVariance): number {
  const distance = next.minutes - near.minutes;
  const nearWeight = (next.minutes - MINUTES_IN_30_DAYS) / distance;
  const nextWeight = (MINUTES_IN_30_DAYS - near.minutes) / distance;
  return near.years * near.variance * nearWeight + next.years * next.variance * nextWeight;
}
