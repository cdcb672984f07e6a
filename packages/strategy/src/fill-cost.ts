import { halfSpread, type Quote } from "@steward/model";
import type { FillConfig } from "./config.ts";

/** The share of the half-spread that an order of this many legs pays. More than four legs pay what four pay. */
export function halfSpreadShare({ halfSpreadShare: share }: FillConfig, legs: number): number {
  if (legs <= 1) return share[1];
  if (legs === 2) return share[2];
  return legs === 3 ? share[3] : share[4];
}

/** What crossing these quotes in one order is expected to cost, in points per unit of the structure. */
export function expectedCost(fills: FillConfig, quotes: readonly Quote[]): number {
  let total = 0;
  for (const quote of quotes) total += halfSpread(quote);
  return total * halfSpreadShare(fills, quotes.length);
}
