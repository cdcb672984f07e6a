// Tries to prove that a decision knew its future: the same rules on the same data, once with everything after an instant taken away
// and once with it made nonsense of. What was decided up to that instant must be the same to the byte.

import { type CalendarDate, type Money, toLedger } from "@steward/model";
import type { StrategyConfig } from "@steward/strategy";
import { type Account, openAccount, runSessions } from "./kernel.ts";
import type { Market } from "./ports.ts";
import { openSleeve } from "./sleeve.ts";

/** How a market is made from data, and what the same data are without, or with another, future. */
export interface Falsifiable<Data> {
  readonly data: Data;
  readonly marketOf: (data: Data) => Market;
  /** The data as they stood at the end of a session. */
  readonly cut: (data: Data, session: CalendarDate) => Data;
  /** The data with everything after a session replaced by what never was. */
  readonly poison: (data: Data, session: CalendarDate) => Data;
}

/** What to try. */
export interface FalsificationPlan {
  readonly config: StrategyConfig;
  /** The first session that is decided; enough before it warms the market up. */
  readonly from: CalendarDate;
  /** Sessions after which the future is taken away. */
  readonly cuts: readonly CalendarDate[];
  readonly onProgress?: (share: number) => void;
}

/** A decision that changed although nothing before it did. */
export interface Leak {
  /** The session whose future was changed. */
  readonly cut: CalendarDate;
  /** The first session decided otherwise. */
  readonly session: CalendarDate;
  readonly future: "deleted" | "poisoned";
}

const START_EQUITY: Money = toLedger(1_000_000);

/** Every cut whose missing or false future shows in a decision; empty where none does. */
export function findLeaks<Data>(
  { data, marketOf, cut, poison }: Falsifiable<Data>,
  { config, from, cuts, onProgress }: FalsificationPlan,
): readonly Leak[] {
  const last = cuts.reduce((latest, session) => (session > latest ? session : latest), from);
  const truth = recordsOf(marketOf(data), config, { from, to: last });
  const leaks: Leak[] = [];
  for (const [i, session] of cuts.entries()) {
    for (const [future, change] of [
      ["deleted", cut],
      ["poisoned", poison],
    ] as const) {
      const records = recordsOf(marketOf(change(data, session)), config, { from, to: session });
      const first = firstDifference(truth, records, session);
      if (first !== undefined) leaks.push({ cut: session, session: first, future });
    }
    onProgress?.((i + 1) / cuts.length);
  }
  return leaks;
}

/** All that was seen, decided and done in each session, as text: anything that leaked would change it. */
function recordsOf(
  market: Market,
  config: StrategyConfig,
  range: { readonly from: CalendarDate; readonly to: CalendarDate },
): ReadonlyMap<CalendarDate, string> {
  const options = { config, startEquity: START_EQUITY, keep: "ends" } as const;
  const account = openAccount(options);
  const sleeve = openSleeve(options);
  const records = new Map<CalendarDate, string>();
  const recorder: Account = {
    run: account.run,
    step: (stepped, assessment) => {
      account.step(stepped, assessment);
      const { view, expectedRange, tiers, hedge } = assessment;
      const offer = { spot: view.spot, volatility: view.volatility, expectedRange, tiers };
      sleeve?.step(stepped, assessment);
      const held = [account, sleeve].map((one) => one?.run()).map((run) => [run?.rows.at(-1), run?.ledger]);
      records.set(view.session.date, JSON.stringify([offer, hedge?.yearlyUnitCost, held]));
    },
  };
  runSessions(market, config, range, [recorder]);
  return records;
}

function firstDifference(
  truth: ReadonlyMap<CalendarDate, string>,
  other: ReadonlyMap<CalendarDate, string>,
  until: CalendarDate,
): CalendarDate | undefined {
  for (const [session, record] of truth) {
    if (session <= until && other.get(session) !== record) return session;
  }
  return undefined;
}
