import { describe, expect, test } from "vitest";
import { measureArm } from "./arm.ts";
import { measureHedge } from "./hedge-effect.ts";
import { measureProtection, protectedOf } from "./protection.ts";
import { runOf } from "./testing/runs.ts";

const options = { seed: 42, resamples: 200 };

// Two years and a half: the hedge's value is its cash and its mark, in dollars of an account of a thousand.
const hedged = runOf(1000, [
  { session: "2018-12-28", equity: 1000, hedgeCash: -20, hedgeMark: 15 },
  { session: "2018-12-31", equity: 1010, hedgeCash: -20, hedgeMark: 10 },
  { session: "2019-06-03", equity: 1050, hedgeCash: -25, hedgeMark: 5 },
  { session: "2019-12-31", equity: 1100, hedgeCash: -30, hedgeMark: 8 },
  { session: "2020-02-19", equity: 1120, hedgeCash: -30, hedgeMark: 5 },
  { session: "2020-03-16", equity: 1064, hedgeCash: 20, hedgeMark: 67 },
  { session: "2020-03-17", equity: 1080, hedgeCash: 20, hedgeMark: 60 },
]);
const unhedged = runOf(1000, [
  { session: "2018-12-28", equity: 1000 },
  { session: "2018-12-31", equity: 1015 },
  { session: "2019-06-03", equity: 1075 },
  { session: "2019-12-31", equity: 1122 },
  { session: "2020-02-19", equity: 1150 },
  { session: "2020-03-16", equity: 980 },
  { session: "2020-03-17", equity: 1000 },
]);

function measured() {
  const [without, with_] = [unhedged, hedged].map((run) => measureArm(run, [], options));
  if (without === undefined || with_ === undefined) throw new Error("expected two arms");
  return { effect: measureHedge(without, with_, options), without, with: with_ };
}

describe("measureHedge", () => {
  test("gives each calendar year's hedge, condors and total as shares of the equity before it", () => {
    const { years } = measured().effect;
    expect(years.map(({ year }) => year)).toEqual([2018, 2019, 2020]);
    expect(years.map(({ hedge }) => hedge)).toEqual([
      // The first session had already cost 5 when it was marked: the year counts from before it.
      expect.closeTo(-10 / 1000, 12),
      expect.closeTo((-22 - -10) / 1010, 12),
      expect.closeTo((80 - -22) / 1100, 12),
    ]);
    expect(years.map(({ total }) => total)).toEqual([
      expect.closeTo(0.01, 12),
      expect.closeTo(1100 / 1010 - 1, 12),
      expect.closeTo(1080 / 1100 - 1, 12),
    ]);
    for (const { hedge, condor, total } of years) expect(hedge + condor).toBeCloseTo(total, 12);
  });

  test("the years' totals compound to the whole run, their hedge in dollars to the hedge's result", () => {
    const { years } = measured().effect;
    expect(years.reduce((wealth, { total }) => wealth * (1 + total), 1000)).toBeCloseTo(1080, 9);
    const starts = [1000, 1010, 1100];
    const inDollars = years.reduce((total, { hedge }, index) => total + hedge * (starts[index] ?? 0), 0);
    expect(inDollars).toBeCloseTo(80, 9);
  });

  test("spreads the years' hedge over the span", () => {
    const { resultAYear, years } = measured().effect;
    const sum = years.reduce((total, { hedge }) => total + hedge, 0);
    // 445 days from 2018-12-28 to 2020-03-17.
    expect(resultAYear).toBeCloseTo((sum * 365.25) / 445, 12);
  });

  test("judges the episodes that the run lived through from end to end", () => {
    expect(measured().effect.episodes).toEqual([
      {
        name: "Spring 2020",
        from: "2020-02-19",
        to: "2020-03-16",
        hedge: expect.closeTo((87 - -25) / 1120, 12),
        condor: expect.closeTo(-0.05 - 112 / 1120, 12),
      },
    ]);
    const part = measureArm({ ...hedged, rows: hedged.rows.slice(0, 5) }, [], options);
    expect(measureHedge(part, part, options).episodes).toEqual([]);
  });

  test("says how much shallower the drawdown became", () => {
    const { effect, without, with: with_ } = measured();
    expect(without.statistics.drawdown?.depth.value).toBeCloseTo(980 / 1150 - 1, 12);
    expect(with_.statistics.drawdown?.depth.value).toBeCloseTo(1064 / 1120 - 1, 12);
    expect(effect.drawdownSaved).toBeCloseTo(1064 / 1120 - 980 / 1150, 12);
    expect(effect.paired?.drawdown.value).toBeCloseTo(effect.drawdownSaved ?? 0, 12);
    expect(effect.paired?.shallower).toBeGreaterThan(0.5);
    expect(effect.paired?.growth.value).toBeGreaterThan(0);
  });

  test("says nothing of drawdowns where one of the accounts never fell", () => {
    const { without, with: with_ } = measured();
    const risen = measureArm({ ...hedged, rows: hedged.rows.slice(0, 5) }, [], options);
    expect(risen.statistics.drawdown).toBeUndefined();
    expect(measureHedge(without, risen, options).drawdownSaved).toBeUndefined();
    expect(measureHedge(risen, with_, options).drawdownSaved).toBeUndefined();
  });

  test("of a run without span has nothing to say", () => {
    const empty = measureArm({ ...hedged, rows: [] }, [], options);
    expect(measureHedge(empty, empty, options)).toEqual({
      years: [],
      episodes: [],
      resultAYear: undefined,
      drawdownSaved: undefined,
      paired: undefined,
    });
  });
});

describe("measureProtection", () => {
  test("growth given up, drawdown saved and the price of a point", () => {
    const { without, with: protectedArm } = measured();
    // Deepest falls: 1,150 to 980 without, 1,120 to 1,064 with.
    const saved = (1150 - 980) / 1150 - (1120 - 1064) / 1120;
    const protection = measureProtection(protectedOf(without), protectedOf(protectedArm));
    expect(protection?.drawdownSaved).toBeCloseTo(saved, 12);
    // 445 days: the account of a thousand became 1,000 without and 1,080 with the hedge, which so cost less than nothing.
    expect(protection?.costAYear).toBeCloseTo(-(1.08 ** (365.25 / 445) - 1), 12);
    expect(protection?.costPerPoint).toBeCloseTo((protection?.costAYear ?? 0) / (saved * 100), 12);
  });

  test("no price where no drawdown was saved, nothing where a run is too short", () => {
    const { without, with: protectedArm } = measured();
    expect(measureProtection(protectedOf(protectedArm), protectedOf(without))).toMatchObject({
      costPerPoint: undefined,
    });
    const short = measureArm(runOf(1000, [{ session: "2018-12-28", equity: 1000 }]), [], options);
    expect(measureProtection(protectedOf(short), protectedOf(protectedArm))).toBeUndefined();
  });
});
