import type { CalendarDate } from "@steward/model";
import type { Decision } from "@steward/strategy";
import type { FillEvent } from "../events.ts";
import type { Run } from "../kernel.ts";
import { settledOnPaper } from "../on-paper.ts";
import type { Market } from "../ports.ts";
import { type OwnTrade, type TradedSession, tradedSessions } from "./own-trades.ts";

/** What a promoter does and a steward does not. */
export const OFFENCES = ["gate", "size", "after-loss", "hedge"] as const;

/** One of them: sold against the plan, sold more than the plan, sold more after a loss, sold without the plan's hedge. */
export type OffenceName = (typeof OFFENCES)[number];

export interface Offence {
  readonly name: OffenceName;
  readonly because: string;
}

/** A session in which somebody took risk. */
export interface AuditedEntry {
  readonly session: CalendarDate;
  /** Dollars that could be lost at settlement beyond what could before, premiums aside; infinite without a bound. */
  readonly risk: number;
  /** The same of what the rules did that session. */
  readonly planned: number;
  readonly offences: readonly Offence[];
}

/**
 * Holds somebody's trades against what the rules did in the same sessions, on an account of their own. Trades are those of index
 * options that settle in cash, and of VIX calls.
 */
export function auditBehaviour(
  market: Market,
  plan: Run,
  trades: readonly OwnTrade[],
): readonly AuditedEntry[] {
  const settledAt = settledOnPaper.bind(undefined, market);
  const planned = new Map(
    tradedSessions(tradesOf(plan), settledAt).map(({ session, riskAdded }) => [session, riskAdded]),
  );
  const rows = new Map(plan.rows.map((row) => [row.session, row]));
  const entries: AuditedEntry[] = [];
  for (const traded of tradedSessions(trades, settledAt)) {
    const { session, riskAdded: risk } = traded;
    const decision = rows.get(session)?.decision;
    if (risk <= 0 || decision === undefined) continue;
    const entry = { session, risk, planned: Math.max(planned.get(session) ?? 0, 0) };
    entries.push({ ...entry, offences: offencesOf(entry, { traded, decision, last: entries.at(-1) }) });
  }
  return entries;
}

function tradesOf({ journal }: Run): readonly OwnTrade[] {
  return journal
    .filter((event): event is FillEvent => event.kind === "fill" && event.intent.purpose.kind !== "hedge")
    .flatMap(({ session, intent: { structure, quantity } }) =>
      // What these trades cost is not asked for.
      structure.legs.map(({ contract, ratio }) => ({ session, contract, count: ratio * quantity, price: 0 })),
    );
}

type Taken = Pick<AuditedEntry, "session" | "risk" | "planned">;

function offencesOf(
  entry: Taken,
  {
    traded: { lastResult, vixCalls },
    decision,
    last,
  }: {
    readonly traded: TradedSession;
    readonly decision: Decision;
    readonly last: Taken | undefined;
  },
): readonly Offence[] {
  const { risk, planned } = entry;
  const offences: Offence[] = [];
  if (planned === 0) offences.push({ name: "gate", because: `the rules took no risk: ${whyNone(decision)}` });
  else if (risk > planned)
    offences.push({
      name: "size",
      because: `${dollarText(risk)} at risk where the rules took ${dollarText(planned)}`,
    });
  if (lastResult !== undefined && lastResult < 0 && last !== undefined && isMore(entry, last))
    offences.push({
      name: "after-loss",
      because: `${dollarText(risk)} at risk after ${dollarText(last.risk)}, while what ended last had lost ${dollarText(-lastResult)}`,
    });
  const hasHedge = decision.hedge?.layers.some(({ held, bought }) => (held ?? bought) !== undefined);
  if (hasHedge === true && vixCalls <= 0)
    offences.push({ name: "hedge", because: "the rules hold VIX calls, this account holds none" });
  return offences;
}

/** More than the last time, and not because the rules took more. */
function isMore(entry: Taken, last: Taken): boolean {
  if (entry.risk <= last.risk) return false;
  return entry.planned === 0 || last.planned === 0 || entry.risk / entry.planned > last.risk / last.planned;
}

function whyNone({ tiers }: Decision): string {
  const reasons = tiers.map(({ tier, because }) => `${tier}: ${because.at(-1) ?? "no reason"}`);
  return reasons.length === 0 ? "no tier is configured" : reasons.join("; ");
}

function dollarText(amount: number): string {
  return Number.isFinite(amount) ? `$${Math.round(amount)}` : "an amount without a bound";
}

/** How much of the risk somebody took was a promoter's. */
export interface BehaviourScore {
  readonly entries: number;
  /** Share of the entries that commit each. */
  readonly shares: Readonly<Record<OffenceName, number>>;
  /** From 0, a steward, to 1: the share of the dollars at risk that was taken with an offence. */
  readonly promoter: number;
}

/** Scores entries; undefined where there are none. A risk without a bound weighs more than all the others. */
export function behaviourScore(entries: readonly AuditedEntry[]): BehaviourScore | undefined {
  if (entries.length === 0) return undefined;
  const shareWith = (name: OffenceName): number =>
    entries.filter(({ offences }) => offences.some((offence) => offence.name === name)).length /
    entries.length;
  const total = entries.reduce((sum, { risk }) => sum + risk, 0);
  const offending = entries.reduce((sum, { risk, offences }) => sum + (offences.length > 0 ? risk : 0), 0);
  return {
    entries: entries.length,
    shares: {
      gate: shareWith("gate"),
      size: shareWith("size"),
      "after-loss": shareWith("after-loss"),
      hedge: shareWith("hedge"),
    },
    promoter: Number.isFinite(total) ? offending / total : 1,
  };
}
