import { type CalendarDate, daysBetween, type FutureFact } from "@steward/model";

/** A future of constant maturity: between the settlements of two expirations, or one that lies exactly there. */
export interface ConstantMaturity {
  readonly session: CalendarDate;
  /** Points. */
  readonly value: number;
  /** Share of the nearer of the two; 1 where it alone has the maturity. */
  readonly nearShare: number;
  readonly near: CalendarDate;
  readonly next: CalendarDate;
}

/**
 * A maturity of some calendar days on a session's curve, linear in days between its neighbors. Undefined where the curve does
 * not reach around it: there is no guess beyond the first or the last future.
 */
export function constantMaturity(
  curve: readonly FutureFact[],
  session: CalendarDate,
  days: number,
): ConstantMaturity | undefined {
  const settled = curve
    .flatMap(({ expiration, settle, close }) => {
      const value = settle ?? close;
      return value === undefined ? [] : [{ expiration, value, left: daysBetween(session, expiration) }];
    })
    .toSorted((one, other) => one.left - other.left);
  const next = settled.find(({ left }) => left >= days);
  const near = settled.findLast(({ left }) => left <= days);
  if (near === undefined || next === undefined) return undefined;
  const span = next.left - near.left;
  const nearShare = span === 0 ? 1 : (next.left - days) / span;
  return {
    session,
    value: nearShare * near.value + (1 - nearShare) * next.value,
    nearShare,
    near: near.expiration,
    next: next.expiration,
  };
}
