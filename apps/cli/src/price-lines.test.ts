import { describe, expect, it } from "vitest";
import type { Io } from "./io.ts";
import { main } from "./main.ts";
import { impliedVolatilityLine, priceLine } from "./price-lines.ts";

// Hull, "Options, futures and other derivatives": dividends of 0.50 in two and five months; printed as 3.67.
const hull = {
  model: "european",
  right: "call",
  spot: 40,
  strike: 40,
  years: 0.5,
  rate: 0.09,
  dividends: [
    { years: 2 / 12, amount: 0.5 },
    { years: 5 / 12, amount: 0.5 },
  ],
};

describe("a line with cash dividends", () => {
  it("is priced on the spot without them, and inverted on it too", () => {
    const priced = priceLine(JSON.stringify({ ...hull, volatility: 0.3 }));
    if (priced.kind !== "numbers") throw new Error(priced.error.message);
    const { price = 0 } = priced.numbers;
    expect(price).toBeCloseTo(3.67, 2);
    const inverted = impliedVolatilityLine(JSON.stringify({ ...hull, price }));
    expect(inverted).toEqual({ kind: "numbers", numbers: { volatility: expect.closeTo(0.3, 12) } });
  });

  it("is refused when they take the spot, or stand beside a forward", () => {
    const dear = { ...hull, volatility: 0.3, dividends: [{ years: 0.1, amount: 41 }] };
    expect(priceLine(JSON.stringify(dear))).toMatchObject({ error: { code: "pricing.escrow-exceeds-spot" } });
    const { spot: _, ...rest } = hull;
    for (const model of ["european", "black76"]) {
      const both = JSON.stringify({ ...rest, model, forward: 40, volatility: 0.3 });
      expect(priceLine(both)).toMatchObject({
        error: {
          code: "input.invalid",
          message: expect.stringContaining("a forward already holds the dividends"),
        },
      });
    }
  });
});

describe("a line of american exercise", () => {
  // Hull, "Options, futures and other derivatives", the put of the binomial chapter: five months, 4.283 by his tree of 500 steps.
  const put = { model: "american", right: "put", spot: 50, strike: 50, years: 5 / 12, rate: 0.1 };

  it("is priced by each scheme, and inverted", () => {
    for (const scheme of ["fast", "accurate", "reference", undefined]) {
      const priced = priceLine(JSON.stringify({ ...put, volatility: 0.4, scheme }));
      expect(priced).toMatchObject({
        numbers: { price: expect.closeTo(4.284, 3), rho: expect.any(Number) },
      });
      const price = priced.kind === "numbers" ? priced.numbers["price"] : 0;
      const inverted = impliedVolatilityLine(JSON.stringify({ ...put, price, scheme }));
      expect(inverted).toMatchObject({ numbers: { volatility: expect.closeTo(0.4, 8) } });
    }
  });

  it("with cash dividends is priced and not inverted", () => {
    const dividends = [{ years: 0.2, amount: 2 }];
    const plain = priceLine(JSON.stringify({ ...put, volatility: 0.4 }));
    const paid = priceLine(JSON.stringify({ ...put, volatility: 0.4, dividends }));
    if (plain.kind !== "numbers" || paid.kind !== "numbers") throw new Error("expected two prices");
    expect(paid.numbers["price"]).toBeGreaterThan(plain.numbers["price"] ?? 0);
    const inverted = impliedVolatilityLine(JSON.stringify({ ...put, price: 5, dividends }));
    expect(inverted).toMatchObject({ error: { code: "pricing.unsupported" } });
  });

  it("on a forward is refused", () => {
    const { spot: _, ...rest } = put;
    expect(priceLine(JSON.stringify({ ...rest, forward: 50, volatility: 0.4 }))).toMatchObject({
      error: { code: "input.invalid", message: expect.stringContaining("priced on a spot") },
    });
  });
});

it("a reader who has enough is waited for before the next answer", async () => {
  const events: string[] = [];
  let waits = 0;
  const io: Io = {
    out: () => events.push("answer"),
    // Full after every second answer.
    full: () =>
      events.at(-1) === "answer" && events.filter((event) => event === "answer").length % 2 === 0
        ? Promise.resolve().then(() => {
            waits += 1;
            events.push("room");
          })
        : undefined,
    err: (line) => events.push(line),
    now: () => expect.fail("prices need no clock"),
    lines: async function* () {
      for (let line = 0; line < 5; line += 1) yield JSON.stringify({ ...hull, volatility: 0.3 });
    },
    sleep: () => expect.fail("prices wait for nothing"),
    interruption: () => expect.fail("prices end by themselves"),
    progress: () => ({ update: () => {}, done: () => {} }),
  };
  expect(await main(["price"], io)).toBe(0);
  expect(waits).toBe(2);
  expect(events).toEqual(["answer", "answer", "room", "answer", "answer", "room", "answer"]);
});
