import { type CalendarDate, calendarDate, strikePoints } from "@steward/model";
import { blackPrice } from "@steward/pricing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HedgeLayerConfig } from "./config.ts";
import { assessHedge } from "./hedge-assessment.ts";
import { layerCall, layerExpiration, yearlyUnitCost } from "./hedge-cost.ts";
import { calmVixChain, type FakeViewOptions, type FakeVixChain, fakeView } from "./testing/fake-market.ts";

// VIX monthlies after Monday 2019-06-03, in days: 06-19 16, 07-17 44, 08-21 79, 09-18 107, ... 12-18 198, 2020-01-22 233.
const session = calendarDate("2019-06-03");
const short: HedgeLayerConfig = { name: "short", days: 30, contracts: 4, rollDays: 9 };
const medium: HedgeLayerConfig = { name: "medium", days: 110, contracts: 4, rollDays: 50 };
const long: HedgeLayerConfig = { name: "long", days: 220, contracts: 2, rollDays: 110 };
const flat: FakeVixChain = () => ({ forward: 16, volatility: 0.8 });
const cents = 1e-8;

function viewOf(options: Partial<FakeViewOptions> = {}) {
  return fakeView({ session, vix: 16, vixChain: flat, ...options });
}

function costOf(layers: readonly HedgeLayerConfig[], options: Partial<FakeViewOptions> = {}) {
  return assessHedge(viewOf(options), {
    layers,
    delta: 0.5,
    rollAtDelta: undefined,
    monetise: undefined,
    budgetShare: 0.015,
  }).yearlyUnitCost;
}

describe("layerExpiration", () => {
  test.each([
    ["the nearer of two equally far", short, "2019-06-19"],
    ["the nearest", medium, "2019-09-18"],
    ["the nearest", long, "2020-01-22"],
    ["one that needs no roll at once", { ...short, days: 16, rollDays: 16 }, "2019-07-17"],
    ["one day above the roll", { ...short, days: 16, rollDays: 15 }, "2019-06-19"],
    ["none where all listed months are to be rolled", { ...long, rollDays: 400 }, undefined],
  ])("takes %s", (_, layer, expected) => {
    expect(layerExpiration(session, layer)).toBe(expected);
  });

  test("never today's settlement", () => {
    expect(layerExpiration(calendarDate("2019-06-19"), { ...short, days: 0, rollDays: -1 })).toBe(
      "2019-07-17",
    );
  });
});

describe("layerCall", () => {
  test("is the strike whose forward delta is nearest to the one sought", () => {
    // At 16 the delta is Φ(0.0837) = 0.533, at 17 Φ(−0.278) = 0.390.
    const call = layerCall(viewOf(), short, 0.5);
    expect(call).toMatchObject({ layer: short, days: 16, strike: 16_000 });
    expect(call?.delta).toBeCloseTo(0.5334, 4);
    expect(call?.price).toBeCloseTo(blackPrice("call", 16, 16, 0.8 * Math.sqrt(16 / 365), 1), 12);
    expect(call?.slice.expiration).toBe("2019-06-19");
  });

  test("no other strike on the grid is nearer, whatever the curve", () => {
    const curves = fc.record({
      forward: fc.double({ min: 9, max: 80, noNaN: true }),
      volatility: fc.double({ min: 0.3, max: 2, noNaN: true }),
      delta: fc.double({ min: 0.2, max: 0.7, noNaN: true }),
    });
    fc.assert(
      fc.property(curves, fc.constantFrom(short, medium, long), ({ forward, volatility, delta }, layer) => {
        const call = layerCall(viewOf({ vixChain: () => ({ forward, volatility }) }), layer, delta);
        const distance = Math.abs((call?.delta ?? 9) - delta);
        const lowest = Math.max(1, Math.floor(forward / 2));
        for (let points = lowest; points <= Math.ceil(3 * forward); points += 1) {
          const other = call?.slice.mark("call", (points * 1000) as never)?.delta ?? 9;
          expect(Math.abs(other - delta)).toBeGreaterThanOrEqual(distance - 1e-12);
        }
      }),
      { seed: 50, numRuns: 300 },
    );
  });

  test("looks on the chain's own grid", () => {
    // Delta 0.50 at 16 days lies at 16.3 exp(0.32 × 16 / 365) = 16.53.
    const call = (strikeIncrement: number) =>
      layerCall(
        viewOf({ vixChain: () => ({ forward: 16.3, volatility: 0.8, strikeIncrement }) }),
        short,
        0.5,
      );
    expect([call(0.5)?.strike, call(2.5)?.strike, call(1)?.strike]).toEqual([16_500, 17_500, 17_000]);
  });

  test("looks no lower than the first strike, and gives none beside a gap", () => {
    const cheap = layerCall(viewOf({ vixChain: () => ({ forward: 1.5, volatility: 0.8 }) }), short, 0.5);
    expect(cheap?.strike).toBe(2000);
    // The grid begins at half the forward, where the delta is next to one.
    const deep = (gap: number) =>
      layerCall(viewOf({ vixChain: () => ({ forward: 16, isQuoted: (_, at) => at !== gap }) }), short, 1);
    expect([deep(7)?.strike, deep(8)]).toEqual([8000, undefined]);
  });

  test("of two equally near strikes the lower, which protects sooner", () => {
    const deltas: Readonly<Record<number, number>> = { 16: 0.6, 17: 0.4 };
    const view = viewOf();
    const tied = {
      ...view,
      slice: (root: "VIX", expiration: CalendarDate) => {
        const slice = view.slice(root, expiration);
        return (
          slice && {
            ...slice,
            mark: (_: "call", at: never) => {
              const points = strikePoints(at);
              return { price: 1, volatility: 1, delta: deltas[points] ?? (points < 16 ? 0.9 : 0.1) };
            },
          }
        );
      },
    };
    expect(layerCall(tied as never, short, 0.5)?.strike).toBe(16_000);
    expect(layerCall(tied as never, short, 0.49)?.strike).toBe(17_000);
  });

  test("is undefined where the expiration or its strikes are not quoted", () => {
    expect(layerCall(viewOf({ isWarmingUp: true }), short, 0.5)).toBeUndefined();
    expect(layerCall(viewOf({ has: (_, date) => date !== "2019-06-19" }), short, 0.5)).toBeUndefined();
    const gaps =
      (hasPoints: (points: number) => boolean): FakeVixChain =>
      () => ({
        forward: 16,
        isQuoted: (_, points) => hasPoints(points),
      });
    expect(layerCall(viewOf({ vixChain: gaps((points) => points !== 16) }), short, 0.5)).toBeUndefined();
    expect(layerCall(viewOf({ vixChain: gaps((points) => points < 20) }), short, 0.5)).toBeUndefined();
    expect(layerCall(viewOf(), { ...long, rollDays: 400 }, 0.5)).toBeUndefined();
  });
});

describe("yearlyUnitCost", () => {
  const price = (forward: number, days: number, volatility = 0.8): number =>
    blackPrice("call", forward, 16, volatility * Math.sqrt(days / 365), 1);

  test("of one layer on a flat curve is the loss of time, for all contracts, as often as a year holds it", () => {
    // 4 contracts of 100 dollars a point, bought at 16 days and sold at 9: 365 / 7 times a year.
    const expected = ((price(16, 16) - price(16, 9)) * 400 * 365) / 7;
    expect(Math.abs((costOf([short]) ?? 0) - expected)).toBeLessThan(cents);
    // By hand: at the money Black's price is F (2 Φ(σ√t / 2) − 1), so 1.0673 less 0.8007.
    expect(expected).toBeCloseTo(5_559.74, 2);
  });

  test("sums over the layers", () => {
    const each = [short, medium, long].map((layer) => costOf([layer]) ?? 0);
    const total = each.reduce((sum, cost) => sum + cost, 0);
    expect(costOf([short, medium, long])).toBeCloseTo(total, 8);
  });

  test("on a rising curve the future rolls down, which is the dearer of the two", () => {
    // At 9 of 16 days from a spot of 14 to a future of 16 the curve stands at 15.125.
    const rising = costOf([short], { vix: 14 });
    const expected = ((price(16, 16) - price(15.125, 9)) * 400 * 365) / 7;
    expect(Math.abs((rising ?? 0) - expected)).toBeLessThan(cents);
    expect(rising).toBeGreaterThan(costOf([short]) ?? Number.NaN);
  });

  test("an inverted curve does not make it free: time alone counts", () => {
    expect(costOf([short], { vix: 40 })).toBeCloseTo(costOf([short]) ?? Number.NaN, 8);
  });

  test("the later price lies on the curve between two expirations, volatility too", () => {
    // Bought at 107 days and sold at 50, 6 of 35 days from the expiration at 44 days to the one at 79.
    const vixChain: FakeVixChain = (days) =>
      ({ 44: { forward: 15, volatility: 1 }, 79: { forward: 15.7, volatility: 0.65 } })[days] ?? {
        forward: 16,
        volatility: 0.6,
      };
    // Delta 0.50 at 107 days is a strike of 17.
    const at = (forward: number, days: number, volatility: number): number =>
      blackPrice("call", forward, 17, volatility * Math.sqrt(days / 365), 1);
    const later = at(15 + 0.7 * (6 / 35), 50, 1 - 0.35 * (6 / 35));
    const expected = ((at(16, 107, 0.6) - later) * 400 * 365) / 57;
    expect(Math.abs((costOf([medium], { vixChain }) ?? 0) - expected)).toBeLessThan(cents);
  });

  test("the discount of the later price is that of the call", () => {
    const discounted: FakeVixChain = () => ({ forward: 16, volatility: 0.8, discountFactor: 0.9 });
    expect(costOf([short], { vixChain: discounted })).toBeCloseTo(0.9 * (costOf([short]) ?? 0), 8);
  });

  test("a calm day's unit costs about a hundredth of a million dollars", () => {
    expect(costOf([short, medium, long], { vix: 14, vixChain: calmVixChain })).toBeGreaterThan(5_000);
    expect(costOf([short, medium, long], { vix: 14, vixChain: calmVixChain })).toBeLessThan(20_000);
  });

  test.each([
    ["warming up", { isWarmingUp: true }],
    ["a layer has no call", { has: (_: string, date: CalendarDate) => date !== "2019-09-18" }],
    [
      "the curve has no point after the roll",
      { has: (_: string, date: CalendarDate) => date !== "2019-08-21" },
    ],
  ])("is undefined: %s", (_, options) => {
    expect(costOf([short, medium], options)).toBeUndefined();
  });

  test("is undefined where volatility falls so fast with time that nothing would be lost", () => {
    const vixChain: FakeVixChain = (days) => ({ forward: 16, volatility: days < 50 ? 0.1 : 100 / days });
    expect(costOf([long], { vix: 16, vixChain })).toBeUndefined();
    expect(costOf([short], { vix: 16, vixChain })).toBeGreaterThan(0);
  });

  test("of no layers is undefined, not free", () => {
    expect(costOf([])).toBeUndefined();
  });

  test("is undefined where a call is missing", () => {
    expect(yearlyUnitCost([layerCall(viewOf(), short, 0.5), undefined])).toBeUndefined();
  });
});
