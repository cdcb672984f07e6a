import { contractId, strikePoints, toModel } from "@steward/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OptionHolding } from "./book.ts";
import { cashAccount, exchangeMinimum, typicalBroker } from "./rules.ts";
import { leg, marginOf, marketOf } from "./testing/books.ts";
import { leastDeposit, payoffAt } from "./testing/every-grouping.ts";

const SPOT = 5000;
const DATES = ["SPX 2026-01-16", "SPXW 2026-01-16", "SPXW 2026-02-20"] as const;

/** Prices are a function of the series, since one book has one price of each; whole cents, over intrinsic value. */
function priced(text: string): OptionHolding {
  const holding = leg(text);
  const { right, strike, expiration } = holding.contract;
  const distance = SPOT - strikePoints(strike);
  const intrinsic = Math.max(0, right === "call" ? distance : -distance);
  const time = (expiration > "2026-02" ? 60 : 40) * Math.exp(-Math.abs(distance) / 200);
  return { ...holding, price: Math.round(100 * (intrinsic + time)) / 100 };
}

interface Shape {
  readonly dates: readonly string[];
  readonly legs: number;
  readonly most: number;
  /** Between strikes: far ones make an uncovered leg cheaper than its spread. */
  readonly step: number;
}

function holdings({ dates, legs, most, step }: Shape): fc.Arbitrary<readonly OptionHolding[]> {
  const holding = fc
    .record({
      date: fc.constantFrom(...dates),
      right: fc.constantFrom("C", "P"),
      rung: fc.integer({ min: -3, max: 3 }),
      count: fc.integer({ min: -most, max: most }).filter((count) => count !== 0),
    })
    .map(({ date, right, rung, count }) =>
      priced(`${count > 0 ? "+" : ""}${count} ${date} ${right} ${SPOT + rung * step}`),
    );
  return fc.uniqueArray(holding, {
    minLength: 1,
    maxLength: legs,
    selector: ({ contract }) => contractId(contract),
  });
}

const anyBook = fc.constantFrom(50, 400).chain((step) => holdings({ dates: DATES, legs: 6, most: 3, step }));

function depositOf(options: readonly OptionHolding[], rules = exchangeMinimum): number {
  const { deposit, slack } = marginOf({ options }, marketOf({ SPX: SPOT }), rules);
  expect(slack).toBe(0);
  return toModel(deposit);
}

/** Books at random, always the same. */
const runs = (numRuns: number): fc.Parameters<unknown> => ({ numRuns, seed: 20_260_105 });

describe("laws of strategy margin", () => {
  it("finds the least of all groupings of single contracts", () => {
    const small = fc
      .constantFrom(50, 400)
      .chain((step) => holdings({ dates: DATES, legs: 5, most: 2, step }));
    const few = small.filter((options) => options.reduce((sum, { count }) => sum + Math.abs(count), 0) <= 7);
    fc.assert(
      fc.property(few, (options) => {
        expect(depositOf(options)).toBeCloseTo(leastDeposit(options, SPOT), 6);
      }),
      runs(400),
    );
  });

  it("does not mind the order of legs, working and all", () => {
    const shuffled = anyBook.chain((options) =>
      fc.tuple(fc.constant(options), fc.shuffledSubarray([...options], { minLength: options.length })),
    );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(marginOf({ options: other })).toEqual(marginOf({ options: one }));
      }),
      runs(500),
    );
  });

  it("never asks more for two books together than apart", () => {
    fc.assert(
      fc.property(anyBook, anyBook, (one, other) => {
        expect(depositOf([...one, ...other])).toBeLessThanOrEqual(depositOf(one) + depositOf(other) + 1e-6);
      }),
      runs(500),
    );
  });

  it("never asks more for a long option than it costs", () => {
    fc.assert(
      fc.property(anyBook, anyBook, (one, [added]) => {
        const long = { ...(added as OptionHolding), count: 1 };
        expect(depositOf([...one, long])).toBeLessThanOrEqual(depositOf(one) + 100 * long.price + 1e-6);
      }),
      runs(500),
    );
  });

  it("never asks more than the legs apart", () => {
    fc.assert(
      fc.property(anyBook, (options) => {
        const apart = options.reduce((sum, holding) => sum + depositOf([holding]), 0);
        expect(depositOf(options)).toBeLessThanOrEqual(apart + 1e-6);
      }),
      runs(500),
    );
  });

  it("never asks less at a broker than at the exchange", () => {
    fc.assert(
      fc.property(anyBook, (options) => {
        expect(depositOf(options, typicalBroker)).toBeGreaterThanOrEqual(depositOf(options) - 1e-6);
      }),
      runs(300),
    );
  });
});

describe("10,000 books of one expiration are secured to their worst settlement", () => {
  const bounded = fc
    .constantFrom(25, 50, 400)
    .chain((step) => holdings({ dates: DATES.slice(1, 2), legs: 6, most: 4, step }))
    .filter((options) => {
      const calls = options.filter(({ contract }) => contract.right === "call");
      return calls.reduce((net, { count }) => net + count, 0) >= 0;
    });
  const worstLoss = (options: readonly OptionHolding[]): number => {
    const settlements = [0, ...options.map(({ contract }) => strikePoints(contract.strike))];
    const worst = Math.min(...settlements.map((settlement) => payoffAt(options, settlement)));
    return 100 * (options.reduce((sum, { price, count }) => sum + price * count, 0) - worst);
  };

  it("in a cash account, each", () => {
    const cash = cashAccount(exchangeMinimum);
    fc.assert(
      fc.property(bounded, (options) => {
        expect(depositOf(options, cash)).toBeGreaterThanOrEqual(worstLoss(options) - 1e-6);
      }),
      runs(10_000),
    );
  });

  it("in a margin account, each that leaves no short uncovered", () => {
    let checked = 0;
    fc.assert(
      fc.property(bounded, (options) => {
        const { groups, deposit } = marginOf({ options });
        if (groups.some(({ working: { kind } }) => kind === "uncovered" || kind === "straddle")) return;
        checked += 1;
        expect(toModel(deposit)).toBeGreaterThanOrEqual(worstLoss(options) - 1e-6);
      }),
      runs(20_000),
    );
    expect(checked).toBeGreaterThanOrEqual(10_000);
  });
});
