import type { Brand } from "./brand.ts";
import { assert, InvariantError } from "./invariant.ts";

/**
 * An amount of US dollars as a safe integer of micro-dollars (10⁻⁶), positive into the account.
 * Integers add without error in any order, so a ledger of them balances to the last digit; ±9 billion dollars fit.
 */
export type Money = Brand<number, "Money">;

const MICROS_PER_DOLLAR = 1_000_000;

export const zeroMoney: Money = 0 as Money;

/** From the model world into the ledger: dollars as a double, rounded half away from zero to the micro-dollar. */
export function toLedger(dollars: number): Money {
  assert(Number.isFinite(dollars), () => `cash must be finite, was ${dollars}`);
  const micros = Math.sign(dollars) * Math.round(Math.abs(dollars) * MICROS_PER_DOLLAR);
  assert(Number.isSafeInteger(micros), () => `cash must fit the ledger, was ${dollars}`);
  // Adding zero turns −0 into 0, which prints and compares as one value.
  return (micros + 0) as Money;
}

/** From the ledger into the model world: dollars as a double. */
export function toModel(amount: Money): number {
  return amount / MICROS_PER_DOLLAR;
}

/** Not `assert`: even a message that is built late is a function made on every call, and sums are made by the million. */
function fitting(amount: number): Money {
  if (!Number.isSafeInteger(amount))
    throw new InvariantError(`cash must fit the ledger, was ${amount} micro-dollars`);
  return amount as Money;
}

/** Exact sum; asserts that it still fits. */
export function addMoney(...amounts: readonly Money[]): Money {
  let total = 0;
  for (let i = 0; i < amounts.length; i += 1) total += amounts[i] ?? 0;
  return fitting(total);
}

/** `amount` times a whole number, exactly: cash per contract times contracts. */
export function multiplyMoney(amount: Money, count: number): Money {
  assert(Number.isSafeInteger(count), () => `contracts are whole, was ${count}`);
  const product = amount * count + 0;
  return fitting(product);
}

/** The opposite flow. */
export function negateMoney(amount: Money): Money {
  return (0 - amount) as Money;
}
