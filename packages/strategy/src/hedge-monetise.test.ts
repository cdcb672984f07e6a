import { calendarDate, contractId, type OptionContract, strike } from "@steward/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HedgeConfig } from "./config.ts";
import { decideHedge } from "./hedge.ts";
import { assessHedge } from "./hedge-assessment.ts";
import { type HeldLayer, type HeldPosition, heldLayers } from "./held.ts";
import { type FakeViewOptions, fakeView } from "./testing/fake-market.ts";

const seed = 1509;
const config: HedgeConfig = {
  layers: [
    { name: "short", days: 30, contracts: 4, rollDays: 9 },
    { name: "long", days: 220, contracts: 2, rollDays: 110 },
  ],
  delta: 0.5,
  rollAtDelta: undefined,
  monetise: { gain: 1.5, sellShare: 0.5, reinvestShare: 0.6 },
  budgetShare: 0.015,
};

function call(expiration: string, points: number): OptionContract {
  return { root: "VIX", expiration: calendarDate(expiration), right: "call", strike: strike(points) };
}

function held(layer: string, contract: OptionContract, rest: Partial<HeldLayer> = {}): HeldLayer {
  return { layer, contract, contracts: 8, openedContracts: 8, cost: 1, ...rest };
}

/** After a spike: the future at 40, so deep in the money that a call is worth what it is in the money, to the cent. */
const spike: Partial<FakeViewOptions> = { vixChain: () => ({ forward: 40, volatility: 0.05 }) };

interface Setting extends Partial<FakeViewOptions> {
  readonly rules?: Partial<HedgeConfig>;
}

function decide(calls: readonly HeldLayer[], { rules = {}, ...market }: Setting = {}) {
  const view = fakeView({ session: "2019-06-03", ...market });
  const own = { ...config, ...rules };
  return decideHedge(view, own, assessHedge(view, own), { equity: 10_000_000, held: calls });
}

const short = held("short", call("2019-06-19", 20));
const long = held("long", call("2020-01-22", 18), { cost: 30 });

describe("monetise", () => {
  test("worked by hand: sells half of the short layer and buys long calls from the gain", () => {
    // A 20 call with the future at 40 is worth 20, bid a tick lower at 19.90, and cost 1: far over 1 × (1 + 1.5).
    // Half of 8 brings 4 × 19.90 × 100 = 7,960, of it gain 4 × 18.90 × 100 = 7,560.
    // 60 % of is 4,536; the 18 call asks 22.10, that is 2,210 each: two for 4,420.
    const { layers, intents } = decide([short, long], spike);
    const [sold, kept] = layers;
    expect(sold).toMatchObject({
      action: "monetise",
      because: "bid 19.90 against a cost of 1.00: sells 4 of 8 and buys 2 of layer long from the gain",
      monetised: {
        sold: 4,
        proceeds: expect.closeTo(7960, 6),
        gain: expect.closeTo(7560, 6),
        bought: 2,
        spent: expect.closeTo(4420, 6),
      },
    });
    expect(kept).toMatchObject({ action: "hold", monetised: undefined });
    expect(
      intents.map(({ effect, quantity, structure, purpose }) => [
        effect,
        quantity,
        purpose.kind === "hedge" && purpose.layer,
        structure.legs.map(({ contract, ratio }) => `${ratio} ${contractId(contract)}`).join(),
      ]),
    ).toEqual([
      ["close", 4, "short", `-1 ${contractId(short.contract)}`],
      ["open", 2, "long", `1 ${contractId(long.contract)}`],
    ]);
  });

  test("once until it is rolled: what was sold in part is kept", () => {
    const [layer] = decide([{ ...short, contracts: 4 }, long], spike).layers;
    expect(layer).toMatchObject({ action: "hold", monetised: undefined });
  });

  test("exactly at the gain, not a tick below", () => {
    // 19.90 is 2.5 times 7.96.
    expect(decide([{ ...short, cost: 7.96 }, long], spike).layers[0]?.action).toBe("monetise");
    expect(decide([{ ...short, cost: 7.97 }, long], spike).layers[0]?.action).toBe("hold");
  });

  test("one call always stays, and a single one is never sold", () => {
    const sellAll = { monetise: { gain: 1.5, sellShare: 1, reinvestShare: 0.6 } };
    const two = { ...short, contracts: 2, openedContracts: 2 };
    expect(decide([two, long], { ...spike, rules: sellAll }).layers[0]?.monetised?.sold).toBe(1);
    const one = { ...short, contracts: 1, openedContracts: 1 };
    expect(decide([one, long], { ...spike, rules: sellAll }).layers[0]?.action).toBe("hold");
  });

  test("keeps the cash where no longer layer is held, the gain buys none, or it is the longest", () => {
    const keeps = "and keeps the cash";
    expect(decide([short], spike).layers[0]?.because).toContain(keeps);
    const little = { monetise: { gain: 1.5, sellShare: 0.5, reinvestShare: 0.2 } };
    expect(decide([short, long], { ...spike, rules: little }).layers[0]?.because).toContain(keeps);
    const cheap = { ...long, cost: 1 };
    expect(decide([{ ...short, cost: 30 }, cheap], spike).layers[1]).toMatchObject({
      action: "monetise",
      monetised: { bought: 0, spent: 0 },
    });
  });

  test("buys nothing of a layer that is itself sold or rolled today", () => {
    const both = decide([short, { ...long, cost: 1 }], spike);
    expect(both.layers.map(({ action, monetised }) => [action, monetised?.bought])).toEqual([
      ["monetise", 0],
      ["monetise", 0],
    ]);
    const rolling = held("long", call("2019-09-18", 18), { cost: 30 });
    const rolled = decide([short, rolling], spike);
    expect(rolled.layers.map(({ action }) => action)).toEqual(["monetise", "roll"]);
    expect(rolled.layers[0]?.monetised?.bought).toBe(0);
  });

  test("a roll comes first; without bids, quotes or the rule nothing is sold", () => {
    expect(decide([short, long], { ...spike, session: "2019-06-11" }).layers[0]?.action).toBe("roll");
    const has = (_: string, date: string): boolean => date !== "2019-06-19";
    expect(decide([short, long], { ...spike, has }).layers[0]?.action).toBe("hold");
    expect(decide([short, long], { ...spike, rules: { monetise: undefined } }).layers[0]?.action).toBe(
      "hold",
    );
  });

  test("never spends more than the share of the gain, never sells more than it holds", () => {
    const setting = fc.record({
      contracts: fc.integer({ min: 1, max: 50 }),
      cost: fc.integer({ min: 1, max: 600 }).map((cents) => cents / 100),
      forward: fc.integer({ min: 15, max: 80 }),
      sellShare: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
      reinvestShare: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
    });
    let sales = 0;
    fc.assert(
      fc.property(setting, ({ contracts, cost, forward, sellShare, reinvestShare }) => {
        const rules = { monetise: { gain: 1.5, sellShare, reinvestShare } };
        const calls = [{ ...short, contracts, openedContracts: contracts, cost }, long];
        const { monetised } =
          decide(calls, { vixChain: () => ({ forward, volatility: 0.5 }), rules }).layers[0] ?? {};
        if (monetised === undefined) return;
        sales += 1;
        expect(monetised.sold).toBeGreaterThan(0);
        expect(monetised.sold).toBeLessThan(contracts);
        expect(monetised.gain).toBeLessThan(monetised.proceeds);
        expect(monetised.spent).toBeLessThanOrEqual(monetised.gain * reinvestShare + 1e-6);
      }),
      { seed, numRuns: 500 },
    );
    expect(sales).toBeGreaterThan(100);
  });
});

describe("rollAtDelta", () => {
  // With the future at 16 and 80 % the 16 call of 16 days has a delta of about 0.53, the 12 call one of about 0.97.
  const quiet: Partial<FakeViewOptions> = { vixChain: () => ({ forward: 16, volatility: 0.8 }) };
  const rules = { rollAtDelta: 0.85, monetise: undefined };

  test("rolls a layer whose delta has reached it, before its days", () => {
    const deep = held("short", call("2019-06-19", 12));
    const decision = decide([deep, long], { ...quiet, rules });
    expect(decision.layers[0]?.action).toBe("roll");
    expect(decision.layers[0]?.because).toMatch(/^delta 0\.9\d, at or over 0\.85: rolls to/);
    expect(
      decide([deep, long], { ...quiet, rules: { ...rules, rollAtDelta: undefined } }).layers[0]?.action,
    ).toBe("hold");
  });

  test("exactly at it rolls, below it holds, unknown it holds", () => {
    const at = held("short", call("2019-06-19", 16));
    const delta = decide([at, long], { ...quiet, rules }).layers[0]?.held?.delta ?? Number.NaN;
    expect(delta).toBeLessThan(0.85);
    const rolledAt = (rollAtDelta: number) =>
      decide([at, long], { ...quiet, rules: { ...rules, rollAtDelta } }).layers[0]?.action;
    expect([rolledAt(delta), rolledAt(delta + 1e-9)]).toEqual(["roll", "hold"]);
    const has = (_: string, date: string): boolean => date !== "2019-06-19";
    expect(decide([at, long], { ...quiet, rules, has }).layers[0]?.action).toBe("hold");
  });
});

describe("heldLayers", () => {
  const position = (quantity: number, premium: number, rest: Partial<HeldPosition> = {}): HeldPosition => ({
    purpose: { kind: "hedge", layer: "short" },
    structure: { kind: "call", legs: [{ contract: short.contract, ratio: 1 }] },
    quantity,
    openedQuantity: quantity,
    openedOn: calendarDate("2019-06-03"),
    premium,
    ...rest,
  });

  test("takes calls of one contract together at their mean cost, and leaves condors aside", () => {
    const condors = position(3, 0.7, { purpose: { kind: "condor", tier: "balanced" } });
    expect(heldLayers([position(4, -1.2), condors, position(2, -3, { openedQuantity: 6 })])).toEqual([
      {
        layer: "short",
        contract: short.contract,
        contracts: 6,
        openedContracts: 10,
        cost: expect.closeTo((4 * 1.2 + 2 * 3) / 6, 12),
      },
    ]);
  });

  test("keeps contracts and layers apart", () => {
    const other = position(1, -1, {
      structure: { kind: "call", legs: [{ contract: long.contract, ratio: 1 }] },
    });
    const layer = position(1, -1, { purpose: { kind: "hedge", layer: "long" } });
    expect(heldLayers([position(1, -1), other, layer])).toHaveLength(3);
  });
});
