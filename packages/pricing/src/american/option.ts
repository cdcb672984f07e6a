import type { EuropeanOption } from "../option.ts";

/**
 * How much work goes into the exercise boundary. Root mean square error on options of a day to two years, as a share of
 * the strike: `fast` 9e-8, `accurate` 4e-9, `reference` 1e-11.
 */
export type AmericanScheme = "fast" | "accurate" | "reference";

/** An option that may be exercised at any time up to expiration, on a spot price that pays a continuous yield. */
export interface AmericanOption extends EuropeanOption {
  /** `accurate` if left out. */
  readonly scheme?: AmericanScheme | undefined;
}
