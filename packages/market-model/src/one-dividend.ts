// An American option across one dividend: what its holder has on the evening before is known in closed form, or nearly so.

import { americanPrice, europeanPrice, strictExp as exp, gaussLegendre, normalPdf } from "@steward/pricing";

/** An American option on a share that pays once before it ends; rates and volatility as decimals a year. */
export interface OptionOverDividend {
  readonly right: "call" | "put";
  readonly spot: number;
  readonly strike: number;
  readonly years: number;
  readonly rate: number;
  readonly volatility: number;
  readonly dividend: { readonly years: number; readonly amount: number };
}

/** Deviations of the share until its dividend that are looked at; a part in 10^9 lies beyond. */
const WIDEST = 6;
const CALL_RULE = gaussLegendre(16);
const PUT_RULE = gaussLegendre(32);

/**
 * Value of a holder who may exercise on the evening before the dividend or any time after: the expectation over the share then of the
 * better of the two. A call is not exercised before (Merton 1973); a put is only where it is worth its intrinsic value at once.
 * Right to a cent on 300 dollars against finite differences.
 */
export function americanOverDividend(option: OptionOverDividend): number {
  const { right, spot, strike, rate, volatility, dividend } = option;
  const intrinsic = Math.max(right === "call" ? spot - strike : strike - spot, 0);
  const deviation = volatility * Math.sqrt(dividend.years);
  if (deviation === 0) return Math.max(holderOf(option, spot), intrinsic);

  const drift = rate * dividend.years - (deviation * deviation) / 2;
  const shareAt = (z: number): number => spot * exp(drift + deviation * z);
  const rule = right === "call" ? CALL_RULE : PUT_RULE;
  // Where exercise begins the value has a kink: no piece of the integral crosses it.
  const kink = kinkOf(option, shareAt);
  let value = 0;
  const pieces =
    kink === undefined
      ? ([[-WIDEST, WIDEST]] as const)
      : ([
          [-WIDEST, kink],
          [kink, WIDEST],
        ] as const);
  for (const [from, to] of pieces) {
    for (const [i, node] of rule.nodes.entries()) {
      const z = from + (to - from) * node;
      value += (to - from) * (rule.weights[i] ?? 0) * normalPdf(z) * holderOf(option, shareAt(z));
    }
  }
  return Math.max(exp(-rate * dividend.years) * value, intrinsic);
}

/** The better of exercise now and of going on without the dividend. */
function holderOf(option: OptionOverDividend, share: number): number {
  const { right, strike } = option;
  const now = right === "call" ? share - strike : strike - share;
  return Math.max(now, laterOf(option, share));
}

function laterOf(
  { right, strike, years, rate, volatility, dividend }: OptionOverDividend,
  share: number,
): number {
  const spot = share - dividend.amount;
  if (spot <= 0) return right === "put" ? strike : 0;
  const later = { right, spot, strike, rate, volatility, dividendYield: 0, years: years - dividend.years };
  return right === "call" ? europeanPrice(later) : americanPrice({ ...later, scheme: "fast" });
}

/** In deviations, the share from which a call is exercised before its dividend; undefined where it never is, or always. */
function kinkOf(option: OptionOverDividend, shareAt: (z: number) => number): number | undefined {
  if (option.right === "put") return undefined;
  const gain = (z: number): number => shareAt(z) - option.strike - laterOf(option, shareAt(z));
  let [low, high] = [-WIDEST, WIDEST];
  if (gain(low) >= 0 || gain(high) <= 0) return undefined;
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    if (gain(middle) > 0) high = middle;
    else low = middle;
  }
  return high;
}
