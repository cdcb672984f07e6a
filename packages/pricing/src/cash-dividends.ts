// Cash dividends by escrow: what is paid out before expiration is a bond inside the spot, and only the rest is lognormal
// (Hull, "Options, futures and other derivatives", "European options on dividend-paying stocks"). The volatility is that of the rest.

import { requireEuropean, requireFinite, requireInRange } from "./domain.ts";
import { europeanGreeks, europeanPrice, sumOf } from "./european.ts";
import type { CashDividend, EuropeanOption, PriceAndGreeks } from "./option.ts";
import { PricingError } from "./pricing-error.ts";
import { strictExp } from "./strict-math.ts";

/** What the escrow is made of. */
type Terms = Pick<EuropeanOption, "spot" | "years" | "rate">;

/**
 * Price of a European option whose underlying pays `dividends`: `europeanPrice` on the spot less the present value of those
 * that go ex before expiration. A dividend yield comes on top. Throws PricingError when the escrow takes the whole spot.
 */
export function europeanPriceWithDividends(
  option: EuropeanOption,
  dividends: readonly CashDividend[],
): number {
  return europeanPrice(withoutEscrow(option, dividends));
}

/**
 * Price and Greeks with dividends. Delta and gamma are to the whole spot; theta lets the dividends come nearer, and rho
 * discounts them with the rate. Throws PricingError outside the domain and when the escrow takes the whole spot.
 */
export function europeanGreeksWithDividends(
  option: EuropeanOption,
  dividends: readonly CashDividend[],
): PriceAndGreeks {
  const greeks = europeanGreeks(withoutEscrow(option, dividends));
  const { value, duration } = escrowOf(option, dividends);
  const theta = greeks.theta - option.rate * value * greeks.delta;
  const rho = greeks.rho + duration * greeks.delta;
  const { price, delta, gamma, vega } = greeks;
  requireInRange(sumOf({ price, delta, gamma, vega, theta, rho }));
  return { price, delta, gamma, vega, theta, rho };
}

/**
 * The terms with the escrow taken from the spot: for `europeanImpliedVolatility` and everything else on European terms.
 * Throws PricingError when the escrow takes the whole spot.
 */
export function withoutEscrow<Option extends Terms>(
  option: Option,
  dividends: readonly CashDividend[],
): Option {
  requireTerms(option);
  const { value } = escrowOf(option, dividends);
  if (!(value < option.spot)) {
    const message = `expected dividends worth less than the spot of ${option.spot}, found ${value}`;
    throw new PricingError("pricing.escrow-exceeds-spot", "dividends", message);
  }
  return { ...option, spot: option.spot - value };
}

/** Present value, and its negative slope to the rate, of the dividends before expiration. */
function escrowOf(
  { years, rate }: Terms,
  dividends: readonly CashDividend[],
): { readonly value: number; readonly duration: number } {
  let value = 0;
  let duration = 0;
  for (const dividend of dividends) {
    requireDividend(dividend);
    if (dividend.years >= years) continue;
    const present = dividend.amount * strictExp(-rate * dividend.years);
    value += present;
    duration += dividend.years * present;
  }
  return { value, duration };
}

function requireTerms({ spot, years, rate }: Terms): void {
  requireEuropean({ right: "call", spot, strike: 1, years, volatility: 0, rate, dividendYield: 0 });
}

function requireDividend({ years, amount }: CashDividend): void {
  requireFinite("dividends.years", years);
  requireFinite("dividends.amount", amount);
  if (years < 0) {
    const message = `expected dividends.years of 0 or more, found ${years}`;
    throw new PricingError("pricing.negative-time", "dividends.years", message);
  }
  if (amount < 0) {
    const message = `expected dividends.amount of 0 or more, found ${amount}`;
    throw new PricingError("pricing.not-positive", "dividends.amount", message);
  }
}
