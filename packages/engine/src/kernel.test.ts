import { type CalendarDate, calendarDate, InvariantError } from "@steward/model";
import { type Assessment, adverseFills, midFills, type StrategyConfig } from "@steward/strategy";
import { describe, expect, test } from "vitest";
import { type Account, openAccount, type Run, runSessions } from "./kernel.ts";
import { fakeMarket } from "./testing/fake-market.ts";
import { easyRules } from "./testing/rules.ts";
import { dollars } from "./testing/structures.ts";

const startEquity = dollars(1_000_000);
const range = { from: calendarDate("2019-06-03"), to: calendarDate("2019-08-30") };
const summer = { from: "2019-05-28", to: "2019-09-30" };

/** A quiet summer with one day beyond every wing. */
function summerMarket() {
  return fakeMarket({
    ...summer,
    day: (index) => ({
      spot: index === 40 ? 2880 : 3000 + 6 * Math.sin(2 * index),
      vix: 13 + 0.1 * (index % 30),
    }),
  });
}

function run(
  config: StrategyConfig = easyRules,
  options: Partial<Parameters<typeof openAccount>[0]> = {},
): Run {
  const account = openAccount({ config, startEquity, ...options });
  runSessions(summerMarket(), config, range, [account]);
  return account.run();
}

/** An account that only writes down what it is shown. */
function witness(seen: Assessment[]): Account {
  return {
    step: (_, assessment) => seen.push(assessment),
    run: () => {
      throw new Error("a witness has no run");
    },
  };
}

describe("runSessions", () => {
  test("steps through every session of the range, both ends included, and no other", () => {
    const seen: Assessment[] = [];
    const market = summerMarket();
    const last = runSessions(market, easyRules, range, [witness(seen)]);
    const expected = market.sessions.filter((session) => session >= range.from && session <= range.to);
    expect(seen.map(({ view }) => view.session.date)).toEqual(expected);
    expect(last).toBe(seen.at(-1));
    expect(last?.view.session.date).toBe("2019-08-30");
  });

  test("shows all accounts one and the same assessment", () => {
    const [first, second]: [Assessment[], Assessment[]] = [[], []];
    runSessions(summerMarket(), easyRules, range, [witness(first), witness(second)]);
    expect(first.length).toBeGreaterThan(50);
    expect(first.every((assessment, index) => assessment === second[index])).toBe(true);
  });

  test("looks at each session once and at none after the range", () => {
    const market = summerMarket();
    const looked: CalendarDate[] = [];
    const counting = {
      ...market,
      view: (session: CalendarDate) => {
        looked.push(session);
        return market.view(session);
      },
    };
    runSessions(counting, easyRules, range, [witness([])]);
    expect(looked).toEqual(market.sessions.filter((session) => session <= range.to));
  });

  test("remembers what the gate saw before the range", () => {
    const closing = (vix: number) =>
      fakeMarket({
        from: "2019-06-03",
        to: "2019-06-05",
        day: (index) => ({ vix: index === 0 ? vix : 14.7 }),
      });
    const verdict = (vix: number): string | undefined => {
      const later = { from: calendarDate("2019-06-04"), to: calendarDate("2019-06-05") };
      const last = runSessions(closing(vix), easyRules, later, []);
      return last?.tiers.find(({ tier }) => tier === "aggressive")?.gate.verdict;
    };
    expect([verdict(15), verdict(14.9)]).toEqual(["block", "pass"]);
  });

  test("of an empty range assesses nothing", () => {
    const none = { from: calendarDate("2019-06-08"), to: calendarDate("2019-06-09") };
    expect(runSessions(summerMarket(), easyRules, none, [])).toBeUndefined();
  });
});

describe("an account", () => {
  test("sells, settles, buys and rolls, and every session balances", () => {
    const { rows, roundTrips, journal, ledger } = run();
    expect(rows).toHaveLength(64);
    const settled = roundTrips.filter(({ purpose }) => purpose.kind === "condor");
    expect(settled.length).toBeGreaterThan(100);
    expect(settled.every(({ openedOn, closedOn, how }) => openedOn < closedOn && how === "settled")).toBe(
      true,
    );
    expect(roundTrips.some(({ purpose, how }) => purpose.kind === "hedge" && how === "closed")).toBe(true);
    for (const { equity, cash, marks } of rows) expect(equity).toBe(cash + marks.condor + marks.hedge);
    const { cash, fees } = ledger.balances;
    expect(rows.at(-1)).toMatchObject({ cash, fees: -fees });
    expect(journal.filter(({ kind }) => kind === "reject")).toEqual([]);
  });

  test("settles before it decides: the condors of yesterday are gone when today's are sized", () => {
    const { rows, journal } = run();
    const session = rows[1]?.session;
    const kinds = journal.filter((event) => event.session === session).map(({ kind }) => kind);
    expect(kinds.indexOf("fill")).toBeGreaterThan(kinds.lastIndexOf("settlement"));
    expect(kinds.filter((kind) => kind === "settlement")).toHaveLength(3);
    const instants = journal.map(({ knownAt }) => knownAt);
    expect(instants).toEqual(instants.toSorted((left, right) => left - right));
  });

  test("sizes by the equity before its own orders", () => {
    const { rows } = run();
    const [first] = rows;
    expect(first?.equity).toBeLessThan(startEquity);
    expect(first?.decision.hedge?.yearlyBudget).toBeCloseTo(15_000, 6);
  });

  test("loses at most its risk share a day to the condors, even beyond every wing", () => {
    const { rows } = run({ ...easyRules, hedge: undefined });
    const returns = rows.slice(1).map(({ equity }, index) => equity / (rows[index]?.equity ?? 1) - 1);
    expect(Math.min(...returns)).toBeLessThan(-0.02);
    // The share of equity at risk, and the next day's fees and spreads.
    expect(Math.min(...returns)).toBeGreaterThan(-0.03 - 0.005);
  });

  test("without a hedge in its rules has none", () => {
    const { rows, roundTrips } = run({ ...easyRules, hedge: undefined });
    expect(rows.every(({ hedgeCash, marks }) => hedgeCash === 0 && marks.hedge === 0)).toBe(true);
    expect(roundTrips.every(({ purpose }) => purpose.kind === "condor")).toBe(true);
  });

  test("does the same twice, to the byte", () => {
    expect(JSON.stringify(run())).toBe(JSON.stringify(run()));
  });

  test("keeps the first and the last row where only the ends are asked for", () => {
    const whole = run();
    const ends = run(easyRules, { keep: "ends" });
    expect(ends.rows).toEqual([whole.rows[0], whole.rows.at(-1)]);
    expect(ends.roundTrips).toEqual(whole.roundTrips);
  });

  test("really fills at its own fills, but wants what the rules' fills suggest", () => {
    const [mid, usual, adverse] = [
      run(easyRules, { fills: midFills }),
      run(),
      run(easyRules, { fills: adverseFills }),
    ];
    const wanted = ({ rows }: Run): unknown => rows[0]?.decision.intents;
    expect(wanted(mid)).toEqual(wanted(usual));
    expect(wanted(adverse)).toEqual(wanted(usual));
    const end = ({ rows }: Run): number => rows.at(-1)?.equity ?? Number.NaN;
    expect(end(mid)).toBeGreaterThan(end(usual));
    expect(end(usual)).toBeGreaterThan(end(adverse));
  });

  test("an expiration that the data cannot settle stops the run", () => {
    const market = fakeMarket({ ...summer, settle: () => undefined });
    const account = openAccount({ config: easyRules, startEquity });
    expect(() => runSessions(market, easyRules, range, [account])).toThrow(InvariantError);
  });
});
