/** What one gate says of today, with the numbers that decided it. Missing data never passes. */
export interface Gate {
  readonly name: string;
  readonly verdict: "pass" | "block" | "abstain";
  /** The number compared, undefined where it was not to be had. */
  readonly reading: number | undefined;
  /** The line it was compared with. */
  readonly threshold: number | undefined;
  /** The sentence that a trader reads. */
  readonly because: string;
}

/** A number of index points, volatility points or dollars in a sentence: two decimals. */
export function points(value: number): string {
  return value.toFixed(2);
}

/** A share in a sentence: 12.3 %. */
export function percentText(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
