import { blackPrice } from "../../black.ts";
import { normalQuantile } from "../../normal.ts";
import { strictLog } from "../../strict-math.ts";
import { seededUniform } from "../../testing/seeded-uniform.ts";
import type { PairedQuote } from "../paired-quote.ts";

/** Uniform and normal numbers from one seed. */
export interface Chance {
  readonly uniform: (low: number, high: number) => number;
  readonly normal: () => number;
}

export function chanceOf(seed: number): Chance {
  const next = seededUniform(seed);
  return {
    uniform: (low, high) => low + (high - low) * next(),
    normal: () => normalQuantile(0.5 * 2 ** -32 + next() * (1 - 2 ** -32)),
  };
}

/** One expiration as it is quoted: half-spreads by price, prices on a grid of five cents. */
export interface SyntheticChain {
  readonly forward: number;
  readonly discountFactor: number;
  readonly strikes: readonly number[];
  /** Total volatility at a log moneyness. */
  readonly totalVolatility: (k: number) => number;
  /** Standard deviation of a mid around its value, in half-spreads. */
  readonly noise?: number;
  readonly tick?: number;
}

export function quotesOf(chain: SyntheticChain, chance: Chance): readonly PairedQuote[] {
  const { forward, discountFactor, strikes, totalVolatility, noise = 0, tick = 0.05 } = chain;
  return strikes.map((strike) => {
    const total = totalVolatility(strictLog(strike / forward));
    const sideOf = (right: "call" | "put"): readonly [bid: number, ask: number] => {
      const value = blackPrice(right, forward, strike, total, discountFactor);
      const half = 0.04 + 0.04 * Math.sqrt(value);
      const mid = value + noise * half * chance.normal();
      const bid = Math.max(0, Math.floor((mid - half) / tick) * tick);
      return [bid, Math.max(bid + tick, Math.ceil((mid + half) / tick) * tick)];
    };
    const [callBid, callAsk] = sideOf("call");
    const [putBid, putAsk] = sideOf("put");
    return { strike, callBid, callAsk, putBid, putAsk };
  });
}

/** Strikes from a share of the forward to another, in steps. */
export function strikesAround(forward: number, from: number, to: number, step: number): readonly number[] {
  const strikes: number[] = [];
  for (let strike = Math.ceil((from * forward) / step) * step; strike <= to * forward; strike += step)
    strikes.push(strike);
  return strikes;
}
