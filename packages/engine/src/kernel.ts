import {
  addMoney,
  type CalendarDate,
  type Money,
  multiplyMoney,
  rootSpec,
  toLedger,
  toModel,
  zeroMoney,
} from "@steward/model";
import {
  type Decision,
  decide,
  type HeldLayer,
  initialStrategyState,
  type MarketView,
  OPTION_MULTIPLIER,
  type StrategyConfig,
  type StrategyState,
} from "@steward/strategy";
import type { LedgerEvent, SettlementEvent } from "./events.ts";
import { execute } from "./execution.ts";
import { assertLedger, assertMarked } from "./invariants.ts";
import { applyEvent, type Ledger, type OpenStructure, openLedger, type RoundTrip } from "./ledger.ts";
import { payoff } from "./payoff.ts";
import type { Market } from "./ports.ts";

/** Marked values at one session's decision, after its fills. */
export interface SessionRow {
  readonly session: CalendarDate;
  readonly equity: Money;
  readonly cash: Money;
  /** Marks of what is open, by engine: condors are liabilities, so negative. */
  readonly marks: { readonly condor: Money; readonly hedge: Money };
  /** Cash that the hedge has brought and cost since the start. With its mark it is the hedge's result to date. */
  readonly hedgeCash: Money;
  readonly fees: Money;
  readonly decision: Decision;
}

export interface Run {
  readonly rows: readonly SessionRow[];
  readonly roundTrips: readonly RoundTrip[];
  readonly journal: readonly LedgerEvent[];
  readonly ledger: Ledger;
}

export interface RunOptions {
  readonly startEquity: Money;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/**
 * Runs the rules over a market's sessions, one after another. In each session, in the order in which things become known:
 * the opening settles AM contracts, the close settles PM contracts, then the rules decide on the view, each intent is filled
 * or refused after the decision that bore it, and the account is marked.
 */
export function runKernel(
  market: Market,
  config: StrategyConfig,
  { startEquity, from, to }: RunOptions,
): Run {
  const book = new Book(startEquity);
  const rows: SessionRow[] = [];
  let state: StrategyState = initialStrategyState;

  for (const session of market.sessions) {
    if (session < from || session > to) continue;
    book.settle(market, session);
    const view = market.view(session);
    const before = book.mark(view);
    const decided = decide(
      view,
      { equity: toModel(before.equity), hedge: heldLayers(book.ledger) },
      config,
      state,
    );
    state = decided.state;

    for (const intent of decided.decision.intents)
      book.apply(execute(book.ledger, intent, view, config.fills));
    const { equity, condor, hedge } = book.mark(view);
    assertMarked(book.ledger, equity, session);
    rows.push({
      session,
      equity,
      cash: book.ledger.cash,
      marks: { condor, hedge },
      hedgeCash: book.hedgeCash,
      fees: book.ledger.flows.fees,
      decision: decided.decision,
    });
  }
  return { rows, roundTrips: book.roundTrips, journal: book.journal, ledger: book.ledger };
}

/** The account of one run while it runs: the ledger, its journal, and the last known mark of each open structure. */
class Book {
  ledger: Ledger;
  hedgeCash: Money = zeroMoney;
  readonly journal: LedgerEvent[] = [];
  readonly roundTrips: RoundTrip[] = [];
  readonly #marks = new Map<number, Money>();

  constructor(start: Money) {
    this.ledger = openLedger(start);
  }

  apply(event: LedgerEvent): void {
    const before = this.ledger;
    const { ledger, ended } = applyEvent(before, event);
    assertLedger(before, ledger, event);
    this.ledger = ledger;
    this.journal.push(event);
    if (ended !== undefined) this.roundTrips.push(ended);
    if (event.kind === "fill" && event.intent.purpose.kind === "hedge") {
      this.hedgeCash = addMoney(this.hedgeCash, event.premium, event.fees);
    }
    if (event.kind === "settlement" && ended?.purpose.kind === "hedge") {
      this.hedgeCash = addMoney(this.hedgeCash, event.payoff);
    }
  }

  /** Settles what has expired, opening before close. */
  settle(market: Market, session: CalendarDate): void {
    const expired = this.ledger.open.filter((open) => expirationOf(open) <= session);
    const openings = expired.filter((open) => fixingOf(open) === "am");
    const closings = expired.filter((open) => fixingOf(open) === "pm");
    for (const open of [...openings, ...closings]) {
      const event = settlementOf(open, market, session);
      if (event !== undefined) this.apply(event);
    }
  }

  mark(view: MarketView): { readonly equity: Money; readonly condor: Money; readonly hedge: Money } {
    let condor = zeroMoney;
    let hedge = zeroMoney;
    for (const open of this.ledger.open) {
      // Where a quote is missing the last mark stands; before the first it is what was paid.
      const mark =
        markOf(open, view) ?? this.#marks.get(open.id) ?? addMoney(zeroMoney, -open.premium as Money);
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
    open: open.id,
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

function heldLayers({ open }: Ledger): readonly HeldLayer[] {
  return open.flatMap(({ purpose, structure, quantity }) => {
    const [leg] = structure.legs;
    return purpose.kind === "hedge" && leg
      ? [{ layer: purpose.layer, contract: leg.contract, contracts: quantity }]
      : [];
  });
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
