import { type CalendarDate, daysBetween, nextVixExpirations } from "@steward/model";
import type { MarketView } from "../view.ts";

/** VIX futures of a session in index points: the two nearest monthly ones, and what a future of constant maturity would cost. */
export interface VixCurve {
  readonly first: number;
  readonly second: number;
  readonly thirtyDays: number;
  readonly sixtyDays: number;
}

/** Futures by days to their settlement, nearest first; undefined where one is not quoted. */
type Curve = readonly { readonly days: number; readonly forward: number | undefined }[];

/** Four months reach beyond sixty days whatever the date. */
const MONTHS = 4;

/** The curve of a session; undefined where a future that it takes is missing. */
export function vixCurve(view: MarketView): VixCurve | undefined {
  const curve = nextVixExpirations(view.session.date, MONTHS).map((expiration) => ({
    days: daysBetween(view.session.date, expiration),
    forward: forwardOf(view, expiration),
  }));
  const [first, second] = curve.map(({ forward }) => forward);
  const thirtyDays = constantMaturity(curve, 30);
  const sixtyDays = constantMaturity(curve, 60);
  return first === undefined || second === undefined || thirtyDays === undefined || sixtyDays === undefined
    ? undefined
    : { first, second, thirtyDays, sixtyDays };
}

function forwardOf(view: MarketView, expiration: CalendarDate): number | undefined {
  const forward = view.slice("VIX", expiration)?.forward;
  return forward !== undefined && forward > 0 ? forward : undefined;
}

/**
 * The future so many days ahead, on the straight line through the two around it. In the week after a settlement the nearest may be up to
 * 35 days ahead: the line through the first two is then continued, since spot VIX is no future.
 */
export function constantMaturity(curve: Curve, days: number): number | undefined {
  const beyond = curve.findIndex((point) => point.days >= days);
  if (beyond < 0) return undefined;
  const far = curve[Math.max(beyond, 1)];
  const near = curve[Math.max(beyond, 1) - 1];
  if (near?.forward === undefined || far?.forward === undefined) return undefined;
  return near.forward + ((days - near.days) / (far.days - near.days)) * (far.forward - near.forward);
}
