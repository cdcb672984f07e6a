import { describe, expect, it } from "vitest";
import { blackPrice } from "../black.ts";
import { strictExp, strictLog } from "../strict-math.ts";
import type { PairedQuote } from "./paired-quote.ts";
import { smilePoints, smilePointsOfVolatilities } from "./smile-points.ts";
import { rawFromSsvi, type SviSlice, sviVariance } from "./svi.ts";
import { fitSmile, fitSurface, type SmileFit, type SmileTarget } from "./svi-fit.ts";
import { type Chance, chanceOf, quotesOf, strikesAround } from "./testing/synthetic-chain.ts";

/** A surface of SSVI with the power law of Gatheral and Jacquier (2014, equation 4.5), free of arbitrage by theorem 4.3. */
function ssviSurface(chance: Chance): (years: number) => SviSlice {
  const volatility = chance.uniform(0.1, 0.45);
  const rho = chance.uniform(-0.9, 0.2);
  const eta = chance.uniform(0.6, 1.8) / Math.sqrt(1 + Math.abs(rho));
  const tilt = chance.uniform(-0.4, 0.4);
  return (years) => {
    const theta = volatility * volatility * (years + tilt * 0.1 * (1 - strictExp(-years / 0.1)));
    return rawFromSsvi({ theta, rho, phi: eta / Math.sqrt(theta * (1 + theta)) });
  };
}

function fitted(answer: ReturnType<typeof fitSmile>): SmileFit {
  if (answer.kind !== "fitted") throw new Error(answer.kind);
  return answer;
}

/** Exact total volatilities with bid and ask around them. */
function exactTarget(slice: SviSlice, years: number, chance: Chance): SmileTarget {
  const forward = 100;
  const quotes = Array.from({ length: 60 }, (_, i) => {
    const k = Math.sqrt(sviVariance(slice, 0)) * (-6 + 0.15 * i);
    const volatility = Math.sqrt(sviVariance(slice, k) / years);
    const half = 0.002 + 0.003 * chance.uniform(0, 1) * Math.abs(k);
    return { strike: forward * strictExp(k), bid: volatility - half, ask: volatility + half };
  });
  return { years, forward, ...smilePointsOfVolatilities(quotes, { forward, years }) };
}

describe("a smile", () => {
  it("gives back the slice that its points lie on", () => {
    const chance = chanceOf(51);
    for (let i = 0; i < 60; i++) {
      const years = chance.uniform(0.02, 1.5);
      const slice = ssviSurface(chance)(years);
      const fit = fitted(fitSmile(exactTarget(slice, years, chance)));
      expect(fit.butterfly.kind).toBe("free");
      // The ridge fades with the misfit, and the descent stops where a step gains a billionth.
      expect(fit.quality.weightedRms).toBeLessThan(1e-9);
      expect(fit.quality.insideShare).toBe(1);
      expect(fit.rejected).toEqual([]);
    }
  });

  it("gives back skews to either side, as volatility options have them", () => {
    const chance = chanceOf(52);
    for (const rho of [-0.8, 0, 0.5, 0.8]) {
      const slice = rawFromSsvi({ theta: 0.08, rho, phi: 2.5 });
      const fit = fitted(fitSmile(exactTarget(slice, 0.15, chance)));
      for (const k of [-0.5, 0, 0.8]) {
        expect(Math.abs(Math.sqrt(sviVariance(fit.slice, k) / sviVariance(slice, k)) - 1)).toBeLessThan(1e-3);
      }
    }
  });

  it("does without arbitrage where the points would have it", () => {
    // Vogt's slice (Gatheral and Jacquier 2014, example 3.1): its own points ask for a negative density.
    const vogt = { a: -0.041, b: 0.1331, rho: 0.306, m: 0.3586, sigma: 0.4153 };
    const quotes = Array.from({ length: 61 }, (_, i) => {
      const k = -1.5 + 0.05 * i;
      const volatility = Math.sqrt(sviVariance(vogt, k));
      return { strike: strictExp(k), bid: volatility - 0.002, ask: volatility + 0.002 };
    });
    const target = { years: 1, forward: 1, ...smilePointsOfVolatilities(quotes, { forward: 1, years: 1 }) };
    const fit = fitted(fitSmile(target));
    expect(fit.butterfly).toMatchObject({ kind: "free" });
    // Closing the hole costs less than a point.
    expect(fit.quality.weightedRms).toBeLessThan(0.01);
    expect(fit.quality.weightedRms).toBeGreaterThan(1e-4);
  });

  it("names its worst strike by how far it lies outside bid and ask", () => {
    const chance = chanceOf(53);
    const slice = rawFromSsvi({ theta: 0.04, rho: -0.5, phi: 3 });
    const target = exactTarget(slice, 1, chance);
    const points = target.points.map((point, i) =>
      i === 30 ? { ...point, bid: point.bid + 0.02, mid: point.mid + 0.02, ask: point.ask + 0.02 } : point,
    );
    const fit = fitted(fitSmile({ ...target, points }));
    const off = points[30];
    expect(fit.quality.worst.strike).toBe(off?.strike);
    expect(fit.quality.worst.error).toBeCloseTo(-0.02, 2);
    expect(fit.quality.worst.outside).toBeCloseTo(0.018, 2);
    expect(fit.quality.insideShare).toBeLessThan(1);
  });

  it("needs five points, and says how many there are", () => {
    const target = exactTarget(rawFromSsvi({ theta: 0.04, rho: -0.5, phi: 3 }), 1, chanceOf(54));
    const few = { ...target, points: target.points.slice(20, 24) };
    expect(fitSmile(few)).toEqual({ kind: "too-few-points", years: 1, points: 4, needed: 5 });
    expect(fitted(fitSmile({ ...target, points: target.points.slice(20, 25) })).butterfly.kind).toBe("free");
    expect(() => fitSmile({ ...target, years: 0 })).toThrow(/years above 0/);
    expect(() => fitSmile({ ...target, forward: 0 })).toThrow(/forward above 0/);
    expect(() => fitSurface([{ ...target, forward: Number.NaN }])).toThrow(/forward above 0/);
  });
});

/** Quotes of a random arbitrage-free surface at eight expirations, as wide as the index options' and as noisy. */
function quotedSurface(chance: Chance, badShare: number) {
  const truth = ssviSurface(chance);
  const forward = chance.uniform(1000, 6000);
  const expirations = [1, 3, 8, 22, 43, 85, 180, 400].map((days) => days / 365);
  const targets = expirations.map((years): SmileTarget => {
    const slice = truth(years);
    const root = Math.sqrt(sviVariance(slice, 0));
    const strikes = strikesAround(
      forward,
      strictExp(-6 * root),
      strictExp(4 * root),
      Math.max(5, 5 * Math.round((forward * root) / 40)),
    );
    const discountFactor = strictExp(-0.03 * years);
    const totalVolatility = (k: number): number => Math.sqrt(sviVariance(slice, k));
    const quotes = quotesOf({ forward, discountFactor, strikes, totalVolatility, noise: 0.3 }, chance);
    return { years, forward, ...smilePoints(spoiled(quotes, badShare, chance), { forward, discountFactor }) };
  });
  return { truth, targets };
}

/** Whole quotes shifted far off, as a stale or mistyped strike is. */
function spoiled(quotes: readonly PairedQuote[], share: number, chance: Chance): readonly PairedQuote[] {
  return quotes.map((quote) => {
    if (chance.uniform(0, 1) >= share) return quote;
    const factor = chance.uniform(1.6, 2.5);
    return {
      strike: quote.strike,
      callBid: factor * quote.callBid,
      callAsk: factor * quote.callAsk,
      putBid: factor * quote.putBid,
      putAsk: factor * quote.putAsk,
    };
  });
}

describe("a surface", () => {
  it("is found from noisy quotes, without arbitrage", () => {
    const chance = chanceOf(61);
    for (let i = 0; i < 25; i++) {
      const { truth, targets } = quotedSurface(chance, 0);
      const surface = fitSurface(targets);
      expect(surface.calendar).toEqual([]);
      expect(surface.unfitted).toEqual([]);
      expect(surface.smiles.map(({ years }) => years)).toEqual(targets.map(({ years }) => years));
      for (const { years, slice, butterfly, quality } of surface.smiles) {
        expect(butterfly.kind).toBe("free");
        // Ridge and noise together stay within a few tenths of a point where quotes weigh.
        expect(quality.weightedRms).toBeLessThan(0.006);
        const error =
          Math.sqrt(sviVariance(slice, 0) / years) - Math.sqrt(sviVariance(truth(years), 0) / years);
        expect(Math.abs(error)).toBeLessThan(0.006);
      }
    }
  });

  it("stands with one quote in twelve far off, and names most of them", () => {
    const chance = chanceOf(62);
    let named = 0;
    for (let i = 0; i < 12; i++) {
      const { truth, targets } = quotedSurface(chance, 1 / 12);
      const surface = fitSurface(targets);
      expect(surface.calendar).toEqual([]);
      for (const { years, slice, butterfly, rejected } of surface.smiles) {
        expect(butterfly.kind).toBe("free");
        named += rejected.length;
        const error =
          Math.sqrt(sviVariance(slice, 0) / years) / Math.sqrt(sviVariance(truth(years), 0) / years) - 1;
        expect(Math.abs(error)).toBeLessThan(0.05);
      }
    }
    expect(named).toBeGreaterThan(100);
  });

  it("is put in order where its expirations contradict each other", () => {
    const chance = chanceOf(63);
    const near = exactTarget(rawFromSsvi({ theta: 0.011, rho: -0.6, phi: 6 }), 0.24, chance);
    const far = exactTarget(rawFromSsvi({ theta: 0.01, rho: -0.5, phi: 5 }), 0.26, chance);
    const alone = fitSurface([near, far], { hasCalendar: false });
    expect(alone.calendar).toEqual([]);
    const together = fitSurface([near, far]);
    expect(together.calendar).toEqual([]);
    const [first, second] = together.smiles;
    if (first === undefined || second === undefined) throw new Error("no smiles");
    for (let k = -0.6; k < 0.5; k += 0.01)
      expect(sviVariance(second.slice, k)).toBeGreaterThanOrEqual(sviVariance(first.slice, k));
    // 5 % of variance apart in the wrong order, each gives way a little.
    for (const { quality } of together.smiles) {
      expect(quality.weightedRms).toBeGreaterThan(1e-3);
      expect(quality.weightedRms).toBeLessThan(0.02);
    }
  });

  it("leaves expirations on underlyings of their own alone", () => {
    const chance = chanceOf(64);
    const slices = [0.011, 0.01].map((theta) => rawFromSsvi({ theta, rho: 0.6, phi: 6 }));
    const targets = slices.map((slice, i) => exactTarget(slice, 0.2 + 0.1 * i, chance));
    const { smiles } = fitSurface(targets, { hasCalendar: false });
    for (const { quality } of smiles) expect(quality.weightedRms).toBeLessThan(1e-4);
  });

  it("reports expirations with too few points and fits the others", () => {
    const { targets } = quotedSurface(chanceOf(65), 0);
    const thin = targets.map((target, i) => (i === 2 ? { ...target, points: [] } : target));
    const surface = fitSurface(thin.toReversed());
    expect(surface.unfitted).toEqual([
      { kind: "too-few-points", years: targets[2]?.years, points: 0, needed: 5 },
    ]);
    expect(surface.smiles).toHaveLength(7);
    expect(surface.calendar).toEqual([]);
  });

  it("is the same whenever it is asked", () => {
    const { targets } = quotedSurface(chanceOf(66), 0);
    expect(fitSurface(targets)).toEqual(fitSurface(targets.toReversed()));
  });
});

describe("the points of a smile", () => {
  const quotes = [90, 95, 100, 105, 110].map((strike) => {
    const [put, call] = (["put", "call"] as const).map((right) => blackPrice(right, 100, strike, 0.1, 0.99));
    const [p = 0, c = 0] = [put, call];
    return { strike, putBid: p - 0.1, putAsk: p + 0.1, callBid: c - 0.1, callAsk: c + 0.1 };
  });
  const terms = { forward: 100, discountFactor: 0.99 };

  it("are the options out of the money", () => {
    const { points } = smilePoints(quotes, terms);
    expect(points.map(({ strike }) => strike)).toEqual([90, 95, 100, 105, 110]);
    const withoutOthers = quotes.map((own) =>
      own.strike < 100 ? { ...own, callBid: 0, callAsk: 0 } : { ...own, putBid: 0, putAsk: 0 },
    );
    expect(smilePoints(withoutOthers, terms)).toEqual(smilePoints(quotes, terms));
    for (const { bid, mid, ask, k, strike, deviation } of points) {
      expect(bid).toBeLessThan(mid);
      expect(mid).toBeLessThan(ask);
      expect(k).toBeCloseTo(strictLog(strike / 100), 14);
      expect(deviation).toBeGreaterThanOrEqual(0.5 * (ask - bid));
    }
  });

  it("leave out what has no bid, is crossed or has no volatility", () => {
    const broken = quotes.map((own) => {
      if (own.strike === 90) return { ...own, putBid: 0 };
      if (own.strike === 105) return { ...own, callBid: 3, callAsk: 2 };
      return own.strike === 110 ? { ...own, callAsk: 200 } : own;
    });
    expect(smilePoints(broken, terms).points.map(({ strike }) => strike)).toEqual([95, 100]);
    expect(() => smilePoints(quotes, { ...terms, forward: 0 })).toThrow(/forward above 0/);
  });

  const locked = Array.from({ length: 41 }, (_, i) => {
    const strike = 80 + i;
    const of = (right: "call" | "put"): number => blackPrice(right, 100, strike, 0.1 - 0.001 * i, 0.99);
    const [put, call] = [of("put"), of("call")];
    return { strike, putBid: put, putAsk: put, callBid: call, callAsk: call };
  });

  const widened = ({ strike, putBid, putAsk, callBid, callAsk }: PairedQuote, by: number): PairedQuote => ({
    strike,
    ...{ putBid: putBid * (1 - by), putAsk: putAsk * (1 + by) },
    ...{ callBid: callBid * (1 - by), callAsk: callAsk * (1 + by) },
  });

  it.each([0.5, 0.6, 1])("are all there where a share of %f of the quotes is locked", (share) => {
    const some = locked.map((own, i) => (i % 10 < 10 * share ? own : widened(own, 0.01)));
    const { points, rejected } = smilePoints(some, terms);
    expect(rejected).toEqual([]);
    expect(points.map(({ strike }) => strike)).toEqual(locked.map(({ strike }) => strike));
    for (const { deviation, mid } of points) {
      expect(deviation).toBeGreaterThan(1e-7 * mid);
      expect(deviation).toBeLessThan(0.05 * mid);
    }
    const fit = fitted(fitSmile({ points, rejected, forward: 100, years: 0.1 }));
    expect(fit.quality.weightedRms).toBeLessThan(0.01);
  });

  it("are all there where the locked quotes are whole cents", () => {
    const cents = (price: number): number => Math.round(100 * price) / 100;
    const rounded = locked.map(({ strike, putBid, callBid }) => {
      const [put, call] = [cents(putBid), cents(callBid)];
      return { strike, putBid: put, putAsk: put, callBid: call, callAsk: call };
    });
    const { points, rejected } = smilePoints(rounded, terms);
    const worthless = rounded.filter(({ putBid, callBid }) => Math.min(putBid, callBid) === 0);
    expect(rejected).toEqual(worthless.map(({ strike }) => ({ strike, reason: "not-quoted" })));
    expect(points.length).toBeGreaterThan(35);
  });

  it("are all there where quoted volatilities are locked", () => {
    const volatilities = locked.map(({ strike }, i) => ({
      strike,
      bid: 0.3 - 0.003 * i,
      ask: 0.3 - 0.003 * i,
    }));
    const { points, rejected } = smilePointsOfVolatilities(volatilities, { forward: 100, years: 0.1 });
    expect(points).toHaveLength(41);
    expect(rejected).toEqual([]);
  });

  it("come with every strike that is dropped, and why", () => {
    const broken = locked.map((own) => {
      if (own.strike === 82) return { ...own, putBid: 0 };
      if (own.strike === 86) return { ...own, putBid: 1.6 * own.putBid, putAsk: 1.6 * own.putAsk };
      if (own.strike === 105) return { ...own, callBid: 3, callAsk: 2 };
      return own.strike === 110 ? { ...own, callAsk: 200 } : own;
    });
    const { points, rejected } = smilePoints(broken, terms);
    expect(rejected).toEqual([
      { strike: 82, reason: "not-quoted" },
      { strike: 86, reason: "off-its-neighbors" },
      { strike: 105, reason: "not-quoted" },
      { strike: 110, reason: "no-volatility" },
    ]);
    expect(points).toHaveLength(37);
    const huge = [90, 100].map((strike) => ({ strike, bid: 1e308 / strike, ask: 1e308 / strike }));
    expect(smilePointsOfVolatilities(huge, { forward: 100, years: 1e9 })).toEqual({
      points: [],
      rejected: huge.map(({ strike }) => ({ strike, reason: "no-volatility" })),
    });
    const volatilities = [
      { strike: 90, bid: undefined, ask: 0.2 },
      { strike: 100, bid: 0.2, ask: 0.1 },
    ];
    expect(smilePointsOfVolatilities(volatilities, { forward: 100, years: 1 })).toEqual({
      points: [],
      rejected: volatilities.map(({ strike }) => ({ strike, reason: "not-quoted" })),
    });
  });

  it("refuse a strike given twice", () => {
    const quote = { strike: 100, bid: 0.2, ask: 0.21 };
    const read = () => smilePointsOfVolatilities([quote, quote], { forward: 100, years: 1 });
    expect(read).toThrow(/each strike once/);
    expect(() => smilePoints([...quotes, ...quotes], terms)).toThrow(/each strike once/);
  });

  it("read volatilities with their sides", () => {
    const read = smilePointsOfVolatilities(
      [
        { strike: 110, bid: 0.2, ask: 0.22 },
        { strike: 100, bid: undefined, ask: 0.2 },
        { strike: 90, bid: 0.3, ask: undefined },
        { strike: 80, bid: 0.3, ask: 0.32 },
      ],
      { forward: 100, years: 0.25 },
    );
    expect(read.points.map(({ strike }) => strike)).toEqual([80, 110]);
    expect(read.points[1]).toMatchObject({ bid: 0.1, mid: expect.closeTo(0.105, 15), ask: 0.11 });
  });
});
