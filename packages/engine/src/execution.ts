import {
  addMoney,
  type CalendarDate,
  type Instant,
  type Money,
  multiplyMoney,
  negateMoney,
  toLedger,
} from "@steward/model";
import {
  type FillConfig,
  type Intent,
  type MarketView,
  netPrice,
  OPTION_MULTIPLIER,
  type QuotedLeg,
} from "@steward/strategy";
import type { FillEvent, RejectEvent, Rejection } from "./events.ts";
import { orderFees } from "./fees.ts";
import { findOpen, type Ledger, worstOf, worstSettlement } from "./ledger.ts";
import { worstPayoff } from "./payoff.ts";

/**
 * Turns an intent into a fill or a reasoned rejection. Orders fill whole, at the net price of the view's quotes and the fill
 * configuration; risk is checked against what the account could owe at the worst settlement.
 */
export function execute(
  ledger: Ledger,
  intent: Intent,
  view: MarketView,
  fills: FillConfig,
): FillEvent | RejectEvent {
  const session = view.session.date;
  const at = view.session.decision;
  const reject = (rejection: Rejection): RejectEvent => ({ kind: "reject", at, session, intent, rejection });

  const legs = quoteLegs(intent, view);
  const net = legs && netPrice(legs, fills, session);
  if (legs === undefined || net === undefined) return reject({ kind: "not-quoted" });

  const fill = priceFill(intent, { at, session, legs, net });
  const rejection = intent.effect === "open" ? refuseOpening(ledger, fill) : refuseClosing(ledger, fill);
  return rejection === undefined ? fill : reject(rejection);
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

function priceFill(
  intent: Intent,
  {
    at,
    session,
    legs,
    net,
  }: {
    readonly at: Instant;
    readonly session: CalendarDate;
    readonly legs: readonly QuotedLeg[];
    readonly net: FillEvent["net"];
  },
): FillEvent {
  const premium = multiplyMoney(toLedger(net.price * OPTION_MULTIPLIER), intent.quantity);
  return { kind: "fill", at, session, intent, net, premium, fees: orderFees(legs, intent.quantity, session) };
}

function refuseOpening(ledger: Ledger, { intent, premium, fees }: FillEvent): Rejection | undefined {
  if (worstPayoff(intent.structure) === undefined) return { kind: "undefined-risk" };

  const required = negateMoney(addMoney(premium, fees, worstOf(intent.structure, intent.quantity)));
  return refuseUncovered(required, availableIn(ledger));
}

function refuseClosing(ledger: Ledger, { intent, premium, fees }: FillEvent): Rejection | undefined {
  const open = findOpen(ledger, intent);
  if (open === undefined || open.quantity !== intent.quantity) return { kind: "nothing-to-close" };

  // In a wide market an end may cost more than the worst settlement that it averts.
  const available = availableIn({ ...ledger, open: ledger.open.filter((other) => other !== open) });
  return refuseUncovered(negateMoney(addMoney(premium, fees)), available);
}

function refuseUncovered(required: Money, available: Money): Rejection | undefined {
  return required > available ? { kind: "insufficient-buying-power", required, available } : undefined;
}

/** Cash that no open structure could claim at its worst settlement. */
function availableIn(ledger: Ledger): Money {
  return addMoney(ledger.cash, worstSettlement(ledger));
}
