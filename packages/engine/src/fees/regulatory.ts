// What pays for supervision. Exchanges, FINRA and the SEC charge brokers, who pass it on.

import { dated, type RateTable } from "./rate-table.ts";

/** Options regulatory fee, the sum over the exchanges: dollars per contract and side. */
export const OPTIONS_REGULATORY_RATES: RateTable<number> = [
  dated("earliest", 0.0378, ["a broker's knowledge base of 2017", "secondary"]),
  dated("2020-01-01", 0.0388, ["a broker's page of 2020", "secondary"]),
  dated("2025-03-03", 0.02815, ["a broker's knowledge base", "secondary"]),
];

/** FINRA trading activity fee: dollars per contract sold. Rates are those of brokers' pages, starts the years of FINRA's schedule. */
export const TRADING_ACTIVITY_RATES: RateTable<number> = [
  dated("earliest", 0.002, ["a broker's page of 2020", "secondary"]),
  dated("2022-01-01", 0.00218, ["a broker's page; start unsourced", "secondary"]),
  dated("2023-01-01", 0.00244, ["a broker's page; start unsourced", "secondary"]),
  dated("2024-01-01", 0.00279, ["a page on brokers' charges; start unsourced", "secondary"]),
];

/**
 * Section 31 of the Exchange Act: dollars per million of sales of SPY, its shares and its options. Options on indices of securities
 * are exempt (unsourced).
 */
export const SECTION_31_RATES: RateTable<number> = [
  dated("earliest", 22.4, ["rate of 2012", "secondary"]),
  dated("2016-01-01", 21.8, ["a broker's page; day not found", "secondary"]),
  dated("2020-01-01", 22.1, ["a broker's page of 2020; day not found", "secondary"]),
  dated("2021-02-25", 5.1, ["SEC fee rate advisory", "secondary"]),
  dated("2022-05-14", 22.9, ["brokers' pages; day unsourced", "secondary"]),
  dated("2023-02-27", 8, ["a broker's page; day unsourced", "secondary"]),
  dated("2024-05-22", 27.8, ["rate and day by hearsay", "unsourced"]),
  dated("2025-05-14", 0, ["SEC fee rate advisory", "secondary"]),
];
