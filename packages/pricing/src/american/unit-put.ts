import type { EuropeanOption } from "../option.ts";
import { logRatio } from "../strict-math.ts";

/**
 * An American option as a put on a strike of 1 with a life of 1. A call is the put with spot and strike, and rate and
 * yield, exchanged (McDonald and Schroder 1998, "A parity result for American options").
 */
export interface UnitPut {
  /** Spot over strike. */
  readonly spot: number;
  /** Price per unit of the put: the strike, for a call the spot. */
  readonly scale: number;
  /** Years of life that matter; fewer than the option's only where the drift is strong. */
  readonly years: number;
  /** Volatility times the square root of the years. */
  readonly sigma: number;
  /** Rate times years. */
  readonly rate: number;
  /** Dividend yield times years. */
  readonly yieldRate: number;
  /** ln of the boundary's limit at expiration over the strike: min(1, rate / yield). */
  readonly logLimit: number;
  /** Whether the yield is negative, which moves its term to the other side of the boundary's equation. */
  readonly hasNegativeYield: boolean;
  readonly regime: Regime;
}

/**
 * Where the holder of the put exercises early. Waiting for a moment costs interest on the strike and earns the yield on
 * the spot, so it is never right to exercise where rate * strike < yield * spot. Hence
 * `below`: under one boundary, at most min(strike, strike * rate / yield);
 * `never`: the rate is not positive, and the yield not lower (or both are nothing over the life);
 * `band`: between two boundaries, as yield < rate < 0 (Battauz, De Donno and Sbuelz 2015);
 * `certain`: so little volatility that the price is that of the best fixed time of exercise.
 */
export type Regime = "below" | "never" | "band" | "certain";

/** The unit put of an option. */
export function unitPut(option: EuropeanOption): UnitPut {
  const { spot, strike, years, volatility } = option;
  const isCall = option.right === "call";
  const earned = isCall ? option.dividendYield : option.rate;
  const paid = isCall ? option.rate : option.dividendYield;
  const sigma = volatility * Math.sqrt(years);
  // The drift of the log spot over the life in standard deviations. Once it has carried the spot nine of them away from
  // the strike, what may follow is worth 1e-17 of the strike: later years can go.
  const drift = sigma > 0 ? ((earned - paid) * years) / sigma - 0.5 * sigma : 0;
  const life = drift > MOST_DRIFT ? (years * MOST_DRIFT * MOST_DRIFT) / (drift * drift) : years;
  return {
    spot: isCall ? strike / spot : spot / strike,
    scale: isCall ? spot : strike,
    years: life,
    sigma: volatility * Math.sqrt(life),
    rate: earned * life,
    yieldRate: paid * life,
    logLimit: earned > 0 && earned < paid ? logRatio(earned, paid) : 0,
    hasNegativeYield: paid < 0,
    regime: regimeOf(earned * years, paid * years, { sigma, drift }),
  };
}

const MOST_DRIFT = 9;

function regimeOf(
  rate: number,
  yieldRate: number,
  risk: { readonly sigma: number; readonly drift: number },
): Regime {
  const gain = Math.max(rate, 0) + Math.max(-yieldRate, 0);
  if (gain < LEAST_GAIN || (rate <= 0 && yieldRate >= rate)) return "never";
  const isCalm = risk.drift > MOST_DRIFT && risk.sigma * risk.sigma < CALM * gain;
  if (risk.sigma < LEAST_SIGMA || risk.drift < LEAST_DRIFT || isCalm) return "certain";
  return rate < 0 ? "band" : "below";
}

// Early exercise cannot gain more than this share of the strike.
const LEAST_GAIN = 1e-16;
// The errors of taking the spot's path as certain, as shares of the strike: 1e-12, 1e-6 / 1000, 1e-11.
const LEAST_SIGMA = 1e-12;
const LEAST_DRIFT = -1000;
const CALM = 1e-11;
