import { type CalendarDate, contractId, type Leg, type OptionContract } from "@steward/model";
import { OPTION_MULTIPLIER } from "@steward/strategy";
import { worstPayoff } from "../payoff.ts";

/** Options that somebody bought or sold. */
export interface OwnTrade {
  readonly session: CalendarDate;
  readonly contract: OptionContract;
  /** Negative where they were sold. */
  readonly count: number;
  /** Points for one option. */
  readonly price: number;
}

/** What the trades of one session did. */
export interface TradedSession {
  readonly session: CalendarDate;
  /**
   * Dollars by which what index options can lose at settlement grew, premiums aside: what was opened less what was closed, so that a
   * roll of the same size adds nothing. Infinite where a loss without bound was opened.
   */
  readonly riskAdded: number;
  /** VIX calls that are left open, those bought less those sold. */
  readonly vixCalls: number;
  /** What the positions brought that ended last, before fees, in dollars; undefined while none has. */
  readonly lastResult: number | undefined;
}

/** What options of one root and expiration pay at their settlement, in points; undefined where nobody knows. */
export type SettledAt = (legs: readonly Leg[]) => number | undefined;

/** All trades in one root and expiration. */
interface Position {
  readonly expiration: CalendarDate;
  readonly isVix: boolean;
  readonly legs: Map<string, Leg>;
  /** Points for one option, over all options. */
  cash: number;
}

interface Results {
  lastOn: CalendarDate | undefined;
  sum: number;
}

/** Follows trades session by session. What expires in a session has settled before its trades are judged: they come after the close. */
export function tradedSessions(trades: readonly OwnTrade[], settledAt: SettledAt): readonly TradedSession[] {
  const open = new Map<string, Position>();
  const results: Results = { lastOn: undefined, sum: 0 };
  const sessions = [...Map.groupBy(trades, ({ session }) => session)].toSorted(([left], [right]) =>
    left < right ? -1 : 1,
  );
  return sessions.map(([session, own]) => {
    endExpired(open, results, { isOver: (date) => date < session, settledAt });
    const before = risksOf(open);
    for (const trade of own) book(open, trade);
    const after = risksOf(open);
    endFlat(open, results, session);
    endExpired(open, results, { isOver: (date) => date <= session, settledAt });
    return {
      session,
      riskAdded: riskAdded(before, after),
      vixCalls: vixCallsOf(open),
      lastResult: results.lastOn === undefined ? undefined : results.sum,
    };
  });
}

function book(open: Map<string, Position>, { contract, count, price }: OwnTrade): void {
  const { root, expiration } = contract;
  const key = `${root} ${expiration}`;
  const position: Position = open.get(key) ?? { expiration, isVix: root === "VIX", legs: new Map(), cash: 0 };
  open.set(key, position);
  const id = contractId(contract);
  const ratio = (position.legs.get(id)?.ratio ?? 0) + count;
  if (ratio === 0) position.legs.delete(id);
  else position.legs.set(id, { contract, ratio });
  position.cash -= count * price;
}

/** Dollars that each position of index options can lose at settlement. */
function risksOf(open: ReadonlyMap<string, Position>): ReadonlyMap<string, number> {
  return new Map(
    [...open]
      .filter(([, { isVix }]) => !isVix)
      .map(([key, { legs }]) => [
        key,
        OPTION_MULTIPLIER * -(worstPayoff({ legs: [...legs.values()] }) ?? Number.NEGATIVE_INFINITY),
      ]),
  );
}

function riskAdded(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [key, risk] of after) {
    const was = before.get(key) ?? 0;
    if (Number.isFinite(was)) sum += risk - was;
    else if (Number.isFinite(risk)) sum += risk;
  }
  return sum;
}

/** Ends positions of which nothing is left. */
function endFlat(open: Map<string, Position>, results: Results, session: CalendarDate): void {
  for (const [key, { legs, cash, isVix }] of open) {
    if (legs.size > 0) continue;
    open.delete(key);
    if (!isVix) addResult(results, session, cash);
  }
}

function endExpired(
  open: Map<string, Position>,
  results: Results,
  { isOver, settledAt }: { readonly isOver: (date: CalendarDate) => boolean; readonly settledAt: SettledAt },
): void {
  const over = [...open].filter(([, { expiration }]) => isOver(expiration));
  over.sort(([, left], [, right]) => (left.expiration < right.expiration ? -1 : 1));
  for (const [key, { expiration, legs, cash, isVix }] of over) {
    open.delete(key);
    const paid = isVix ? undefined : settledAt([...legs.values()]);
    if (paid !== undefined) addResult(results, expiration, cash + paid);
  }
}

/** Results of one day count together. */
function addResult(results: Results, session: CalendarDate, points: number): void {
  if (results.lastOn !== undefined && session < results.lastOn) return;
  if (results.lastOn !== session) results.sum = 0;
  results.lastOn = session;
  results.sum += points * OPTION_MULTIPLIER;
}

function vixCallsOf(open: ReadonlyMap<string, Position>): number {
  let calls = 0;
  for (const { isVix, legs } of open.values())
    for (const { contract, ratio } of isVix ? legs.values() : [])
      if (contract.right === "call") calls += ratio;
  return calls;
}
