import { strictExp } from "@steward/pricing";
import type { FairValueConfig } from "./config.ts";
import type { SizeFactor } from "./size-factor.ts";
import { points } from "./verdict.ts";
import type { MarketView } from "./view.ts";

/** The index's worth by its dividends, in points; high is infinite where growth eats the discount. */
export interface FairValue {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The size never leaves these bounds, whatever dividends say. */
const LEAST = 0.5;
const MOST = 1.25;

/**
 * Dividend-discount value of the index in two stages (Williams 1938, Gordon 1962): the dividends of a year grow at `growth` for
 * `years`, then at `terminalGrowth` for ever, discounted at the short rate and the premium. All rates are continuous. The interval is that of
 * a discount rate `interval` higher and lower.
 */
export function fairValue(
  { premium, growth, years, terminalGrowth, interval }: FairValueConfig,
  {
    spot,
    rate,
    dividendYield,
  }: { readonly spot: number; readonly rate: number; readonly dividendYield: number },
): FairValue {
  const dividend = spot * dividendYield;
  const at = (discount: number): number => {
    if (discount <= terminalGrowth) return Number.POSITIVE_INFINITY;
    let value = 0;
    for (let year = 1; year <= years; year += 1) value += dividend * strictExp((growth - discount) * year);
    const beyond = strictExp(terminalGrowth - discount);
    return value + (dividend * strictExp((growth - discount) * years) * beyond) / (1 - beyond);
  };
  const discount = rate + premium;
  return { value: at(discount), low: at(discount + interval), high: at(discount - interval) };
}

/** Less size above the value of dividends, more below; 1 wherever the interval spans the index: then nothing is known. */
export function fairValueFactor(config: FairValueConfig, { spot, carry }: MarketView): SizeFactor {
  const name = "fair-value";
  if (carry.dividendYield.source === "modelled")
    return { name, factor: 1, because: "the dividends of the index are not known: size unchanged" };
  const { value, low, high } = fairValue(config, {
    spot,
    rate: carry.rate.value,
    dividendYield: carry.dividendYield.value,
  });
  const told = `dividends are worth ${points(low)} to ${Number.isFinite(high) ? points(high) : "any price"}, the index is ${points(spot)}`;
  if (low <= spot && spot <= high) return { name, factor: 1, because: `${told}: size unchanged` };
  const factor = Math.min(Math.max(value / spot, LEAST), MOST);
  return { name, factor, because: `${told}: size times ${points(factor)}` };
}
