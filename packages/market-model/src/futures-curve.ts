import { type CalendarDate, daysBetween, type FutureSettlement } from "@steward/model";
import { strictExp as exp, strictLog as log } from "@steward/pricing";
import { type TermIndices, vixFuture } from "./vix-futures.ts";

/** What an evening knows about VIX futures: the indices, and real settlements where there are any, nearest first. */
export interface FuturesCurve {
  readonly date: CalendarDate;
  readonly indices: TermIndices;
  readonly listed: readonly FutureSettlement[];
}

/**
 * The future that settles on the date, in points: the real one; between real ones, spot being the first, by linear
 * interpolation of its logarithm in calendar days; beyond the last in the proportion of the modelled curve.
 */
export function futureSettlingOn({ date, indices, listed }: FuturesCurve, expiration: CalendarDate): number {
  const days = daysBetween(date, expiration);
  const last = listed.at(-1);
  if (last === undefined) return vixFuture(indices, days);
  if (expiration >= last.expiration) {
    return (last.settle * vixFuture(indices, days)) / vixFuture(indices, daysBetween(date, last.expiration));
  }

  const spot = { expiration: date, settle: indices.vix };
  const right = listed.find((future) => future.expiration >= expiration) ?? last;
  const left = listed.findLast((future) => future.expiration < expiration) ?? spot;
  const share = daysBetween(left.expiration, expiration) / daysBetween(left.expiration, right.expiration);
  return exp(log(left.settle) + (log(right.settle) - log(left.settle)) * share);
}
