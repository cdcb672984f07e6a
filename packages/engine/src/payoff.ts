import { type Structure, strikePoints } from "@steward/model";

/** What one unit of a structure of cash-settled European options pays at a settlement value, in points. */
export function payoff({ legs }: Pick<Structure, "legs">, settlement: number): number {
  let total = 0;
  for (const { contract, ratio } of legs) {
    const moneyness = settlement - strikePoints(contract.strike);
    total += ratio * Math.max(contract.right === "call" ? moneyness : -moneyness, 0);
  }
  return total;
}

/**
 * The least that one unit can pay at settlement, in points. Undefined where the loss has no bound: more calls sold than
 * bought, or legs that do not settle together, on one value. The payoff is linear between strikes, so its least value lies
 * on a strike, at zero or far above.
 */
export function worstPayoff(structure: Pick<Structure, "legs">): number | undefined {
  if (!settlesTogether(structure)) return undefined;
  const calls = structure.legs.reduce(
    (net, { contract, ratio }) => net + (contract.right === "call" ? ratio : 0),
    0,
  );
  if (calls < 0) return undefined;

  let worst = payoff(structure, 0);
  for (const { contract } of structure.legs)
    worst = Math.min(worst, payoff(structure, strikePoints(contract.strike)));
  return worst;
}

function settlesTogether({ legs: [first, ...others] }: Pick<Structure, "legs">): boolean {
  return others.every(
    ({ contract: { root, expiration } }) =>
      root === first?.contract.root && expiration === first.contract.expiration,
  );
}
