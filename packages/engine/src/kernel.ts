// One kernel for backtest, paper and live. What happens is a turn: something becomes known, resting orders meet the market, the
// ledger moves, the rules are told, and what they want rests until the next turn. Turns come in the order in which they become
// known, and every turn and every event has its number: an intent born in turn n meets no market before turn n + 1.

import { type Random, seededRandom } from "@steward/analytics";
import {
  type CalendarDate,
  type Instant,
  type Money,
  type Session,
  toModel,
  zeroMoney,
} from "@steward/model";
import {
  type Assessment,
  assess,
  type Decision,
  decide,
  type FillConfig,
  type Intent,
  initialStrategyState,
  remember,
  type SleeveAccount,
  type StrategyConfig,
} from "@steward/strategy";
import { type AssignmentConfig, rationalHolders } from "./assignment.ts";
import { Book } from "./book.ts";
import type { Loan } from "./box-loan.ts";
import { closingIntents, Deliveries } from "./deliveries.ts";
import type { Execution, FillEvent, InterestEvent, LedgerEvent, RejectEvent } from "./events.ts";
import { quoteVenue } from "./execution.ts";
import { assertMarked } from "./invariants.ts";
import type { Ledger, RoundTrip } from "./ledger.ts";
import type { Journal, Market, Venue } from "./ports.ts";

/** Marked values at one session's decision, after its fills. */
export interface SessionRow {
  readonly session: CalendarDate;
  readonly equity: Money;
  readonly cash: Money;
  /** Marks of what is open: the hedge's, and all other; condors are liabilities, so negative. */
  readonly marks: { readonly condor: Money; readonly hedge: Money };
  /** Cash that the hedge has brought and cost since the start. With its mark it is the hedge's result to date. */
  readonly hedgeCash: Money;
  /** Zero or negative, since the start. */
  readonly fees: Money;
  readonly decision: Decision;
  /** What became of the decision's intents, in their order, then of what ended the rest of broken structures. */
  readonly orders: readonly (FillEvent | RejectEvent)[];
}

/** All that one account did over a range of sessions. */
export interface Run {
  readonly rows: readonly SessionRow[];
  readonly roundTrips: readonly RoundTrip[];
  readonly journal: readonly LedgerEvent[];
  readonly ledger: Ledger;
}

/** What an account follows: what an assessment offers, sized for where it stands. */
export type Rules = (assessment: Assessment, account: SleeveAccount, config: StrategyConfig) => Decision;

export interface AccountOptions {
  readonly config: StrategyConfig;
  /** The first engine if left out; the sleeve follows the second. */
  readonly rules?: Rules;
  readonly startEquity: Money;
  /** What orders really fill at; the rules expect the configured fills either way. */
  readonly fills?: FillConfig;
  /** Where orders go; left out, they fill at quotes. */
  readonly venue?: Venue;
  /** What is borrowed; it charges interest before the decision. */
  readonly loan?: Loan;
  /** Where events are written besides the run's own journal. */
  readonly journal?: Journal;
  /** How holders of American options behave. */
  readonly assignment?: AssignmentConfig;
  /** Seeds the holders' whims. */
  readonly seed?: number;
  /** `ends` keeps the first and the last row and no journal, for passes of which nothing else is asked. */
  readonly keep?: "all" | "ends";
}

/** One account that lives through a market, session by session. Several may share each session's assessment. */
export interface Account {
  /** One session, turn by turn; see `turnsOf`. */
  readonly step: (market: Market, assessment: Assessment) => void;
  readonly run: () => Run;
}

/** Something becomes known. */
interface Turn {
  readonly kind: "notices" | "opening" | "close" | "decision" | "quotes";
  readonly knownAt: Instant;
}

/** Brokers tell of assignments before the opening. */
const NOTICES_BEFORE_OPEN = 180 * 60_000_000;

/**
 * The turns of a session: notices of last night's exercises; the opening, which settles AM contracts and trades shares; the
 * close, which settles PM contracts; the decision; and the quotes that its orders meet.
 */
function turnsOf({ open, close, decision }: Session): readonly Turn[] {
  return [
    { kind: "notices", knownAt: (open - NOTICES_BEFORE_OPEN) as Instant },
    { kind: "opening", knownAt: open },
    { kind: "close", knownAt: close },
    { kind: "decision", knownAt: decision },
    { kind: "quotes", knownAt: decision },
  ];
}

interface Order {
  readonly intent: Intent;
  readonly bornOn: number;
}

/** Opens an account with cash and no position. */
export function openAccount({
  config,
  rules = decide,
  startEquity,
  fills = config.fills,
  venue = quoteVenue(fills, config.fees),
  loan,
  journal,
  assignment = rationalHolders,
  seed = 0,
  keep = "all",
}: AccountOptions): Account {
  const events: LedgerEvent[] = [];
  const book = new Book(startEquity, {
    append: (event) => {
      journal?.append(event);
      if (keep === "all") events.push(event);
    },
  });
  const random: Random = seededRandom(seed);
  const deliveries = new Deliveries(book, { ...assignment, fees: config.fees }, random);
  const rows: SessionRow[] = [];
  let resting: Order[] = [];
  let peakEquity = toModel(startEquity);

  const match = (assessment: Assessment, turn: Turn): readonly (FillEvent | RejectEvent)[] => {
    const moment = { knownAt: turn.knownAt, session: assessment.view.session.date };
    const orders = resting;
    resting = [];
    let isLed = true;
    return orders.map(({ intent, bornOn }) => {
      const execution: Execution =
        intent.follows && !isLed
          ? { kind: "reject", intent, rejection: { kind: "not-led" } }
          : venue.execute(book.ledger, intent, assessment.view);
      isLed = execution.kind === "fill" && execution.intent.quantity === intent.quantity;
      return book.record<FillEvent | RejectEvent>({ ...execution, bornOn }, moment);
    });
  };

  const decideAll = (market: Market, assessment: Assessment, bornOn: number): Decision => {
    const { view } = assessment;
    const { equity } = book.mark(view, deliveries.marker(market, view.session.date));
    peakEquity = Math.max(peakEquity, toModel(equity));
    const standing = {
      equity: toModel(equity),
      peakEquity,
      condorRisk: book.condorRisk(view.session.date),
      positions: book.positions(),
      startEquity: toModel(startEquity),
      realized: book.realized,
    };
    const decision = rules(assessment, standing, config);
    const broken = assignment.onAssignment === "flatten" ? closingIntents(book.ledger, view, config) : [];
    resting.push(...[...decision.intents, ...broken].map((intent) => ({ intent, bornOn })));
    return decision;
  };

  const step = (market: Market, assessment: Assessment): void => {
    const { session } = assessment.view;
    let decision: Decision | undefined;
    let orders: SessionRow["orders"] = [];
    for (const turn of turnsOf(session)) {
      const number = book.nextSequence();
      const moment = { knownAt: turn.knownAt, session: session.date };
      if (turn.kind === "notices") deliveries.deliver(market, moment);
      else if (turn.kind === "opening") {
        deliveries.open(market, moment);
        book.settle(market, "am", moment);
      } else if (turn.kind === "close") book.settle(market, "pm", moment);
      else if (turn.kind === "decision") {
        const interest = loan?.charge(assessment.view);
        if (interest !== undefined) book.record<InterestEvent>(interest, moment);
        decision = decideAll(market, assessment, number);
      } else orders = match(assessment, turn);
    }
    if (decision !== undefined) keepRow(market, assessment, { decision, orders });
    deliveries.evening(assessment.view);
  };

  const keepRow = (
    market: Market,
    { view }: Assessment,
    { decision, orders }: Pick<SessionRow, "decision" | "orders">,
  ): void => {
    const session = view.session.date;
    const { equity, condor, hedge } = book.mark(view, deliveries.marker(market, session));
    assertMarked(book.ledger, equity, session);
    if (keep === "ends" && rows.length > 1) rows.pop();
    const { cash, fees } = book.ledger.balances;
    const { hedgeCash } = book;
    const paid = (zeroMoney - fees) as Money;
    rows.push({ session, equity, cash, marks: { condor, hedge }, hedgeCash, fees: paid, decision, orders });
  };

  return {
    step,
    run: () => ({ rows, roundTrips: book.roundTrips, journal: events, ledger: book.ledger }),
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
  accounts: readonly Pick<Account, "step">[],
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
