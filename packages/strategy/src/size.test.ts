import { InvariantError } from "@steward/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tierSize } from "./size.ts";

const seed = 3_000;
const size = { totalRiskShare: 0.03 };
const order = { equity: 1_000_000, tiers: 3, width: 10, credit: 0.7 };
const dollars = 1e-6;

describe("tierSize", () => {
  test("divides a tier's part of the risk by what one condor can lose, and rounds down", () => {
    // 1,000,000 × 3 % / 3 = 10,000; (10 − 0.7) × 100 = 930; 10.75 → 10.
    const sized = tierSize(size, order);
    expect(sized.contracts).toBe(10);
    expect(sized.riskBudget).toBeCloseTo(10_000, 6);
    expect(sized.maxLossEach).toBeCloseTo(930, 6);
  });

  test("takes exactly what fits", () => {
    expect(tierSize(size, { equity: 92_000, tiers: 3, width: 10, credit: 0.8 }).contracts).toBe(1);
    expect(tierSize(size, { equity: 91_999, tiers: 3, width: 10, credit: 0.8 }).contracts).toBe(0);
  });

  test("an account too small for one condor gets none, one without equity nothing to risk", () => {
    expect(tierSize(size, { ...order, equity: 50_000 }).contracts).toBe(0);
    expect(tierSize(size, { ...order, equity: -1 })).toMatchObject({ contracts: 0, riskBudget: 0 });
  });

  test("a credit as wide as the wing is a bug of the configuration", () => {
    expect(() => tierSize(size, { ...order, credit: 10 })).toThrow(InvariantError);
  });

  const orders = fc.record({
    equity: fc.oneof(fc.integer({ min: 0, max: 2_000_000 }), fc.integer({ min: 0, max: 1e9 })),
    tiers: fc.integer({ min: 1, max: 5 }),
    width: fc.constantFrom(5, 10, 25),
    credit: fc.integer({ min: 1, max: 80 }).map((ticks) => ticks / 20),
  });

  test("more equity never buys fewer, a higher credit never buys fewer", () => {
    fc.assert(
      fc.property(orders, fc.integer({ min: 0, max: 1_000_000 }), (drawn, more) => {
        const { contracts } = tierSize(size, drawn);
        expect(tierSize(size, { ...drawn, equity: drawn.equity + more }).contracts).toBeGreaterThanOrEqual(
          contracts,
        );
        expect(tierSize(size, { ...drawn, credit: drawn.credit + 0.05 }).contracts).toBeGreaterThanOrEqual(
          contracts,
        );
      }),
      { seed, numRuns: 1000 },
    );
  });

  test("all tiers together never risk more than the total share", () => {
    fc.assert(
      fc.property(orders, (drawn) => {
        const { contracts, maxLossEach } = tierSize(size, drawn);
        expect(contracts * maxLossEach * drawn.tiers).toBeLessThanOrEqual(
          drawn.equity * size.totalRiskShare * (1 + 1e-12) + dollars,
        );
      }),
      { seed, numRuns: 1000 },
    );
  });
});

describe("risk already taken", () => {
  const order = { equity: 1_000_000, tiers: 3, width: 10, credit: 1 };

  test("leaves a tier what remains of the total, and nothing once the total is used", () => {
    expect(tierSize(size, { ...order, riskTaken: 0 }).contracts).toBe(11);
    expect(tierSize(size, { ...order, riskTaken: 20_000 }).contracts).toBe(11);
    expect(tierSize(size, { ...order, riskTaken: 25_000 }).contracts).toBe(5);
    expect(tierSize(size, { ...order, riskTaken: 31_000 })).toMatchObject({ contracts: 0, riskBudget: 0 });
  });
});
