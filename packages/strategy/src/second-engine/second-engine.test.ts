import { calendarDate, strikePoints } from "@steward/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assess, initialStrategyState, remember } from "../assess.ts";
import type { SecondEngineConfig, StrategyConfig } from "../config.ts";
import { decide } from "../decide.ts";
import type { HeldPosition } from "../held.ts";
import { presets } from "../presets.ts";
import { type FakeViewOptions, fakeView } from "../testing/fake-market.ts";
import { freshSleeve, sleeveRules, steepView } from "../testing/sleeve-rules.ts";
import { decideSecondEngine, type SleeveAccount } from "./decide-second-engine.ts";

const session = "2019-06-03";
const assessed = (config: StrategyConfig, view = steepView({ session })) =>
  assess(view, config, initialStrategyState).assessment;
const decided = (
  changes: Partial<SecondEngineConfig> = {},
  view: Partial<FakeViewOptions> = {},
  account: SleeveAccount = freshSleeve,
) => {
  const config = sleeveRules(changes);
  const decision = decideSecondEngine(assessed(config, steepView({ session, ...view })), account, config);
  const { secondEngine } = decision;
  if (secondEngine === undefined) throw new Error("a sleeve decides");
  return { ...secondEngine, decision };
};
const gatesOf = (config: StrategyConfig, view: FakeViewOptions) =>
  assessed(config, steepView(view)).secondEngine?.gates.map(({ verdict }) => verdict);

describe("the gates", () => {
  test("all open in a calm session with a steep curve", () => {
    const { gates } = decided();
    expect(gates.map(({ verdict }) => verdict)).toEqual(["pass", "pass", "pass"]);
    // 17 over 15.5.
    expect(gates[0]).toMatchObject({ reading: expect.closeTo(17 / 15.5 - 1, 12), threshold: 0.08 });
  });

  test("a flat curve and a high VIX close theirs, each with its sentence, and nothing is entered", () => {
    const flat = decided({}, { vixChain: () => ({ forward: 15, volatility: 0.8 }) });
    expect(flat.gates.map(({ verdict }) => verdict)).toEqual(["block", "pass", "block"]);
    expect(flat.because[0]).toBe("the VIX curve is flat, 0.0 %, less than 8.0 %");
    const high = decided({}, { vix: 20 });
    expect(high.gates.map(({ verdict }) => verdict)).toEqual(["pass", "block", "pass"]);
    expect(high.because).toEqual(["VIX 20.00 is not below 20.00"]);
    for (const { action, orders, decision } of [flat, high])
      expect([action, orders, decision.intents]).toEqual(["none", [], []]);
  });

  test("the readings' confluence asks for groups and for a score", () => {
    expect(gatesOf(sleeveRules({ minGroups: 2 }), { session })).toEqual(["pass", "pass", "block"]);
    expect(gatesOf(sleeveRules({ minScore: 1 }), { session })).toEqual(["pass", "pass", "pass"]);
    const silent = sleeveRules({ readings: { contango: 0, "rsi-divergence": 0, "rsi-cash": 0, macd: 0 } });
    expect(gatesOf(silent, { session })).toEqual(["pass", "pass", "abstain"]);
  });

  test("abstain where VIX or a future is missing", () => {
    const { action, gates, because } = decided({}, { isWarmingUp: true });
    expect(gates.map(({ verdict }) => verdict)).toEqual(["abstain", "abstain", "abstain"]);
    expect([action, because[0]]).toEqual(["none", "VIX or a future of its curve is missing"]);
  });
});

describe("a deferred condor", () => {
  test("expires on the last Friday within the days, then on nearer ones", () => {
    // Fridays 7 to 21 days ahead: 2019-06-14 and 06-21.
    expect(decided().orders.map(({ expiration }) => expiration)).toEqual(["2019-06-21", "2019-06-14"]);
  });

  test("moves to Thursday before a Friday without a session", () => {
    // 2019-04-19 was Good Friday.
    const { orders } = decided({}, { session: "2019-04-08" });
    expect(orders.map(({ expiration }) => expiration)).toEqual(["2019-04-26", "2019-04-18"]);
  });

  test("has short strikes of the deltas sought and wings of the width", () => {
    const [order] = decided().orders;
    const view = steepView({ session });
    const strikes = order?.structure.legs.map(({ contract }) => strikePoints(contract.strike)) ?? [];
    const [longPut = 0, shortPut = 0, shortCall = 0, longCall = 0] = strikes;
    expect([shortPut - longPut, longCall - shortCall]).toEqual([25, 25]);
    const slice = view.slice("SPXW", calendarDate("2019-06-21"));
    for (const { contract, ratio } of order?.structure.legs ?? []) {
      if (ratio > 0) continue;
      const delta = Math.abs(slice?.mark(contract.right, contract.strike)?.delta ?? 0);
      expect(delta).toBeGreaterThanOrEqual(0.08);
      expect(delta).toBeLessThanOrEqual(0.12);
    }
    expect(order?.credit).toBeGreaterThan(0);
  });

  test("is sized by its part of the sleeve's risk", () => {
    // 10 % of 250,000 in three parts, over what one condor can lose.
    for (const { contracts, credit, maxLoss } of decided().orders) {
      const each = (25 - credit) * 100;
      expect(contracts).toBe(Math.floor(25_000 / 3 / each));
      expect(maxLoss).toBeCloseTo(contracts * each, 6);
    }
  });

  test("is sold as an order of the sleeve", () => {
    const { decision, orders, action } = decided();
    expect(action).toBe("enter");
    expect(decision.intents).toEqual(
      orders.map(({ structure, contracts, because }) => ({
        effect: "open",
        purpose: { kind: "sleeve", rung: "deferred-condor" },
        structure,
        quantity: contracts,
        because: because.join("; "),
      })),
    );
    expect([decision.tiers, decision.hedge, decision.management]).toEqual([[], undefined, []]);
  });

  test.each([
    ["no strikes have the deltas", { condor: { leastDelta: 0.1, mostDelta: 0.1001 } }, {}, "not within"],
    ["nothing is quoted", {}, { has: (root: string) => root === "VIX" }, "no condor is quoted"],
    ["the fill takes too much", {}, { index: { halfSpread: 2 } }, "of which the fill takes"],
  ] as const)("is refused where %s", (_, changes, view, because) => {
    const { condor } = sleeveRules().secondEngine;
    const { action, because: why } = decided(
      "condor" in changes ? { condor: { ...condor, ...changes.condor } } : {},
      view,
    );
    expect(action).toBe("none");
    expect(why.join()).toContain(because);
  });

  test("trades only what was listed where listings are historical", () => {
    const config = sleeveRules();
    const historical = { ...config, condor: { ...config.condor, listings: "historical" as const } };
    const view = steepView({ session: "2003-06-02" });
    const decision = decideSecondEngine(assessed(historical, view), freshSleeve, historical);
    expect(decision.secondEngine?.orders).toEqual([]);
    expect(decision.secondEngine?.because).toContain("2003-06-20: not listed");
  });
});

describe("the sleeve's account", () => {
  const held = (expiration: string, rung = "deferred-condor"): HeldPosition => {
    const [order] = decided().orders;
    if (order === undefined) throw new Error("there is an order");
    const legs = order.structure.legs.map(({ contract, ratio }) => ({
      contract: { ...contract, expiration: calendarDate(expiration) },
      ratio,
    }));
    return {
      purpose: { kind: "sleeve", rung },
      structure: { ...order.structure, legs },
      quantity: 3,
      openedQuantity: 3,
      openedOn: calendarDate("2019-05-31"),
      premium: order.credit,
    };
  };
  const with_ = (changes: Partial<SleeveAccount>) => decided({}, {}, { ...freshSleeve, ...changes });

  test("holds one condor of an expiration at a time", () => {
    const { orders, because } = with_({ positions: [held("2019-06-21")] });
    expect(orders.map(({ expiration }) => expiration)).toEqual(["2019-06-14"]);
    expect(because).toContain("deferred-condor of 2019-06-21 is held already");
  });

  test("holds no more than it may, what settled today left aside", () => {
    const open = ["2019-06-07", "2019-06-12"].map((expiration) => held(expiration));
    expect(with_({ positions: open }).orders).toHaveLength(1);
    expect(with_({ positions: [...open, held("2019-06-10")] }).because).toContain(
      "3 positions are open: no more",
    );
    expect(with_({ positions: [...open, held(session)] }).orders).toHaveLength(1);
  });

  test("takes no more risk than is left of its share", () => {
    expect(with_({ condorRisk: 24_000 }).orders).toEqual([]);
    const [order] = with_({ condorRisk: 20_000 }).orders;
    expect(order?.maxLoss).toBeGreaterThan(0);
    expect(order?.maxLoss).toBeLessThanOrEqual(5_000);
  });

  test("sizes by its start and a share of what it realized, never by more than it has", () => {
    const riskOf = (compounding: number, account: Partial<SleeveAccount>) =>
      decided({ compounding, maxOpen: 1 }, {}, { ...freshSleeve, ...account }).orders[0]?.maxLoss ?? 0;
    const gained = { equity: 500_000, realized: 250_000 };
    const each = (25 - (decided().orders[0]?.credit ?? 0)) * 100;
    const expected = (base: number) => Math.floor((base * 0.1) / each) * each;
    expect(riskOf(0, gained)).toBeCloseTo(expected(250_000), 6);
    expect(riskOf(0.5, gained)).toBeCloseTo(expected(375_000), 6);
    expect(riskOf(1, gained)).toBeCloseTo(expected(500_000), 6);
    const lost = { equity: 150_000, realized: -100_000 };
    expect(riskOf(0, lost)).toBeCloseTo(expected(150_000), 6);
    expect(riskOf(1, { ...lost, equity: -5 })).toBe(0);
  });

  test("never risks more than its share, whatever it holds", () => {
    const money = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        money,
        money,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (equity, condorRisk, riskShare) => {
          const { orders } = decided({ riskShare }, {}, { ...freshSleeve, equity, condorRisk });
          const risk = orders.reduce((total, { maxLoss }) => total + maxLoss, 0);
          expect(risk).toBeLessThanOrEqual(
            Math.max(Math.min(equity, 250_000) * riskShare - condorRisk, 0) + 1e-6,
          );
        },
      ),
      { seed: 1013, numRuns: 30 },
    );
  });
});

describe("events before the expiration", () => {
  const events = [{ kind: "fomc", date: calendarDate("2019-06-19") }];
  const first = (policy: "skip" | "half" | "warn" | "ignore") => {
    const { gates } = sleeveRules().secondEngine;
    return decided({ gates: { ...gates, events: policy } }, { events }).orders[0];
  };

  test("halve, skip, warn of or leave alone the condor that spans them", () => {
    const whole = first("ignore")?.contracts ?? 0;
    expect(first("half")?.contracts).toBe(Math.floor(whole / 2));
    expect(first("warn")?.contracts).toBe(whole);
    expect(first("warn")?.because.join()).toContain("FOMC");
    // The condor of 06-21 is left out; that of 06-14 spans nothing.
    expect(first("skip")?.expiration).toBe("2019-06-14");
  });
});

describe("without a second engine", () => {
  const { flagship } = presets as { readonly flagship: StrategyConfig };

  test("nothing is read, remembered or asked of the market", () => {
    const asked: string[] = [];
    const plain = fakeView({ session });
    const view = {
      ...plain,
      slice: (...key: Parameters<typeof plain.slice>) => {
        asked.push(key[0]);
        return plain.slice(...key);
      },
    };
    const config = { ...flagship, hedge: undefined };
    const { assessment, state } = assess(view, config, initialStrategyState);
    expect(assessment.secondEngine).toBeUndefined();
    expect(state.timing).toBe(initialStrategyState.timing);
    expect(remember(view, config, initialStrategyState).timing).toBe(initialStrategyState.timing);
    expect(asked).not.toContain("VIX");
  });

  test("the first engine decides the same beside one", () => {
    const config = sleeveRules();
    const alone = { ...config, secondEngine: undefined };
    const { secondEngine: _, ...first } = decide(assessed(config), freshSleeve, config);
    expect(first).toEqual(decide(assessed(alone), freshSleeve, alone));
  });
});

test("what is remembered does not depend on who asks", () => {
  const config = sleeveRules();
  const view = steepView({ session });
  expect(remember(view, config, initialStrategyState)).toEqual(
    assess(view, config, initialStrategyState).state,
  );
});
