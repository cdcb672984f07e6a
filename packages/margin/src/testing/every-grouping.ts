// The least deposit found the slow way: every partition of single contracts into groups that the rules allow.

import { rootSpec, strikePoints } from "@steward/model";
import type { OptionHolding } from "../book.ts";

/** The least deposit in dollars of options on SPX at a spot, at the exchange minimum, none beyond nine months. */
export function leastDeposit(holdings: readonly OptionHolding[], spot: number): number {
  const contracts = holdings.flatMap((holding) => {
    const unit = { ...holding, count: Math.sign(holding.count) };
    return new Array<OptionHolding>(Math.abs(holding.count)).fill(unit);
  });
  let least = Number.POSITIVE_INFINITY;
  const place = (index: number, groups: readonly (readonly OptionHolding[])[]): void => {
    const next = contracts[index];
    if (next === undefined) {
      const total = groups.reduce((sum, group) => sum + groupDeposit(group, spot), 0);
      least = Math.min(least, total);
      return;
    }
    place(index + 1, [...groups, [next]]);
    for (const [at, group] of groups.entries()) place(index + 1, groups.with(at, [...group, next]));
  };
  place(0, []);
  return least;
}

function groupDeposit(group: readonly OptionHolding[], spot: number): number {
  return Math.min(alone(group, spot), straddle(group, spot), spread(group), longBox(group));
}

function alone([holding, ...others]: readonly OptionHolding[], spot: number): number {
  if (holding === undefined || others.length > 0) return Number.POSITIVE_INFINITY;
  return holding.count > 0 ? 100 * holding.price : uncovered(holding, spot);
}

function uncovered({ contract: { right, strike } }: OptionHolding, spot: number): number {
  const points = strikePoints(strike);
  const outOfTheMoney = Math.max(0, right === "call" ? points - spot : spot - points);
  return 100 * Math.max(0.15 * spot - outOfTheMoney, 0.1 * (right === "call" ? spot : points));
}

function straddle(group: readonly OptionHolding[], spot: number): number {
  const [first, second] = group;
  const isPair = group.length === 2 && first?.contract.right !== second?.contract.right;
  if (!isPair || first === undefined || second === undefined || first.count > 0 || second.count > 0)
    return Number.POSITIVE_INFINITY;
  const requirement = (holding: OptionHolding): number => uncovered(holding, spot) + 100 * holding.price;
  return requirement(first) >= requirement(second) ? uncovered(first, spot) : uncovered(second, spot);
}

function spread(group: readonly OptionHolding[]): number {
  const calls = group.reduce((net, { contract, count }) => net + (contract.right === "call" ? count : 0), 0);
  const deaths = (sign: number): readonly string[] =>
    group
      .filter(({ count }) => count === sign)
      .map(({ contract }) => `${contract.expiration}${rootSpec(contract.root).fixing}`);
  const isInTime = deaths(1).every((long) => deaths(-1).every((short) => short <= long));
  if (calls < 0 || !isInTime) return Number.POSITIVE_INFINITY;
  const loss = Math.max(0, ...[0, ...group.map(strikeOf)].map((settlement) => -payoffAt(group, settlement)));
  return 100 * (loss + group.reduce((sum, { price, count }) => sum + price * count, 0));
}

/** What a group pays per multiplier at a settlement, in points. */
export function payoffAt(group: readonly OptionHolding[], settlement: number): number {
  return group.reduce((sum, { contract, count }) => {
    const distance = settlement - strikePoints(contract.strike);
    return sum + count * Math.max(0, contract.right === "call" ? distance : -distance);
  }, 0);
}

function longBox(group: readonly OptionHolding[]): number {
  const strikes = [...new Set(group.map(strikeOf))].toSorted((left, right) => left - right);
  const [low, high] = strikes;
  const isOneDate = new Set(group.map(({ contract }) => `${contract.root}${contract.expiration}`)).size === 1;
  if (group.length !== 4 || strikes.length !== 2 || !isOneDate) return Number.POSITIVE_INFINITY;
  const isBox = group.every(({ contract, count }) => {
    const isLong = (strikePoints(contract.strike) === low) === (contract.right === "call");
    return count === (isLong ? 1 : -1);
  });
  const isWhole = new Set(group.map(({ contract }) => `${contract.right}${contract.strike}`)).size === 4;
  return isBox && isWhole ? 50 * ((high ?? 0) - (low ?? 0)) : Number.POSITIVE_INFINITY;
}

function strikeOf({ contract }: OptionHolding): number {
  return strikePoints(contract.strike);
}
