import {
  addMoney,
  type CalendarDate,
  type Money,
  multiplyMoney,
  negateMoney,
  rootSpec,
  toLedger,
  toModel,
  zeroMoney,
} from "@steward/model";
import { type HeldLayer, type MarketView, OPTION_MULTIPLIER } from "@steward/strategy";
import type { LedgerEvent, SettlementEvent } from "./events.ts";
import { assertLedger } from "./invariants.ts";
import { applyEvent, type Ledger, openLedger, type RoundTrip } from "./ledger.ts";
import type { OpenStructure } from "./open-structure.ts";
import { payoff } from "./payoff.ts";
import type { Market } from "./ports.ts";

/** What open structures are worth together, by engine, and the account with them. */
export interface MarkedBook {
  readonly equity: Money;
  readonly condor: Money;
  readonly hedge: Money;
}

/** The account of one run while it runs: the ledger, its journal, and the last known mark of each open structure. */
export class Book {
  ledger: Ledger;
  hedgeCash: Money = zeroMoney;
  readonly journal: LedgerEvent[] = [];
  readonly roundTrips: RoundTrip[] = [];
  readonly #marks = new Map<number, Money>();

  readonly #keepsJournal: boolean;

  constructor(start: Money, { keepsJournal = true }: { readonly keepsJournal?: boolean } = {}) {
    this.ledger = openLedger(start);
    this.#keepsJournal = keepsJournal;
  }

  /** Applies an event and gives it back. */
  apply<Event extends LedgerEvent>(event: Event): Event {
    const before = this.ledger;
    const { ledger, ended } = applyEvent(before, event);
    assertLedger(before, ledger, event);
    this.ledger = ledger;
    if (this.#keepsJournal) this.journal.push(event);
    if (ended !== undefined) this.roundTrips.push(ended);
    if (event.kind === "fill" && event.intent.purpose.kind === "hedge") {
      this.hedgeCash = addMoney(this.hedgeCash, event.premium, event.fees);
    }
    if (event.kind === "settlement" && ended?.purpose.kind === "hedge") {
      this.hedgeCash = addMoney(this.hedgeCash, event.payoff);
    }
    return event;
  }

  /** Settles what has expired, opening before close. */
  settle(market: Market, session: CalendarDate): void {
    const expired = this.ledger.open.filter((open) => expirationOf(open) <= session);
    if (expired.length === 0) return;
    const openings = expired.filter((open) => fixingOf(open) === "am");
    const closings = expired.filter((open) => fixingOf(open) === "pm");
    for (const open of [...openings, ...closings]) {
      const event = settlementOf(open, market, session);
      if (event !== undefined) this.apply(event);
    }
  }

  /** Dollars that open condors can still lose at settlement, beyond the credit that they brought. */
  condorRisk(): number {
    const open = this.ledger.open.filter(({ purpose }) => purpose.kind === "condor");
    return -toModel(addMoney(...open.flatMap(({ worst, premium }) => [worst, premium])));
  }

  /** The hedge's calls by layer, as the rules see them. */
  heldLayers(): readonly HeldLayer[] {
    return this.ledger.open.flatMap(({ purpose, structure, quantity }) => {
      const [leg] = structure.legs;
      const isHedge = purpose.kind === "hedge" && leg !== undefined;
      return isHedge ? [{ layer: purpose.layer, contract: leg.contract, contracts: quantity }] : [];
    });
  }

  mark(view: MarketView): MarkedBook {
    let condor = zeroMoney;
    let hedge = zeroMoney;
    for (const open of this.ledger.open) {
      // Where a quote is missing the last mark stands; before the first it is what was paid.
      const mark = markOf(open, view) ?? this.#marks.get(open.id) ?? negateMoney(open.premium);
      this.#marks.set(open.id, mark);
      if (open.purpose.kind === "condor") condor = addMoney(condor, mark);
      else hedge = addMoney(hedge, mark);
    }
    return { equity: addMoney(this.ledger.cash, condor, hedge), condor, hedge };
  }
}

function settlementOf(
  open: OpenStructure,
  market: Market,
  session: CalendarDate,
): SettlementEvent | undefined {
  const [leg] = open.structure.legs;
  const expiration = expirationOf(open);
  const settlement = leg && market.settlement(leg.contract.root, expiration, session);
  if (settlement === undefined) return undefined;

  const { session: times } = market.view(session);
  const at = fixingOf(open) === "am" ? times.open : times.close;
  const each = toLedger(payoff(open.structure, settlement.value) * OPTION_MULTIPLIER);
  return {
    kind: "settlement",
    at,
    session,
    open,
    settlement,
    payoff: multiplyMoney(each, open.quantity),
  };
}

function markOf({ structure, quantity }: OpenStructure, view: MarketView): Money | undefined {
  let value = 0;
  for (const { contract, ratio } of structure.legs) {
    const mark = view.slice(contract.root, contract.expiration)?.mark(contract.right, contract.strike);
    if (mark === undefined) return undefined;
    value += ratio * mark.price;
  }
  return multiplyMoney(toLedger(value * OPTION_MULTIPLIER), quantity);
}

/** All legs of a structure expire together: the kernel opens no other. */
function expirationOf({ structure }: OpenStructure): CalendarDate {
  return structure.legs.reduce(
    (first, { contract }) => (contract.expiration < first ? contract.expiration : first),
    "9999-12-31" as CalendarDate,
  );
}

function fixingOf({ structure }: OpenStructure): "am" | "pm" {
  const [leg] = structure.legs;
  return leg === undefined ? "pm" : rootSpec(leg.contract.root).fixing;
}
