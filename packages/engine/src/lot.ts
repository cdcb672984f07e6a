import { assert, type CalendarDate, type Leg, type Money, type Structure } from "@steward/model";
import type { Purpose } from "@steward/strategy";

/** Units of one structure that were opened together. Ends unit by unit: oldest lots first. */
export interface Lot {
  readonly id: number;
  readonly purpose: Purpose;
  /** As it was opened. */
  readonly structure: Structure;
  /** What is left of it: an order that closes some legs takes them away, and a delivery, which leaves shares. */
  readonly legs: readonly Leg[];
  /** How many legs orders have closed, and the cash that this brought, before fees. */
  readonly closedLegs: number;
  readonly closedCash: Money;
  readonly quantity: number;
  /** Units that were opened together, with those that have ended since. */
  readonly openedQuantity: number;
  readonly openedOn: CalendarDate;
  /** The least that it can pay at settlement: zero or negative. */
  readonly worst: Money;
  /** Cash that opening it brought, before fees. */
  readonly premium: Money;
  readonly fees: Money;
  /** Shares that an exercise or an assignment left with it: negative where they are owed. */
  readonly shares: number;
  /** Cash that exercises, assignments, share trades and dividends have brought since. */
  readonly sharesCash: Money;
}

/** Whether a delivery has taken legs away: what is left may lose more than the structure did. */
export function isBroken({ structure, legs, closedLegs }: Lot): boolean {
  return legs.length + closedLegs !== structure.legs.length;
}

/** A lot in two: the first `units` and the rest. Amounts are divided exactly, what cannot be shared stays with the rest. */
export function splitLot(lot: Lot, units: number): { readonly taken: Lot; readonly rest: Lot | undefined } {
  assert(
    Number.isSafeInteger(units) && units > 0 && units <= lot.quantity,
    `a lot of ${lot.quantity} cannot give ${units}`,
  );
  if (units === lot.quantity) return { taken: lot, rest: undefined };
  const taken: Lot = {
    ...lot,
    quantity: units,
    worst: shareOf(lot.worst, units, lot.quantity),
    premium: shareOf(lot.premium, units, lot.quantity),
    closedCash: shareOf(lot.closedCash, units, lot.quantity),
    fees: shareOf(lot.fees, units, lot.quantity),
    shares: (lot.shares / lot.quantity) * units,
    sharesCash: shareOf(lot.sharesCash, units, lot.quantity),
  };
  const left = (whole: Money, part: Money): Money => (whole - part) as Money;
  return {
    taken,
    rest: {
      ...lot,
      quantity: lot.quantity - units,
      worst: left(lot.worst, taken.worst),
      premium: left(lot.premium, taken.premium),
      closedCash: left(lot.closedCash, taken.closedCash),
      fees: left(lot.fees, taken.fees),
      shares: lot.shares - taken.shares,
      sharesCash: left(lot.sharesCash, taken.sharesCash),
    },
  };
}

/** `amount × part / whole` toward zero, without a rounding on the way. */
export function shareOf(amount: Money, part: number, whole: number): Money {
  return Number((BigInt(amount) * BigInt(part)) / BigInt(whole)) as Money;
}
