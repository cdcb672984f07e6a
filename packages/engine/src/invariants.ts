import {
  addMoney,
  assert,
  type CalendarDate,
  InvariantError,
  type Money,
  previousSession,
  rootSpec,
} from "@steward/model";
import type { LedgerEvent } from "./events.ts";
import { type Ledger, worstSettlement } from "./ledger.ts";
import { isBroken } from "./lot.ts";
import { imbalanceOf } from "./postings.ts";

/** What must hold after every event, whatever the market did. A breach is a bug of ours and stops the run. */
export function assertLedger(before: Ledger, after: Ledger, event: LedgerEvent): void {
  const { balances, lots, units } = after;
  const imbalance = imbalanceOf(balances);
  assert(imbalance === 0, () => `the accounts add up to nothing, were ${imbalance} micro-dollars apart`);
  assert(balances.capital === before.balances.capital, "capital is what it was at the start");
  assertCosts(after);

  const open = lots.reduce((sum, { quantity }) => sum + quantity, 0);
  assert(open + units.ended === units.opened, "every unit is open or ended");
  assert(
    units.ended >= before.units.ended && units.opened >= before.units.opened,
    "nothing comes back to life",
  );
  assert(event.kind !== "fill" || event.fees <= 0, "fees are never income");
  assert(
    !("bornOn" in event) || event.bornOn < event.sequence,
    `an order meets the market after the event that bore it, was ${event.sequence}`,
  );

  if (isExposed(after)) return;
  const floor = addMoney(balances.cash, worstSettlement(after));
  assert(floor >= 0, () => `the account covers its worst settlement, was ${floor} micro-dollars short`);
}

/** What must hold once a session is marked. */
export function assertMarked(ledger: Ledger, equity: Money, session: CalendarDate): void {
  if (!isExposed(ledger)) {
    const floor = addMoney(ledger.balances.cash, worstSettlement(ledger));
    assert(
      equity >= floor,
      () => `equity ${equity} is never under the defined-risk floor ${floor} on ${session}`,
    );
  }
  for (const { legs } of ledger.lots) {
    for (const { contract } of legs) {
      // Notice of a delivery comes the morning after the expiration, or after the session that follows a day that turned out closed.
      const last =
        rootSpec(contract.root).delivery === "cash"
          ? contract.expiration > session
          : contract.expiration > previousSession(session);
      assert(last, () => `${contract.root} of ${contract.expiration} has not outlived ${session}`);
    }
  }
}

/** What open lots have cost stands on the accounts of what they hold. */
function assertCosts({ balances, lots }: Ledger): void {
  let [options, shares] = [0, 0];
  for (const lot of lots) {
    options -= lot.premium + lot.closedCash;
    shares -= lot.sharesCash;
  }
  assert(
    balances.options === options,
    () => `open options cost ${options}, the account says ${balances.options}`,
  );
  assert(balances.shares === shares, () => `held shares cost ${shares}, the account says ${balances.shares}`);
}

/** Whether a lot can lose more than its structure did when it was opened: shares, or legs whose others are gone. */
function isExposed({ lots }: Ledger): boolean {
  return lots.some((lot) => lot.shares !== 0 || isBroken(lot));
}

/** Runs `work`; a broken invariant carries what happened and what the account was, so that it can be looked into. */
export function explained<Result>(event: LedgerEvent, state: Ledger, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InvariantError) || error.context !== undefined) throw error;
    throw new InvariantError(error.message, { event, state });
  }
}
