import { calendarDate, sessionsBetween } from "@steward/model";
import { describe, expect, test } from "vitest";
import { growthOfRun, measureArm, tierResults } from "./arm.ts";
import type { RejectEvent } from "./events.ts";
import { runOf, tripOf } from "./testing/runs.ts";
import { condor, intentOf } from "./testing/structures.ts";

const options = { seed: 42, resamples: 200 };
// Returns of 1, −1 and 2 percent after a first session that cost one dollar of a thousand.
const week = runOf(1001, [
  { session: "2019-06-03", equity: 1000, hedgeCash: -40, hedgeMark: 39, fees: -2 },
  { session: "2019-06-04", equity: 1010, hedgeCash: -40, hedgeMark: 30, fees: -4 },
  { session: "2019-06-05", equity: 999.9, hedgeCash: -30, hedgeMark: 20, fees: -5 },
  { session: "2019-06-06", equity: 1019.898, hedgeCash: -30, hedgeMark: 12, fees: -7 },
]);

describe("a measured run", () => {
  const { statistics } = measureArm(week, [], options);

  test("grows from before the first session's orders to the last mark, over calendar days", () => {
    expect([statistics.startEquity, statistics.endEquity]).toEqual([1001, 1019.898]);
    expect(statistics.growth?.value).toBeCloseTo((1019.898 / 1001) ** (365.25 / 3) - 1, 10);
    expect(growthOfRun(week)).toBe(statistics.growth?.value);
    expect(statistics.growth?.low95).toBeLessThan(statistics.growth?.high95 ?? 0);
  });

  test("splits the change of equity into condors and hedge, the hedge's part from its cash and its mark", () => {
    expect(statistics.hedgeResult).toBeCloseTo(-18, 9);
    expect(statistics.condorResult).toBeCloseTo(36.898, 9);
    expect(statistics.condorResult + statistics.hedgeResult).toBeCloseTo(1019.898 - 1001, 9);
    expect(statistics.fees).toBe(-7);
  });

  test("has deviation, Sharpe ratio, tail and extremes of its sessions", () => {
    // Deviations from 2/3 %: 1/3, −5/3 and 4/3 percent; squares sum to 42/9, halved 7/3.
    const deviation = Math.sqrt(7 / 3) / 100;
    expect(statistics.volatility).toBeCloseTo(deviation * Math.sqrt(252), 10);
    expect(statistics.sharpe?.value).toBeCloseTo((0.02 / 3 / deviation) * Math.sqrt(252), 8);
    expect(statistics.expectedShortfall).toBeCloseTo(-0.01, 12);
    expect(statistics.worst).toEqual({ session: "2019-06-05", return: expect.closeTo(-0.01, 12) });
    expect(statistics.best).toEqual({ session: "2019-06-06", return: expect.closeTo(0.02, 12) });
  });

  test("dates its deepest drawdown", () => {
    expect(statistics.drawdown).toMatchObject({
      peak: "2019-06-04",
      trough: "2019-06-05",
      recovered: "2019-06-06",
    });
    expect(statistics.drawdown?.depth.value).toBeCloseTo(-0.01, 12);
    const sunk = runOf(1000, [
      { session: "2019-06-03", equity: 1000 },
      { session: "2019-06-04", equity: 900 },
      { session: "2019-06-05", equity: 950 },
    ]);
    expect(measureArm(sunk, [], options).statistics.drawdown).toMatchObject({
      peak: "2019-06-03",
      trough: "2019-06-04",
      recovered: undefined,
    });
  });

  test("counts what was rejected", () => {
    const [row] = week.rows;
    if (row === undefined) return expect.fail("expected a row");
    const event: RejectEvent = {
      kind: "reject",
      knownAt: 0 as RejectEvent["knownAt"],
      sequence: 2,
      bornOn: 1,
      session: row.session,
      intent: intentOf(condor([2960, 2970, 3030, 3040]), 1),
      rejection: { kind: "not-quoted" },
    };
    const { statistics: found } = measureArm({ ...week, journal: [event, event] }, [], options);
    expect([statistics.rejected, found.rejected]).toEqual([0, 2]);
  });

  test("the seed moves the bands, never a value", () => {
    const other = measureArm(week, [], { ...options, seed: 43 }).statistics;
    expect(other.growth?.value).toBe(statistics.growth?.value);
    expect(other.growth).not.toEqual(statistics.growth);
    expect(measureArm(week, [], options).statistics).toEqual(statistics);
  });

  test("reshuffles sessions as often a year as the run had them", () => {
    // One percent a session, 28 sessions in 38 days: every reshuffle is the history itself.
    const sessions = sessionsBetween(calendarDate("2019-06-03"), calendarDate("2019-07-11"));
    const rows = sessions.map((session, index) => ({ session, equity: 1000 * 1.01 ** index }));
    const { growth } = measureArm(runOf(1000, rows), [], options).statistics;
    // Equity is in whole micro-dollars.
    expect(growth?.low95).toBeCloseTo(growth?.value ?? 0, 5);
    expect(growth?.high95).toBeCloseTo(growth?.value ?? 0, 5);
  });

  test("averages the worst one in twenty, rounded down", () => {
    // Of 37 sessions one counts: the fall of two percent, not the one of one percent.
    const sessions = sessionsBetween(calendarDate("2019-06-03"), calendarDate("2019-07-25"));
    const rows = sessions.map((session, index) => ({
      session,
      equity: index === 0 ? 1000 : index === 1 ? 980 : 970.2,
    }));
    expect(rows).toHaveLength(38);
    expect(measureArm(runOf(1000, rows), [], options).statistics.expectedShortfall).toBeCloseTo(-0.02, 12);
  });

  test("of equal extremes names the first", () => {
    const rows = [1000, 500, 1000, 500, 1000].map((equity, index) => ({
      session: `2019-06-0${index + 3}`,
      equity,
    }));
    const { worst, best } = measureArm(runOf(1000, rows), [], options).statistics;
    expect([worst?.session, best?.session]).toEqual(["2019-06-04", "2019-06-05"]);
  });

  test("of two sessions has no bands, and so no growth", () => {
    const two = measureArm({ ...week, rows: week.rows.slice(0, 2) }, [], options).statistics;
    expect([two.growth, two.drawdown]).toEqual([undefined, undefined]);
  });

  test("of one session, or of none, has what can be said and nothing else", () => {
    const [row] = week.rows;
    const short = measureArm({ ...week, rows: row === undefined ? [] : [row] }, [], options).statistics;
    expect(short).toMatchObject({
      startEquity: 1001,
      endEquity: 1000,
      growth: undefined,
      volatility: undefined,
      sharpe: undefined,
      drawdown: undefined,
      expectedShortfall: undefined,
      worst: undefined,
      best: undefined,
      hedgeResult: -1,
      condorResult: 0,
    });
    const none = measureArm({ ...week, rows: [] }, [], options).statistics;
    expect(none).toMatchObject({
      startEquity: 1001,
      endEquity: 1001,
      condorResult: 0,
      hedgeResult: 0,
      fees: 0,
    });
    expect(growthOfRun({ ...week, rows: [] })).toBeUndefined();
  });
});

describe("a measured tier", () => {
  const trips = [
    // 0.70 points a condor, 0.05 of fees: 0.65.
    tripOf({ quantity: 2, premium: 140, fees: -10, exit: 0 }),
    // The whole wing: 0.70 − 0.07 − 10.
    tripOf({ quantity: 1, premium: 70, fees: -7, exit: -1000 }),
    // Half of it: 0.80 − 0.06 − 5.
    tripOf({ quantity: 3, premium: 240, fees: -18, exit: -1500 }),
    tripOf({ premium: 160, fees: -5, exit: 0, purpose: { kind: "condor", tier: "aggressive" } }),
    tripOf({ premium: -500, fees: -5, exit: 0, purpose: { kind: "hedge", layer: "balanced" } }),
  ];

  test("is in points a condor after fees, of its own trades alone, in their order", () => {
    expect(tierResults(trips, "balanced").map((points) => points.toFixed(9))).toEqual([
      "0.650000000",
      "-9.370000000",
      "-4.260000000",
    ]);
    expect(tierResults(trips, "aggressive")).toEqual([1.55]);
    expect(tierResults(trips, "unknown")).toEqual([]);
  });

  test("has its trades, averages and the share that lost the whole wing", () => {
    const [tier, ...others] = measureArm({ ...week, roundTrips: trips }, ["balanced"], options).tiers;
    expect(others).toEqual([]);
    expect(tier).toMatchObject({ tier: "balanced", trades: { count: 3, wins: 1 } });
    expect(tier?.averageCredit).toBeCloseTo((0.7 + 0.7 + 0.8) / 3, 12);
    expect(tier?.averageFees).toBeCloseTo(-(0.05 + 0.07 + 0.06) / 3, 12);
    expect(tier?.fullLosses).toBeCloseTo(1 / 3, 12);
    expect(tier?.mean?.value).toBeCloseTo((0.65 - 9.37 - 4.26) / 3, 12);
  });

  test("is left out where it never traded, and has no band after one trade", () => {
    const { tiers } = measureArm({ ...week, roundTrips: trips }, ["aggressive", "unknown"], options);
    expect(tiers.map(({ tier, mean, trades }) => [tier, mean, trades.average])).toEqual([
      ["aggressive", undefined, 1.55],
    ]);
  });
});
