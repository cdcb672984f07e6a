// What an order or a settlement would have brought one unit, for counterfactuals. They look ahead: nothing that decides reads them.

import { type CalendarDate, type Leg, type Structure, toModel } from "@steward/model";
import {
  type Intent,
  type MarketView,
  netPrice,
  OPTION_MULTIPLIER,
  type QuotedLeg,
  type StrategyConfig,
} from "@steward/strategy";
import { orderFees } from "./fees.ts";
import { payoff } from "./payoff.ts";
import type { Market } from "./ports.ts";

/** Points that one unit brings at the configured fill, and after its fees; undefined where it does not trade. */
export function orderOnPaper(
  { legs }: Structure,
  view: MarketView,
  effect: Intent["effect"],
  { fills, fees }: StrategyConfig,
): { readonly price: number; readonly afterFees: number } | undefined {
  const quoted: QuotedLeg[] = [];
  for (const leg of legs) {
    const { root, expiration, right, strike } = leg.contract;
    const quote = view.slice(root, expiration)?.quote(right, strike);
    if (quote === undefined) return undefined;
    quoted.push({ leg, quote });
  }
  const on = view.session.date;
  const net = netPrice(quoted, fills, on);
  if (net === undefined) return undefined;
  const { total } = orderFees({ legs: quoted, quantity: 1, effect, on }, fees);
  return { price: net.price, afterFees: net.price + toModel(total) / OPTION_MULTIPLIER };
}

/** Points that legs of one expiration pay at settlement; undefined where the data end before it. */
export function settledOnPaper(market: Market, legs: readonly Leg[]): number | undefined {
  const [leg] = legs;
  if (leg === undefined) return 0;
  const { root, expiration } = leg.contract;
  const session = market.sessions[firstFrom(market.sessions, expiration)];
  const settlement = session === undefined ? undefined : market.settlement(root, expiration, session);
  return settlement === undefined ? undefined : payoff({ legs }, settlement.value);
}

/** The position of the first session on or after a date. */
export function firstFrom(sessions: readonly CalendarDate[], date: CalendarDate): number {
  let low = 0;
  let high = sessions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sessions[middle] ?? date) < date) low = middle + 1;
    else high = middle;
  }
  return low;
}
