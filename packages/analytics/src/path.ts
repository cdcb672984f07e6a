import { power } from "./power.ts";

/** Compound growth a year of a path of session returns; −1 once everything is lost, 0 for an empty path. */
export function growthOf(returns: ArrayLike<number>, sessionsAYear: number): number {
  let wealth = 1;
  for (let i = 0; i < returns.length; i += 1) {
    wealth *= 1 + (returns[i] ?? 0);
    // What is lost stays lost: a second loss of more than all would turn the product positive.
    if (wealth <= 0) return -1;
  }
  return returns.length === 0 ? 0 : power(wealth, sessionsAYear / returns.length) - 1;
}

/** Wealth along a path of session returns, from 1 before the first; it stays where it is once nothing is left. */
export function wealthOf(returns: ArrayLike<number>): Float64Array {
  const path = new Float64Array(returns.length + 1);
  let wealth = 1;
  path[0] = wealth;
  for (let i = 0; i < returns.length; i += 1) {
    if (wealth > 0) wealth *= 1 + (returns[i] ?? 0);
    path[i + 1] = wealth;
  }
  return path;
}

/** Depth of the deepest fall of compounded wealth, zero or negative. */
export function deepestDrawdownOf(returns: ArrayLike<number>): number {
  let wealth = 1;
  let high = 1;
  let deepest = 0;
  for (let i = 0; i < returns.length; i += 1) {
    wealth *= 1 + (returns[i] ?? 0);
    if (wealth > high) high = wealth;
    const depth = wealth / high - 1;
    if (depth < deepest) deepest = depth;
  }
  return deepest;
}

/** Session returns of an equity: each value over the one before, less one; zero where nothing was left to earn on. */
export function returnsOf(equity: ArrayLike<number>): Float64Array {
  const returns = new Float64Array(Math.max(equity.length - 1, 0));
  for (let i = 1; i < equity.length; i += 1) {
    const before = equity[i - 1] ?? 0;
    returns[i - 1] = before > 0 ? (equity[i] ?? 0) / before - 1 : 0;
  }
  return returns;
}

/** Growth a year between two equities over so many calendar days, on a year of 365.25 days. */
export function annualGrowth(first: number, last: number, calendarDays: number): number | undefined {
  if (calendarDays <= 0 || first <= 0) return undefined;
  return last <= 0 ? -1 : power(last / first, 365.25 / calendarDays) - 1;
}
