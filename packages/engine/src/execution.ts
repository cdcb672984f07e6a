import { addMoney, type Money, multiplyMoney, negateMoney, toLedger, zeroMoney } from "@steward/model";
import {
  defaultFees,
  type FeeConfig,
  type FillConfig,
  type Intent,
  netPrice,
  OPTION_MULTIPLIER,
} from "@steward/strategy";
import type { Execution, Rejection } from "./events.ts";
import { orderFees } from "./fees.ts";
import { type Ledger, legsAfterClosing, lotsToClose, worstDelivery, worstOf } from "./ledger.ts";
import { isBroken, shareOf } from "./lot.ts";
import { meetQuotes } from "./order-quotes.ts";
import { worstPayoff } from "./payoff.ts";
import type { Venue } from "./ports.ts";

/**
 * The venue that fills at quotes: orders fill whole, or as far as the quotes' sizes go where that is configured, at the net price of
 * the view's quotes; risk is checked against what the account could owe at the worst settlement.
 */
export function quoteVenue(fills: FillConfig, fees: FeeConfig = defaultFees): Venue {
  return {
    execute: (ledger, wanted, view) => {
      const met = meetQuotes(wanted, view, fills);
      if (met.kind !== "met") return { kind: "reject", intent: wanted, rejection: met };
      const { intent, legs } = met;
      const { quantity, effect } = intent;
      const on = view.session.date;
      const net = netPrice(legs, fills, on);
      if (net === undefined) return { kind: "reject", intent, rejection: { kind: "not-quoted" } };
      const { total, items } = orderFees({ legs, quantity, effect, on }, fees);
      const premium = multiplyMoney(toLedger(net.price * OPTION_MULTIPLIER), quantity);
      return accept(ledger, { kind: "fill", intent, net, premium, fees: total, feeItems: items });
    },
  };
}

type Filled = Extract<Execution, { kind: "fill" }>;

/** The fill, unless the account cannot bear it. */
function accept(ledger: Ledger, fill: Filled): Execution {
  const { intent } = fill;
  const rejection = intent.effect === "open" ? refuseOpening(ledger, fill) : refuseClosing(ledger, fill);
  return rejection === undefined ? fill : { kind: "reject", intent, rejection };
}

function refuseOpening(ledger: Ledger, { intent, premium, fees }: Filled): Rejection | undefined {
  if (worstPayoff(intent.structure) === undefined) return { kind: "undefined-risk" };

  const required = negateMoney(addMoney(premium, fees, worstOf(intent.structure, intent.quantity)));
  return refuseUncovered(required, availableIn(ledger));
}

function refuseClosing(ledger: Ledger, { intent, premium, fees }: Filled): Rejection | undefined {
  if (!isCovered(ledger, intent)) return { kind: "undefined-risk" };
  let left = intent.quantity;
  let released = zeroMoney;
  for (const lot of lotsToClose(ledger, intent)) {
    const units = Math.min(left, lot.quantity);
    if (units === 0) break;
    const legs = legsAfterClosing(lot, intent.structure);
    const after = legs.length === 0 ? zeroMoney : worstOf({ ...lot.structure, legs }, units);
    released = addMoney(released, shareOf(lot.worst, units, lot.quantity), negateMoney(after));
    left -= units;
  }
  if (left > 0) return { kind: "nothing-to-close" };

  // What a delivery has broken may always be ended: the rest is worse.
  if (ledger.lots.some((lot) => lot.shares !== 0 || isBroken(lot))) return undefined;
  // In a wide market an end may cost more than the worst settlement that it averts.
  const available = addMoney(availableIn(ledger), negateMoney(released));
  return refuseUncovered(negateMoney(addMoney(premium, fees)), available);
}

/** Whether what an order to close leaves of its lots still has a bound on its loss. */
function isCovered(ledger: Ledger, intent: Intent): boolean {
  return lotsToClose(ledger, intent).every(({ structure, ...lot }) => {
    const legs = legsAfterClosing({ structure, ...lot }, intent.structure);
    return legs.length === 0 || worstPayoff({ ...structure, legs }) !== undefined;
  });
}

function refuseUncovered(required: Money, available: Money): Rejection | undefined {
  return required > available ? { kind: "insufficient-buying-power", required, available } : undefined;
}

/** Cash that no lot could claim at its worst; none while shares or options are owed without bound. */
function availableIn(ledger: Ledger): Money {
  const worst = worstDelivery(ledger);
  return worst === undefined ? zeroMoney : addMoney(ledger.balances.cash, worst);
}
