// What brokers charge for themselves, and what they pass on.

import type { OptionRoot } from "@steward/model";
import type { BrokerName } from "@steward/strategy";
import type { ExchangeRate } from "./exchange.ts";
import { anyPremium, dated, type PremiumTier, type RateTable, tiersOf } from "./rate-table.ts";

/** One broker's prices at one time. */
export interface BrokerSchedule {
  /** Dollars per contract of an order that opens, and of one that closes. */
  readonly open: readonly PremiumTier[];
  readonly close: readonly PremiumTier[];
  /** The least commission of an order, in dollars. */
  readonly least: number;
  /** The most commission of a leg of SPY, in dollars. */
  readonly mostOfFundLeg?: number;
  /** Charged in place of the exchange's fee and surcharge. */
  readonly ownExchange?: Readonly<Partial<Record<OptionRoot, ExchangeRate>>>;
  /** Dollars per contract, in place of the clearing house's fee. */
  readonly ownClearing?: number;
}

function everyOrder(tiers: readonly PremiumTier[], least: number): BrokerSchedule {
  return { open: tiers, close: tiers, least };
}

const whole = (tiers: readonly PremiumTier[]): ExchangeRate => ({ least: 1, tiers });

const IBKR_TIERED: RateTable<BrokerSchedule> = [
  dated("earliest", everyOrder(tiersOf(0.7, [0.05, 0.25], [0.1, 0.5]), 1), [
    "the broker's pages before about 2019, up to 10,000 contracts a month",
    "secondary",
  ]),
  dated("2019-01-01", everyOrder(tiersOf(0.65, [0.05, 0.25], [0.1, 0.5]), 1), [
    "the broker's page, up to 10,000 contracts a month; start about 2019",
    "secondary",
  ]),
];

const IBKR_FIXED: RateTable<BrokerSchedule> = [
  dated(
    "earliest",
    {
      ...everyOrder(anyPremium(0.65), 1),
      ownExchange: {
        SPX: whole(tiersOf(0.5, [1, 0.4])),
        SPXW: whole(tiersOf(0.58, [1, 0.49])),
        VIX: {
          least: 1,
          tiers: tiersOf(0.5, [0.11, 0.1], [1, 0.25], [2, 0.45]),
          complex: tiersOf(0.5, [0.11, 0.05], [1, 0.17], [2, 0.35]),
        },
        XSP: whole(anyPremium(0)),
        SPY: whole(anyPremium(0)),
      },
    },
    ["the broker's page of 2020; of XSP and SPY it names no surcharge", "secondary"],
  ),
];

const TASTYTRADE: RateTable<BrokerSchedule> = [
  dated(
    "earliest",
    {
      open: anyPremium(1),
      close: anyPremium(0),
      least: 0,
      mostOfFundLeg: 10,
      ownClearing: 0.1,
      ownExchange: {
        SPX: whole(anyPremium(0.65)),
        SPXW: whole(anyPremium(0.65)),
        VIX: whole(anyPremium(0.65)),
        XSP: { least: 10, tiers: anyPremium(0.07) },
        SPY: whole(anyPremium(0)),
      },
    },
    ["the broker's page of about 2023", "verified"],
  ),
];

const FLAT: RateTable<BrokerSchedule> = [
  dated("earliest", everyOrder(anyPremium(0.65), 0), [
    "what several brokers ask, Schwab among them",
    "unsourced",
  ]),
];

/** Every schedule by the name that a configuration gives. */
export const BROKER_SCHEDULES: Readonly<Record<BrokerName, RateTable<BrokerSchedule>>> = {
  "ibkr-tiered": IBKR_TIERED,
  "ibkr-fixed": IBKR_FIXED,
  tastytrade: TASTYTRADE,
  flat: FLAT,
};
