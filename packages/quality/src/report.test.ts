import { describe, expect, it } from "vitest";
import { rowContext } from "./context.ts";
import { checkRow, validateChain } from "./report.ts";
import { MIDDLE, SMALL, syntheticChain } from "./testing/synthetic-chain.ts";

const CLEAN = syntheticChain(SMALL);

describe("a report", () => {
  it("accepts, rejects with reasons and counts by rule", () => {
    const first = CLEAN.quotes.findIndex(({ bid }) => bid > 10);
    const quotes = CLEAN.quotes.map((quote, row) =>
      row === first ? { ...quote, bid: quote.ask, ask: quote.bid } : quote,
    );
    const { accepted, rejected, counts, isDegraded, haltsEntries } = validateChain(quotes);
    expect(accepted).toHaveLength(quotes.length - 1);
    expect(rejected.map(({ row, reasons }) => [row, reasons.map(({ rule }) => rule)])).toEqual([
      [first, ["Q10"]],
    ]);
    expect(counts.get("Q10")).toBe(1);
    expect([isDegraded, haltsEntries]).toEqual([false, false]);
  });

  it("says degraded and halted", () => {
    const minutesAgo = { at: (CLEAN.at - 900_000_000) as typeof CLEAN.at, level: 5400 };
    const { isDegraded, haltsEntries } = validateChain(CLEAN.quotes, {
      feed: "live",
      level: 5450,
      levels: [minutesAgo, { at: CLEAN.at, level: 5450 }],
    });
    expect([isDegraded, haltsEntries]).toEqual([true, true]);
  });

  it("carries the forward and the discount factor of each expiration, within their errors", () => {
    const { forwards } = validateChain(CLEAN.quotes, CLEAN.context);
    expect(forwards.length).toBeGreaterThanOrEqual(4);
    for (const { root, expiration, forward = 0, forwardError = 0, discountFactor = 0 } of forwards) {
      const known = CLEAN.forwards.get(root + expiration);
      // Half a tick, and the fit's own error six times over.
      expect(Math.abs(forward - (known?.forward ?? 0))).toBeLessThan(0.05 + 6 * forwardError);
      expect(discountFactor).toBeCloseTo(known?.discountFactor ?? 0, 3);
    }
  });

  it("is the same for the same snapshot, whatever order its rows are in", () => {
    const backward = CLEAN.quotes.toReversed();
    const one = validateChain(CLEAN.quotes);
    const other = validateChain(backward);
    expect(other.forwards).toEqual(one.forwards);
    expect([...other.counts]).toEqual([...one.counts]);
    expect(validateChain(CLEAN.quotes)).toEqual(one);
  });

  it("holds its budgets: a snapshot within two seconds for 20,000 rows, a row within some microseconds", () => {
    const large = syntheticChain({ ...MIDDLE, step: 5, volatility: 0.3 });
    let began = performance.now();
    validateChain(large.quotes, large.context);
    // Ten times the time that an idle machine needs.
    expect((performance.now() - began) / large.quotes.length).toBeLessThan(0.1);

    const context = rowContext();
    began = performance.now();
    for (let round = 0; round < 20; round += 1) for (const quote of large.quotes) checkRow(quote, context);
    expect((performance.now() - began) / (20 * large.quotes.length)).toBeLessThan(0.01);
  });
});
