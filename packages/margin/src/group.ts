// What each group needs, with the numbers on the way.

import { addMoney, assertNever, type Money, multiplyMoney, toLedger, zeroMoney } from "@steward/model";
import { type Line, legName, strikeValue } from "./book.ts";
import { atLeastZero, lessMoney, percentOf } from "./exact.ts";
import { largestLoss, type Part, type PricePoint, pricePoints } from "./largest-loss.ts";
import { SHARES_PER_CONTRACT, type Taken } from "./offsets.ts";
import type { MarginedBook } from "./rules.ts";
import { spreadName } from "./spread-name.ts";
import { coverCost, longPercent, type UncoveredTerms, uncoveredTerms } from "./uncovered.ts";

/** The formula that gave a requirement, and its numbers. Amounts are of the whole group, `terms` of one contract. */
export type Working =
  | { readonly kind: "long"; readonly percent: number; readonly cost: Money }
  | { readonly kind: "uncovered"; readonly terms: UncoveredTerms }
  | { readonly kind: "straddle"; readonly greater: UncoveredTerms; readonly other: UncoveredTerms }
  | {
      readonly kind: "largest-loss";
      readonly points: readonly PricePoint[];
      readonly largestLoss: Money;
      /** Paid on balance for the group; with longs left over, for all its longs. */
      readonly paid: Money;
    }
  | { readonly kind: "cash-secured"; readonly strikes: Money }
  | {
      readonly kind: "covered";
      readonly shareValue: Money;
      readonly percent: number;
      readonly inTheMoney: Money;
    }
  | { readonly kind: "long-box"; readonly difference: Money; readonly percent: number; readonly cost: Money }
  | { readonly kind: "shares"; readonly shareValue: Money; readonly percent: number };

/** A leg of a group: contracts signed, price in points. */
export interface GroupLeg {
  readonly name: string;
  readonly count: number;
  readonly price: number;
}

/** Positions that secure one another, and what they need together. */
export interface MarginGroup {
  /** In a trader's words, `iron condor`. */
  readonly name: string;
  readonly legs: readonly GroupLeg[];
  readonly shares: number;
  readonly requirement: Money;
  /** What the sale of the group's options brings and the requirement may be met with. */
  readonly proceeds: Money;
  /** Requirement less proceeds. */
  readonly deposit: Money;
  readonly working: Working;
}

/** Options that are margined at their largest loss. */
export function poolGroup(parts: readonly Part[]): MarginGroup {
  const loss = largestLoss(parts) ?? zeroMoney;
  const cost = costOf(parts.filter(({ count }) => count > 0));
  const brought = lessMoney(cost, costOf(parts));
  // A spread is priced as one; where longs are left over they are paid for and what is sold is applied.
  const isBalanced = parts.reduce((sum, { count }) => sum + count, 0) === 0;
  const paid = isBalanced ? atLeastZero(lessMoney(cost, brought)) : cost;
  const proceeds = isBalanced ? atLeastZero(lessMoney(brought, cost)) : brought;
  const working = { kind: "largest-loss", points: pricePoints(parts), largestLoss: loss, paid } as const;
  return groupOf({ name: spreadName(parts), parts, requirement: addMoney(loss, paid), proceeds, working });
}

/** A straddle, a long box, or shorts over shares. */
export function offsetGroup(taken: Taken, book: MarginedBook): MarginGroup {
  const { offset, count } = taken;
  const { choice, lines } = offset;
  const parts = lines.map((line) => ({ line, count: Math.sign(line.count) * count }));
  switch (choice.kind) {
    case "straddle":
      return straddleGroup(taken, choice.greater, book);
    case "covered":
      return coveredGroup(choice.line, count, book);
    case "long-box": {
      const difference = multiplyMoney(choice.difference, count);
      const requirement = percentOf(difference, book.rules.longBoxPercent);
      const working = {
        kind: "long-box",
        difference,
        percent: book.rules.longBoxPercent,
        cost: costOf(parts),
      } as const;
      return groupOf({ name: "long box", parts, requirement, proceeds: zeroMoney, working });
    }
    case "pool":
      return poolGroup(parts);
    default:
      return assertNever(choice);
  }
}

/** Options that nothing offsets. */
export function aloneGroup(part: Part, book: MarginedBook): MarginGroup {
  const { line, count } = part;
  const size = Math.abs(count);
  const premium = multiplyMoney(line.premium, size);
  const { right } = line.contract;
  if (count > 0) {
    const percent = longPercent(line, book);
    const requirement = multiplyMoney(percentOf(line.premium, percent), size);
    const working = { kind: "long", percent, cost: premium } as const;
    return groupOf({ name: `long ${right}`, parts: [part], requirement, proceeds: zeroMoney, working });
  }
  if (book.rules.account === "cash") {
    const strikes = multiplyMoney(strikeValue(line), size);
    const working = { kind: "cash-secured", strikes } as const;
    return groupOf({
      name: "cash-secured put",
      parts: [part],
      requirement: strikes,
      proceeds: premium,
      working,
    });
  }
  const terms = uncoveredTerms(line, book);
  const requirement = multiplyMoney(terms.requirement, size);
  const working = { kind: "uncovered", terms } as const;
  return groupOf({ name: `uncovered ${right}`, parts: [part], requirement, proceeds: premium, working });
}

/** Shares that cover nothing. */
export function sharesGroup(shares: number, { spot, rules }: MarginedBook): MarginGroup {
  const shareValue = toLedger(Math.abs(shares) * spot);
  const requirement = percentOf(shareValue, rules.sharesPercent);
  const working = { kind: "shares", shareValue, percent: rules.sharesPercent } as const;
  const name = shares > 0 ? "long shares" : "short shares";
  return { ...groupOf({ name, parts: [], requirement, proceeds: zeroMoney, working }), shares };
}

function straddleGroup({ offset: { lines }, count }: Taken, greater: Line, book: MarginedBook): MarginGroup {
  const other = lines.find((line) => line !== greater) ?? greater;
  const working = {
    kind: "straddle",
    greater: uncoveredTerms(greater, book),
    other: uncoveredTerms(other, book),
  } as const;
  const parts = lines.map((line) => ({ line, count: -count }));
  const requirement = multiplyMoney(addMoney(working.greater.requirement, other.premium), count);
  const proceeds = lessMoney(zeroMoney, costOf(parts));
  const name = greater.contract.strike === other.contract.strike ? "short straddle" : "short strangle";
  return groupOf({ name, parts, requirement, proceeds, working });
}

function coveredGroup(line: Line, count: number, book: MarginedBook): MarginGroup {
  const parts = [{ line, count: -count }];
  const shares = Math.sign(book.shares) * count * SHARES_PER_CONTRACT;
  const shareValue = toLedger(Math.abs(shares) * book.spot);
  const percent = book.rules.sharesPercent;
  const inTheMoney = multiplyMoney(coverCost(line, book), count);
  const working = { kind: "covered", shareValue, percent, inTheMoney } as const;
  const requirement = addMoney(percentOf(shareValue, percent), inTheMoney);
  const proceeds = multiplyMoney(line.premium, count);
  const name = shares > 0 ? "covered call" : "covered put";
  return { ...groupOf({ name, parts, requirement, proceeds, working }), shares };
}

interface GroupSpec {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly requirement: Money;
  readonly proceeds: Money;
  readonly working: Working;
}

function groupOf({ name, parts, requirement, proceeds, working }: GroupSpec): MarginGroup {
  const legs = parts
    .toSorted((left, right) => rankOf(left) - rankOf(right))
    .map(({ line, count }) => ({ name: legName(line.contract), count, price: line.price }));
  return { name, legs, shares: 0, requirement, proceeds, deposit: lessMoney(requirement, proceeds), working };
}

/** By strike, puts before calls, as a structure is spoken of. */
function rankOf({ line: { contract } }: Part): number {
  return 2 * contract.strike + (contract.right === "call" ? 1 : 0);
}

/** What the parts cost on balance; negative where they bring money. */
function costOf(parts: readonly Part[]): Money {
  return addMoney(...parts.map(({ line, count }) => multiplyMoney(line.premium, count)));
}
