import {
  addMoney,
  assert,
  assertNever,
  type CalendarDate,
  isSameContract,
  type Leg,
  type Money,
  multiplyMoney,
  negateMoney,
  type Structure,
  strikePoints,
  toLedger,
  zeroMoney,
} from "@steward/model";
import { OPTION_MULTIPLIER, type Purpose } from "@steward/strategy";
import type {
  DeliveryEvent,
  DividendEvent,
  FillEvent,
  LapseEvent,
  LedgerEvent,
  SettlementEvent,
  ShareEvent,
} from "./events.ts";
import { isBroken, type Lot, shareOf, splitLot } from "./lot.ts";
import { payoff, worstPayoff } from "./payoff.ts";
import { type Balances, cashAgainst, openBalances, type Posting, post, realize } from "./postings.ts";

/** The whole life of some units of a lot. `result` is what they added to cash: premium, exit and fees. */
export interface RoundTrip {
  readonly purpose: Purpose;
  readonly structure: Structure;
  readonly quantity: number;
  readonly openedOn: CalendarDate;
  readonly closedOn: CalendarDate;
  readonly how: "settled" | "closed" | "delivered";
  readonly premium: Money;
  readonly exit: Money;
  readonly fees: Money;
  readonly result: Money;
}

/** Everything that an account has and owes, in integers. */
export interface Ledger {
  readonly start: Money;
  readonly balances: Balances;
  /** Oldest first. */
  readonly lots: readonly Lot[];
  /** Units opened and ended so far: what is not in a lot has ended. */
  readonly units: { readonly opened: number; readonly ended: number };
  readonly nextId: number;
}

/** The ledger after an event, and the round trips that the event ended. */
export interface Applied {
  readonly ledger: Ledger;
  readonly ended: readonly RoundTrip[];
}

/** A ledger that holds its opening cash and nothing else. */
export function openLedger(start: Money): Ledger {
  return { start, balances: openBalances(start), lots: [], units: { opened: 0, ended: 0 }, nextId: 1 };
}

/** Applies an event: the only way in which a ledger changes. */
export function applyEvent(ledger: Ledger, event: LedgerEvent): Applied {
  switch (event.kind) {
    case "reject":
      return { ledger, ended: [] };
    case "fill":
      return event.intent.effect === "open" ? openLot(ledger, event) : closeLots(ledger, event);
    case "settlement":
      return settle(ledger, event);
    case "exercise":
    case "assignment":
      return deliver(ledger, event);
    case "lapse":
      return lapse(ledger, event);
    case "shares":
      return tradeShares(ledger, event);
    case "dividend":
      return payDividend(ledger, event);
    case "interest":
      return { ledger: posted(ledger, cashAgainst("interest", event.cash)), ended: [] };
    default:
      return assertNever(event);
  }
}

/** The ledger and the round trips of a journal: what a run left, from nothing but its events. */
export function replay(start: Money, journal: readonly LedgerEvent[]): Applied {
  let ledger = openLedger(start);
  const ended: RoundTrip[] = [];
  for (const event of journal) {
    const applied = applyEvent(ledger, event);
    ledger = applied.ledger;
    ended.push(...applied.ended);
  }
  return { ledger, ended };
}

/** The lots that an intent to close means, oldest first: same purpose, and all its legs the other way round among theirs. */
export function lotsToClose(
  { lots }: Ledger,
  { purpose, structure }: { readonly purpose: Purpose; readonly structure: Structure },
): readonly Lot[] {
  const name = purposeName(purpose);
  return lots.filter(
    (lot) =>
      lot.shares === 0 &&
      purposeName(lot.purpose) === name &&
      structure.legs.every((leg) => lot.legs.some((own) => isReversed(own, leg))),
  );
}

/** The legs that an order to close leaves of a lot. */
export function legsAfterClosing({ legs }: Lot, closing: Structure): readonly Leg[] {
  return legs.filter((own) => !closing.legs.some((leg) => isReversed(own, leg)));
}

/** The least that all lots can pay together at settlement; the account never owes more than this. */
export function worstSettlement({ lots }: Ledger): Money {
  return addMoney(...lots.map(({ worst }) => worst));
}

/**
 * The least that all lots can bring, the shares with them that deliveries have left; undefined where shares or options are owed
 * without bound.
 */
export function worstDelivery({ lots }: Ledger): Money | undefined {
  const bounds = lots.map((lot) => (lot.shares === 0 && !isBroken(lot) ? lot.worst : worstOfBroken(lot)));
  return bounds.every((bound) => bound !== undefined) ? addMoney(...bounds) : undefined;
}

/** Shares follow the price that the options are settled by: linear between strikes, so least at a strike, at zero, or without bound. */
function worstOfBroken({ legs, quantity, shares }: Lot): Money | undefined {
  const size = OPTION_MULTIPLIER * quantity;
  const calls = legs.reduce((net, { contract, ratio }) => net + (contract.right === "call" ? ratio : 0), 0);
  if (calls * size + shares < 0) return undefined;
  const prices = [0, ...legs.map(({ contract }) => strikePoints(contract.strike))];
  return toLedger(Math.min(...prices.map((price) => payoff({ legs }, price) * size + shares * price)));
}

/** The least that `quantity` units can pay at settlement. Asserts a defined risk: the kernel refuses any other order. */
export function worstOf(structure: Structure, quantity: number): Money {
  const worst = worstPayoff(structure);
  assert(worst !== undefined, () => `${structure.kind} has no bound on its loss`);
  return multiplyMoney(toLedger(worst * OPTION_MULTIPLIER), quantity);
}

/** `condor:balanced`, `condor:balanced:shift1`, `hedge:long`, `sleeve:deferred-condor`: how results are grouped. */
export function purposeName(purpose: Purpose): string {
  if (purpose.kind === "hedge") return `hedge:${purpose.layer}`;
  if (purpose.kind === "sleeve") return `sleeve:${purpose.rung}`;
  const { tier, shifts = 0 } = purpose;
  return shifts === 0 ? `condor:${tier}` : `condor:${tier}:shift${shifts}`;
}

function openLot(ledger: Ledger, { session, intent, premium, fees }: FillEvent): Applied {
  const { purpose, structure, quantity } = intent;
  const lot: Lot = {
    id: ledger.nextId,
    purpose,
    structure,
    legs: structure.legs,
    closedLegs: 0,
    closedCash: zeroMoney,
    quantity,
    openedQuantity: quantity,
    worst: worstOf(structure, quantity),
    openedOn: session,
    premium,
    fees,
    shares: 0,
    sharesCash: zeroMoney,
  };
  const { opened, ended } = ledger.units;
  return {
    ledger: {
      ...posted(ledger, cashAgainst("options", premium), cashAgainst("fees", fees)),
      lots: [...ledger.lots, lot],
      units: { opened: opened + quantity, ended },
      nextId: ledger.nextId + 1,
    },
    ended: [],
  };
}

/** Ends units of the oldest lots, or some of their legs. Premium and fees of the fill go to them by units, the remainder to the last. */
function closeLots(ledger: Ledger, { session, intent, premium, fees }: FillEvent): Applied {
  let left = intent.quantity;
  let [premiumLeft, feesLeft] = [premium, fees];
  let after = ledger;
  const ended: RoundTrip[] = [];
  for (const lot of lotsToClose(ledger, intent)) {
    if (left === 0) break;
    const { taken, rest } = splitLot(lot, Math.min(left, lot.quantity));
    const exit = shareOf(premiumLeft, taken.quantity, left);
    const exitFees = shareOf(feesLeft, taken.quantity, left);
    left -= taken.quantity;
    premiumLeft = addMoney(premiumLeft, negateMoney(exit));
    feesLeft = addMoney(feesLeft, negateMoney(exitFees));
    const paid = posted(after, cashAgainst("options", exit), cashAgainst("fees", exitFees));
    const legs = legsAfterClosing(lot, intent.structure);
    const done =
      legs.length > 0
        ? closeLegs(paid, { lot, taken, rest }, { legs, exit, exitFees })
        : end(paid, { lot, taken, rest }, { session, how: "closed", exit, exitFees });
    after = done.ledger;
    ended.push(...done.ended);
  }
  assert(left === 0, () => `a closing fill ends units that are open, found ${left} too few`);
  return { ledger: after, ended };
}

/** Units that go on with fewer legs: what closing them brought counts when the rest ends. */
function closeLegs(
  ledger: Ledger,
  { lot, taken, rest }: { readonly lot: Lot; readonly taken: Lot; readonly rest: Lot | undefined },
  { legs, exit, exitFees }: { readonly legs: readonly Leg[]; readonly exit: Money; readonly exitFees: Money },
): Applied {
  const left: Lot = {
    ...taken,
    id: rest === undefined ? taken.id : ledger.nextId,
    legs,
    closedLegs: taken.closedLegs + taken.legs.length - legs.length,
    closedCash: addMoney(taken.closedCash, exit),
    fees: addMoney(taken.fees, exitFees),
    worst: worstOf({ ...taken.structure, legs }, taken.quantity),
  };
  const lots = ledger.lots.flatMap((other) =>
    other.id !== lot.id ? [other] : rest === undefined ? [left] : [rest, left],
  );
  return { ledger: { ...ledger, lots, nextId: ledger.nextId + (rest === undefined ? 0 : 1) }, ended: [] };
}

function settle(ledger: Ledger, { session, lot, payoff }: SettlementEvent): Applied {
  const held = requireLot(ledger, lot);
  const paid = posted(ledger, cashAgainst("options", payoff));
  return end(
    paid,
    { lot: held, taken: held, rest: undefined },
    {
      session,
      how: "settled",
      exit: payoff,
      exitFees: zeroMoney,
    },
  );
}

function deliver(ledger: Ledger, event: DeliveryEvent): Applied {
  const held = requireLot(ledger, event.lot);
  const { taken, rest } = splitLot(held, event.units);
  const legs = taken.legs.filter((leg) => !isSameLeg(leg, event.leg));
  assert(legs.length === taken.legs.length - 1, "a delivery is of a leg of its lot");
  const delivered: Lot = {
    ...taken,
    id: rest === undefined ? taken.id : ledger.nextId,
    legs,
    shares: taken.shares + event.shares,
    sharesCash: addMoney(taken.sharesCash, event.cash),
  };
  const lots = ledger.lots.flatMap((lot) =>
    lot !== held ? [lot] : rest === undefined ? [delivered] : [rest, delivered],
  );
  const nextId = rest === undefined ? ledger.nextId : ledger.nextId + 1;
  return endIfFlat(
    { ...posted(ledger, cashAgainst("shares", event.cash)), lots, nextId },
    delivered,
    event.session,
  );
}

function lapse(ledger: Ledger, { lot, session }: LapseEvent): Applied {
  const held = requireLot(ledger, lot);
  const bare: Lot = { ...held, legs: [] };
  return endIfFlat(replaced(ledger, held, bare), bare, session);
}

function tradeShares(ledger: Ledger, { lot, shares, cash, fees, session }: ShareEvent): Applied {
  const held = requireLot(ledger, lot);
  const traded: Lot = {
    ...held,
    shares: held.shares + shares,
    sharesCash: addMoney(held.sharesCash, cash),
    fees: addMoney(held.fees, fees),
  };
  const paid = posted(ledger, cashAgainst("shares", cash), cashAgainst("fees", fees));
  return endIfFlat(replaced(paid, held, traded), traded, session);
}

function payDividend(ledger: Ledger, { lot, cash }: DividendEvent): Applied {
  const held = requireLot(ledger, lot);
  const paid = posted(ledger, cashAgainst("shares", cash));
  return {
    ledger: replaced(paid, held, { ...held, sharesCash: addMoney(held.sharesCash, cash) }),
    ended: [],
  };
}

/** A lot without options and shares has ended. */
function endIfFlat(ledger: Ledger, lot: Lot, session: CalendarDate): Applied {
  if (lot.legs.length > 0 || lot.shares !== 0) return { ledger, ended: [] };
  return end(
    ledger,
    { lot, taken: lot, rest: undefined },
    {
      session,
      how: "delivered",
      exit: zeroMoney,
      exitFees: zeroMoney,
    },
  );
}

function end(
  ledger: Ledger,
  { lot, taken, rest }: { readonly lot: Lot; readonly taken: Lot; readonly rest: Lot | undefined },
  {
    session,
    how,
    exit,
    exitFees,
  }: {
    readonly session: CalendarDate;
    readonly how: RoundTrip["how"];
    readonly exit: Money;
    readonly exitFees: Money;
  },
): Applied {
  const { purpose, structure, quantity, openedOn, premium, closedCash, sharesCash } = taken;
  const fees = addMoney(taken.fees, exitFees);
  const cost = { options: negateMoney(addMoney(premium, closedCash, exit)), shares: negateMoney(sharesCash) };
  const { opened, ended } = ledger.units;
  const whole = addMoney(exit, closedCash, sharesCash);
  return {
    ledger: {
      ...posted(ledger, realize(cost)),
      lots: ledger.lots.flatMap((other) => (other.id !== lot.id ? [other] : (rest ?? []))),
      units: { opened, ended: ended + quantity },
    },
    ended: [
      {
        purpose,
        structure,
        quantity,
        openedOn,
        closedOn: session,
        how,
        premium,
        exit: whole,
        fees,
        result: addMoney(premium, whole, fees),
      },
    ],
  };
}

function posted(ledger: Ledger, ...postings: readonly Posting[]): Ledger {
  return { ...ledger, balances: post(ledger.balances, ...postings) };
}

function replaced(ledger: Ledger, held: Lot, by: Lot): Ledger {
  return { ...ledger, lots: ledger.lots.map((lot) => (lot === held ? by : lot)) };
}

function requireLot({ lots }: Ledger, { id, quantity }: Lot): Lot {
  const held = lots.find((lot) => lot.id === id);
  assert(held !== undefined && held.quantity === quantity, () => `lot ${id} of ${quantity} is open`);
  return held;
}

function isSameLeg(one: Leg, other: Leg): boolean {
  return one.ratio === other.ratio && isSameContract(one.contract, other.contract);
}

function isReversed(one: Leg, other: Leg): boolean {
  return one.ratio === -other.ratio && isSameContract(one.contract, other.contract);
}
