import type { Leg, Structure } from "@steward/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { payoff, worstPayoff } from "./payoff.ts";
import { condor, option, vixCall } from "./testing/structures.ts";

const call = (points: number, ratio: number): Leg => ({ contract: option("call", points), ratio });
const put = (points: number, ratio: number): Leg => ({ contract: option("put", points), ratio });
const of = (...legs: readonly Leg[]): Structure => ({ kind: "iron-condor", legs });

describe("payoff", () => {
  test.each([
    [2900, -10],
    [2960, -10],
    [2963.25, -6.75],
    [2970, 0],
    [3000, 0],
    [3030, 0],
    [3034.5, -4.5],
    [3040, -10],
    [5000, -10],
  ])("of a short condor at %d is %d", (settlement, expected) => {
    expect(payoff(condor([2960, 2970, 3030, 3040]), settlement)).toBeCloseTo(expected, 12);
  });

  test("of a long call is what it ends in the money", () => {
    const held = vixCall("2019-06-19", 16);
    expect([10, 16, 69.76].map((settlement) => payoff(held, settlement))).toEqual([
      0,
      0,
      expect.closeTo(53.76, 12),
    ]);
  });

  test("multiplies by the ratio", () => {
    expect(payoff(of(call(100, 2), put(100, -3)), 90)).toBe(-30);
    expect(payoff(of(call(100, 2), put(100, -3)), 110)).toBe(20);
  });
});

describe("worstPayoff", () => {
  test.each([
    ["a condor loses its wing", condor([2960, 2970, 3030, 3040]), -10],
    ["the wider wing where they differ", condor([2945, 2970, 3030, 3040]), -25],
    ["a long call loses nothing at settlement", vixCall("2019-06-19", 16), 0],
    ["a short put loses its strike", of(put(50, -1)), -50],
    ["a butterfly pays at least nothing", of(call(90, 1), call(100, -2), call(110, 1)), 0],
    ["a broken wing loses above", of(call(5000, 1), call(5050, -2), call(5150, 1)), -50],
    ["a backspread loses at the long strike", of(call(5000, -1), call(5100, 2)), -100],
    ["a box pays the same everywhere", of(call(100, 1), call(110, -1), put(110, 1), put(100, -1)), 10],
  ])("%s", (_, structure, expected) => {
    expect(worstPayoff(structure)).toBe(expected);
  });

  test.each([
    ["more calls sold than bought", of(call(100, -1))],
    ["however many puts are bought", of(call(100, -2), call(110, 1), put(100, 5))],
    [
      "a short leg that outlives the long one",
      {
        kind: "iron-condor",
        legs: [call(100, 1), { contract: option("call", 110, { expiration: "2019-06-05" }), ratio: -1 }],
      },
    ],
    [
      "legs on two settlement values of one day",
      {
        kind: "iron-condor",
        legs: [call(100, 1), { contract: option("call", 110, { root: "SPX" }), ratio: -1 }],
      },
    ],
  ] satisfies [string, Structure][])("has no bound: %s", (_, structure) => {
    expect(worstPayoff(structure)).toBeUndefined();
  });

  test("no settlement pays less, and one pays exactly that", () => {
    const legs = fc.array(
      fc
        .tuple(fc.constantFrom(call, put), fc.integer({ min: 1, max: 40 }), fc.integer({ min: -3, max: 3 }))
        .map(([side, strike, ratio]) => side(strike * 5, ratio)),
      { minLength: 1, maxLength: 5 },
    );
    let bounded = 0;
    fc.assert(
      fc.property(
        legs,
        fc.integer({ min: 0, max: 100_000 }).map((cents) => cents / 100),
        (drawn, settlement) => {
          const structure = of(...drawn);
          const worst = worstPayoff(structure);
          const net = drawn.reduce(
            (total, { contract, ratio }) => total + (contract.right === "call" ? ratio : 0),
            0,
          );
          expect(worst === undefined).toBe(net < 0);
          if (worst === undefined) return;
          bounded += 1;
          expect(payoff(structure, settlement)).toBeGreaterThanOrEqual(worst - 1e-9);
          const reached = Array.from({ length: 41 }, (_, step) => payoff(structure, step * 5));
          expect(Math.min(...reached)).toBe(worst);
        },
      ),
      { seed: 1987, numRuns: 2000 },
    );
    expect(bounded).toBeGreaterThan(500);
  });
});
