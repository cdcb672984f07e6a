import { addMoney, assert, type CalendarDate, type Money, rootSpec } from "@steward/model";
import type { LedgerEvent } from "./events.ts";
import { type Ledger, worstSettlement } from "./ledger.ts";

/** What must hold after every event, whatever the market did. A breach is a bug of ours and stops the run. */
export function assertLedger(before: Ledger, after: Ledger, event: LedgerEvent): void {
  const { flows } = after;
  const explained = addMoney(after.start, flows.premium, flows.fees, flows.settlement);
  assert(after.cash === explained, `cash ${after.cash} is the start and its flows, ${explained}`);

  const opened = after.nextId - before.nextId;
  const ended = after.roundTrips - before.roundTrips;
  assert(
    after.open.length === before.open.length + opened - ended,
    "structures are opened and ended, never lost",
  );
  assert(after.open.length + after.roundTrips === after.nextId - 1, "every structure is open or ended");
  assert(event.kind !== "fill" || event.fees <= 0, "fees are never income");

  const floor = addMoney(after.cash, worstSettlement(after));
  assert(floor >= 0, `the account covers its worst settlement, was ${floor} micro-dollars short`);
}

/** What must hold once a session is marked. */
export function assertMarked(ledger: Ledger, equity: Money, session: CalendarDate): void {
  const floor = addMoney(ledger.cash, worstSettlement(ledger));
  assert(equity >= floor, `equity ${equity} is never under the defined-risk floor ${floor} on ${session}`);

  for (const { structure } of ledger.open) {
    for (const { contract } of structure.legs) {
      assert(
        contract.expiration > session,
        `${contract.root} of ${contract.expiration} has not outlived ${session}`,
      );
      assert(rootSpec(contract.root).delivery === "cash", `${contract.root} settles in cash`);
    }
  }
}
