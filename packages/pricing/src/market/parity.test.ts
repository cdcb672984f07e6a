import { describe, expect, it } from "vitest";
import golden from "../../golden/vix-replication.json" with { type: "json" };
import { blackPrice } from "../black.ts";
import { boxQuote } from "./box.ts";
import { parityEdges } from "./conversion.ts";
import type { PairedQuote } from "./paired-quote.ts";
import { discountFactorOf, impliedDividendYield, impliedForward, type ParityFit, rateOf } from "./parity.ts";
import { type Chance, chanceOf, quotesOf, strikesAround } from "./testing/synthetic-chain.ts";

interface Case {
  readonly forward: number;
  readonly discountFactor: number;
  readonly quotes: readonly PairedQuote[];
}

/** An expiration of random level, rate and volatility, its quotes as wide as the index options'. */
function randomCase(chance: Chance, noise: number): Case {
  const forward = chance.uniform(1000, 6000);
  const years = chance.uniform(0.02, 2);
  const discountFactor = discountFactorOf(chance.uniform(-0.01, 0.06), years);
  const volatility = chance.uniform(0.1, 0.4);
  const totalVolatility = (k: number): number =>
    Math.sqrt(years) * Math.max(0.05, volatility - 0.1 * k) * Math.sqrt(1 + k * k);
  const strikes = strikesAround(forward, 0.7, 1.2, forward / 150);
  return {
    forward,
    discountFactor,
    quotes: quotesOf({ forward, discountFactor, strikes, totalVolatility, noise }, chance),
  };
}

function found(answer: ReturnType<typeof impliedForward>): ParityFit {
  if (answer.kind !== "found") throw new Error(answer.kind);
  return answer;
}

/** A share of the pairs with one side off as feeds have it: stale, shifted, a digit wrong, doubled. */
function spoiled(quotes: readonly PairedQuote[], share: number, chance: Chance): readonly PairedQuote[] {
  return quotes.map((quote) => {
    if (chance.uniform(0, 1) >= share) return quote;
    const kind = Math.floor(chance.uniform(0, 4));
    const { callBid, callAsk, putBid, putAsk } = quote;
    const shift = 5 + 20 * chance.uniform(0, 1);
    if (kind === 0) return { ...quote, callBid: callBid + shift, callAsk: callAsk + shift };
    if (kind === 1) return { ...quote, putBid: putBid + shift, putAsk: putAsk + shift };
    if (kind === 2) return { ...quote, callBid: 10 * callBid, callAsk: 10 * callAsk };
    return { ...quote, putBid: 0.5 * putBid, putAsk: 0.5 * putAsk };
  });
}

describe("the implied forward", () => {
  it("is found from noisy quotes within its own error", () => {
    const chance = chanceOf(11);
    let within = 0;
    const errors: number[] = [];
    for (let i = 0; i < 300; i++) {
      const { forward, discountFactor, quotes } = randomCase(chance, 0.25);
      const fit = found(impliedForward(quotes));
      errors.push(Math.abs(fit.forward - forward) / forward);
      if (Math.abs(fit.forward - forward) < 2 * fit.forwardError) within += 1;
      expect(Math.abs(fit.discountFactor - discountFactor)).toBeLessThan(6 * fit.discountError);
      expect(fit.insideShare).toBeGreaterThan(0.95);
    }
    // Two standard errors hold 95 % of a normal sample; 300 draws scatter by 1.3 %.
    expect(within / 300).toBeGreaterThan(0.91);
    expect(within / 300).toBeLessThan(0.99);
    // Half-spreads are 0.04 + 0.04 sqrt(price) points and mids scatter by a quarter of them.
    expect(Math.max(...errors)).toBeLessThan(5e-5);
  });

  it.each([0.1, 0.2])("stands with a share of %f bad quotes, and names them", (share) => {
    const chance = chanceOf(12);
    for (let i = 0; i < 200; i++) {
      const { forward, quotes } = randomCase(chance, 0.25);
      const fit = found(impliedForward(spoiled(quotes, share, chance)));
      expect(Math.abs(fit.forward - forward) / forward).toBeLessThan(8e-5);
      expect(Math.abs(fit.forward - forward)).toBeLessThan(6 * fit.forwardError);
      expect(fit.rejected.length).toBeGreaterThan(0);
    }
  });

  it("is exact where the quotes are", () => {
    const chance = chanceOf(13);
    const { forward, discountFactor, quotes } = randomCase(chance, 0);
    const exact = quotes.map((quote) => {
      const difference = discountFactor * (forward - quote.strike);
      const [put, half] = [quote.putAsk, 0.2];
      return {
        strike: quote.strike,
        callBid: put + difference - half,
        callAsk: put + difference + half,
        putBid: put - half,
        putAsk: put + half,
      };
    });
    const sound = exact.filter(({ callBid, putBid }) => callBid > 0 && putBid > 0);
    const fit = found(impliedForward(sound));
    // Rounding of prices in the thousands.
    expect(Math.abs(fit.forward / forward - 1)).toBeLessThan(1e-12);
    expect(Math.abs(fit.discountFactor / discountFactor - 1)).toBeLessThan(1e-11);
  });

  it.each([0.3, 0.5, 0.6, 0.9, 1])("is exact where a share of %f of the pairs is locked", (share) => {
    const chance = chanceOf(18);
    for (const scale of [1e-3, 1, 100]) {
      const { forward, discountFactor, quotes } = randomCase(chance, 0);
      const locked = quotes.map(({ strike, putAsk }, i) => {
        const put = putAsk + 1;
        const call = put + discountFactor * (forward - strike) + 2000;
        const half = i % 10 < 10 * share ? 0 : 0.2;
        return {
          strike: scale * strike,
          callBid: scale * (call - half),
          callAsk: scale * (call + half),
          putBid: scale * (put + 2000 - half),
          putAsk: scale * (put + 2000 + half),
        };
      });
      const fit = found(impliedForward(locked));
      // Rounding of prices in the thousands.
      expect(Math.abs(fit.forward / (scale * forward) - 1)).toBeLessThan(1e-12);
      expect(Math.abs(fit.discountFactor / discountFactor - 1)).toBeLessThan(1e-11);
      expect(fit.rejected).toEqual([]);
    }
  });

  it("is found from locked quotes in whole cents, and names the wrong ones", () => {
    const [forward, discountFactor] = [4321.37, 0.98713];
    const cents = (price: number): number => Math.round(100 * price) / 100;
    const quotes = strikesAround(forward, 0.8, 1.2, 20).map((strike) => {
      const total = blackPrice("put", forward, strike, 0.08, discountFactor);
      const put = cents(total);
      const call = cents(total + discountFactor * (forward - strike)) + (strike === 4300 ? 1 : 0);
      return { strike, callBid: call, callAsk: call, putBid: put, putAsk: put };
    });
    const fit = found(impliedForward(quotes));
    // Two prices of a pair are each off by half a cent at most.
    expect(Math.abs(fit.forward - forward)).toBeLessThan(0.01);
    expect(Math.abs(fit.forward - forward)).toBeLessThan(4 * fit.forwardError);
    expect(fit.rejected).toEqual([4300]);
  });

  it("does not depend on the order of the quotes", () => {
    const { quotes } = randomCase(chanceOf(14), 0.25);
    const fit = found(impliedForward(quotes));
    const other = found(impliedForward(quotes.toReversed()));
    expect(Math.abs(other.forward / fit.forward - 1)).toBeLessThan(1e-12);
  });

  it("follows the tight quotes where wide ones agree on something else", () => {
    // As seen in real chains: two thirds of the strikes 192 points wide and 45 points off.
    const strikes = Array.from({ length: 48 }, (_, i) => 3000 + 50 * i);
    const quotes = strikes.map((strike, i) => {
      const isTight = i >= 30 && i < 46;
      const half = isTight ? 12 : 96;
      const call = 0.91 * (4840 - strike) + 2000 + (isTight ? 0 : 45);
      return { strike, callBid: call - half, callAsk: call + half, putBid: 1990, putAsk: 2010 };
    });
    const fit = found(impliedForward(quotes));
    expect(Math.abs(fit.forward - 4840)).toBeLessThan(1);
    expect(fit.rejected).toContain(3000);
  });

  it("takes a discount factor that is known", () => {
    const { forward, discountFactor, quotes } = randomCase(chanceOf(15), 0.25);
    const fit = found(impliedForward(quotes, { discountFactor }));
    expect(fit.discountFactor).toBe(discountFactor);
    expect(fit.discountError).toBe(0);
    expect(Math.abs(fit.forward - forward)).toBeLessThan(4 * fit.forwardError);
  });

  it("leaves zero bids and crossed quotes out", () => {
    const { quotes } = randomCase(chanceOf(16), 0.25);
    const [first, second] = quotes;
    if (first === undefined || second === undefined) throw new Error("no quotes");
    const sound = quotes.slice(2);
    const broken = [
      { ...first, putBid: 0, callBid: 9e5, callAsk: 9e5 },
      { ...second, callBid: 9e5, callAsk: 1 },
    ];
    expect(impliedForward([...broken, ...sound])).toEqual(impliedForward(sound));
  });

  it("says how many pairs are missing, and where pairs agree on nothing", () => {
    const { quotes } = randomCase(chanceOf(17), 0);
    const two = quotes.filter(({ putBid, callBid }) => putBid > 0 && callBid > 0).slice(0, 2);
    expect(impliedForward(two)).toEqual({ kind: "too-few-pairs", pairs: 2, needed: 3 });
    expect(impliedForward([])).toEqual({ kind: "too-few-pairs", pairs: 0, needed: 3 });
    const rising = [1, 2, 3, 4].map((i) => ({ strike: i, callBid: i, callAsk: i + 1, putBid: 1, putAsk: 2 }));
    expect(impliedForward(rising)).toEqual({ kind: "no-agreement", pairs: 4 });
    expect(() => impliedForward(quotes, { discountFactor: 0 })).toThrow(/discountFactor above 0/);
  });

  it("does not take garbage for a discount factor", () => {
    const chance = chanceOf(19);
    for (let i = 0; i < 300; i++) {
      const quotes = Array.from({ length: 4 + (i % 20) }, (_, j) => {
        const [call, put] = [chance.uniform(1, 200), chance.uniform(1, 200)];
        return { strike: 4000 + 5 * j, callBid: call, callAsk: call + 1, putBid: put, putAsk: put + 1 };
      });
      const answer = impliedForward(quotes);
      if (answer.kind !== "found") continue;
      expect(answer.discountError).toBeLessThanOrEqual(0.1 * answer.discountFactor);
      expect(answer.forwardError).toBeLessThanOrEqual(0.1 * answer.forward);
    }
    // A line through noise of 10 points over 40 points of strikes.
    const noise = [9, -8, 7, -10, 4, 9, -9, 2, -5];
    const noisy = noise.map((off, i) => {
      return { strike: 100 + 5 * i, callBid: 50 + off - 0.1 * i, callAsk: 51 + off, putBid: 50, putAsk: 51 };
    });
    expect(impliedForward(noisy)).toEqual({ kind: "no-agreement", pairs: 9 });
    // The same quotes do not agree on a forward where the factor is known.
    const wild = noisy.map((quote, i) => ({
      ...quote,
      callBid: 1 + 400 * (i % 2),
      callAsk: 2 + 400 * (i % 2),
    }));
    expect(impliedForward(wild, { discountFactor: 1 }).kind).toBe("no-agreement");
  });

  it("refuses a strike given twice or not positive, quoted or not", () => {
    const { quotes } = randomCase(chanceOf(20), 0);
    const [first] = quotes;
    if (first === undefined) throw new Error("no quotes");
    expect(() => impliedForward([...quotes, first])).toThrow(/each strike once/);
    expect(() => impliedForward([...quotes, { ...first, callBid: 0 }])).toThrow(/each strike once/);
    expect(() => impliedForward([...quotes, { ...first, strike: -1, callBid: 0 }])).toThrow(/strike above 0/);
  });

  it("agrees with the forward of the white paper's near term", () => {
    const rows = golden.examples[0]?.near.rows ?? [];
    const quotes = rows.map(([strike = 0, callBid = 0, callAsk = 0, putBid = 0, putAsk = 0]) => ({
      ...{ strike, callBid, callAsk, putBid, putAsk },
    }));
    // 1962.90 from one strike whose quotes are 1.4 to 1.7 wide.
    expect(Math.abs(found(impliedForward(quotes)).forward - 1962.9)).toBeLessThan(0.3);
  });
});

it("splits a forward into rate and dividend yield", () => {
  const [years, rate] = [0.25, 0.043];
  const discountFactor = discountFactorOf(rate, years);
  expect(rateOf(discountFactor, years)).toBeCloseTo(rate, 14);
  // Hull, on forward prices with a known yield: 25 exp((0.10 - 0.0396) 0.5) = 25.77.
  const terms = { spot: 25, forward: 25.77, rate: 0.1, years: 0.5 };
  expect(impliedDividendYield(terms)).toBeCloseTo(0.0396, 3);
  expect(() => impliedDividendYield({ ...terms, spot: 0 })).toThrow(/spot above 0/);
  expect(() => rateOf(0.99, 0)).toThrow(/years above 0/);
  const outOfRange = expect.objectContaining({ code: "pricing.out-of-range", key: "rate" });
  expect(() => discountFactorOf(-1e5, 1)).toThrow(outOfRange);
  expect(discountFactorOf(1e5, 1)).toBe(0);
  expect(() => rateOf(0.5, 5e-324)).toThrow(
    expect.objectContaining({ code: "pricing.out-of-range", key: "years" }),
  );
  expect(() => impliedDividendYield({ ...terms, spot: 1e-300, forward: 1e300 })).toThrow(
    expect.objectContaining({ code: "pricing.out-of-range", key: "forward" }),
  );
});

describe("conversion and reversal", () => {
  it("never look like an arbitrage while every quote holds the value", () => {
    const chance = chanceOf(21);
    for (let i = 0; i < 100; i++) {
      const { forward, discountFactor, quotes } = randomCase(chance, 0);
      const carry = { forwardBid: forward - 0.1, forwardAsk: forward + 0.1, discountFactor };
      for (const { conversion, reversal } of parityEdges(quotes, carry)) {
        expect(conversion ?? -1).toBeLessThan(0);
        expect(reversal ?? -1).toBeLessThan(0);
      }
    }
  });

  it("give what can be locked in after crossing", () => {
    const carry = { forwardBid: 99.5, forwardAsk: 100.5, discountFactor: 0.9 };
    const quotes = [{ strike: 110, callBid: 3, callAsk: 4, putBid: 9, putAsk: 11 }];
    const [edge] = parityEdges(quotes, carry);
    // 3 - 11 + 0.9 (110 - 100.5) and 9 - 4 + 0.9 (99.5 - 110).
    expect(edge?.conversion).toBeCloseTo(0.55, 12);
    expect(edge?.reversal).toBeCloseTo(-4.45, 12);
  });

  it("need a bid to sell and an ask to buy, and no more", () => {
    const carry = { forwardBid: 100, forwardAsk: 100, discountFactor: 1 };
    const edgesOf = (changes: Partial<PairedQuote>) =>
      parityEdges([{ strike: 100, callBid: 1, callAsk: 2, putBid: 1, putAsk: 2, ...changes }], carry)[0];
    expect(edgesOf({})).toEqual({ strike: 100, conversion: -1, reversal: -1 });
    expect(edgesOf({ callBid: 0 })).toEqual({ strike: 100, conversion: undefined, reversal: -1 });
    expect(edgesOf({ putBid: 0 })).toEqual({ strike: 100, conversion: -1, reversal: undefined });
    expect(edgesOf({ putBid: 3 })).toEqual({ strike: 100, conversion: undefined, reversal: undefined });
    expect(edgesOf({ callAsk: 0, callBid: 0 })?.reversal).toBeUndefined();
    expect(() => parityEdges([], { ...carry, discountFactor: -1 })).toThrow(/discountFactor/);
  });
});

describe("a box", () => {
  it("is the discounted width, whatever the volatility, with the rates around it", () => {
    const chance = chanceOf(31);
    for (let i = 0; i < 200; i++) {
      const { forward, discountFactor, quotes } = randomCase(chance, 0);
      const years = 0.5;
      const near = quotes.filter(({ strike }) => Math.abs(strike / forward - 1) < 0.1);
      const [lower, higher] = [near[0], near.at(-1)];
      if (lower === undefined || higher === undefined) throw new Error("no quotes");
      const box = boxQuote(lower, higher, years);
      const value = discountFactor * box.width;
      expect(box.bid ?? value).toBeLessThanOrEqual(value);
      expect(box.ask ?? value).toBeGreaterThanOrEqual(value);
      const rate = rateOf(discountFactor, years);
      expect(box.lendRate ?? rate).toBeLessThanOrEqual(rate);
      expect(box.borrowRate ?? rate).toBeGreaterThanOrEqual(rate);
      expect(box.midRate ?? rate).toBeGreaterThanOrEqual(box.lendRate ?? rate);
      expect(box.midRate ?? rate).toBeLessThanOrEqual(box.borrowRate ?? rate);
    }
  });

  const lower = { strike: 90, callBid: 12, callAsk: 13, putBid: 2, putAsk: 3 };
  const higher = { strike: 110, callBid: 4, callAsk: 5, putBid: 13, putAsk: 14 };

  it("trades four sides each way", () => {
    // Buy: 13 - 2 + 14 - 4 = 21. Sell: 12 - 3 + 13 - 5 = 17.
    const box = boxQuote(lower, higher, 2);
    expect(box).toMatchObject({ width: 20, ask: 21, bid: 17 });
    // -ln(21/20)/2, -ln(17/20)/2, -ln(19/20)/2, to rounding.
    expect(box.lendRate).toBeCloseTo(-0.024395082084716, 14);
    expect(box.borrowRate).toBeCloseTo(0.0812594647488874, 14);
    expect(box.midRate).toBeCloseTo(0.0256466471937753, 14);
  });

  it("has no side that would sell without a bid", () => {
    expect(boxQuote({ ...lower, putBid: 0 }, higher, 1)).toMatchObject({ ask: undefined, bid: 17 });
    expect(boxQuote(lower, { ...higher, callBid: 0 }, 1)).toMatchObject({ ask: undefined, bid: 17 });
    expect(boxQuote({ ...lower, callBid: 0 }, higher, 1)).toMatchObject({ ask: 21, bid: undefined });
    const none = boxQuote(lower, { ...higher, putBid: 0 }, 1);
    expect(none).toMatchObject({ ask: 21, bid: undefined, borrowRate: undefined, midRate: undefined });
  });

  it("throws where the strikes or the years are no question", () => {
    expect(() => boxQuote(higher, lower, 1)).toThrow(/ascending/);
    expect(() => boxQuote(lower, higher, 0)).toThrow(/years/);
  });
});
