import { type CalendarDate, type Money, toModel } from "@steward/model";
import {
  type Assessment,
  assess,
  type Decision,
  decide,
  type FillConfig,
  initialStrategyState,
  remember,
  type StrategyConfig,
} from "@steward/strategy";
import { Book } from "./book.ts";
import type { FillEvent, LedgerEvent, RejectEvent } from "./events.ts";
import { execute } from "./execution.ts";
import { assertMarked } from "./invariants.ts";
import type { Ledger, RoundTrip } from "./ledger.ts";
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
  /** What became of the decision's intents, in their order. */
  readonly orders: readonly (FillEvent | RejectEvent)[];
}

/** All that one account did over a range of sessions. */
export interface Run {
  readonly rows: readonly SessionRow[];
  readonly roundTrips: readonly RoundTrip[];
  readonly journal: readonly LedgerEvent[];
  readonly ledger: Ledger;
}

export interface AccountOptions {
  readonly config: StrategyConfig;
  readonly startEquity: Money;
  /** What orders really fill at; the rules expect the configured fills either way. */
  readonly fills?: FillConfig;
  /** `ends` keeps the first and the last row and no journal, for passes of which nothing else is asked. */
  readonly keep?: "all" | "ends";
}

/** One account that lives through a market, session by session. Several may share each session's assessment. */
export interface Account {
  /**
   * One session, in the order in which things become known: the opening settles AM contracts, the close settles PM contracts,
   * then the rules decide, each intent is filled or refused after the decision that bore it, and the account is marked.
   */
  readonly step: (market: Market, assessment: Assessment) => void;
  readonly run: () => Run;
}

/** Opens an account with cash and no position. */
export function openAccount({
  config,
  startEquity,
  fills = config.fills,
  keep = "all",
}: AccountOptions): Account {
  const book = new Book(startEquity, { keepsJournal: keep === "all" });
  const rows: SessionRow[] = [];

  const step = (market: Market, assessment: Assessment): void => {
    const { view } = assessment;
    const session = view.session.date;
    book.settle(market, session);
    const equityBefore = toModel(book.mark(view).equity);
    const standing = { equity: equityBefore, condorRisk: book.condorRisk(), hedge: book.heldLayers() };
    const decision = decide(assessment, standing, config);

    const orders = decision.intents.map((intent) => book.apply(execute(book.ledger, intent, view, fills)));
    const { equity, condor, hedge } = book.mark(view);
    assertMarked(book.ledger, equity, session);
    if (keep === "ends" && rows.length > 1) rows.pop();
    const { cash, flows } = book.ledger;
    rows.push({
      session,
      equity,
      cash,
      marks: { condor, hedge },
      hedgeCash: book.hedgeCash,
      fees: flows.fees,
      decision,
      orders,
    });
  };
  return {
    step,
    run: () => ({ rows, roundTrips: book.roundTrips, journal: book.journal, ledger: book.ledger }),
  };
}

export interface SessionRange {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/**
 * Leads accounts through a market's sessions, one after another: the rules look at each session once, then every account
 * takes its step. Rules see all sessions of the market up to the range, so that a later start remembers what came before.
 * Returns the last assessment.
 */
export function runSessions(
  market: Market,
  config: StrategyConfig,
  { from, to }: SessionRange,
  accounts: readonly Account[],
): Assessment | undefined {
  let state = initialStrategyState;
  let last: Assessment | undefined;
  for (const session of market.sessions) {
    if (session > to) break;
    const view = market.view(session);
    if (session < from) {
      state = remember(view, config, state);
      continue;
    }
    const assessed = assess(view, config, state);
    state = assessed.state;
    last = assessed.assessment;
    for (const account of accounts) account.step(market, assessed.assessment);
  }
  return last;
}
