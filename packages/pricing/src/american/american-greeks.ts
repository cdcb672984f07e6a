import { requireEuropean, requireInRange } from "../domain.ts";
import { europeanGreeks } from "../european.ts";
import type { EuropeanOption, PriceAndGreeks } from "../option.ts";
import { americanPrice, GRID_TOLERANCE } from "./american.ts";
import { solvedScheme } from "./boundary-solver.ts";
import { certainGreeks } from "./certain.ts";
import { gridGreeks } from "./grid-greeks.ts";
import type { AmericanOption } from "./option.ts";
import type { CollocationScheme } from "./scheme.ts";
import { gapOf, type PremiumSensitivities, premiumSensitivities } from "./sensitivities.ts";
import { shortened, solutionOf } from "./solution.ts";
import { type UnitPut, unitPut } from "./unit-put.ts";

/**
 * Price and Greeks of an American option with a continuous dividend yield: those of the European option and of the
 * premium, whose delta comes from the integral itself and whose gamma from the pricing equation. Where exercise is right
 * now the option is its payoff: delta 1 or -1 and no other Greek. Throws PricingError outside the domain.
 */
export function americanGreeks(option: AmericanOption): PriceAndGreeks {
  requireEuropean(option);
  const greeks = greeksOf(option, unitPut(option));
  const { price, delta, gamma, vega, theta, rho } = greeks;
  requireInRange(price + delta + gamma + vega + theta + rho);
  return greeks;
}

function greeksOf(option: AmericanOption, put: UnitPut): PriceAndGreeks {
  const solution = solutionOf(option, put, SCHEMES[option.scheme ?? "accurate"]);
  switch (solution.kind) {
    case "european":
      return europeanGreeks(option);
    case "certain":
      return certainGreeks(option, solution.exercise);
    case "exercised":
      return payoffGreeks(option);
    case "waiting":
      return waitingGreeks(option, put, solution.scheme);
    case "grid":
      return gridGreeks(option, [], GRID_TOLERANCE * option.strike);
  }
}

function waitingGreeks(option: AmericanOption, put: UnitPut, solved: CollocationScheme): PriceAndGreeks {
  const isNear = gapOf(put, solved) < NEAR * put.sigma;
  const scheme = (isNear ? solvedScheme(put, "reference") : undefined) ?? solved;
  const european = europeanGreeks(shortened(option, put));
  const premium = premiumGreeks(option, put, premiumSensitivities(put, scheme));
  return {
    price: americanPrice(option),
    delta: european.delta + premium.delta,
    gamma: european.gamma + premium.gamma,
    vega: european.vega + premium.vega,
    // Later years that do not matter leave nothing to decay.
    theta: put.years < option.years ? 0 : european.theta + premium.theta,
    rho: european.rho + premium.rho,
  };
}

// A derivative needs a better boundary than a price of the same accuracy.
const SCHEMES = { fast: "accurate", accurate: "fine", reference: "reference" } as const;

// Nearer to the boundary than this its own error weighs too much. In standard deviations over the life.
const NEAR = 0.03;

/** An option that is exercised is worth its payoff, whatever volatility, rate and time. */
export function payoffGreeks({ right, spot, strike }: EuropeanOption): PriceAndGreeks {
  const sign = right === "call" ? 1 : -1;
  return { price: sign * (spot - strike), delta: sign, gamma: 0, vega: 0, theta: 0, rho: 0 };
}

/** From the unit put to the option: a put on its strike, or a call as the put with spot and strike exchanged. */
function premiumGreeks(
  { right, spot, strike, volatility }: EuropeanOption,
  { spot: ratio, sigma, rate, yieldRate, years }: UnitPut,
  premium: PremiumSensitivities,
): Omit<PriceAndGreeks, "price"> {
  const { value, toSpot, curvature, toSigma, toRate, toYield } = premium;
  // How the premium grows with the life, in lives.
  const growth = 0.5 * sigma * toSigma + rate * toRate + yieldRate * toYield;
  const scale = right === "call" ? spot : strike;
  const vega = (scale * toSigma * sigma) / volatility;
  const theta = (-scale * growth) / years;
  if (right === "put") {
    return { delta: toSpot, gamma: curvature / strike, vega, theta, rho: scale * toRate * years };
  }
  return {
    delta: value - ratio * toSpot,
    gamma: (curvature * ratio * ratio) / spot,
    vega,
    theta,
    rho: scale * toYield * years,
  };
}
