import type { Feed } from "../feed.ts";

const SYMBOLS = [
  "VIX",
  "VIX9D",
  "VIX3M",
  "VIX6M",
  "VIX1D",
  "VVIX",
  "SKEW",
  "OVX",
  "COR1M",
  "DSPX",
  "VIXEQ",
  "SPX",
] as const;

/** Cboe's daily histories of its indices, a whole history to a file. */
export const cboeIndices: Feed = {
  id: "cboe-indices",
  title: "VIX and its relatives, SKEW, correlation, dispersion, SPX",
  home: "https://www.cboe.com/tradable_products/vix/vix_historical_data/",
  requests: () =>
    SYMBOLS.map((symbol) => ({
      address: `https://cdn.cboe.com/api/global/us_indices/daily_prices/${symbol}_History.csv`,
      format: "cboe-index-history",
      freshness: "changing",
      grows: true,
    })),
};
