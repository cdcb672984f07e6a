import type { EuropeanOption } from "./option.ts";
import { logRatio, strictExp, strictExpm1 } from "./strict-math.ts";

/** The discounted forward and strike of an option, and how they stand to each other. */
export interface Discounted {
  /** S e^(-qT). */
  readonly asset: number;
  /** K e^(-rT). */
  readonly cash: number;
  /** asset - cash, in a form that does not cancel: minutes before expiration the difference is a millionth of either. */
  readonly parity: number;
  /** ln(asset / cash). */
  readonly x: number;
}

/** Not finite where a discounted value leaves the doubles. */
export function discounted({
  spot,
  strike,
  years,
  rate,
  dividendYield,
}: Omit<EuropeanOption, "right" | "volatility">): Discounted {
  const drift = (rate - dividendYield) * years;
  const yieldFactor = strictExp(-dividendYield * years);
  const growth = strictExpm1(-drift);
  const asset = spot * yieldFactor;
  const x = logRatio(spot, strike) + drift;
  if (drift > -LARGEST_DRIFT && drift < LARGEST_DRIFT) {
    const parity = yieldFactor * (spot - strike - strike * growth);
    return { asset, cash: strike * yieldFactor * (1 + growth), parity, x };
  }
  // So far apart nothing cancels, but a product of the two factors could lose its digits or overflow.
  const cash = strike * strictExp(-rate * years);
  return { asset, cash, parity: asset - cash, x };
}

const LARGEST_DRIFT = 100;
