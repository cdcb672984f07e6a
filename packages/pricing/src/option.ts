/** Which way the option pays. */
export type Right = "call" | "put";

/** A European option on a spot price that pays a continuous yield. */
export interface EuropeanOption {
  readonly right: Right;
  readonly spot: number;
  readonly strike: number;
  /** Time to expiration in years, ACT/365. */
  readonly years: number;
  /** Yearly standard deviation of the log return, as a decimal. */
  readonly volatility: number;
  /** Continuously compounded, as a decimal; may be negative. */
  readonly rate: number;
  /** Continuously compounded, as a decimal; may be negative. */
  readonly dividendYield: number;
}

/** A European option on a forward or future of the same expiration (Black 1976); VIX options are of this kind. */
export interface Black76Option {
  readonly right: Right;
  readonly forward: number;
  readonly strike: number;
  /** Time to expiration in years, ACT/365. */
  readonly years: number;
  /** Yearly standard deviation of the log return, as a decimal. */
  readonly volatility: number;
  /** Continuously compounded, as a decimal; may be negative. */
  readonly rate: number;
}

/**
 * A value and its derivatives in raw units: delta and gamma to the spot (European) or the forward (Black-76), vega per
 * 1.00 of volatility, rho per 1.00 of rate with spot or forward held, theta per year of passing time (-dV/dT).
 */
export interface PriceAndGreeks {
  readonly price: number;
  readonly delta: number;
  readonly gamma: number;
  readonly vega: number;
  readonly theta: number;
  readonly rho: number;
}

/** A cash dividend per unit of the underlying. */
export interface CashDividend {
  /** Time until the underlying goes ex, in years, ACT/365. */
  readonly years: number;
  readonly amount: number;
}
