// What a trade of shares costs: shares come and go with options that are delivered.

import type { BrokerName } from "@steward/strategy";
import { dated, type RateTable } from "./rate-table.ts";

/** Dollars a share, with the least of an order and the most as a share of its value. */
export interface ShareCommission {
  readonly each: number;
  readonly least: number;
  readonly mostOfValue: number;
}

const NOTHING: ShareCommission = { each: 0, least: 0, mostOfValue: 1 };

/** Commissions on shares by broker. Shares that an exercise or an assignment brings pay none. */
export const SHARE_COMMISSIONS: Readonly<Record<BrokerName, RateTable<ShareCommission>>> = {
  "ibkr-tiered": [
    dated("earliest", { each: 0.0035, least: 0.35, mostOfValue: 0.01 }, [
      "up to 300,000 shares a month",
      "unsourced",
    ]),
  ],
  "ibkr-fixed": [
    dated("earliest", NOTHING, ["the plan of accounts without commission on shares", "unsourced"]),
  ],
  tastytrade: [dated("earliest", NOTHING, ["shares without commission", "unsourced"])],
  flat: [dated("earliest", NOTHING, ["shares without commission, as at several brokers", "unsourced"])],
};

/** Dollars a share sold, and the most of a trade. */
export interface ShareActivityRate {
  readonly each: number;
  readonly most: number;
}

/** FINRA trading activity fee on shares. */
export const SHARE_ACTIVITY_RATES: RateTable<ShareActivityRate> = [
  dated("earliest", { each: 0.000119, most: 5.95 }, ["a broker's page; the most by hearsay", "secondary"]),
  dated("2022-01-01", { each: 0.00013, most: 6.49 }, ["a broker's page; start unsourced", "secondary"]),
  dated("2023-01-01", { each: 0.000145, most: 7.27 }, [
    "a page on brokers' charges; start unsourced",
    "secondary",
  ]),
  dated("2024-01-01", { each: 0.000166, most: 8.3 }, [
    "a page on brokers' charges; start unsourced",
    "secondary",
  ]),
];
