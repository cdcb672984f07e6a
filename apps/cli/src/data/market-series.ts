import type { Located } from "@steward/market-model";
import type { BarFact, FutureFact, SeriesSource } from "@steward/model";

/** The daily series of a market by the names that configurations give them, and what they are called among facts. */
export const BAR_SERIES = {
  index: "SPX",
  vix9d: "VIX9D",
  vix: "VIX",
  vix3m: "VIX3M",
  vix6m: "VIX6M",
  vvix: "VVIX",
  spxSettlement: "SET",
  vixSettlement: "VRO",
} as const;

/** VIX futures among facts. */
export const FUTURES_PRODUCT = "VX";

/** Names of the volatility indices. */
export const VOLATILITY_NAMES = ["vix9d", "vix", "vix3m", "vix6m", "vvix"] as const;

/** A series at hand, and whose it is. */
export interface FoundSeries<Fact> {
  readonly rows: readonly Located<Fact>[];
  readonly source: SeriesSource;
  /** For the provenance: file, package or vendor. */
  readonly detail: string;
}

/** Where series are looked for. Undefined: there is none of it. */
export interface SeriesPlace {
  readonly bars: (name: keyof typeof BAR_SERIES) => Promise<FoundSeries<BarFact> | undefined>;
  readonly futures: () => Promise<FoundSeries<FutureFact> | undefined>;
}
