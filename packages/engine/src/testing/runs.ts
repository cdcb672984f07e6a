import { calendarDate } from "@steward/model";
import type { Decision, NoTradeReason, Purpose } from "@steward/strategy";
import type { Run, SessionRow } from "../kernel.ts";
import { openLedger, type RoundTrip } from "../ledger.ts";
import { balanced, condor, dollars } from "./structures.ts";

export interface FakeRow {
  readonly session: string;
  readonly equity: number;
  readonly hedgeCash?: number;
  readonly hedgeMark?: number;
  readonly fees?: number;
  readonly refused?: readonly NoTradeReason[];
}

/** A session of a run, in dollars. */
export function rowOf({ session, equity, hedgeCash = 0, hedgeMark = 0, fees = 0 }: FakeRow): SessionRow {
  const date = calendarDate(session);
  const decision: Decision = {
    session: date,
    tiers: [],
    sizing: [],
    management: [],
    hedge: undefined,
    intents: [],
  };
  return {
    session: date,
    equity: dollars(equity),
    cash: dollars(equity - hedgeMark),
    marks: { condor: dollars(0), hedge: dollars(hedgeMark) },
    hedgeCash: dollars(hedgeCash),
    fees: dollars(fees),
    decision,
    orders: [],
  };
}

export interface FakeTrip {
  readonly quantity?: number;
  readonly premium: number;
  readonly fees: number;
  readonly exit: number;
  readonly purpose?: Purpose;
}

/** A condor ten points wide that was opened and settled, in dollars for all of it. */
export function tripOf({ quantity = 1, premium, fees, exit, purpose = balanced }: FakeTrip): RoundTrip {
  return {
    purpose,
    structure: condor([2960, 2970, 3030, 3040]),
    quantity,
    openedOn: calendarDate("2019-06-03"),
    closedOn: calendarDate("2019-06-04"),
    how: "settled",
    premium: dollars(premium),
    exit: dollars(exit),
    fees: dollars(fees),
    result: dollars(premium + exit + fees),
  };
}

/** A run that started with so many dollars. */
export function runOf(start: number, rows: readonly FakeRow[], roundTrips: readonly RoundTrip[] = []): Run {
  return { rows: rows.map(rowOf), roundTrips, journal: [], ledger: openLedger(dollars(start)) };
}
