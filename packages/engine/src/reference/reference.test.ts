import { calendarDate, monthlySpxExpiration, strikePoints } from "@steward/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FakeMarketOptions, fakeMarket } from "../testing/fake-market.ts";
import { worstPayoff } from "./cndr.ts";
import { coveredPuts } from "./put-write.ts";
import { nextSpxMonthly, nextVixMonthly } from "./reference-rule.ts";
import { REFERENCE_NAMES, type ReferenceRun, referenceRuns } from "./reference-run.ts";
import { callWeight } from "./vxth.ts";

const year = { from: "2018-12-03", to: "2019-12-30" };

function runsOf(options: Partial<FakeMarketOptions> = {}): readonly ReferenceRun[] {
  const market = fakeMarket({ ...year, ...options });
  const range = { from: calendarDate(year.from), to: calendarDate(year.to) };
  return referenceRuns(market, REFERENCE_NAMES, range);
}

function runOf(name: ReferenceRun["name"], options?: Partial<FakeMarketOptions>): ReferenceRun {
  const found = runsOf(options).find((run) => run.name === name);
  if (found === undefined) throw new Error(`${name} is a rule`);
  return found;
}

describe("roll days", () => {
  test.each([
    ["2019-01-17", "2019-01-18"],
    ["2019-01-18", "2019-02-15"],
    // Good Friday: the session before.
    ["2019-03-15", "2019-04-18"],
    ["2018-12-21", "2019-01-18"],
  ])("after %s the monthly is %s", (session, expiration) => {
    expect(nextSpxMonthly(calendarDate(session))).toBe(expiration);
  });

  test("of VIX are its own", () => {
    expect(nextVixMonthly(calendarDate("2019-03-18"))).toBe("2019-03-19");
    expect(nextVixMonthly(calendarDate("2019-03-19"))).toBe("2019-04-17");
  });
});

describe("the rule after CNDR", () => {
  test("has ten times the wider wing in bills, at every roll, and rolls where it settles", () => {
    const { rolls } = runOf("cndr", {
      day: (i) => ({ spot: 3000 + 20 * Math.sin(i), index: { skew: 0.3 } }),
    });
    expect(rolls.length).toBeGreaterThan(11);
    for (const { session, legs, contracts, level, expiration } of rolls) {
      expect(contracts * 10 * worstPayoff(legs)).toBeCloseTo(level, 9);
      expect(legs.map(({ right }) => right)).toEqual(["put", "put", "call", "call"]);
      const deltas = legs.map(({ delta }) => delta);
      for (const [i, sought] of [-0.05, -0.2, 0.2, 0.05].entries())
        expect(Math.abs((deltas[i] ?? 9) - sought)).toBeLessThan(0.03);
      expect(expiration).toBe(nextSpxMonthly(session));
    }
    expect(rolls[1]?.session).toBe(monthlySpxExpiration(2018, 12));
  });

  test("earns its credits where nothing moves, and a tenth is the most that a month costs", () => {
    const calm = runOf("cndr");
    const [first, second] = calm.rolls;
    const credit = (first?.legs ?? []).reduce(
      (sum, { price }, i) => sum + (i === 1 || i === 2 ? price : -price),
      0,
    );
    const worst = worstPayoff(first?.legs ?? []);
    expect(second?.level).toBeCloseTo(100 * (1 + credit / (10 * worst)), 9);
    const crash = runOf("cndr", { day: (i) => ({ spot: i < 3 ? 3000 : 1500 }) });
    const [before, after] = crash.rolls;
    const lost = (after?.level ?? 0) / (before?.level ?? 1);
    expect(lost).toBeGreaterThan(0.9);
    expect(lost).toBeLessThan(0.93);
  });
});

describe("the rules after PUT and BXM", () => {
  // Roll table of Cboe: strike, average price and puts of two rolls each; the level is what they cover.
  test.each([
    [3925, 69.055735, 0.540042673, 2082.37],
    [3925, 68.739111, 0.531938176, 2051.29],
    [4175, 67.777264, 0.523745234, 2151.14],
    [4175, 67.464167, 0.515677968, 2118.17],
  ])("a put at %s for %s is sold %s times on a level of %s", (strike, price, contracts, level) => {
    expect(coveredPuts(level, { strike, price, growth: 1 })).toBeCloseTo(contracts, 5);
  });

  test("bills pay for the put however far the index falls", () => {
    const { rolls, levels } = runOf("put", { day: (i) => ({ spot: i < 3 ? 3001 : 1 }), settle: () => 1 });
    const [roll] = rolls;
    const leg = roll?.legs[0];
    expect(strikePoints(leg?.strike ?? (0 as never))).toBe(3000);
    expect(levels.every(({ level }) => level > 0)).toBe(true);
    expect(rolls[1]?.level).toBeCloseTo((roll?.contracts ?? 0) * 1, 6);
  });

  test("the call is at or over the index, and where nothing moves earns its premium on what was paid for both", () => {
    const { rolls } = runOf("bxm", {
      day: () => ({ spot: 3001 }),
      settle: (root) => (root === "VIX" ? 14 : 3001),
    });
    const [roll, next] = rolls;
    const leg = roll?.legs[0];
    expect(strikePoints(leg?.strike ?? (0 as never))).toBe(3005);
    expect(next?.level).toBeCloseTo((100 * 3001) / (3001 - (leg?.price ?? 0)), 9);
  });
});

describe("the rule after VXTH", () => {
  test.each([
    [14.9, 0],
    [15, 0],
    [15.01, 0.01],
    [30, 0.01],
    [30.01, 0.005],
    [50, 0.005],
    [50.01, 0],
  ])("at a future of %s has %s in calls", (future, weight) => {
    expect(callWeight(future)).toBe(weight);
  });

  test("spends its weight, settles its calls on their value and keeps the index", () => {
    const chain = () => ({ forward: 20, volatility: 0.9 });
    const settle = (root: string): number => (root === "VIX" ? 35 : 3000);
    const { rolls } = runOf("vxth", { day: () => ({ spot: 3000, vixChain: chain }), settle });
    const [roll, next] = rolls;
    const leg = roll?.legs[0];
    expect(Math.abs((leg?.delta ?? 0) - 0.3)).toBeLessThan(0.05);
    expect((roll?.contracts ?? 0) * (leg?.price ?? 0)).toBeCloseTo(1, 9);
    const paid = 35 - strikePoints(leg?.strike ?? (0 as never));
    expect(next?.level).toBeCloseTo(99 + (roll?.contracts ?? 0) * paid, 6);
  });
});

test("a first month without calls holds the index: its first level is 100 on its first session", () => {
  const market = fakeMarket({
    from: "2019-06-03",
    to: "2019-06-14",
    day: (index) => ({ spot: 3000 + index }),
  });
  const [vxth] = referenceRuns(market, ["vxth"], {
    from: calendarDate("2019-06-03"),
    to: calendarDate("2019-06-14"),
  });
  // The month's future stands below 15, so no calls are bought.
  expect(vxth?.rolls).toEqual([]);
  expect(vxth?.levels[0]).toEqual({ session: "2019-06-03", level: 100 });
  expect(vxth?.levels).toHaveLength(10);
});

test("no level is ever negative, a roll costs nothing, and what is not quoted waits", () => {
  const paths = fc.array(
    fc.record({ spot: fc.integer({ min: 1200, max: 5000 }), vix: fc.integer({ min: 9, max: 90 }) }),
    {
      minLength: 40,
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(paths, fc.nat(6), (path, blind) => {
      const runs = runsOf({
        day: (i) => {
          const { spot = 3000, vix = 15 } = path[i % path.length] ?? {};
          return { spot, vix, has: () => blind === 0 || i % 7 !== blind };
        },
      });
      for (const { levels, rolls } of runs) {
        expect(levels.every(({ level }) => Number.isFinite(level) && level >= 0)).toBe(true);
        for (const { session, level } of rolls) {
          const after = levels.find((one) => one.session === session);
          if (after !== undefined) expect(after.level).toBeCloseTo(level, 9);
        }
      }
    }),
    { seed: 4, numRuns: 25 },
  );
});
