import { type Money, toLedger } from "@steward/model";
import { atLeastZero, lessMoney } from "./exact.ts";

/** What an account has and owes, and under which rules. */
export interface AccountState {
  /** Net liquidation value: cash, and all positions at their marks. */
  readonly equity: Money;
  /** Cash, with the proceeds of options sold in it. */
  readonly cash: Money;
  /** What the positions must be secured with at their marks. */
  readonly requirement: Money;
  readonly kind: "margin" | "cash" | "portfolio";
}

/** What an account may still take on. */
export interface BuyingPower {
  /** Equity beyond the requirement; negative where there is a call for margin. */
  readonly excess: Money;
  /** For options bought and for the deposit of spreads and shorts. */
  readonly options: Money;
  /** For shares at the initial rate: twice the excess in a margin account (Regulation T). */
  readonly shares: Money;
  /** What the account needs to hold any such position. */
  readonly minimumEquity: Money;
  readonly meetsMinimum: boolean;
}

/** FINRA 4210(b) for margin; a broker that monitors in real time asks 100,000 for portfolio margin, any other 150,000. */
const MINIMUM_EQUITY = { margin: 2_000, cash: 0, portfolio: 100_000 } as const;

/**
 * Buying power by the books: nothing under the minimum equity; in a cash account no more than its cash; for shares twice
 * the excess in a margin account and 100/15 times it under portfolio margin, where a stock is stressed by 15 percent.
 */
export function buyingPower({ equity, cash, requirement, kind }: AccountState): BuyingPower {
  const excess = lessMoney(equity, requirement);
  const minimumEquity = toLedger(MINIMUM_EQUITY[kind]);
  const meetsMinimum = equity >= minimumEquity;
  const free = meetsMinimum ? atLeastZero(excess) : (0 as Money);
  const options = kind === "cash" ? (Math.min(free, atLeastZero(cash)) as Money) : free;
  const percent = { margin: 50, cash: 100, portfolio: 15 }[kind];
  return {
    excess,
    options,
    shares: Math.floor((options * 100) / percent) as Money,
    minimumEquity,
    meetsMinimum,
  };
}
