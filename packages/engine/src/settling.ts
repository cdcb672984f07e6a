// What ends without an order: cash settlement, exercise, assignment, and what becomes of the shares.

import {
  assert,
  type CalendarDate,
  type Leg,
  multiplyMoney,
  type Root,
  rootSpec,
  strikePoints,
  toLedger,
} from "@steward/model";
import { OPTION_MULTIPLIER } from "@steward/strategy";
import type { DeliveryEvent, LedgerEvent, SettlementEvent } from "./events.ts";
import type { Lot } from "./lot.ts";
import { payoff } from "./payoff.ts";
import type { Market } from "./ports.ts";

/** An event that has yet to get its place in the run. */
export type Unplaced<Event extends LedgerEvent> = Event extends LedgerEvent
  ? Omit<Event, "knownAt" | "sequence" | "session">
  : never;

/** The cash settlement of a lot whose options have expired, as soon as its value is known. */
export function settlementOf(
  lot: Lot,
  market: Market,
  session: CalendarDate,
): Unplaced<SettlementEvent> | undefined {
  const settlement = market.settlement(rootOf(lot), expirationOf(lot), session);
  if (settlement === undefined) return undefined;
  const each = toLedger(payoff(lot, settlement.value) * OPTION_MULTIPLIER);
  return { kind: "settlement", lot, settlement, payoff: multiplyMoney(each, lot.quantity) };
}

/** The delivery of one leg of some units: shares against the strike. */
export function deliveryOf(
  lot: Lot,
  leg: Leg,
  { units, because }: { readonly units: number; readonly because: string },
): Unplaced<DeliveryEvent> {
  const contracts = leg.ratio * units;
  const direction = leg.contract.right === "call" ? 1 : -1;
  const shares = direction * contracts * OPTION_MULTIPLIER;
  return {
    kind: contracts > 0 ? "exercise" : "assignment",
    lot,
    leg,
    units,
    cash: multiplyMoney(toLedger(strikePoints(leg.contract.strike)), -shares),
    shares,
    because,
  };
}

/** The root of a lot's options. */
export function rootOf({ structure: { legs } }: Lot): Root {
  const [leg] = legs;
  assert(leg !== undefined, "a structure has a leg");
  return leg.contract.root;
}

/** The nearest expiration of what is left of a lot; after all dates where nothing is. */
export function expirationOf({ legs }: Lot): CalendarDate {
  return legs.reduce(
    (first, { contract }) => (contract.expiration < first ? contract.expiration : first),
    "9999-12-31" as CalendarDate,
  );
}

/** Whether a lot's options pay cash or deliver shares. */
export function isDelivered(lot: Lot): boolean {
  return rootSpec(rootOf(lot)).delivery === "physical";
}

/** When the value is known on which a lot settles. */
export function fixingOf(lot: Lot): "am" | "pm" {
  return rootSpec(rootOf(lot)).fixing;
}
