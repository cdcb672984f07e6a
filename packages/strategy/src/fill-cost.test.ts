import { calendarDate, type Quote, type Right, type Root, strike } from "@steward/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { netPrice, type QuotedLeg, quoteFault } from "./fill-cost.ts";
import { adverseFills, defaultFills, midFills } from "./presets.ts";

const seed = 20_190_603;
const on = calendarDate("2019-06-03");
const rounding = 1e-9;

function leg(ratio: number, quote: Quote, root: Root = "SPXW"): QuotedLeg {
  const right: Right = root === "VIX" ? "call" : "put";
  const contract = { root, expiration: calendarDate("2019-06-19"), right, strike: strike(20) };
  return { leg: { contract, ratio }, quote };
}

const condor = [
  leg(1, { bid: 0.1, ask: 0.2 }),
  leg(-1, { bid: 0.5, ask: 0.6 }),
  leg(-1, { bid: 0.4, ask: 0.5 }),
  leg(1, { bid: 0.05, ask: 0.1 }),
];

describe("netPrice", () => {
  test("of a condor is the middle less 0.56 of the half-spreads, down to the tick", () => {
    // 0.55 + 0.45 − 0.15 − 0.075 = 0.775; half-spreads 0.05 + 0.05 + 0.05 + 0.025 = 0.175; 0.775 − 0.098 = 0.677.
    const net = netPrice(condor, defaultFills, on);
    expect(net?.mid).toBeCloseTo(0.775, 12);
    expect(net?.price).toBe(0.65);
    expect(net?.cost).toBeCloseTo(0.125, 12);
  });

  test("crosses the whole spread at the adverse level and rounds even the middle against us", () => {
    expect(netPrice(condor, adverseFills, on)?.price).toBe(0.6);
    expect(netPrice(condor, midFills, on)?.price).toBe(0.75);
  });

  test("a price on the tick stays, though binary puts it a little under", () => {
    const legs = [leg(-1, { bid: 0.25, ask: 0.35 }), leg(1, { bid: 0.1, ask: 0.2 })];
    expect(netPrice(legs, midFills, on)?.price).toBe(0.15);
  });

  test("a debit is negative and rounds away from zero", () => {
    const call = leg(1, { bid: 1.5, ask: 1.6 }, "VIX");
    // 1.55 + 0.75 × 0.05 = 1.5875 on a tick of 0.05.
    expect(netPrice([call], defaultFills, on)).toMatchObject({ mid: -1.55, price: -1.6 });
    expect(netPrice([call], midFills, on)?.price).toBe(-1.55);
  });

  test("a sale is positive and rounds toward zero", () => {
    const sale = leg(-1, { bid: 1.5, ask: 1.6 }, "VIX");
    // 1.55 − 0.0375 = 1.5125.
    expect(netPrice([sale], defaultFills, on)?.price).toBe(1.5);
  });

  test("ticks follow the size of the price, the kind of order and the date", () => {
    const single = (ratio: number, bid: number, ask: number, date = on) =>
      netPrice([leg(ratio, { bid, ask }, "VIX")], midFills, date)?.price;
    expect(single(1, 3.1, 3.3)).toBe(-3.2);
    expect(single(1, 3.1, 3.2)).toBe(-3.2);
    expect(single(-1, 3.1, 3.2)).toBe(3.1);
    expect(single(1, 1.5, 1.53, calendarDate("2023-06-05"))).toBe(-1.52);
    const pair = [leg(-1, { bid: 5, ask: 5.1 }), leg(1, { bid: 1, ask: 1.1 })];
    expect(netPrice(pair, midFills, on)?.price).toBe(4);
    expect(netPrice([leg(-1, { bid: 5, ask: 5.1 })], midFills, on)?.price).toBe(5);
  });

  test("ratios multiply price and cost", () => {
    // 2 × 0.55 − 0.15 = 0.95; 2 × 0.05 + 0.05 = 0.15; 0.95 − 0.66 × 0.15 = 0.851.
    const net = netPrice([leg(1, { bid: 0.1, ask: 0.2 }), leg(-2, { bid: 0.5, ask: 0.6 })], defaultFills, on);
    expect(net?.mid).toBeCloseTo(0.95, 12);
    expect(net?.price).toBe(0.85);
  });

  test("what nobody bids for cannot be sold, and is bought at its ask", () => {
    const dead = { bid: 0, ask: 0.2 };
    expect(netPrice([leg(-1, dead)], defaultFills, on)).toBeUndefined();
    expect(netPrice([leg(1, dead)], defaultFills, on)?.price).toBe(-0.2);
    expect(netPrice([leg(1, dead)], { ...defaultFills, unbidShare: 0 }, on)?.price).toBe(-0.2);
    expect(netPrice([leg(1, dead)], midFills, on)?.price).toBe(-0.1);
    // 0.55 − 0.10 at the middle; the sale gives 0.66 × 0.05, the purchase 0.10.
    const pair = [leg(-1, { bid: 0.5, ask: 0.6 }), leg(1, dead)];
    expect(netPrice(pair, defaultFills, on)?.price).toBe(0.3);
    expect(netPrice(pair, { ...defaultFills, unbidShare: 0 }, on)?.price).toBe(0.35);
  });

  test("quotes between the ticks of the order are hit where they stand, not a tick beyond", () => {
    const fine = leg(-1, { bid: 3.04, ask: 3.06 }, "VIX");
    expect(netPrice([fine], defaultFills, on)?.price).toBeCloseTo(3.04, 12);
    const runaway = { ...adverseFills, halfSpreadShare: { ...adverseFills.halfSpreadShare, 1: 2 } };
    expect(netPrice([fine], runaway, on)?.price).toBe(3);
  });

  test.each([
    ["crossed", { bid: 0.6, ask: 0.5 }, 1],
    ["locked", { bid: 0.5, ask: 0.5 }, 1],
    ["zero-bid", { bid: 0, ask: 0.5 }, -1],
  ] as const)("a quote that is %s has no price, and says so", (kind, quote, ratio) => {
    const legs = [leg(1, { bid: 0.1, ask: 0.2 }), leg(ratio, quote)];
    expect(quoteFault(legs)).toEqual({ kind, contract: legs[1]?.leg.contract });
    expect(netPrice(legs, defaultFills, on)).toBeUndefined();
    expect(quoteFault([leg(1, { bid: 0, ask: 0.5 })])).toBeUndefined();
  });

  test("no legs have no price", () => {
    expect(netPrice([], defaultFills, on)).toBeUndefined();
  });

  test("lies between crossing every leg and the middle, always on the tick", () => {
    const quotes = fc
      .tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 40 }))
      .map(([bid, width]) => ({ bid: (bid * 5) / 100, ask: ((bid + width) * 5) / 100 }));
    const legs = fc.array(
      fc.tuple(fc.constantFrom(-2, -1, 1, 2), quotes).map(([ratio, quote]) => leg(ratio, quote)),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(legs, fc.constantFrom(midFills, defaultFills, adverseFills), (order, fills) => {
        const net = netPrice(order, fills, on);
        const crossed = order.reduce(
          (total, { leg: { ratio }, quote }) => total - ratio * (ratio > 0 ? quote.ask : quote.bid),
          0,
        );
        const price = net?.price ?? Number.NaN;
        expect(price).toBeLessThanOrEqual((net?.mid ?? 0) + rounding);
        expect(price).toBeGreaterThanOrEqual(crossed - rounding);
        expect(Math.abs(price * 20 - Math.round(price * 20))).toBeLessThan(1e-6);
        expect(Math.abs((net?.mid ?? 0) - (net?.cost ?? 0) - price)).toBeLessThan(rounding);
      }),
      { seed, numRuns: 2000 },
    );
  });

  test("a wider market around the same middle never fills better", () => {
    const market = fc.record({
      bids: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 }),
      more: fc.integer({ min: 0, max: 99 }),
      fills: fc.constantFrom(midFills, defaultFills, adverseFills),
    });
    fc.assert(
      fc.property(market, ({ bids, more, fills }) => {
        const price = (extra: number): number => {
          const legs = bids.map((bid, index) => {
            const wider = Math.min(extra, bid);
            return leg(index % 2 === 0 ? -1 : 1, { bid: (bid - wider) / 20, ask: (bid + 2 + wider) / 20 });
          });
          return netPrice(legs, fills, on)?.price ?? Number.NEGATIVE_INFINITY;
        };
        expect(price(more)).toBeLessThanOrEqual(price(0) + rounding);
      }),
      { seed, numRuns: 1000 },
    );
  });
});

test("orders of more legs give up less of the half-spread; beyond four what four give up", () => {
  const costs = [1, 2, 3, 4, 5].map((count) => {
    const legs = Array.from({ length: count }, () => leg(1, { bid: 99, ask: 101 }));
    return (netPrice(legs, defaultFills, on)?.cost ?? Number.NaN) / count;
  });
  const expected = [0.75, 0.66, 0.61, 0.56, 0.56];
  for (const [index, cost] of costs.entries()) {
    expect(cost).toBeGreaterThanOrEqual((expected[index] ?? 0) - rounding);
    // The tick of 0.05 or 0.10 is shared by the legs.
    expect(cost).toBeLessThan((expected[index] ?? 0) + 0.1 / (index + 1));
  }
});
