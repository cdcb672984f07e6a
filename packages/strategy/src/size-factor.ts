/** One reason to sell more or less than a tier's part of the risk. */
export interface SizeFactor {
  readonly name: "profile" | "events" | "drawdown" | "fair-value";
  readonly factor: number;
  readonly because: string;
}
