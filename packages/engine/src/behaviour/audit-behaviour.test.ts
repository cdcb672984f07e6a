import { calendarDate, strike } from "@steward/model";
import { describe, expect, test } from "vitest";
import { openAccount, runSessions } from "../kernel.ts";
import { fakeMarket } from "../testing/fake-market.ts";
import { easyRules } from "../testing/rules.ts";
import { dollars } from "../testing/structures.ts";
import { type AuditedEntry, auditBehaviour, behaviourScore, type OffenceName } from "./audit-behaviour.ts";
import type { OwnTrade } from "./own-trades.ts";

const range = { from: calendarDate("2019-06-03"), to: calendarDate("2019-06-14") };
/** Calm, but for a session in which VIX is too high for any tier, two in which it leaves two of them, and one in which the index falls. */
const market = fakeMarket({
  ...range,
  day: (index) => ({
    spot: index === 6 ? 2900 : 3000,
    vix: [14, 14, 14, 14, 28, 17, 14, 17][index] ?? 14,
    index: { volatility: 0.14, halfSpread: 0 },
  }),
});
const config = {
  ...easyRules,
  events: { fomc: "ignore", cpi: "ignore", jobs: "ignore", ppi: "ignore" },
} as const;
const account = openAccount({ config, startEquity: dollars(2_000_000) });
runSessions(market, config, range, [account]);
const plan = account.run();

/** Everything that the rules bought and sold, as somebody would write it down who did the same. */
const obedient: readonly OwnTrade[] = plan.journal.flatMap((event) =>
  event.kind === "fill"
    ? event.intent.structure.legs.map(({ contract, ratio }) => ({
        session: event.session,
        contract,
        count: ratio * event.intent.quantity,
        // The whole premium on one leg: only the sum of a structure counts.
        price: 0,
      }))
    : [],
);
const ofIndex = obedient.filter(({ contract }) => contract.root !== "VIX");
const namesOf = (entries: readonly AuditedEntry[]): readonly (readonly OffenceName[])[] =>
  entries.map(({ offences }) => offences.map(({ name }) => name));
const sessionOf = (index: number) => {
  const session = market.sessions[index];
  if (session === undefined) throw new Error(`no session ${index}`);
  return session;
};
const scaled = (trades: readonly OwnTrade[], sizes: Readonly<Record<number, number>>): readonly OwnTrade[] =>
  trades.map((trade) => ({
    ...trade,
    count: trade.count * (sizes[market.sessions.indexOf(trade.session)] ?? 1),
  }));

describe("auditBehaviour", () => {
  test("who does what the rules do is a steward", () => {
    const entries = auditBehaviour(market, plan, obedient);
    expect(entries.length).toBeGreaterThan(6);
    expect(new Set(entries.flatMap(({ offences }) => offences))).toEqual(new Set());
    expect(entries.every(({ risk, planned }) => risk === planned && risk > 0)).toBe(true);
    expect(behaviourScore(entries)?.promoter).toBe(0);
  });

  test("who does half of it is one too", () => {
    const half = obedient.map((trade) => ({ ...trade, count: trade.count / 2 }));
    expect(behaviourScore(auditBehaviour(market, plan, half))?.promoter).toBe(0);
  });

  test("who buys no VIX calls lacks the hedge that the rules hold", () => {
    const names = namesOf(auditBehaviour(market, plan, ofIndex));
    expect(names.every((own) => own.includes("hedge"))).toBe(true);
  });

  test("who sells twice the size in one session is told of that session alone", () => {
    const entries = auditBehaviour(market, plan, scaled(obedient, { 2: 2 }));
    expect(entries.filter(({ offences }) => offences.length > 0)).toMatchObject([
      { session: sessionOf(2), offences: [{ name: "size" }] },
    ]);
    const [entry] = entries.filter(({ session }) => session === sessionOf(2));
    expect(entry?.risk).toBe(2 * (entry?.planned ?? 0));
    expect(entry?.offences[0]?.because).toBe(
      `$${entry?.risk} at risk where the rules took $${entry?.planned}`,
    );
  });

  test("who sells where the VIX gate is shut acts against it, and is told why the rules did not", () => {
    const expiration = sessionOf(6);
    const short = { root: "SPXW", expiration, right: "put", strike: strike(2900) } as const;
    const sold: OwnTrade = { session: sessionOf(4), contract: short, count: -1, price: 3 };
    const bought: OwnTrade = { ...sold, contract: { ...short, strike: strike(2890) }, count: 1, price: 2 };
    const entries = auditBehaviour(market, plan, [...obedient, sold, bought]);
    const [own] = entries.filter(({ session }) => session === sessionOf(4));
    expect(own).toMatchObject({ risk: 1000, planned: 0, offences: [{ name: "gate" }] });
    expect(own?.offences[0]?.because).toContain("VIX");
  });

  test("who sells a greater part of the rules' size after a loss is told so, and not after a gain", () => {
    // The index falls through the puts in the seventh session.
    const afterLoss = auditBehaviour(market, plan, scaled(obedient, { 5: 0.5, 6: 1 }));
    expect(namesOf(afterLoss.filter(({ session }) => session === sessionOf(6)))).toEqual([["after-loss"]]);
    // The session after it the rules take less: all of that is less than before, though a greater part.
    const less = auditBehaviour(market, plan, scaled(obedient, { 6: 0.9, 7: 1 }));
    expect(namesOf(less.filter(({ session }) => session === sessionOf(7)))).toEqual([[]]);
    const paid = obedient.map((trade) => ({ ...trade, price: trade.count < 0 ? 1 : 0 }));
    const afterGain = auditBehaviour(market, plan, scaled(paid, { 1: 0.5, 2: 1 }));
    expect(namesOf(afterGain.filter(({ session }) => session === sessionOf(2)))).toEqual([[]]);
  });
});

describe("behaviourScore", () => {
  const entry = (risk: number, ...names: readonly OffenceName[]): AuditedEntry => ({
    session: range.from,
    risk,
    planned: 1000,
    offences: names.map((name) => ({ name, because: "" })),
  });

  test("counts entries by offence, and weighs them by their dollars", () => {
    expect(
      behaviourScore([entry(1000), entry(1000), entry(2000, "size", "hedge"), entry(1000, "hedge")]),
    ).toEqual({
      entries: 4,
      shares: { gate: 0, size: 0.25, "after-loss": 0, hedge: 0.5 },
      promoter: 0.6,
    });
  });

  test("a risk without a bound outweighs all else", () => {
    expect(behaviourScore([entry(1000), entry(Number.POSITIVE_INFINITY, "size")])?.promoter).toBe(1);
  });

  test("has nothing to say of nothing", () => {
    expect(behaviourScore([])).toBeUndefined();
  });
});
