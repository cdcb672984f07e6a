import { calendarDate, contractId, type OptionContract, strike } from "@steward/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HedgeConfig } from "./config.ts";
import { decideHedge, type HedgeDecision } from "./hedge.ts";
import { assessHedge } from "./hedge-assessment.ts";
import type { HeldLayer } from "./held.ts";
import { type FakeViewOptions, fakeView } from "./testing/fake-market.ts";

const config: HedgeConfig = {
  layers: [
    { name: "short", days: 30, contracts: 4, rollDays: 9 },
    { name: "long", days: 220, contracts: 2, rollDays: 110 },
  ],
  delta: 0.5,
  rollAtDelta: undefined,
  monetise: undefined,
  budgetShare: 0.015,
};

function call(expiration: string, points: number): OptionContract {
  return { root: "VIX", expiration: calendarDate(expiration), right: "call", strike: strike(points) };
}

function held(layer: string, contract: OptionContract, contracts = 4): HeldLayer {
  return { layer, contract, contracts, openedContracts: contracts, cost: 1 };
}

interface Setting extends Partial<FakeViewOptions> {
  readonly equity?: number;
  readonly held?: readonly HeldLayer[];
  readonly budgetShare?: number;
}

function decide({
  equity = 10_000_000,
  held: calls = [],
  budgetShare = config.budgetShare,
  ...market
}: Setting): HedgeDecision {
  const view = fakeView({ session: "2019-06-03", ...market });
  const rules = { ...config, budgetShare };
  return decideHedge(view, rules, assessHedge(view, rules), { equity, held: calls });
}

function actions({ layers }: HedgeDecision): readonly string[] {
  return layers.map(({ action }) => action);
}

const shortJune = held("short", call("2019-06-19", 16), 8);
const longJanuary = held("long", call("2020-01-22", 18), 4);

describe("units", () => {
  const unitCost = decide({}).yearlyUnitCost ?? Number.NaN;
  /** Equity whose yearly budget is so many dollars. */
  const budgeting = (dollars: number): number => dollars / config.budgetShare;

  test("are what the yearly budget buys, rounded down", () => {
    const { units, yearlyBudget } = decide({ equity: budgeting(2.99 * unitCost) });
    expect(units).toBe(2);
    expect(yearlyBudget).toBeCloseTo(2.99 * unitCost, 6);
    expect(decide({ equity: budgeting(3.01 * unitCost) }).units).toBe(3);
  });

  test.each([
    [2.5, [], 2, /^a yearly budget of \$\d+ against \$\d+ for one unit: 2 units$/],
    [1.5, [], 1, /: 1 unit$/],
    [0.5, [], 0, /: none; one unit needs an account of \$\d+$/],
    [0.5, [shortJune], 1, /: too little for one, but a hedge once opened keeps one$/],
    [2.5, [shortJune], 2, /: 2 units$/],
    [-1, [], 0, /^a yearly budget of \$0 against/],
    [-1, [shortJune], 1, /^a yearly budget of \$0 against .* keeps one$/],
  ] as const)("%d budgets with %j held give %i, and say why", (budgets, calls, units, because) => {
    const decision = decide({ equity: budgeting(budgets * unitCost), held: calls });
    expect(decision.units).toBe(units);
    expect(decision.because).toMatch(because);
  });

  test("the account that one unit needs is named and is enough", () => {
    const [, named] = /account of \$(\d+)$/.exec(decide({ equity: 1 }).because) ?? [];
    expect(decide({ equity: Number(named) + 1 }).units).toBe(1);
    expect(decide({ equity: Number(named) - 1 }).units).toBe(0);
  });

  test("while VIX options have no price nothing is bought, but what is held counts as one", () => {
    const blind = decide({ isWarmingUp: true, held: [shortJune] });
    expect(blind).toMatchObject({ units: 1, yearlyUnitCost: undefined, intents: [] });
    expect(blind.because).toBe("VIX options cannot be priced yet");
    expect(actions(decide({ isWarmingUp: true }))).toEqual(["wait", "wait"]);
    expect(decide({ isWarmingUp: true })).toMatchObject({ units: 0, intents: [] });
  });

  test("are never fewer for a larger budget, never negative, and every order buys whole calls", () => {
    const settings = fc.record({
      equity: fc.double({ min: -1e6, max: 1e9, noNaN: true }),
      vix: fc.double({ min: 9, max: 80, noNaN: true }),
      isOpen: fc.boolean(),
      shares: fc.tuple(
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        fc.double({ min: 0, max: 0.1, noNaN: true }),
      ),
    });
    fc.assert(
      fc.property(settings, ({ equity, vix, isOpen, shares: [one, other] }) => {
        const decideAt = (budgetShare: number) =>
          decide({ equity, vix, budgetShare, held: isOpen ? [shortJune] : [] });
        const less = decideAt(Math.min(one, other));
        const more = decideAt(Math.max(one, other));
        expect(less.units).toBeGreaterThanOrEqual(0);
        expect(more.units).toBeGreaterThanOrEqual(less.units);
        for (const { quantity } of [...less.intents, ...more.intents]) {
          expect(Number.isInteger(quantity)).toBe(true);
          expect(quantity).toBeGreaterThan(0);
        }
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  test("a market in which nothing would be lost buys nothing rather than without limit", () => {
    const vixChain = (days: number) => ({ forward: 16, volatility: days < 50 ? 0.1 : 200 / days });
    expect(decide({ vix: 16, vixChain })).toMatchObject({ units: 0, yearlyUnitCost: undefined, intents: [] });
  });
});

describe("a layer", () => {
  test("that is not held opens, with its contracts for each unit", () => {
    const decision = decide({});
    expect(actions(decision)).toEqual(["open", "open"]);
    const [short] = decision.layers;
    expect(short?.bought).toMatchObject({ contracts: 4 * decision.units });
    expect(short?.because).toMatch(/^opens at 16 days, delta 0\.\d\d$/);
    expect(decision.intents).toEqual([
      {
        effect: "open",
        purpose: { kind: "hedge", layer: "short" },
        structure: { kind: "call", legs: [{ contract: call("2019-06-19", 15), ratio: 1 }] },
        quantity: 4 * decision.units,
        because: short?.because,
      },
      expect.objectContaining({ quantity: 2 * decision.units, purpose: { kind: "hedge", layer: "long" } }),
    ]);
    expect(short?.bought?.contract).toBe(contractId(call("2019-06-19", 15)));
  });

  test("that is held stays until its roll days, whatever the budget says now", () => {
    const decision = decide({ held: [shortJune, longJanuary], equity: 1 });
    expect(actions(decision)).toEqual(["hold", "hold"]);
    expect(decision.intents).toEqual([]);
    expect(decision.layers[0]).toMatchObject({
      because: "16 days to expiration, rolled at 9",
      bought: undefined,
      held: { contract: contractId(shortJune.contract), contracts: 8, days: 16, daysToRoll: 7 },
    });
    expect(decision.layers[0]?.held?.mark).toBeGreaterThan(0);
    expect(decision.layers[0]?.held?.delta).toBeGreaterThan(0);
  });

  test("a day before its roll days it is held, on the day it rolls: the old calls out, the new in", () => {
    const calls = [held("short", call("2019-06-20", 16), 8), longJanuary];
    expect(actions(decide({ held: calls, session: "2019-06-10" }))).toEqual(["hold", "hold"]);
    const decision = decide({ held: calls, session: "2019-06-11" });
    expect(actions(decision)).toEqual(["roll", "hold"]);
    expect(decision.intents.map(({ effect, quantity }) => [effect, quantity])).toEqual([
      ["close", 8],
      ["open", 4 * decision.units],
    ]);
    expect(decision.intents[0]).toMatchObject({
      purpose: { kind: "hedge", layer: "short" },
      structure: { kind: "call", legs: [{ contract: call("2019-06-20", 16), ratio: -1 }] },
    });
    expect(decision.layers[0]?.because).toMatch(
      /^9 days to expiration, at or under 9: rolls to 36 days, delta 0\.\d\d$/,
    );
    expect(decision.layers[0]?.held).toMatchObject({ days: 9, daysToRoll: 0 });
  });

  test("past its roll days it rolls all the same", () => {
    expect(actions(decide({ held: [shortJune], session: "2019-06-18" }))).toEqual(["roll", "open"]);
  });

  test("whose old calls nobody bids for buys the new and leaves the old to expire", () => {
    const worthless = held("short", call("2019-06-19", 90), 8);
    const decision = decide({ held: [worthless, longJanuary], session: "2019-06-11" });
    expect(actions(decision)).toEqual(["roll", "hold"]);
    expect(decision.intents.map(({ effect }) => effect)).toEqual(["open"]);
    expect(decision.layers[0]?.because).toMatch(/; nobody bids for the old calls, they are left to expire$/);
  });

  test("whose old calls are not quoted is rolled the same way", () => {
    const has = (_: string, date: string): boolean => date !== "2019-06-19";
    const decision = decide({ held: [shortJune, longJanuary], session: "2019-06-11", has });
    expect(decision.intents.map(({ effect }) => effect)).toEqual(["open"]);
    expect(decision.layers[0]?.held).toMatchObject({ mark: undefined, delta: undefined });
  });

  test("does not roll again the next day: the farther calls are the live ones, in any order", () => {
    const left = held("short", call("2019-06-19", 90), 8);
    const live = held("short", call("2019-07-17", 16), 8);
    for (const calls of [
      [left, live, longJanuary],
      [live, longJanuary, left],
    ]) {
      const decision = decide({ held: calls, session: "2019-06-12" });
      expect(actions(decision)).toEqual(["hold", "hold"]);
      expect(decision.layers[0]?.held?.contract).toBe(contractId(live.contract));
    }
  });

  test("waits where the budget does not buy one unit", () => {
    const decision = decide({ equity: 1000 });
    expect(actions(decision)).toEqual(["wait", "wait"]);
    expect(decision.layers[0]).toMatchObject({
      because: "the budget does not buy one unit",
      held: undefined,
      bought: undefined,
    });
    expect(decision.intents).toEqual([]);
  });

  test("waits where no call is quoted for it, held or not", () => {
    const has = (_: string, date: string): boolean => date === "2019-06-19";
    const decision = decide({ has, held: [shortJune], session: "2019-06-11" });
    expect(actions(decision)).toEqual(["wait", "wait"]);
    expect(decision.layers[0]).toMatchObject({
      because: "no VIX call is quoted for this layer",
      held: { daysToRoll: 0 },
    });
  });

  test("an unhedged account that lost its equity still rolls one unit of what it holds", () => {
    const decision = decide({ held: [shortJune, longJanuary], session: "2019-06-11", equity: 0 });
    expect(decision.units).toBe(1);
    expect(decision.intents.map(({ quantity }) => quantity)).toEqual([8, 4]);
  });
});
