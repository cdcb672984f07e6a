import {
  type CalendarDate,
  instantAt,
  type OptionContract,
  type Root,
  strike,
  toModel,
} from "@steward/model";
import type { Book, MarginMarket, OptionHolding } from "../book.ts";
import { exchangeMinimum, type MarginRules } from "../rules.ts";
import { type StrategyMargin, strategyMargin } from "../strategy-margin.ts";

/** Quotes of these books are of this day. */
export const ON = "2026-01-05" as CalendarDate;
const THIRTY_DAYS = "2026-02-04";

/** `-2 P 4800 @25`, of SPXW in 30 days unless root and date are named: `+1 SPX 2026-01-16 C 5000 @62`. */
export function leg(text: string): OptionHolding {
  const match = /^([+-]\d+) (?:([A-Z]+) (\d{4}-\d\d-\d\d) )?([CP]) ([\d.]+)(?: @([\d.]+))?$/.exec(text);
  if (match === null) throw new Error(`expected a leg, found ${text}`);
  const [, count, root = "SPXW", date = THIRTY_DAYS, letter, points, price = "0"] = match;
  const contract: OptionContract = {
    root: root as Exclude<Root, "VX">,
    expiration: date as CalendarDate,
    right: letter === "C" ? "call" : "put",
    strike: strike(Number(points)),
  };
  return { contract, count: Number(count), price: Number(price) };
}

/** A book of legs, and shares of SPY. */
export function bookOf(legs: readonly string[], shares = 0): Book {
  return {
    options: legs.map(leg),
    shares: shares === 0 ? [] : [{ underlying: "SPY", count: shares }],
  };
}

/** SPX at 5,000, or all underlyings where they are said to be. */
export function marketOf(spots: MarginMarket["spots"] = { SPX: 5000 }): MarginMarket {
  return { at: instantAt(ON, "16:00", "America/New_York"), spots };
}

/** The margin of a book at the exchange minimum unless other rules are given. */
export function marginOf(
  book: Book,
  market: MarginMarket = marketOf(),
  rules: MarginRules = exchangeMinimum,
): StrategyMargin {
  return strategyMargin(book, market, rules);
}

/** Requirement and deposit in dollars. */
export function dollarsOf({ requirement, deposit }: StrategyMargin): readonly [number, number] {
  return [toModel(requirement), toModel(deposit)];
}
