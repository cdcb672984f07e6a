import { describe, expect, it } from "vitest";
import { blackPrice } from "../black.ts";
import { strictExp } from "../strict-math.ts";
import { butterflyCheck, durrlemanG, sviButterflyCheck } from "./butterfly.ts";
import { calendarCheck, sviCalendarCheck } from "./calendar.ts";
import { leastIn } from "./search.ts";
import { probabilityBetween, probabilityUnder, smileDensity, smileVolatility } from "./smile.ts";
import {
  isSsviButterflyFree,
  rawFromSsvi,
  type SviSlice,
  sviCurve,
  sviJet,
  sviVariance,
  wingSlopes,
} from "./svi.ts";
import { chanceOf } from "./testing/synthetic-chain.ts";

const index: SviSlice = { a: 0.0009, b: 0.045, rho: -0.55, m: 0.02, sigma: 0.06 };

/** Gatheral and Jacquier (2014), example 3.1, after A. Vogt: wings within Lee's bound, and yet a negative density. */
const vogt: SviSlice = { a: -0.041, b: 0.1331, rho: 0.306, m: 0.3586, sigma: 0.4153 };

describe("a slice", () => {
  it("has the derivatives of its variance", () => {
    const h = 1e-5;
    for (const slice of [index, vogt]) {
      for (let k = -1.5; k <= 1.5; k += 0.1) {
        const jet = sviJet(slice, k);
        const [below, above] = [sviVariance(slice, k - h), sviVariance(slice, k + h)];
        expect(sviVariance(slice, k)).toBe(jet.variance);
        // Central differences err by h^2 times a third or fourth derivative, and by rounding over h or h^2.
        expect(Math.abs((above - below) / (2 * h) - jet.slope)).toBeLessThan(1e-8);
        expect(Math.abs((above - 2 * jet.variance + below) / (h * h) - jet.curvature)).toBeLessThan(1e-4);
      }
    }
  });

  it("has the slopes of its wings", () => {
    const { left, right } = wingSlopes(index);
    expect(sviJet(index, -1e4).slope).toBeCloseTo(-left, 9);
    expect(sviJet(index, 1e4).slope).toBeCloseTo(right, 9);
    expect(left).toBeCloseTo(0.06975, 12);
  });

  it("of SSVI is the formula of SSVI", () => {
    const [theta, rho, phi] = [0.04, -0.6, 3];
    const slice = rawFromSsvi({ theta, rho, phi });
    for (let k = -1; k <= 1; k += 0.25) {
      // Gatheral and Jacquier (2014), equation 4.1.
      const root = Math.sqrt((phi * k + rho) ** 2 + 1 - rho * rho);
      expect(sviVariance(slice, k)).toBeCloseTo(0.5 * theta * (1 + rho * phi * k + root), 15);
    }
  });
});

describe("the butterfly check", () => {
  it("finds Vogt's slice out, where the paper's figure has the hole", () => {
    const check = sviButterflyCheck(vogt);
    expect(check.kind).toBe("negative-density");
    if (check.kind !== "negative-density") return;
    // Figure 3.1: g dips under 0 between about 0.6 and 1.1.
    expect(check.k).toBeGreaterThan(0.6);
    expect(check.k).toBeLessThan(1.1);
    expect(check.leastG).toBeLessThan(-0.001);
    expect(durrlemanG(check.k, sviJet(vogt, check.k))).toBe(check.leastG);
  });

  it("agrees with the sign of butterflies in prices", () => {
    const chance = chanceOf(41);
    let violated = 0;
    for (let i = 0; i < 200; i++) {
      const slice = {
        a: chance.uniform(-0.03, 0.03),
        b: chance.uniform(0.01, 0.9),
        rho: chance.uniform(-0.95, 0.95),
        m: chance.uniform(-0.4, 0.4),
        sigma: chance.uniform(0.02, 0.6),
      };
      const check = sviButterflyCheck(slice);
      if (check.kind === "variance-not-positive" || check.kind === "wing-too-steep") continue;
      const d2 = -check.k / Math.sqrt(sviVariance(slice, check.k));
      // Farther out a butterfly is worth less than the rounding of its parts.
      if (Math.abs(d2) > 4 || Math.abs(check.leastG) < 0.01) continue;
      expect(Math.sign(butterflySign(slice, check.k))).toBe(Math.sign(check.leastG));
      if (check.kind === "negative-density") violated += 1;
    }
    expect(violated).toBeGreaterThan(20);
  });

  it("takes a flat slice for free, with g of 1", () => {
    expect(sviButterflyCheck({ a: 0.04, b: 0, rho: 0, m: 0, sigma: 1 })).toMatchObject({
      kind: "free",
      leastG: 1,
    });
    expect(sviButterflyCheck(index)).toMatchObject({ kind: "free" });
  });

  it("names a wing over Lee's bound and a variance that is not positive", () => {
    const steep = { a: 0.04, b: 1.2, rho: 0.7, m: 0, sigma: 1 };
    expect(sviButterflyCheck(steep)).toEqual({
      kind: "wing-too-steep",
      side: "right",
      slope: expect.closeTo(2.04, 12),
    });
    expect(sviButterflyCheck({ ...steep, rho: -0.7 })).toMatchObject({ side: "left" });
    const sunk = { a: -0.05, b: 0.4, rho: 0, m: 0.2, sigma: 0.1 };
    expect(sviButterflyCheck(sunk)).toEqual({
      kind: "variance-not-positive",
      k: expect.closeTo(0.2, 6),
      variance: expect.closeTo(-0.01, 10),
    });
  });

  it("can be asked of any curve, between any ends", () => {
    const bent = (k: number) => ({ variance: 0.04 + 0.5 * k * k, slope: k, curvature: 1 });
    expect(butterflyCheck(bent, { from: -0.1, to: 0.1 }).kind).toBe("free");
    expect(butterflyCheck(bent, { from: -3, to: 3 }).kind).toBe("negative-density");
    expect(butterflyCheck(sviCurve(vogt), { from: -0.5, to: 0.5 }).kind).toBe("free");
  });

  it("refuses a curve or a slice that is not finite", () => {
    const notFinite = (key: string) => expect.objectContaining({ code: "pricing.not-finite", key });
    const range = { from: -1, to: 1 };
    const flat = { variance: 0.04, slope: 0, curvature: 0 };
    for (const hole of ["variance", "slope", "curvature"] as const) {
      const curve = (k: number) => (Math.abs(k - 0.3) < 0.1 ? { ...flat, [hole]: Number.NaN } : flat);
      expect(() => butterflyCheck(curve, range)).toThrow(notFinite("curve"));
      const far = { years: 2, curve };
      expect(() => calendarCheck([{ years: 1, curve: () => flat }, far], range)).toThrow(notFinite("curve"));
    }
    const broken = { ...index, rho: Number.NaN };
    expect(() => sviButterflyCheck(broken)).toThrow(notFinite("rho"));
    const dated = [index, broken].map((slice, i) => ({ years: i + 1, slice }));
    expect(() => sviCalendarCheck(dated)).toThrow(notFinite("rho"));
  });

  it("passes what the theorem on SSVI passes", () => {
    const chance = chanceOf(42);
    let passed = 0;
    for (let i = 0; i < 300; i++) {
      const ssvi = {
        theta: chance.uniform(0.001, 0.5),
        rho: chance.uniform(-0.95, 0.95),
        phi: chance.uniform(0.2, 12),
      };
      if (!isSsviButterflyFree(ssvi)) continue;
      passed += 1;
      expect(sviButterflyCheck(rawFromSsvi(ssvi)).kind).toBe("free");
    }
    expect(passed).toBeGreaterThan(100);
    expect(isSsviButterflyFree({ theta: 0.5, rho: 0, phi: 3 })).toBe(false);
    expect(isSsviButterflyFree({ theta: 2, rho: 0.9, phi: 1.2 })).toBe(false);
  });
});

/** The price of a narrow butterfly at a log moneyness, over its width squared. */
function butterflySign(slice: SviSlice, k: number): number {
  const price = (at: number): number =>
    blackPrice(at < 0 ? "put" : "call", 1, strictExp(at), Math.sqrt(sviVariance(slice, at)), 1);
  const h = 2e-3;
  const [middle, wings] = [strictExp(k), [k - h, k + h].map((at) => ({ strike: strictExp(at), at }))];
  const [low, high] = wings;
  if (low === undefined || high === undefined) return 0;
  // Around k = 0 the option out of the money changes sides: use the call throughout by parity.
  const call = (at: number): number => price(at) + (at < 0 ? 1 - strictExp(at) : 0);
  const left = (call(k) - call(low.at)) / (middle - low.strike);
  const right = (call(high.at) - call(k)) / (high.strike - middle);
  return right - left;
}

describe("the calendar check", () => {
  const near: SviSlice = index;
  const far: SviSlice = { ...index, a: 0.002, b: 0.05 };

  it("finds slices in order, in whatever sequence they come", () => {
    expect(
      sviCalendarCheck([
        { years: 0.2, slice: far },
        { years: 0.1, slice: near },
      ]),
    ).toEqual([]);
  });

  it("names the pair, the place and the size of a crossing", () => {
    const dented = { ...far, a: 0.0008, m: 0.06 };
    const [violation, ...others] = sviCalendarCheck([
      { years: 0.1, slice: near },
      { years: 0.2, slice: dented },
    ]);
    expect(others).toEqual([]);
    expect(violation).toMatchObject({ nearYears: 0.1, farYears: 0.2 });
    const k = violation?.k ?? 0;
    expect(violation?.nearVariance).toBe(sviVariance(near, k));
    expect(violation?.farVariance).toBe(sviVariance(dented, k));
    const size = Math.sqrt(sviVariance(near, k) / 0.2) - Math.sqrt(sviVariance(dented, k) / 0.2);
    expect(violation?.size).toBeCloseTo(size, 14);
    for (let at = -1; at < 1; at += 0.01) {
      const gap = sviVariance(dented, at) - sviVariance(near, at);
      expect(gap).toBeGreaterThanOrEqual(
        (violation?.farVariance ?? 0) - (violation?.nearVariance ?? 0) - 1e-15,
      );
    }
  });

  it("sees wings that cross beyond everything quoted", () => {
    const flatter = { ...far, a: 0.5, b: 0.0449 };
    const violations = sviCalendarCheck([
      { years: 0.1, slice: near },
      { years: 0.2, slice: flatter },
    ]);
    expect(violations).toHaveLength(1);
    expect(Math.abs(violations[0]?.k ?? 0)).toBeGreaterThan(2);
    const curves = [
      { years: 0.1, curve: sviCurve(near) },
      { years: 0.2, curve: sviCurve(flatter) },
    ];
    expect(calendarCheck(curves, { from: -1, to: 1 })).toEqual([]);
  });

  it("sees the right wing too", () => {
    const tilted = { ...far, a: 0.5, rho: -0.7 };
    const [violation] = sviCalendarCheck([
      { years: 0.1, slice: near },
      { years: 0.2, slice: tilted },
    ]);
    expect(violation?.k).toBeGreaterThan(2);
  });

  it("asks every pair of neighbors", () => {
    const slices = [0.1, 0.2, 0.3, 0.4].map((years) => ({
      years,
      slice: { ...index, a: 0.01 - 0.01 * years },
    }));
    expect(sviCalendarCheck(slices)).toHaveLength(3);
    expect(sviCalendarCheck([])).toEqual([]);
  });
});

describe("what a smile says", () => {
  const smile = { slice: index, years: 0.25 };
  const forward = 4000;

  it("is a volatility at each strike", () => {
    const volatility = smileVolatility(smile, { strike: 3800, forward });
    const k = Math.log(3800 / forward);
    expect(volatility * volatility * 0.25).toBeCloseTo(sviVariance(index, k), 15);
    expect(() => smileVolatility(smile, { strike: 0, forward })).toThrow(/strike above 0/);
    expect(() => smileVolatility({ ...smile, years: 0 }, { strike: 1, forward })).toThrow(/years above 0/);
  });

  it("is nothing where the slice has no variance", () => {
    const sunk = { slice: { ...index, a: -0.05 }, years: 0.25 };
    const endless = { slice: { ...index, a: Number.NaN }, years: 0.25 };
    const place = { strike: 4000, forward };
    for (const ask of [smileVolatility, smileDensity, probabilityUnder]) {
      expect(() => ask(sunk, place)).toThrow(
        expect.objectContaining({ code: "pricing.not-positive", key: "slice" }),
      );
      expect(() => ask(endless, place)).toThrow(
        expect.objectContaining({ code: "pricing.not-finite", key: "slice" }),
      );
    }
  });

  it("is a density that holds all probability around the forward", () => {
    let mass = 0;
    let mean = 0;
    let under = 0;
    const step = 2;
    for (let strike = step / 2; strike < 16_000; strike += step) {
      const density = smileDensity(smile, { strike, forward });
      expect(density).toBeGreaterThanOrEqual(0);
      mass += density * step;
      mean += strike * density * step;
      if (strike < 3800) under += density * step;
    }
    // The midpoint rule on a smooth density; what lies outside the ends is less.
    expect(Math.abs(mass - 1)).toBeLessThan(1e-5);
    expect(Math.abs(mean / forward - 1)).toBeLessThan(1e-5);
    expect(Math.abs(probabilityUnder(smile, { strike: 3800, forward }) - under)).toBeLessThan(1e-5);
  });

  it("is the slope of the put in its strike", () => {
    const put = (strike: number): number =>
      blackPrice("put", forward, strike, Math.sqrt(sviVariance(index, Math.log(strike / forward))), 1);
    for (const strike of [3000, 3600, 3900, 4000, 4100, 4400]) {
      const h = 0.05;
      const slope = (put(strike + h) - put(strike - h)) / (2 * h);
      // The third derivative times the step squared over six, and rounding of prices over the step.
      expect(Math.abs(probabilityUnder(smile, { strike, forward }) - slope)).toBeLessThan(1e-8);
    }
    const between = probabilityBetween(smile, { lower: 3600, higher: 4100, forward });
    const [low, high] = [3600, 4100].map((strike) => probabilityUnder(smile, { strike, forward }));
    expect(between).toBe((high ?? 0) - (low ?? 0));
    expect(between).toBeGreaterThan(0.5);
  });
});

it("finds the lower of two dips, and the ends", () => {
  const twoDips = (k: number): number =>
    -strictExp(-((k - 1.3) ** 2) * 400) - 0.9 * strictExp(-((k + 0.31) ** 2) * 400);
  const found = leastIn(twoDips, { from: -3, to: 3 }, 0.5);
  // Golden sections narrow a cell of about 0.02 by a factor of two million.
  expect(Math.abs(found.at - 1.3)).toBeLessThan(1e-6);
  expect(found.value).toBeCloseTo(-1, 10);
  for (let shift = 0; shift < 0.05; shift += 0.001) {
    // Narrow enough to be sampled halfway up its side, where the flat dip behind it looks the lower.
    const narrow = (k: number): number =>
      -strictExp(-((k + 0.31 + shift) ** 2) * 8000) - 0.97 * strictExp(-((k - 1.3) ** 2) * 4);
    expect(leastIn(narrow, { from: -3, to: 3 }, 0.5).value).toBeLessThan(-0.999);
  }
  expect(leastIn((k) => k, { from: -3, to: 3 }, 0.5)).toEqual({ at: -3, value: -3 });
  expect(leastIn((k) => -k, { from: -3, to: 3 }, 0.5)).toEqual({ at: 3, value: -3 });
});
