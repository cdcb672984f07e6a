import type { CashDividend, EuropeanOption } from "../../option.ts";

/**
 * Price on a binomial tree (Cox, Ross and Rubinstein 1979), interpolated between the nodes at dividends: an oracle that
 * shares nothing with the package. Its error falls as 1 / steps, unevenly.
 */
export function binomialPrice(
  option: EuropeanOption,
  steps: number,
  dividends: readonly CashDividend[] = [],
): number {
  const { right, spot, strike, years, volatility, rate, dividendYield } = option;
  const sign = right === "call" ? 1 : -1;
  const time = years / steps;
  const jump = volatility * Math.sqrt(time);
  const up = Math.exp(jump);
  const chance = (Math.exp((rate - dividendYield) * time) - 1 / up) / (up - 1 / up);
  const discount = Math.exp(-rate * time);
  const spotAt = (step: number, j: number): number => spot * Math.exp((2 * j - step) * jump);
  const payoff = (s: number): number => Math.max(sign * (s - strike), 0);
  let values = Array.from({ length: steps + 1 }, (_, j) => payoff(spotAt(steps, j)));
  for (let step = steps - 1; step >= 0; step--) {
    const next = values;
    values = Array.from({ length: step + 1 }, (_, j) => {
      const waiting = discount * (chance * (next[j + 1] ?? 0) + (1 - chance) * (next[j] ?? 0));
      return Math.max(waiting, payoff(spotAt(step, j)));
    });
    for (const { years: date, amount } of dividends) {
      if (Math.round(date / time) !== step) continue;
      // Just before the dividend: the value just after it at a spot less the amount, in between the nodes.
      const after = values;
      values = after.map((_, j) => {
        const fallen = spotAt(step, j) - amount;
        const place = fallen > 0 ? (Math.log(fallen / spot) / jump + step) / 2 : -1;
        const left = Math.max(0, Math.min(Math.floor(place), step - 1));
        const share = (fallen - spotAt(step, left)) / (spotAt(step, left + 1) - spotAt(step, left));
        const waiting = (1 - share) * (after[left] ?? 0) + share * (after[left + 1] ?? 0);
        return Math.max(waiting, payoff(spotAt(step, j)));
      });
    }
  }
  return values[0] ?? Number.NaN;
}
