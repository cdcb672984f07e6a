import {
  addMoney,
  assert,
  type CalendarDate,
  type Money,
  mid,
  multiplyMoney,
  negateMoney,
  toLedger,
  zeroMoney,
} from "@steward/model";
import { type FeeConfig, type Intent, OPTION_MULTIPLIER, type QuotedLeg } from "@steward/strategy";
import { BROKER_SCHEDULES, type BrokerSchedule } from "./fees/broker.ts";
import { CLEARING_RATES, clearingFee } from "./fees/clearing.ts";
import { type ChargedLeg, EXCHANGE_RATES, exchangeFee, executionSurcharge } from "./fees/exchange.ts";
import { rateOn, tierFee } from "./fees/rate-table.ts";
import { OPTIONS_REGULATORY_RATES, SECTION_31_RATES, TRADING_ACTIVITY_RATES } from "./fees/regulatory.ts";
import { SHARE_ACTIVITY_RATES, SHARE_COMMISSIONS } from "./fees/stock.ts";

/** What an order is charged for, in the order in which a confirmation lists it. */
export const FEE_ITEMS = [
  "commission",
  "exchange",
  "surcharge",
  "clearing",
  "options-regulatory",
  "trading-activity",
  "section-31",
] as const;

/** The name of a charge. */
export type FeeItem = (typeof FEE_ITEMS)[number];

/** Every charge of an order, zero or negative. */
export type FeeItems = Readonly<Record<FeeItem, Money>>;

/** The fees of an order: a total, and the items that sum to it exactly. */
export interface OrderFees {
  readonly total: Money;
  readonly items: FeeItems;
}

const NO_FEES: FeeItems = {
  commission: zeroMoney,
  exchange: zeroMoney,
  surcharge: zeroMoney,
  clearing: zeroMoney,
  "options-regulatory": zeroMoney,
  "trading-activity": zeroMoney,
  "section-31": zeroMoney,
};

/** An order, as far as fees depend on it. */
export interface ChargedOrder extends Pick<Intent, "effect" | "quantity"> {
  readonly legs: readonly QuotedLeg[];
  readonly on: CalendarDate;
}

/** Fees of an order by the tables of its day; the premium of a leg is the middle of its quote. */
export function orderFees({ legs, quantity, effect, on }: ChargedOrder, { broker }: FeeConfig): OrderFees {
  const schedule = rateOn(BROKER_SCHEDULES[broker], on);
  const charged = legs.map((leg) => chargedLeg(leg, quantity, legs.length > 1));
  const total = (amountOf: (leg: ChargedLeg) => Money): Money =>
    negateMoney(addMoney(...charged.map(amountOf)));

  const items: FeeItems = {
    commission: negateMoney(commissionOf(charged, effect, schedule)),
    exchange: total((leg) => perContract(leg, exchangeOf(leg, schedule, on))),
    surcharge: total((leg) =>
      perContract(leg, schedule.ownExchange?.[leg.root] ? 0 : executionSurcharge(leg.root, on)),
    ),
    clearing: total((leg) => clearingOf(leg, schedule, on)),
    "options-regulatory": total((leg) => perContract(leg, rateOn(OPTIONS_REGULATORY_RATES, on))),
    "trading-activity": total((leg) => perContract(leg, leg.isSale ? rateOn(TRADING_ACTIVITY_RATES, on) : 0)),
    "section-31": total((leg) => section31Of(leg, on)),
  };
  return withTotal(items);
}

/** A trade of shares at a price in dollars; the shares are negative where they are sold. */
export interface ShareTrade {
  readonly shares: number;
  readonly price: number;
  readonly on: CalendarDate;
}

/** Fees of a trade of shares of a fund by the tables of its day. */
export function shareFees({ shares, price, on }: ShareTrade, { broker }: FeeConfig): OrderFees {
  const count = Math.abs(shares);
  const value = count * price;
  const { each, least, mostOfValue } = rateOn(SHARE_COMMISSIONS[broker], on);
  const activity = rateOn(SHARE_ACTIVITY_RATES, on);
  const sold = shares < 0;
  const commission = Math.min(Math.max(count * each, least), value * mostOfValue);
  const items: FeeItems = {
    ...NO_FEES,
    commission: toLedger(-commission),
    "trading-activity": toLedger(sold ? -Math.min(count * activity.each, activity.most) : 0),
    "section-31": toLedger(sold ? (-value * rateOn(SECTION_31_RATES, on)) / 1e6 : 0),
  };
  return withTotal(items);
}

function withTotal(items: FeeItems): OrderFees {
  return { total: addMoney(...FEE_ITEMS.map((item) => items[item])), items };
}

function chargedLeg({ leg, quote }: QuotedLeg, quantity: number, isComplex: boolean): ChargedLeg {
  const { root } = leg.contract;
  assert(root !== "VX", "options are charged here, futures are not traded");
  const contracts = Math.abs(leg.ratio) * quantity;
  return { root, premium: mid(quote), contracts, isSale: leg.ratio < 0, isComplex };
}

function commissionOf(
  legs: readonly ChargedLeg[],
  effect: Intent["effect"],
  { open, close, least, mostOfFundLeg = Number.POSITIVE_INFINITY }: BrokerSchedule,
): Money {
  if (legs.length === 0) return zeroMoney;
  const each = legs.map((leg) => {
    const dollars = tierFee(effect === "open" ? open : close, leg.premium) * leg.contracts;
    return toLedger(leg.root === "SPY" ? Math.min(dollars, mostOfFundLeg) : dollars);
  });
  const sum = addMoney(...each);
  const floor = toLedger(least);
  return sum < floor ? floor : sum;
}

function exchangeOf(leg: ChargedLeg, { ownExchange }: BrokerSchedule, on: CalendarDate): number {
  return exchangeFee(leg, ownExchange?.[leg.root] ?? rateOn(EXCHANGE_RATES[leg.root], on));
}

function clearingOf(leg: ChargedLeg, { ownClearing }: BrokerSchedule, on: CalendarDate): Money {
  if (ownClearing !== undefined) return perContract(leg, ownClearing);
  return clearingFee(leg.contracts, rateOn(CLEARING_RATES, on));
}

function section31Of({ root, isSale, premium, contracts }: ChargedLeg, on: CalendarDate): Money {
  if (root !== "SPY" || !isSale) return zeroMoney;
  const proceeds = premium * OPTION_MULTIPLIER * contracts;
  return toLedger((proceeds * rateOn(SECTION_31_RATES, on)) / 1e6);
}

function perContract({ contracts }: ChargedLeg, dollars: number): Money {
  return multiplyMoney(toLedger(dollars), contracts);
}
