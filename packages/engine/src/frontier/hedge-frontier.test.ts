import { calendarDate, type Strike } from "@steward/model";
import type { HedgeConfig } from "@steward/strategy";
import { describe, expect, test } from "vitest";
import { rationalHolders } from "../assignment.ts";
import { type FakeMarketOptions, fakeMarket } from "../testing/fake-market.ts";
import { easyRules } from "../testing/rules.ts";
import { dollars } from "../testing/structures.ts";
import { runVariant } from "../variant.ts";
import { type Followed, openFamily } from "./hedge-family.ts";
import { type FrontierArm, type FrontierOptions, hedgeFrontier } from "./hedge-frontier.ts";
import { assessRule, type HedgeRule, hedgeRules } from "./hedge-rule.ts";

const hedge = easyRules.hedge as HedgeConfig;
const [layered] = hedgeRules(hedge);

/** Three years with one fall, in which VIX futures stand at 16. */
function marketOf(options: Partial<FakeMarketOptions> = {}, future = 16) {
  return fakeMarket({
    from: "2016-12-05",
    to: "2019-12-30",
    day: (index) => ({
      spot: index === 150 ? 2900 : 3000 + 8 * Math.sin(2 * index),
      vix: index === 150 ? 19 : 13.5,
      vixChain: (days) => ({ forward: future, volatility: 0.6 + 20 / (days + 20) }),
    }),
    ...options,
  });
}

const options: FrontierOptions = {
  config: easyRules,
  hedge,
  startEquity: dollars(100_000_000),
  from: calendarDate("2016-12-05"),
  to: calendarDate("2019-12-30"),
  seed: 42,
  assignment: rationalHolders,
  budgets: [0.005, 0.015, 0.03],
  resamples: 50,
  jitter: 0,
};

describe("hedgeFrontier", () => {
  const shares: number[] = [];
  const market = marketOf();
  const { arms, unhedged, from, to } = hedgeFrontier(market, {
    ...options,
    onProgress: (share) => shares.push(share),
  });
  const budgetsOf = (kind: FrontierArm["kind"]) => arms.filter((arm) => arm.kind === kind);

  test("runs every way to hedge and the smaller size at every budget, in the order of the budgets", () => {
    expect({ from, to }).toEqual({ from: options.from, to: options.to });
    const told = arms.map(({ kind, budgetShare }) => `${kind} ${budgetShare}`);
    const of = (kind: string) => options.budgets.map((budget) => `${kind} ${budget}`);
    expect(told).toEqual([
      ...of("layers"),
      ...of("layer"),
      ...of("layer"),
      ...of("layer"),
      ...of("vxth"),
      ...of("size"),
    ]);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((left, right) => left - right));
  });

  test("layers at a budget are the account that a sweep would run, and the unhedged one likewise", () => {
    const { config: own, result } = arms[1] ?? { config: easyRules };
    expect(own).toEqual({ ...easyRules, hedge: { ...hedge, budgetShare: 0.015 } });
    expect(result).toEqual(runVariant(marketOf(), { ...options, config: own }));
    const bare = { ...easyRules, hedge: undefined };
    expect(unhedged).toEqual(runVariant(marketOf(), { ...options, config: bare }));
  });

  test("each way spends its budget within 15 %, but for the layers together", () => {
    for (const { kind, spent, budgetShare } of arms) {
      expect(spent / budgetShare).toBeGreaterThan(kind === "layers" ? 0.7 : 0.85);
      expect(spent / budgetShare).toBeLessThan(1.15);
    }
  });

  test("layers spend less since a unit is dearest when a longer one is rolled: the short call is nearest then", () => {
    const costOn = (session: string): number => {
      const rule = layered as HedgeRule;
      return assessRule(rule, marketOf().view(calendarDate(session))).yearlyUnitCost ?? Number.NaN;
    };
    // Expirations are on June 19 and July 17: 9 days before the one, 50 before the other.
    expect(costOn("2019-05-28")).toBeGreaterThan(1.2 * costOn("2019-06-10"));
  });

  test("more budget spends more in every way", () => {
    for (const kind of ["layers", "vxth", "size"] as const) {
      const spent = budgetsOf(kind).map((arm) => arm.spent);
      expect(spent).toEqual(spent.toSorted((left, right) => left - right));
      expect(spent[0]).toBeGreaterThan(0);
    }
  });

  test("the smaller size gives up the budget in credits, and risks less", () => {
    const sizes = budgetsOf("size");
    const risks = sizes.map(({ config }) => config.size.totalRiskShare);
    expect(risks).toEqual(risks.toSorted((left, right) => right - left));
    expect(risks[0]).toBeLessThan(easyRules.size.totalRiskShare);
    for (const { config } of sizes) expect(config.hedge).toBeUndefined();
    // The unhedged account collects so much a year that the largest budget leaves some of it.
    expect(risks.at(-1)).toBeGreaterThan(0);
  });

  test("costs are growth given up, with intervals around them that the same seed gives again", () => {
    for (const { protection, paired, result } of arms) {
      expect(protection?.costAYear).toBe((unhedged.growth ?? 0) - (result.growth ?? 0));
      expect(protection?.drawdownSaved).toBe(result.drawdown - unhedged.drawdown);
      expect(paired?.drawdown.value).toBeCloseTo(protection?.drawdownSaved ?? Number.NaN, 12);
      expect(paired?.growth.low95).toBeLessThanOrEqual(paired?.growth.high95 ?? Number.NaN);
    }
    expect(hedgeFrontier(marketOf(), options).arms).toEqual(arms);
  });

  test("in a quiet year hedges cost about what they spend", () => {
    const calm = marketOf({
      day: (index) => ({
        spot: 3000 + 8 * Math.sin(2 * index),
        vix: 16,
        vixChain: (days) => ({ forward: 16, volatility: 0.6 + 20 / (days + 20) }),
      }),
    });
    const { arms: quiet } = hedgeFrontier(calm, { ...options, budgets: [0.015] });
    for (const { kind, spent, protection } of quiet) {
      if (kind === "size") continue;
      // Spreads and fees come on top, and growth compounds over what condors earn.
      expect((protection?.costAYear ?? 0) / spent).toBeGreaterThan(0.8);
      expect((protection?.costAYear ?? 0) / spent).toBeLessThan(2);
    }
  });

  test("a budget that never buys one unit changes nothing, and says so by what it spends", () => {
    const [small] = hedgeFrontier(marketOf(), {
      ...options,
      startEquity: dollars(100_000),
      budgets: [0.005],
    }).arms;
    expect(small).toMatchObject({
      kind: "layers",
      spent: 0,
      protection: { costAYear: 0, drawdownSaved: 0, costPerPoint: undefined },
    });
  });

  test("VXTH buys nothing while the future is at 15 or under", () => {
    const { arms: found } = hedgeFrontier(marketOf({}, 15), options);
    expect(found.filter(({ kind }) => kind === "vxth").map(({ spent }) => spent)).toEqual([0, 0, 0]);
  });

  test("without condors there is no size to cut, and VXTH trades once a month while its future is in range", () => {
    const hedgeOnly = { ...easyRules, condor: { ...easyRules.condor, tiers: [] } };
    // Futures stand at 16 in all months but those of 2018.
    const inRange = marketOf({
      day: (_, session) => ({
        vix: 13.5,
        vixChain: () => ({ forward: session.startsWith("2018") ? 14 : 16 }),
      }),
    });
    const { arms: found } = hedgeFrontier(inRange, { ...options, config: hedgeOnly });
    expect(found.some(({ kind }) => kind === "size")).toBe(false);
    // Bought on December 21, 2016 and in every month of 2017 and 2019 but the last, whose calls are open at the end; those of
    // December 2017 settle in January 2018.
    const trips = found.filter(({ kind }) => kind === "vxth").map(({ result }) => result.roundTrips);
    expect(trips).toEqual([1 + 12 + 11, 1 + 12 + 11, 1 + 12 + 11]);
  });
});

describe("jitter", () => {
  const { arms } = hedgeFrontier(marketOf(), { ...options, budgets: [0.015], jitter: 3 });
  const plain = hedgeFrontier(marketOf(), { ...options, budgets: [0.015] }).arms;

  test("runs every phase at once and a session late, and leaves the result as it is", () => {
    expect(arms.map(({ jitter }) => jitter?.runs)).toEqual([6, 6, 6, 6, 6, undefined]);
    expect(arms.map(({ result }) => result)).toEqual(plain.map(({ result }) => result));
    expect(plain.every(({ jitter }) => jitter === undefined)).toBe(true);
  });

  test("spreads around what rolls on other days cost", () => {
    for (const { jitter } of arms) {
      if (jitter === undefined) continue;
      for (const { low5, median, high95 } of [jitter.costAYear, jitter.drawdownSaved]) {
        expect(low5).toBeLessThanOrEqual(median);
        expect(median).toBeLessThanOrEqual(high95);
      }
      expect(jitter.costAYear.low5).toBeLessThan(jitter.costAYear.high95);
    }
  });

  test("what is late buys the call of the session before, a session later", () => {
    // The future doubles overnight.
    const market = marketOf({
      day: (index) => ({ vixChain: () => ({ forward: index === 0 ? 16 : 32, volatility: 0.8 }) }),
    });
    const strikesOf = (member: Followed | undefined): readonly (Strike | undefined)[] =>
      (member?.path().run.rows.at(-1)?.orders ?? []).flatMap(({ intent: { purpose, structure } }) =>
        purpose.kind === "hedge" ? [structure.legs[0]?.contract.strike] : [],
      );
    const { asIs, moved } = openFamily(layered as HedgeRule, { ...options, jitter: 1 });
    const [late] = moved;
    const lead = (to: number): void => {
      const view = market.view(market.sessions[to] ?? options.from);
      const assessment = { ...emptyAssessment, view, expiration: view.session.date };
      for (const team of [asIs, late]) team?.step(market, assessment);
    };
    lead(0);
    const chosen = strikesOf(asIs.members[0]);
    expect(chosen).toHaveLength(3);
    expect(strikesOf(late?.members[0])).toEqual([]);
    lead(1);
    expect(strikesOf(late?.members[0])).toEqual(chosen);
  });
});

const emptyAssessment = {
  expectedRange: undefined,
  premium: undefined,
  tiers: [],
  events: { factor: 1, because: [] },
  hedge: undefined,
  secondEngine: undefined,
} as const;
