import { calendarDate, daysBetween, sessionsBetween } from "@steward/model";
import type { HedgeConfig } from "@steward/strategy";
import { describe, expect, test } from "vitest";
import { fakeView } from "../testing/fake-market.ts";
import { easyRules } from "../testing/rules.ts";
import { assessRule, type HedgeRule, hedgeRules, mayBuyOn, rollingEarlier } from "./hedge-rule.ts";

const layered = easyRules.hedge as HedgeConfig;
const [layers, short, , , vxth] = hedgeRules(layered) as [HedgeRule, HedgeRule, ...HedgeRule[]] & {
  4: HedgeRule;
};

function rolls(rule: HedgeRule): readonly number[] {
  return rule.config.layers.map(({ rollDays }) => rollDays);
}

describe("hedgeRules", () => {
  test("are the layers as configured, each of them alone in single calls, and calls after VXTH", () => {
    const told = hedgeRules(layered).map(({ kind, config }) => [
      kind,
      config.delta,
      ...config.layers.map(({ days, contracts, rollDays }) => `${contracts} x ${days} to ${rollDays}`),
    ]);
    expect(told).toEqual([
      ["layers", 0.5, "4 x 30 to 9", "4 x 110 to 50", "2 x 220 to 110"],
      ["layer", 0.5, "1 x 30 to 9"],
      ["layer", 0.5, "1 x 110 to 50"],
      ["layer", 0.5, "1 x 220 to 110"],
      ["vxth", 0.3, "1 x 30 to 0"],
    ]);
  });

  test("tell a single layer once, and roll VXTH by nothing but its calendar", () => {
    const single = { ...layered, layers: layered.layers.slice(0, 1), rollAtDelta: 0.85 };
    const rules = hedgeRules(single);
    expect(rules.map(({ kind }) => kind)).toEqual(["layers", "vxth"]);
    expect(rules.map(({ config }) => config.rollAtDelta)).toEqual([0.85, undefined]);
  });
});

describe("rollingEarlier", () => {
  // A Wednesday's expiration: 9 days before is a Monday, 50 a Tuesday, 110 a Friday.
  test.each([
    [0, [9, 50, 110]],
    [1, [12, 51, 111]],
    [2, [13, 54, 112]],
    [5, [16, 57, 117]],
    [10, [23, 64, 124]],
  ])("by %i weekdays rolls at %j days", (weekdays, expected) => {
    expect(rolls(rollingEarlier(layers, weekdays))).toEqual(expected);
  });

  test("counts from the Monday on which a roll of the weekend falls", () => {
    const weekend = { ...short, config: { ...layered, layers: [{ ...layered.layers[0], rollDays: 11 }] } };
    expect(rolls(rollingEarlier(weekend as HedgeRule, 1))).toEqual([12]);
  });

  test("moves the session of the roll by as many sessions where no holiday lies between", () => {
    const expiration = calendarDate("2019-06-19");
    const sessions = sessionsBetween(calendarDate("2019-05-28"), expiration);
    const rollOf = (rule: HedgeRule): number => {
      const at = rolls(rule)[0] ?? Number.NaN;
      return sessions.findIndex((session) => daysBetween(session, expiration) <= at);
    };
    for (const weekdays of [1, 2, 3, 5, 8])
      expect(rollOf(short) - rollOf(rollingEarlier(short, weekdays))).toBe(weekdays);
  });
});

describe("calls after VXTH", () => {
  const costAt = (forward: number): number | undefined => {
    const view = fakeView({ session: "2019-06-19", vix: 14, vixChain: () => ({ forward, volatility: 0.9 }) });
    return assessRule(vxth, view).yearlyUnitCost;
  };
  const plainCostAt = (forward: number): number | undefined => {
    const view = fakeView({ session: "2019-06-19", vix: 14, vixChain: () => ({ forward, volatility: 0.9 }) });
    return assessRule({ ...vxth, kind: "layer" }, view).yearlyUnitCost;
  };

  test.each([
    [14.9, undefined],
    [15, undefined],
    [15.1, 1],
    [30, 1],
    [30.1, 2],
    [50, 2],
    [50.1, undefined],
  ])("at a future of %d cost the budget %s times what a call loses", (forward, times) => {
    const plain = plainCostAt(forward) ?? Number.NaN;
    if (times === undefined) expect(costAt(forward)).toBeUndefined();
    else expect(costAt(forward)).toBeCloseTo(times * plain, 8);
  });

  test("are held to the end: out of the money all of their price is lost, every 28 days", () => {
    const view = fakeView({
      session: "2019-06-19",
      vix: 14,
      vixChain: () => ({ forward: 18, volatility: 0.9 }),
    });
    const { calls, yearlyUnitCost } = assessRule(vxth, view);
    expect(calls[0]).toMatchObject({ days: 28 });
    expect(calls[0]?.delta).toBeCloseTo(0.3, 1);
    expect(yearlyUnitCost).toBeCloseTo(((calls[0]?.price ?? 0) * 100 * 365) / 28, 8);
  });

  test("are bought in the session of an expiration alone, or so many days before it", () => {
    const days = sessionsBetween(calendarDate("2019-06-10"), calendarDate("2019-07-19"));
    const bought = (rule: HedgeRule) => days.filter((session) => mayBuyOn(rule, session));
    expect(bought(vxth)).toEqual(["2019-06-19", "2019-07-17"]);
    expect(bought(rollingEarlier(vxth, 3))).toEqual(["2019-06-14", "2019-07-12"]);
    expect(bought(layers)).toEqual(days);
  });
});
