import {
  addMoney,
  type CalendarDate,
  type Leg,
  type Money,
  mid,
  multiplyMoney,
  type Root,
  toLedger,
} from "@steward/model";
import type { QuotedLeg } from "@steward/strategy";

/** A rate per contract and side in dollars, by premium: the first tier whose `below` exceeds the premium applies. */
interface PremiumTier {
  readonly below: number;
  readonly fee: number;
}

/** A rate from a date on. Dates before the first entry use it too: no older page was found, and results say so. */
interface DatedRate<Rate> {
  readonly from: CalendarDate | "earliest";
  readonly rate: Rate;
}

const ANY_PREMIUM = Number.POSITIVE_INFINITY;

/** Cboe fee schedule, codes CS and CT, 2024-11-01: $0.36 below a premium of 1.00, else $0.45. */
const SPX_EXCHANGE: readonly PremiumTier[] = [
  { below: 1, fee: 0.36 },
  { below: ANY_PREMIUM, fee: 0.45 },
];

/** Cboe fee schedule 2024-11-01, simple orders. */
const VIX_EXCHANGE: readonly PremiumTier[] = [
  { below: 0.11, fee: 0.1 },
  { below: 1, fee: 0.25 },
  { below: 2, fee: 0.4 },
  { below: ANY_PREMIUM, fee: 0.45 },
];

/** Surcharge on SPXW as passed through by a broker's page of 2020 (0.49 and 0.58 against 0.36 and 0.45). */
const SPXW_SURCHARGE = 0.13;

/** XSP is free below ten contracts; from ten: Cboe schedules of 2021-09-01 and 2024-11-01. */
const XSP_LARGE_ORDER = 10;
const XSP_EXCHANGE: readonly DatedRate<number>[] = [
  { from: "earliest", rate: 0.04 },
  { from: "2024-11-01" as CalendarDate, rate: 0.07 },
];

/** Options Clearing Corporation, first size tier. Starts are approximate (OCC releases, brokers' pages). */
const CLEARING: readonly DatedRate<number>[] = [
  { from: "earliest", rate: 0.09 },
  { from: "2004-05-01" as CalendarDate, rate: 0.0825 },
  { from: "2013-01-01" as CalendarDate, rate: 0.05 },
  { from: "2018-01-01" as CalendarDate, rate: 0.055 },
  { from: "2020-01-01" as CalendarDate, rate: 0.045 },
  { from: "2021-09-01" as CalendarDate, rate: 0.02 },
  { from: "2025-01-01" as CalendarDate, rate: 0.025 },
];

/** Options regulatory fee, sum over the exchanges, from a broker's knowledge base. */
const REGULATORY: readonly DatedRate<number>[] = [
  { from: "earliest", rate: 0.0378 },
  { from: "2020-01-01" as CalendarDate, rate: 0.0388 },
  { from: "2025-03-03" as CalendarDate, rate: 0.02815 },
];

/** A large broker's tiered commission, 2019 on: by premium, per contract. */
const COMMISSION: readonly PremiumTier[] = [
  { below: 0.05, fee: 0.25 },
  { below: 0.1, fee: 0.5 },
  { below: ANY_PREMIUM, fee: 0.65 },
];

/** Fees of an order of `quantity` units, zero or negative: exchange, clearing, regulation and commission, per contract. */
export function orderFees(legs: readonly QuotedLeg[], quantity: number, on: CalendarDate): Money {
  const each = legs.map(({ leg, quote }) => {
    const contracts = Math.abs(leg.ratio) * quantity;
    const rate = contractFee(leg, { premium: mid(quote), contracts, on });
    return multiplyMoney(toLedger(-rate), contracts);
  });
  return addMoney(...each);
}

function contractFee(
  { contract }: Leg,
  {
    premium,
    contracts,
    on,
  }: { readonly premium: number; readonly contracts: number; readonly on: CalendarDate },
): number {
  return (
    exchangeFee(contract.root, { premium, contracts, on }) +
    tierRate(COMMISSION, premium) +
    ratesOn(CLEARING, on) +
    ratesOn(REGULATORY, on)
  );
}

function exchangeFee(
  root: Root,
  {
    premium,
    contracts,
    on,
  }: { readonly premium: number; readonly contracts: number; readonly on: CalendarDate },
): number {
  switch (root) {
    case "SPX":
      return tierRate(SPX_EXCHANGE, premium);
    case "SPXW":
      return tierRate(SPX_EXCHANGE, premium) + SPXW_SURCHARGE;
    case "VIX":
      return tierRate(VIX_EXCHANGE, premium);
    case "XSP":
      return contracts < XSP_LARGE_ORDER ? 0 : ratesOn(XSP_EXCHANGE, on);
    case "SPY":
    case "VX":
      // SPY options of small customers pay no fee on Cboe; VX futures are not traded by this kernel.
      return 0;
  }
}

function tierRate(tiers: readonly PremiumTier[], premium: number): number {
  return tiers.find(({ below }) => premium < below)?.fee ?? 0;
}

function ratesOn(rates: readonly DatedRate<number>[], on: CalendarDate): number {
  let current = 0;
  for (const { from, rate } of rates) if (from === "earliest" || from <= on) current = rate;
  return current;
}
