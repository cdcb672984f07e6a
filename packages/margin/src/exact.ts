// Integer arithmetic of the rules, on the micro-dollars of the ledger.

import { type CalendarDate, type Money, negateMoney, zeroMoney } from "@steward/model";

/** So many percent of an amount; a part of a micro-dollar counts as one. */
export function percentOf(amount: Money, percent: number): Money {
  return Math.ceil((amount * percent) / 100) as Money;
}

/** The larger of amounts. */
export function largest(...amounts: readonly Money[]): Money {
  return Math.max(...amounts) as Money;
}

/** The amount, or nothing where it is negative. */
export function atLeastZero(amount: Money): Money {
  return largest(amount, zeroMoney);
}

/** `left` less `right`. */
export function lessMoney(left: Money, right: Money): Money {
  return (left + negateMoney(right)) as Money;
}

/** Whether an expiration is more than nine calendar months after a day. */
export function isLongTerm(expiration: CalendarDate, on: CalendarDate): boolean {
  const month = Number(on.slice(5, 7)) + 9;
  const year = Number(on.slice(0, 4)) + Math.floor((month - 1) / 12);
  // Days of the month compare as text: the 31st of a shorter month is after its last and before the next first.
  const limit = `${year}-${String(((month - 1) % 12) + 1).padStart(2, "0")}-${on.slice(8)}`;
  return expiration > limit;
}
