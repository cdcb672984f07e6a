// What Cboe charges customers per contract and side.

import type { CalendarDate, OptionRoot } from "@steward/model";
import {
  anyPremium,
  dated,
  type PremiumTier,
  type RateTable,
  rateOn,
  tierFee,
  tiersOf,
} from "./rate-table.ts";

/** A leg of an order as those who charge for it see it. */
export interface ChargedLeg {
  readonly root: OptionRoot;
  /** Premium of one contract in points. */
  readonly premium: number;
  readonly contracts: number;
  readonly isSale: boolean;
  /** Whether the order has other legs. */
  readonly isComplex: boolean;
}

/** Fees by premium, for legs of at least so many contracts: smaller ones are free. */
export interface ExchangeRate {
  readonly least: number;
  readonly tiers: readonly PremiumTier[];
  /** Where the legs of complex orders pay other fees. */
  readonly complex?: readonly PremiumTier[];
}

const SPX: RateTable<ExchangeRate> = [
  dated("earliest", { least: 1, tiers: tiersOf(0.44, [1, 0.35]) }, [
    "Cboe fee schedule of 2019-02-07 for 0.44; 0.35 by hearsay",
    "unsourced",
  ]),
  dated("2020-01-01", { least: 1, tiers: tiersOf(0.45, [1, 0.36]) }, [
    "Cboe fee codes CS and CT as of 2024-11-01; the same on a broker's page of 2020, day of the change not found",
    "verified",
  ]),
];

const VIX: RateTable<ExchangeRate> = [
  dated(
    "earliest",
    {
      least: 1,
      tiers: tiersOf(0.45, [0.11, 0.1], [1, 0.25], [2, 0.4]),
      complex: tiersOf(0.45, [0.11, 0.05], [1, 0.17], [2, 0.3]),
    },
    ["Cboe fee schedule of 2020-04-07, codes CV to DC; the same as of 2024-11-01", "verified"],
  ),
];

const XSP: RateTable<ExchangeRate> = [
  dated("earliest", { least: 10, tiers: anyPremium(0.04) }, [
    "Cboe fee schedule of 2021-09-01, codes CC and XC; the same in 2020-04-07",
    "verified",
  ]),
  dated("2024-11-01", { least: 10, tiers: anyPremium(0.07) }, [
    "Cboe fee codes as of 2024-11-01",
    "verified",
  ]),
];

/** On Cboe C1; other exchanges pay or charge up to half a dollar. Orders that give up spread take liquidity. */
const SPY: RateTable<ExchangeRate> = [
  dated("earliest", { least: 250, tiers: anyPremium(0.18) }, ["Cboe fee schedule of 2018-11-06", "verified"]),
  dated("2020-04-07", { least: 100, tiers: anyPremium(0.18) }, [
    "Cboe fee schedule of 2020-04-07, codes CA and CD; the same as of 2024-11-01",
    "verified",
  ]),
];

/** Transaction fees by root. */
export const EXCHANGE_RATES: Readonly<Record<OptionRoot, RateTable<ExchangeRate>>> = {
  SPX,
  SPXW: SPX,
  VIX,
  XSP,
  SPY,
};

/** Execution surcharges on top, of electronic orders. */
export const EXECUTION_SURCHARGES: Readonly<Partial<Record<OptionRoot, RateTable<number>>>> = {
  SPX: [dated("earliest", 0.21, ["a public fee model's 0.57 and 0.66 less 0.36 and 0.45", "secondary"])],
  SPXW: [dated("earliest", 0.13, ["a broker's page of 2020: 0.49 and 0.58 less 0.36 and 0.45", "secondary"])],
};

/** The transaction fee of one contract of a leg, in dollars. */
export function exchangeFee({ premium, contracts, isComplex }: ChargedLeg, rate: ExchangeRate): number {
  if (contracts < rate.least) return 0;
  return tierFee((isComplex ? rate.complex : undefined) ?? rate.tiers, premium);
}

/** The execution surcharge of one contract of a root, in dollars. */
export function executionSurcharge(root: OptionRoot, on: CalendarDate): number {
  const table = EXECUTION_SURCHARGES[root];
  return table === undefined ? 0 : rateOn(table, on);
}
