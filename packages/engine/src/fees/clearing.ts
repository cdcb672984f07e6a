// What the Options Clearing Corporation charges.

import { type Money, multiplyMoney, toLedger } from "@steward/model";
import { dated, type RateTable } from "./rate-table.ts";

/** Dollars per contract by the size of a trade, and dollars for the whole of a larger one. */
export interface ClearingRate {
  readonly sizes: readonly { readonly upTo: number; readonly fee: number }[];
  readonly beyond: number;
}

function sizes(beyond: number, ...known: readonly (readonly [number, number])[]): ClearingRate {
  return { sizes: known.map(([upTo, fee]) => ({ upTo, fee })), beyond };
}

/** Clearing fees; the days on which they changed are known roughly. */
export const CLEARING_RATES: RateTable<ClearingRate> = [
  dated("earliest", sizes(110, [500, 0.09], [1000, 0.07], [2000, 0.06]), [
    "OCC release of 2004",
    "secondary",
  ]),
  dated("2004-05-01", sizes(110, [500, 0.0825], [1000, 0.0675], [2000, 0.0575]), [
    "OCC release of 2004",
    "secondary",
  ]),
  dated("2013-01-01", sizes(55, [500, 0.05], [1000, 0.04], [2000, 0.03]), [
    "a broker's page; start about 2013",
    "secondary",
  ]),
  dated("2018-01-01", sizes(55, [1000, 0.055]), ["a broker's page; start about 2018", "secondary"]),
  dated("2020-01-01", sizes(55, [1222, 0.045]), ["OCC page; start about 2020", "secondary"]),
  dated("2021-09-01", sizes(55, [2750, 0.02]), ["OCC page; start unsourced", "secondary"]),
  dated("2025-01-01", sizes(0, [Number.POSITIVE_INFINITY, 0.025]), ["90 FR 10544", "secondary"]),
];

/** The fee of a trade of so many contracts. */
export function clearingFee(contracts: number, { sizes: known, beyond }: ClearingRate): Money {
  const size = known.find(({ upTo }) => contracts <= upTo);
  return size === undefined ? toLedger(beyond) : multiplyMoney(toLedger(size.fee), contracts);
}
