import { describe, expect, it } from "vitest";
import golden from "../../golden/vix-replication.json" with { type: "json" };
import { blackPrice } from "../black.ts";
import { strictExp } from "../strict-math.ts";
import type { PairedQuote } from "./paired-quote.ts";
import { type ReplicationTerm, termVariance } from "./strike-strip.ts";
import { vixReplication } from "./vix-replication.ts";

type GoldenTerm = (typeof golden.examples)[number]["near"];

function termOf({ minutes, rate, rows }: GoldenTerm): ReplicationTerm {
  const quotes = rows.map(([strike = 0, callBid = 0, callAsk = 0, putBid = 0, putAsk = 0]) => ({
    strike,
    callBid,
    callAsk,
    putBid,
    putAsk,
  }));
  return { minutes, rate, quotes };
}

describe.each(golden.examples)("the example of the $name", (example) => {
  const answer = vixReplication({ near: termOf(example.near), next: termOf(example.next) });

  it("gives the printed index and every digit recomputed independently", () => {
    if (answer.kind !== "found") throw new Error(answer.kind);
    // Two decimals are printed; the independent recomputation adds in another order.
    expect(answer.vix.toFixed(2)).toBe(String(example.printed));
    expect(Math.abs(answer.vix / example.vix - 1)).toBeLessThan(1e-13);
  });

  it.each(["near", "next"] as const)("gives the intermediates of the %s term", (name) => {
    if (answer.kind !== "found") throw new Error(answer.kind);
    const { rows: _, ...expected } = example[name];
    const term = answer[name];
    expect(term).toMatchObject({
      minutes: expected.minutes,
      k0: expected.k0,
      strikesUsed: expected.strikesUsed,
      lowestStrike: expected.lowestStrike,
      highestStrike: expected.highestStrike,
    });
    // Rounding of a few operations.
    expect(Math.abs(term.years / expected.years - 1)).toBeLessThan(1e-15);
    expect(Math.abs(term.forward / expected.forward - 1)).toBeLessThan(1e-15);
    expect(Math.abs(term.variance / expected.variance - 1)).toBeLessThan(1e-13);
    expect(term.contributions).toHaveLength(expected.strikesUsed);
  });
});

it("gives the contribution of the 1370 put that the white paper prints", () => {
  const [example] = golden.examples;
  if (example === undefined) throw new Error("no example");
  const answer = vixReplication({ near: termOf(example.near), next: termOf(example.next) });
  const first = answer.kind === "found" ? answer.near.contributions[0] : undefined;
  expect(first).toMatchObject({ strike: 1370, option: "put", mid: expect.closeTo(0.2, 15), spacing: 5 });
  // Printed: 0.0000005328.
  expect(first?.contribution.toFixed(10)).toBe("0.0000005328");
});

/** A quiet little chain: call and put cross at 100, every bid above 0 unless told otherwise. */
function littleChain(changes: Readonly<Record<number, Partial<PairedQuote>>> = {}): readonly PairedQuote[] {
  return [80, 85, 90, 95, 100, 105, 110, 115, 120].map((strike) => {
    const time = 5 * strictExp(-Math.abs(strike - 100) / 10);
    const call = Math.max(100 - strike, 0) + time;
    const put = Math.max(strike - 100, 0) + time;
    const own = { callBid: call - 0.1, callAsk: call + 0.1, putBid: put - 0.1, putAsk: put + 0.1 };
    return { strike, ...own, ...changes[strike] };
  });
}

function strikesOf(quotes: readonly PairedQuote[]): readonly number[] {
  const answer = termVariance({ minutes: 40_000, rate: 0.02, quotes });
  if ("reason" in answer) throw new Error(answer.reason);
  return answer.contributions.map(({ strike }) => strike);
}

describe("the strip of a term", () => {
  const all = [80, 85, 90, 95, 100, 105, 110, 115, 120];

  it("takes puts under K0, calls over it, and the mean of both at it", () => {
    const answer = termVariance({ minutes: 40_000, rate: 0.02, quotes: littleChain() });
    if ("reason" in answer) throw new Error(answer.reason);
    expect(answer.contributions.map(({ option }) => option)).toEqual([
      ...["put", "put", "put", "put", "both", "call", "call", "call", "call"],
    ]);
    expect(answer.contributions[4]).toMatchObject({ mid: 5, spacing: 5 });
    expect(answer).toMatchObject({ k0: 100, forward: 100, adjustment: 0, parityStrike: 100 });
  });

  it("leaves one zero bid out and widens its neighbors", () => {
    const quotes = littleChain({ 90: { putBid: 0 }, 110: { callBid: 0 } });
    expect(strikesOf(quotes)).toEqual(all.filter((strike) => strike !== 90 && strike !== 110));
    const answer = termVariance({ minutes: 40_000, rate: 0.02, quotes });
    if ("reason" in answer) throw new Error(answer.reason);
    expect(answer.contributions.map(({ spacing }) => spacing)).toEqual([5, 7.5, 7.5, 5, 7.5, 7.5, 5]);
  });

  it("stops after two zero bids in a row, and not after two apart", () => {
    expect(strikesOf(littleChain({ 90: { putBid: 0 }, 85: { putBid: 0 } }))).toEqual(all.slice(3));
    expect(strikesOf(littleChain({ 110: { callBid: 0 }, 115: { callBid: 0 } }))).toEqual(all.slice(0, 6));
    expect(strikesOf(littleChain({ 95: { putBid: 0 }, 85: { putBid: 0 } }))).toEqual([
      ...[80, 90, 100, 105, 110, 115, 120],
    ]);
  });

  it("does not ask the options in the money for a bid", () => {
    expect(strikesOf(littleChain({ 80: { callBid: 0 }, 120: { putBid: 0 } }))).toEqual(all);
  });

  it("counts a crossed quote as no bid", () => {
    expect(strikesOf(littleChain({ 110: { callBid: 3, callAsk: 1 } }))).not.toContain(110);
  });

  it("takes K0 at the forward itself and the next strike under it otherwise", () => {
    const raised = littleChain().map((quote) => ({
      ...quote,
      callBid: quote.callBid + 2,
      callAsk: quote.callAsk + 2,
    }));
    const answer = termVariance({ minutes: 525_600, rate: 0.02, quotes: raised });
    if ("reason" in answer) throw new Error(answer.reason);
    // 100 + exp(0.02) * 2, to rounding.
    expect(answer.forward).toBeCloseTo(100 + 2 * strictExp(0.02), 12);
    expect(answer.k0).toBe(100);
    expect(answer.adjustment).toBeCloseTo((answer.forward / 100 - 1) ** 2, 15);
  });

  it("does not depend on the order of the strikes", () => {
    expect(termVariance({ minutes: 4e4, rate: 0, quotes: littleChain().toReversed() })).toEqual(
      termVariance({ minutes: 4e4, rate: 0, quotes: littleChain() }),
    );
  });
});

describe("what cannot be replicated", () => {
  const term = (quotes: readonly PairedQuote[], minutes = 40_000): ReplicationTerm => ({
    minutes,
    rate: 0.02,
    quotes,
  });
  const sound = term(littleChain(), 46_000);

  it("is refused with the term and the reason", () => {
    const oneSided = littleChain().map((quote) => ({ ...quote, callBid: 0 }));
    expect(vixReplication({ near: term([]), next: sound })).toEqual({
      ...{ kind: "refused-term", term: "near", reason: "no-pair" },
    });
    expect(vixReplication({ near: sound, next: term(oneSided, 50_000) })).toEqual({
      ...{ kind: "refused-term", term: "next", reason: "no-pair" },
    });
    expect(vixReplication({ near: term(littleChain().slice(4, 6)), next: sound })).toMatchObject({
      reason: "too-few-strikes",
    });
    const low = [{ strike: 100, callBid: 1, callAsk: 1.1, putBid: 20, putAsk: 20.1 }];
    expect(vixReplication({ near: term(low), next: sound })).toMatchObject({
      reason: "no-strike-under-forward",
    });
  });

  it.each([
    ["no bid", { putBid: 0, putAsk: 0 }],
    ["a bid of 0 under a sound ask", { callBid: 0 }],
    ["a crossed put", { putBid: 900, putAsk: 1 }],
    ["a crossed call", { callBid: 900, callAsk: 1 }],
    ["an endless ask", { putAsk: Number.POSITIVE_INFINITY }],
    ["an endless bid", { putBid: Number.POSITIVE_INFINITY, putAsk: Number.POSITIVE_INFINITY }],
    ["an ask that is no number", { callAsk: Number.NaN }],
    ["a negative bid", { putBid: -1 }],
  ] as const)("needs both quotes at K0: %s", (_, change) => {
    // Without a pair at 100 the forward is read at 105, and lies a little above 101: K0 stays 100.
    const call = { callBid: 4, callAsk: 4.2, putBid: 7.9, putAsk: 8.1 };
    const answer = vixReplication({ near: term(littleChain({ 105: call })), next: sound });
    expect(answer).toMatchObject({ kind: "found", near: { k0: 100, parityStrike: 100 } });
    const broken = term(littleChain({ 105: call, 100: change }));
    expect(vixReplication({ near: broken, next: sound })).toEqual({
      ...{ kind: "refused-term", term: "near", reason: "center-not-quoted", strike: 100 },
    });
    expect(vixReplication({ near: sound, next: { ...broken, minutes: 50_000 } })).toEqual({
      ...{ kind: "refused-term", term: "next", reason: "center-not-quoted", strike: 100 },
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("takes a side of %f for not quoted", (price) => {
    const without = littleChain({ 90: { putBid: 0 }, 110: { callBid: 0 } });
    for (const changes of [
      { 90: { putAsk: price }, 110: { callAsk: price } },
      { 90: { putBid: price }, 110: { callBid: price } },
    ]) {
      const term = { minutes: 40_000, rate: 0.02, quotes: littleChain(changes) };
      expect(termVariance(term)).toEqual(termVariance({ ...term, quotes: without }));
    }
  });

  it("takes prices whose mid is beyond a double for not quoted", () => {
    const most = Number.MAX_VALUE;
    expect(strikesOf(littleChain({ 110: { callBid: most, callAsk: most } }))).not.toContain(110);
  });

  it("needs the near term first and apart from the next", () => {
    expect(vixReplication({ near: sound, next: term(littleChain()) }).kind).toBe("terms-not-in-order");
    expect(vixReplication({ near: sound, next: sound }).kind).toBe("terms-not-in-order");
  });

  it("says so where an extrapolation leaves no variance", () => {
    const wild = littleChain().map((quote) => ({
      ...quote,
      callBid: 9 * quote.callBid,
      callAsk: 9 * quote.callAsk,
      putBid: 9 * quote.putBid,
      putAsk: 9 * quote.putAsk,
    }));
    const near = term(littleChain(), 60_000);
    expect(vixReplication({ near, next: term(wild, 70_000) }).kind).toBe("variance-not-positive");
  });

  it("throws for what is no question", () => {
    expect(() => vixReplication({ near: { ...sound, minutes: 0 }, next: sound })).toThrow(/minutes above 0/);
    expect(() => vixReplication({ near: { ...sound, rate: Number.NaN }, next: sound })).toThrow(/rate/);
    const outOfRange = (key: string) => expect.objectContaining({ code: "pricing.out-of-range", key });
    const near = term(littleChain());
    expect(() => vixReplication({ near: { ...near, rate: 1e6 }, next: sound })).toThrow(outOfRange("rate"));
    const tiny = littleChain().map((quote) => ({ ...quote, strike: 1e-170 * quote.strike }));
    expect(() => vixReplication({ near: term(tiny), next: sound })).toThrow(outOfRange("quotes"));
    const twice = term([...littleChain(), ...littleChain()]);
    expect(() => vixReplication({ near: twice, next: sound })).toThrow(/each strike once/);
  });
});

/** Both terms of a flat volatility, quoted every `step` points as far as anything is worth a bid. */
function flatVix(volatility: number, rate: number, step: number): number {
  const termAt = (minutes: number): ReplicationTerm => {
    const years = minutes / 525_600;
    const forward = 3_003.7;
    const discount = strictExp(-rate * years);
    const quotes: PairedQuote[] = [];
    for (let strike = 500; strike < 12_000; strike += step) {
      const total = volatility * Math.sqrt(years);
      const call = blackPrice("call", forward, strike, total, discount);
      const put = blackPrice("put", forward, strike, total, discount);
      const bid = (price: number): number => (price > 1e-6 ? price : 0);
      quotes.push({ strike, callBid: bid(call), callAsk: call, putBid: bid(put), putAsk: put });
    }
    return { minutes, rate, quotes };
  };
  const answer = vixReplication({ near: termAt(37_000), next: termAt(47_000) });
  return answer.kind === "found" ? answer.vix / 100 : Number.NaN;
}

it("gives a flat volatility back, closer as the strikes come closer", () => {
  for (const volatility of [0.08, 0.15, 0.4, 0.9]) {
    for (const rate of [-0.01, 0, 0.05]) {
      // The strip is a Riemann sum and cuts at K0: the error goes with the square of the spacing over a deviation.
      const deviation = 3_003.7 * volatility * Math.sqrt(30 / 365);
      for (const step of [1, 5]) {
        const error = Math.abs(flatVix(volatility, rate, step) / volatility - 1);
        expect(error).toBeLessThan(0.1 * (step / deviation) ** 2 + 1e-6);
      }
    }
  }
});
