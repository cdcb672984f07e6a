/** Stable codes of what can be wrong with an input. */
export type PricingErrorCode =
  | "pricing.not-finite"
  | "pricing.not-positive"
  | "pricing.negative-time"
  | "pricing.negative-volatility"
  | "pricing.unknown-right"
  | "pricing.not-a-probability"
  | "pricing.out-of-range"
  | "pricing.column-length"
  | "pricing.escrow-exceeds-spot";

/** An input that is no question to the mathematics; `key` names the field and the message says what was found. */
export class PricingError extends Error {
  readonly code: PricingErrorCode;
  readonly key: string;

  constructor(code: PricingErrorCode, key: string, message: string) {
    super(message);
    this.name = "PricingError";
    this.code = code;
    this.key = key;
  }
}
