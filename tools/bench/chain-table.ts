import { closeSync, openSync, writeSync } from "node:fs";
import { type QuoteFact, strikePoints } from "@steward/model";
import { chain } from "./chains.ts";

const COLUMNS = [
  ...["quote_date", "root", "expiration", "strike", "right", "bid", "ask", "bid_size", "ask_size", "last"],
  ...["volume", "open_interest", "iv", "delta", "gamma", "vega", "theta", "rho", "underlying_price"],
];

/** Writes the generated chains of the first sessions as a table of the format `chain-table`. */
export function writeChainTable(path: string, sessions: number): void {
  const file = openSync(path, "w");
  try {
    writeSync(file, `${COLUMNS.join(",")}\n`);
    for (let number = 0; number < sessions; number += 1) {
      writeSync(file, `${chain(number).map(lineOf).join("\n")}\n`);
    }
  } finally {
    closeSync(file);
  }
}

function lineOf(quote: QuoteFact): string {
  const { session, root, expiration, strike, right, bid, ask, bidSize, askSize, last } = quote;
  const { volume, openInterest, volatility, delta, gamma, vega, theta, rho, underlyingPrice } = quote;
  return [
    ...[session, root, expiration, strikePoints(strike), right === "call" ? "C" : "P"],
    ...[bid, ask, bidSize, askSize, last, volume, openInterest, volatility],
    ...[delta, gamma, vega, theta, rho, underlyingPrice],
  ].join(",");
}
