import type { CalendarDate, Instant, Money } from "@steward/model";
import type { Intent, NetPrice } from "@steward/strategy";
import type { OpenStructure } from "./open-structure.ts";
import type { SettlementValue } from "./ports.ts";

/** Why an intent never became a fill. A rejection is a market outcome: data, not an exception. */
export type Rejection =
  | { readonly kind: "not-quoted" }
  | { readonly kind: "undefined-risk" }
  | { readonly kind: "nothing-to-close" }
  | { readonly kind: "insufficient-buying-power"; readonly required: Money; readonly available: Money };

/** A fill of a whole order at one net price. */
export interface FillEvent {
  readonly kind: "fill";
  readonly at: Instant;
  readonly session: CalendarDate;
  readonly intent: Intent;
  readonly net: NetPrice;
  /** Premium of the whole order, positive into the account, before fees. */
  readonly premium: Money;
  /** Fees of the whole order, zero or negative. */
  readonly fees: Money;
}

export interface RejectEvent {
  readonly kind: "reject";
  readonly at: Instant;
  readonly session: CalendarDate;
  readonly intent: Intent;
  readonly rejection: Rejection;
}

/** The end of one open structure on its settlement value. */
export interface SettlementEvent {
  readonly kind: "settlement";
  readonly at: Instant;
  readonly session: CalendarDate;
  readonly open: OpenStructure;
  readonly settlement: SettlementValue;
  /** Payoff of all units, positive into the account. */
  readonly payoff: Money;
}

/** What changes the ledger, and what was refused. The journal of a run is the list of these, in order. */
export type LedgerEvent = FillEvent | RejectEvent | SettlementEvent;
