/** The value on which an expiration settled. `approximated` where no official value is at hand; results say so. */
export interface SettlementValue {
  readonly value: number;
  readonly source: "official" | "approximated";
}
