import { calendarDate, type Money, type Quote, type Root } from "@steward/model";
import { describe, expect, test } from "vitest";
import { orderFees } from "./fees.ts";
import { dollars, option } from "./testing/structures.ts";

function leg(root: Root, price: number, ratio = 1) {
  const quote: Quote = { bid: price, ask: price };
  return { leg: { contract: option("call", 100, { root }), ratio }, quote };
}

/** The fee of one contract in dollars. */
function feeOf(root: Root, price: number, on: string): Money {
  return orderFees([leg(root, price)], 1, calendarDate(on));
}

describe("orderFees", () => {
  test.each([
    // Commission + exchange + surcharge + clearing + regulation.
    ["SPXW", 5, "2025-06-02", 0.65 + 0.45 + 0.13 + 0.025 + 0.02815],
    ["SPXW", 1, "2025-06-02", 0.65 + 0.45 + 0.13 + 0.025 + 0.02815],
    ["SPXW", 0.99, "2025-06-02", 0.65 + 0.36 + 0.13 + 0.025 + 0.02815],
    ["SPX", 0.99, "2025-06-02", 0.65 + 0.36 + 0.025 + 0.02815],
    ["SPX", 1, "2025-06-02", 0.65 + 0.45 + 0.025 + 0.02815],
    ["VIX", 0.1, "2025-06-02", 0.65 + 0.1 + 0.025 + 0.02815],
    ["VIX", 0.11, "2025-06-02", 0.65 + 0.25 + 0.025 + 0.02815],
    ["VIX", 0.99, "2025-06-02", 0.65 + 0.25 + 0.025 + 0.02815],
    ["VIX", 1, "2025-06-02", 0.65 + 0.4 + 0.025 + 0.02815],
    ["VIX", 1.99, "2025-06-02", 0.65 + 0.4 + 0.025 + 0.02815],
    ["VIX", 2, "2025-06-02", 0.65 + 0.45 + 0.025 + 0.02815],
    ["XSP", 2, "2025-06-02", 0.65 + 0.025 + 0.02815],
    ["SPY", 2, "2025-06-02", 0.65 + 0.025 + 0.02815],
    // The commission falls for the cheapest contracts.
    ["SPY", 0.1, "2025-06-02", 0.65 + 0.025 + 0.02815],
    ["SPY", 0.09, "2025-06-02", 0.5 + 0.025 + 0.02815],
    ["SPY", 0.05, "2025-06-02", 0.5 + 0.025 + 0.02815],
    ["SPY", 0.04, "2025-06-02", 0.25 + 0.025 + 0.02815],
  ] as const)("one %s at %d on %s", (root, price, on, expected) => {
    expect(feeOf(root, price, on)).toBe(dollars(-expected));
  });

  test.each([
    ["2000-01-03", 0.09 + 0.0378],
    ["2004-04-30", 0.09 + 0.0378],
    ["2004-05-03", 0.0825 + 0.0378],
    ["2012-12-31", 0.0825 + 0.0378],
    ["2013-01-02", 0.05 + 0.0378],
    ["2018-01-02", 0.055 + 0.0378],
    ["2019-12-31", 0.055 + 0.0378],
    ["2020-01-02", 0.045 + 0.0388],
    ["2021-09-01", 0.02 + 0.0388],
    ["2025-01-02", 0.025 + 0.0388],
    ["2025-02-28", 0.025 + 0.0388],
    ["2025-03-03", 0.025 + 0.02815],
  ])("clearing and regulation on %s make %d", (on, expected) => {
    expect(feeOf("SPY", 2, on)).toBe(dollars(-0.65 - expected));
  });

  test.each([
    [9, "2021-09-01", 0],
    [10, "2021-09-01", 0.04],
    [10, "2024-10-31", 0.04],
    [10, "2024-11-01", 0.07],
    [9, "2024-11-01", 0],
  ])("%i XSP contracts on %s pay the exchange %d each", (contracts, on, exchange) => {
    const date = calendarDate(on);
    const other = orderFees([leg("SPY", 2)], contracts, date);
    expect(orderFees([leg("XSP", 2)], contracts, date)).toBe(other - dollars(exchange) * contracts);
  });

  test("contracts of a leg count by ratio and quantity", () => {
    const date = calendarDate("2025-06-02");
    expect(orderFees([leg("XSP", 2, -2)], 5, date)).toBe(
      orderFees([leg("SPY", 2)], 10, date) - dollars(0.07) * 10,
    );
    expect(orderFees([leg("SPXW", 5, -1)], 7, date)).toBe(7 * feeOf("SPXW", 5, "2025-06-02"));
  });

  test("a condor pays for each leg by its own premium", () => {
    const legs = [leg("SPXW", 0.15), leg("SPXW", 0.55, -1), leg("SPXW", 1.05, -1), leg("SPXW", 0.07)];
    // Three legs under 1.00, of which one under 0.10, and one above: on 2019-06-03.
    const each = 0.13 + 0.055 + 0.0378;
    const expected = 4 * each + 3 * 0.36 + 0.45 + 3 * 0.65 + 0.5;
    expect(orderFees(legs, 3, calendarDate("2019-06-03"))).toBe(dollars(-expected) * 3);
  });

  test("the premium of a leg is the middle of its quote", () => {
    const wide = { ...leg("SPX", 0), quote: { bid: 0.8, ask: 1.2 } };
    const date = calendarDate("2025-06-02");
    expect(orderFees([wide], 1, date)).toBe(feeOf("SPX", 1, "2025-06-02"));
  });

  test("no legs pay no fees", () => {
    expect(orderFees([], 1, calendarDate("2025-06-02"))).toBe(0);
  });
});
