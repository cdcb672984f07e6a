import { addMoney, type Money, multiplyMoney, zeroMoney } from "@steward/model";
import { type Line, strikeValue } from "./book.ts";
import { atLeastZero, lessMoney } from "./exact.ts";

/** Some contracts of a line, signed like it. */
export interface Part {
  readonly line: Line;
  readonly count: number;
}

/** What all parts together pay with the underlying at one strike: intrinsic values alone, no premium. */
export interface PricePoint {
  /** In thousandths of a point, as strikes are; the lowest is nothing at all. */
  readonly settlement: number;
  readonly payoff: Money;
}

/**
 * Net intrinsic value at zero and at every strike, rising (the price points of FINRA rule 4210(f)(2)(H)(v)). Legs of later
 * expirations count as if they expired with the others.
 */
export function pricePoints(parts: readonly Part[]): readonly PricePoint[] {
  const strikes = new Set([0, ...parts.map(({ line }) => line.contract.strike as number)]);
  return [...strikes]
    .toSorted((left, right) => left - right)
    .map((settlement) => ({
      settlement,
      payoff: addMoney(
        ...parts.map(({ line, count }) => multiplyMoney(intrinsicAt(line, settlement), count)),
      ),
    }));
}

/** The largest loss at any price point, 0 where there is none; undefined where calls sold outnumber those bought. */
export function largestLoss(parts: readonly Part[]): Money | undefined {
  const calls = parts.reduce((net, { line, count }) => net + (line.contract.right === "call" ? count : 0), 0);
  if (calls < 0) return undefined;
  const least = Math.min(...pricePoints(parts).map(({ payoff }) => payoff)) as Money;
  return atLeastZero(lessMoney(zeroMoney, least));
}

/** Intrinsic value of one contract with the underlying at a settlement in thousandths of a point. */
export function intrinsicAt(line: Line, settlement: number): Money {
  const distance = lessMoney(multiplyMoney((settlement * 1000) as Money, line.multiplier), strikeValue(line));
  return atLeastZero(line.contract.right === "call" ? distance : lessMoney(zeroMoney, distance));
}
