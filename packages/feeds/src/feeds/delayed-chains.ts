import type { FeedRequest } from "../feed.ts";

/** Name under which recordings of chains stand in the log of downloads. */
export const CHAINS_FEED = "cboe-chains";

/** Underlyings whose chains are recorded unless others are named. */
export const RECORDED_SYMBOLS = ["SPX", "VIX", "XSP", "SPY"] as const;

/** Cboe's option chain of an underlying as of a quarter of an hour ago. Indices have an underscore before their name. */
export function delayedChain(symbol: string): FeedRequest {
  const name = INDICES.has(symbol) ? `_${symbol}` : symbol;
  return {
    address: `https://cdn.cboe.com/api/global/delayed_quotes/options/${name}.json`,
    format: "cboe-chain-json",
    freshness: "changing",
  };
}

const INDICES: ReadonlySet<string> = new Set([
  "SPX",
  "VIX",
  "XSP",
  "NDX",
  "XND",
  "RUT",
  "MRUT",
  "DJX",
  "OEX",
  "XEO",
]);
