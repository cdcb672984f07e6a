import { addMoney, type Money, multiplyMoney, negateMoney, toLedger, zeroMoney } from "@steward/model";
import {
  type FillConfig,
  type Intent,
  type MarketView,
  netPrice,
  OPTION_MULTIPLIER,
  type QuotedLeg,
} from "@steward/strategy";
import type { Execution, Rejection } from "./events.ts";
import { orderFees } from "./fees.ts";
import { type Ledger, lotsToClose, worstOf, worstSettlement } from "./ledger.ts";
import { shareOf } from "./lot.ts";
import { worstPayoff } from "./payoff.ts";
import type { Venue } from "./ports.ts";

/**
 * The venue that fills at quotes: orders fill whole, at the net price of the view's quotes and the fill configuration; risk is
 * checked against what the account could owe at the worst settlement.
 */
export function quoteVenue(fills: FillConfig): Venue {
  return { execute: (ledger, intent, view) => execute(ledger, intent, view, fills) };
}

type Filled = Extract<Execution, { kind: "fill" }>;

function execute(ledger: Ledger, intent: Intent, view: MarketView, fills: FillConfig): Execution {
  const session = view.session.date;
  const legs = quoteLegs(intent, view);
  const net = legs && netPrice(legs, fills, session);
  if (legs === undefined || net === undefined)
    return { kind: "reject", intent, rejection: { kind: "not-quoted" } };

  const premium = multiplyMoney(toLedger(net.price * OPTION_MULTIPLIER), intent.quantity);
  const fill: Filled = {
    kind: "fill",
    intent,
    net,
    premium,
    fees: orderFees(legs, intent.quantity, session),
  };
  const rejection = intent.effect === "open" ? refuseOpening(ledger, fill) : refuseClosing(ledger, fill);
  return rejection === undefined ? fill : { kind: "reject", intent, rejection };
}

function quoteLegs({ structure }: Intent, view: MarketView): readonly QuotedLeg[] | undefined {
  const legs: QuotedLeg[] = [];
  for (const leg of structure.legs) {
    const { root, expiration, right, strike } = leg.contract;
    const quote = view.slice(root, expiration)?.quote(right, strike);
    if (quote === undefined) return undefined;
    legs.push({ leg, quote });
  }
  return legs;
}

function refuseOpening(ledger: Ledger, { intent, premium, fees }: Filled): Rejection | undefined {
  if (worstPayoff(intent.structure) === undefined) return { kind: "undefined-risk" };

  const required = negateMoney(addMoney(premium, fees, worstOf(intent.structure, intent.quantity)));
  return refuseUncovered(required, availableIn(ledger));
}

function refuseClosing(ledger: Ledger, { intent, premium, fees }: Filled): Rejection | undefined {
  let left = intent.quantity;
  let released = zeroMoney;
  for (const { quantity, worst } of lotsToClose(ledger, intent)) {
    const units = Math.min(left, quantity);
    released = addMoney(released, shareOf(worst, units, quantity));
    left -= units;
  }
  if (left > 0) return { kind: "nothing-to-close" };

  // In a wide market an end may cost more than the worst settlement that it averts.
  const available = addMoney(availableIn(ledger), negateMoney(released));
  return refuseUncovered(negateMoney(addMoney(premium, fees)), available);
}

function refuseUncovered(required: Money, available: Money): Rejection | undefined {
  return required > available ? { kind: "insufficient-buying-power", required, available } : undefined;
}

/** Cash that no lot could claim at its worst settlement. */
function availableIn(ledger: Ledger): Money {
  return addMoney(ledger.balances.cash, worstSettlement(ledger));
}
