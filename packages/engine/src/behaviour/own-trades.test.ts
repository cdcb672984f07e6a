import { calendarDate, type Right, type Root, strike, strikePoints } from "@steward/model";
import { describe, expect, test } from "vitest";
import { type OwnTrade, type SettledAt, tradedSessions } from "./own-trades.ts";

interface Told {
  readonly on: string;
  readonly count: number;
  readonly right?: Right;
  readonly at: number;
  readonly price?: number;
  readonly root?: Root;
  readonly until?: string;
}

const trade = ({
  on,
  count,
  right = "put",
  at,
  price = 0,
  root = "SPXW",
  until = "2019-06-05",
}: Told): OwnTrade => ({
  session: calendarDate(on),
  contract: { root, expiration: calendarDate(until), right, strike: strike(at) },
  count,
  price,
});
/** A put spread ten wide that brings a point. */
const spread = (on: string, count: number, until = "2019-06-05"): readonly OwnTrade[] => [
  trade({ on, until, count: -count, at: 2900, price: 3 }),
  trade({ on, until, count, at: 2890, price: 2 }),
];
const worthless: SettledAt = () => 0;
/** What puts pay at an index of 2895. */
const at2895: SettledAt = (legs) =>
  legs.reduce(
    (sum, { contract, ratio }) => sum + ratio * Math.max(strikePoints(contract.strike) - 2895, 0),
    0,
  );

describe("tradedSessions", () => {
  test("risk is the width of what was opened, premiums aside", () => {
    expect(tradedSessions(spread("2019-06-03", 4), worthless)).toMatchObject([
      { session: "2019-06-03", riskAdded: 4000, vixCalls: 0, lastResult: undefined },
    ]);
  });

  test("the other wing of a condor adds nothing, for one side alone can lose", () => {
    const calls = [
      trade({ on: "2019-06-03", right: "call", count: -4, at: 3100 }),
      trade({ on: "2019-06-03", right: "call", count: 4, at: 3110 }),
    ];
    expect(tradedSessions([...spread("2019-06-03", 4), ...calls], worthless)[0]?.riskAdded).toBe(4000);
  });

  test("a call sold alone has no bound, and adds nothing more while it is open", () => {
    const naked = trade({ on: "2019-06-03", right: "call", count: -1, at: 3100 });
    const again = { ...naked, session: calendarDate("2019-06-04") };
    const covered = { ...naked, session: calendarDate("2019-06-04"), count: 1 };
    expect(tradedSessions([naked, again], worthless).map(({ riskAdded }) => riskAdded)).toEqual([
      Number.POSITIVE_INFINITY,
      0,
    ]);
    expect(tradedSessions([naked, covered], worthless).map(({ riskAdded }) => riskAdded)).toEqual([
      Number.POSITIVE_INFINITY,
      0,
    ]);
  });

  test("a roll of the same size adds nothing, a larger one what it grew by", () => {
    const closing = spread("2019-06-04", -4);
    const roll = (count: number) =>
      tradedSessions(
        [...spread("2019-06-03", 4), ...closing, ...spread("2019-06-04", count, "2019-06-10")],
        worthless,
      );
    expect(roll(4).at(-1)?.riskAdded).toBe(0);
    expect(roll(6).at(-1)?.riskAdded).toBe(2000);
  });

  test("the order of the file does not matter", () => {
    const trades = [...spread("2019-06-04", 1, "2019-06-10"), ...spread("2019-06-03", 2)];
    expect(tradedSessions(trades, worthless).map(({ riskAdded }) => riskAdded)).toEqual([2000, 1000]);
  });

  test("what expires in a session has settled before its trades are judged, what expires later has not", () => {
    const later = (on: string) =>
      tradedSessions([...spread("2019-06-03", 4), ...spread(on, 1, "2019-06-10")], at2895);
    // A point of credit each, five lost each.
    expect(later("2019-06-05").at(-1)?.lastResult).toBe(-1600);
    expect(later("2019-06-06").at(-1)?.lastResult).toBe(-1600);
    expect(later("2019-06-04").at(-1)?.lastResult).toBeUndefined();
  });

  test("what is bought back has its result at once", () => {
    const closing = [
      trade({ on: "2019-06-04", count: 4, at: 2900, price: 5 }),
      trade({ on: "2019-06-04", count: -4, at: 2890, price: 3.5 }),
    ];
    expect(tradedSessions([...spread("2019-06-03", 4), ...closing], worthless).at(-1)).toMatchObject({
      riskAdded: -4000,
      lastResult: -200,
    });
  });

  test("what is bought back on the day on which it expires has not settled before", () => {
    const closing = [
      trade({ on: "2019-06-05", count: 4, at: 2900, price: 5 }),
      trade({ on: "2019-06-05", count: -4, at: 2890, price: 3.5 }),
    ];
    expect(tradedSessions([...spread("2019-06-03", 4), ...closing], at2895).at(-1)).toMatchObject({
      riskAdded: -4000,
      lastResult: -200,
    });
  });

  test("results of one session count together, and the newest alone", () => {
    const trades = [
      ...spread("2019-06-03", 1),
      trade({ on: "2019-06-03", root: "SPX", count: -1, at: 2900, price: 30 }),
      ...spread("2019-06-04", 2, "2019-06-06"),
      ...spread("2019-06-10", 1, "2019-06-12"),
    ];
    const asked = tradedSessions(trades.slice(0, 5), at2895);
    expect(asked).toHaveLength(2);
    expect(tradedSessions(trades, at2895).at(-1)?.lastResult).toBe(-800);
    const both = [...trades.slice(0, 3), ...spread("2019-06-05", 1, "2019-06-10")];
    expect(tradedSessions(both, at2895).at(-1)?.lastResult).toBe(-400 + 2500);
  });

  test("an unknown settlement is no result", () => {
    const trades = [...spread("2019-06-03", 1), ...spread("2019-06-06", 1, "2019-06-10")];
    expect(tradedSessions(trades, () => undefined).at(-1)?.lastResult).toBeUndefined();
  });

  test("VIX calls are counted while they are open, and are no risk of the index", () => {
    const call = (on: string, count: number) =>
      trade({ on, root: "VIX", right: "call", count, at: 18, until: "2019-06-19" });
    const put = trade({ on: "2019-06-03", root: "VIX", count: 5, at: 14, until: "2019-06-19" });
    const trades = [
      call("2019-06-03", 4),
      put,
      call("2019-06-04", -3),
      ...spread("2019-06-20", 1, "2019-06-21"),
    ];
    expect(tradedSessions(trades, worthless).map(({ vixCalls, riskAdded }) => [vixCalls, riskAdded])).toEqual(
      [
        [4, 0],
        [1, 0],
        [0, 1000],
      ],
    );
  });
});
