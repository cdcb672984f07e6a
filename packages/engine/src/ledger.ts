import {
  addMoney,
  assert,
  assertNever,
  type CalendarDate,
  contractId,
  type Money,
  multiplyMoney,
  type Structure,
  toLedger,
  zeroMoney,
} from "@steward/model";
import { OPTION_MULTIPLIER, type Purpose } from "@steward/strategy";
import type { FillEvent, LedgerEvent, SettlementEvent } from "./events.ts";
import type { OpenStructure } from "./open-structure.ts";
import { worstPayoff } from "./payoff.ts";

/** An open structure's whole life. `result` is what it added to cash: premium, exit and fees. */
export interface RoundTrip {
  readonly purpose: Purpose;
  readonly structure: Structure;
  readonly quantity: number;
  readonly openedOn: CalendarDate;
  readonly closedOn: CalendarDate;
  readonly how: "settled" | "closed";
  readonly premium: Money;
  readonly exit: Money;
  readonly fees: Money;
  readonly result: Money;
}

/** Cash by cause: the amounts that have moved since the start. Their sum and the start are the cash. */
export interface Flows {
  readonly premium: Money;
  readonly fees: Money;
  readonly settlement: Money;
}

export interface Ledger {
  readonly start: Money;
  readonly cash: Money;
  readonly flows: Flows;
  readonly open: readonly OpenStructure[];
  readonly roundTrips: number;
  readonly nextId: number;
}

/** A ledger that holds its opening cash and nothing else. */
export function openLedger(start: Money): Ledger {
  const flows = { premium: zeroMoney, fees: zeroMoney, settlement: zeroMoney };
  return { start, cash: start, flows, open: [], roundTrips: 0, nextId: 1 };
}

/** The ledger after an event, and the round trip that the event ended. The only way in which a ledger changes. */
export function applyEvent(
  ledger: Ledger,
  event: LedgerEvent,
): { readonly ledger: Ledger; readonly ended: RoundTrip | undefined } {
  switch (event.kind) {
    case "reject":
      return { ledger, ended: undefined };
    case "fill":
      return event.intent.effect === "open"
        ? { ledger: openStructure(ledger, event), ended: undefined }
        : closeStructure(ledger, event);
    case "settlement":
      return settleStructure(ledger, event);
    default:
      return assertNever(event);
  }
}

/** The open structure that an intent to close means: same purpose, same contracts the other way round. */
export function findOpen(
  ledger: Ledger,
  { purpose, structure }: Pick<OpenStructure, "purpose" | "structure">,
): OpenStructure | undefined {
  const wanted = describeLegs(structure, -1);
  return ledger.open.find(
    (open) => samePurpose(open.purpose, purpose) && describeLegs(open.structure, 1) === wanted,
  );
}

/** The least that all open structures can pay together at settlement; the account never owes more than this. */
export function worstSettlement({ open }: Ledger): Money {
  return addMoney(...open.map(({ worst }) => worst));
}

/** The least that `quantity` units can pay at settlement. Asserts a defined risk: the kernel refuses any other order. */
export function worstOf(structure: Structure, quantity: number): Money {
  const worst = worstPayoff(structure);
  assert(worst !== undefined, `${structure.kind} has no bound on its loss`);
  return multiplyMoney(toLedger(worst * OPTION_MULTIPLIER), quantity);
}

function openStructure(ledger: Ledger, { session, intent, premium, fees }: FillEvent): Ledger {
  const { purpose, structure, quantity } = intent;
  const opened: OpenStructure = {
    id: ledger.nextId,
    purpose,
    structure,
    quantity,
    worst: worstOf(structure, quantity),
    openedOn: session,
    premium,
    fees,
  };
  return {
    ...move(ledger, { premium, fees, settlement: zeroMoney }),
    open: [...ledger.open, opened],
    nextId: ledger.nextId + 1,
  };
}

function closeStructure(
  ledger: Ledger,
  event: FillEvent,
): { readonly ledger: Ledger; readonly ended: RoundTrip } {
  const open = findOpen(ledger, event.intent);
  assert(
    open !== undefined && open.quantity === event.intent.quantity,
    "a closing fill ends a whole open structure",
  );
  const moved = move(ledger, { premium: event.premium, fees: event.fees, settlement: zeroMoney });
  return end(moved, open, {
    closedOn: event.session,
    how: "closed",
    exit: event.premium,
    exitFees: event.fees,
  });
}

function settleStructure(
  ledger: Ledger,
  event: SettlementEvent,
): { readonly ledger: Ledger; readonly ended: RoundTrip } {
  const { open } = event;
  assert(ledger.open.includes(open), `structure ${open.id} is open when it settles`);
  const moved = move(ledger, { premium: zeroMoney, fees: zeroMoney, settlement: event.payoff });
  return end(moved, open, {
    closedOn: event.session,
    how: "settled",
    exit: event.payoff,
    exitFees: zeroMoney,
  });
}

function move(ledger: Ledger, { premium, fees, settlement }: Flows): Ledger {
  return {
    ...ledger,
    cash: addMoney(ledger.cash, premium, fees, settlement),
    flows: {
      premium: addMoney(ledger.flows.premium, premium),
      fees: addMoney(ledger.flows.fees, fees),
      settlement: addMoney(ledger.flows.settlement, settlement),
    },
  };
}

function end(
  ledger: Ledger,
  open: OpenStructure,
  {
    closedOn,
    how,
    exit,
    exitFees,
  }: Pick<RoundTrip, "closedOn" | "how" | "exit"> & { readonly exitFees: Money },
): { readonly ledger: Ledger; readonly ended: RoundTrip } {
  const { purpose, structure, quantity, openedOn, premium } = open;
  const fees = addMoney(open.fees, exitFees);
  const result = addMoney(premium, exit, fees);
  return {
    ledger: {
      ...ledger,
      open: ledger.open.filter(({ id }) => id !== open.id),
      roundTrips: ledger.roundTrips + 1,
    },
    ended: { purpose, structure, quantity, openedOn, closedOn, how, premium, exit, fees, result },
  };
}

function samePurpose(left: Purpose, right: Purpose): boolean {
  return purposeName(left) === purposeName(right);
}

/** `condor:balanced`, `hedge:long`: how results are grouped. */
export function purposeName(purpose: Purpose): string {
  return purpose.kind === "condor" ? `condor:${purpose.tier}` : `hedge:${purpose.layer}`;
}

function describeLegs({ legs }: Structure, direction: 1 | -1): string {
  return legs.map(({ contract, ratio }) => `${direction * ratio} ${contractId(contract)}`).join();
}
