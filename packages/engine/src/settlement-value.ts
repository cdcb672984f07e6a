/** The value on which an expiration settled: on record, brought by the user, or `approximated` where neither is; results say so. */
export interface SettlementValue {
  readonly value: number;
  readonly source: "official" | "supplied" | "approximated";
}
