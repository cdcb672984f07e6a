import type { Part } from "./largest-loss.ts";

/** What traders call a spread; `combination` where they have no short name. */
export function spreadName(parts: readonly Part[]): string {
  const deaths = new Set(parts.map(({ line }) => line.death));
  const strikes = new Set(parts.map(({ line }) => line.contract.strike));
  const calls = parts.filter(({ line }) => line.contract.right === "call");
  const puts = parts.filter(({ line }) => line.contract.right === "put");
  const isBalanced = parts.reduce((sum, { count }) => sum + count, 0) === 0;
  const isOneSided = calls.length === 0 || puts.length === 0;

  if (deaths.size > 1) {
    if (parts.length > 2 || !isOneSided) return "combination across expirations";
    return strikes.size === 1 ? "calendar spread" : "diagonal spread";
  }
  if (isOneSided && parts.length === 2) return isBalanced ? "vertical spread" : "ratio backspread";
  if (!isBalanced) return "combination";
  if (isOneSided && parts.length === 3) return isButterfly(parts) ? "butterfly" : "combination";
  if (calls.length !== 2 || puts.length !== 2 || !isEven(parts)) return "combination";
  if (strikes.size === 2) return "box";
  if (strikes.size === 3) return "iron butterfly";
  return "iron condor";
}

/** Two wings on one side, the body, as large as both, on the other. */
function isButterfly(parts: readonly Part[]): boolean {
  const [low, body, high] = parts.toSorted(
    (left, right) => left.line.contract.strike - right.line.contract.strike,
  );
  return low !== undefined && low.count === high?.count && body?.count === -2 * low.count;
}

function isEven(parts: readonly Part[]): boolean {
  const size = Math.abs(parts[0]?.count ?? 0);
  return parts.every(({ count }) => Math.abs(count) === size);
}
