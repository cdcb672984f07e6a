import type { CalendarDate, Instant, Leg, Money, OptionContract } from "@steward/model";
import type { Intent, NetPrice, QuoteFault } from "@steward/strategy";
import type { FeeItems } from "./fees.ts";
import type { Lot } from "./lot.ts";
import type { SettlementValue } from "./settlement-value.ts";

/** Where an event stands in a run: by when it became known, then by its number. */
export interface Known {
  readonly knownAt: Instant;
  /** Counts everything that happens in a run, from 1: no two events have one number. */
  readonly sequence: number;
  readonly session: CalendarDate;
}

/** Why an intent never became a fill. A rejection is a market outcome: data, not an exception. */
export type Rejection =
  | { readonly kind: "not-quoted" }
  | QuoteFault
  | { readonly kind: "stale"; readonly contract: OptionContract; readonly ageMinutes: number }
  | {
      readonly kind: "size";
      readonly contract: OptionContract;
      /** Contracts that the order needs, and that the quote is good for. */
      readonly wanted: number;
      readonly shown: number;
    }
  | { readonly kind: "undefined-risk" }
  | { readonly kind: "nothing-to-close" }
  /** The order that it was to follow was not filled whole. */
  | { readonly kind: "not-led" }
  | { readonly kind: "insufficient-buying-power"; readonly required: Money; readonly available: Money };

/** What became of an order, before it has its place in the run. */
export type Execution =
  | {
      readonly kind: "fill";
      readonly intent: Intent;
      readonly net: NetPrice;
      /** Premium of the whole order, positive into the account, before fees. */
      readonly premium: Money;
      /** Fees of the whole order, zero or negative. */
      readonly fees: Money;
      /** The same by item, where the venue tells. */
      readonly feeItems?: FeeItems;
    }
  | { readonly kind: "reject"; readonly intent: Intent; readonly rejection: Rejection };

/** An intent is born by one event and meets the market in a later one. */
interface Ordered extends Known {
  readonly bornOn: number;
}

/** A fill of a whole order at one net price. */
export type FillEvent = Ordered & Extract<Execution, { kind: "fill" }>;

/** A refusal of a whole order. */
export type RejectEvent = Ordered & Extract<Execution, { kind: "reject" }>;

/** The end of a lot on its settlement value. */
export interface SettlementEvent extends Known {
  readonly kind: "settlement";
  readonly lot: Lot;
  readonly settlement: SettlementValue;
  /** Payoff of all units, positive into the account. */
  readonly payoff: Money;
}

/** One leg of some units of a lot becomes shares: `exercise` of ours, `assignment` of theirs. */
export interface DeliveryEvent extends Known {
  readonly kind: "exercise" | "assignment";
  readonly lot: Lot;
  readonly leg: Leg;
  /** Units of the lot whose leg is delivered. */
  readonly units: number;
  /** Strike times shares, positive into the account. */
  readonly cash: Money;
  /** Negative where we deliver. */
  readonly shares: number;
  readonly because: string;
}

/** What is left of a lot's options expires without a payment. */
export interface LapseEvent extends Known {
  readonly kind: "lapse";
  readonly lot: Lot;
}

/** Shares of a lot bought or sold. */
export interface ShareEvent extends Known {
  readonly kind: "shares";
  readonly lot: Lot;
  /** Signed change of the shares. */
  readonly shares: number;
  /** Dollars a share. */
  readonly price: number;
  readonly cash: Money;
  readonly fees: Money;
}

/** A dividend on the shares of a lot: paid by us where they are owed. */
export interface DividendEvent extends Known {
  readonly kind: "dividend";
  readonly lot: Lot;
  readonly cash: Money;
}

/** Interest on what the account has borrowed. */
export interface InterestEvent extends Known {
  readonly kind: "interest";
  /** Negative. */
  readonly cash: Money;
  readonly borrowed: Money;
  /** What the loan costs and what bills pay, continuously compounded decimals a year. */
  readonly rate: number;
  readonly bills: number;
  /** Calendar days that are charged. */
  readonly days: number;
  /** When the loan ends. */
  readonly until: CalendarDate;
}

/** What changes the ledger, and what was refused. The journal of a run is the list of these, in order. */
export type LedgerEvent =
  | FillEvent
  | RejectEvent
  | SettlementEvent
  | DeliveryEvent
  | LapseEvent
  | ShareEvent
  | DividendEvent
  | InterestEvent;
