import { describe, expect, it } from "vitest";
import { europeanGreeks } from "./european.ts";
import { inTheMoneyProbability, profitProbability, touchProbability } from "./probability.ts";
import { seededUniform } from "./testing/seeded-uniform.ts";

const RUNS = 10_000;
const PRICE = { forward: 100, years: 0.25, volatility: 0.2 } as const;

describe("inTheMoneyProbability", () => {
  it("is Phi(d2)", () => {
    // d2 = 0.9 and -1.1 by construction: ln F/K = (d2 + s / 2) s with s = 0.1. Phi from a table to 15 digits.
    const strike = (d2: number): number => 100 / Math.exp((d2 + 0.05) * 0.1);
    expect(inTheMoneyProbability("call", strike(0.9), PRICE)).toBeCloseTo(0.815939874653241, 13);
    expect(inTheMoneyProbability("put", strike(0.9), PRICE)).toBeCloseTo(0.184060125346759, 13);
    expect(inTheMoneyProbability("call", strike(-1.1), PRICE)).toBeCloseTo(0.135666060946383, 13);
  });

  it("is the slope of the price in the strike, undiscounted, and both sides make one", () => {
    const uniform = seededUniform(51);
    for (let i = 0; i < RUNS; i++) {
      const years = 0.05 + uniform();
      const volatility = 0.1 + 0.5 * uniform();
      const strike = 100 * Math.exp((4 * uniform() - 2) * volatility * Math.sqrt(years));
      const price = { forward: 100, years, volatility };
      const call = inTheMoneyProbability("call", strike, price);
      expect(Math.abs(call + inTheMoneyProbability("put", strike, price) - 1)).toBeLessThan(4e-16);
      // By Euler's theorem V = F delta - K P for a call, at a rate of 0.
      const { price: value, delta } = europeanGreeks({
        ...{ right: "call", spot: 100, strike, years, volatility, rate: 0, dividendYield: 0 },
      });
      expect(Math.abs((100 * delta - value) / strike - call)).toBeLessThan(1e-14);
    }
  });

  it("is certain without time or volatility", () => {
    expect(inTheMoneyProbability("call", 99, { ...PRICE, years: 0 })).toBe(1);
    expect(inTheMoneyProbability("call", 101, { ...PRICE, volatility: 0 })).toBe(0);
    expect(inTheMoneyProbability("put", 101, { ...PRICE, volatility: 0 })).toBe(1);
    expect(inTheMoneyProbability("put", 100, { ...PRICE, volatility: 0 })).toBe(0);
  });

  it("keeps its digits in the far tail", () => {
    // Phi(-20.5), as in normal.test.ts.
    const strike = 100 * Math.exp((20.5 - 0.05) * 0.1);
    expect(Math.abs(inTheMoneyProbability("call", strike, PRICE) / 1.0764673258790961e-93 - 1)).toBeLessThan(
      1e-12,
    );
  });
});

describe("touchProbability", () => {
  const terms = { spot: 100, barrier: 110, years: 0.25, volatility: 0.2, drift: 0 };

  it("is twice the probability of ending beyond when the logarithm does not drift", () => {
    const uniform = seededUniform(52);
    for (let i = 0; i < RUNS; i++) {
      const volatility = 0.05 + uniform();
      const years = 0.01 + uniform();
      const barrier = 100 * Math.exp((6 * uniform() - 3) * volatility * Math.sqrt(years));
      const drift = 0.5 * volatility * volatility;
      const forward = 100 * Math.exp(drift * years);
      const right = barrier > 100 ? "call" : "put";
      const beyond = inTheMoneyProbability(right, barrier, { forward, years, volatility });
      const touched = touchProbability({ spot: 100, barrier, years, volatility, drift });
      expect(Math.abs(touched / (2 * beyond) - 1)).toBeLessThan(1e-12);
    }
  });

  it("is at least the probability of ending beyond, at most 1, and grows with time and nearness", () => {
    const uniform = seededUniform(53);
    for (let i = 0; i < RUNS; i++) {
      const volatility = 0.02 * 100 ** uniform();
      const years = 1e-4 * 4e4 ** uniform();
      const drift = 0.6 * uniform() - 0.3;
      const barrier = 100 * Math.exp((8 * uniform() - 4) * volatility * Math.sqrt(years));
      const at = { spot: 100, barrier, years, volatility, drift };
      const touched = touchProbability(at);
      const right = barrier > 100 ? "call" : "put";
      const beyond = inTheMoneyProbability(right, barrier, {
        forward: 100 * Math.exp(drift * years),
        years,
        volatility,
      });
      expect(touched).toBeGreaterThanOrEqual(beyond * (1 - 1e-12));
      expect(touched).toBeLessThanOrEqual(1);
      expect(touchProbability({ ...at, years: 1.01 * years })).toBeGreaterThanOrEqual(touched * (1 - 1e-12));
      const nearer = Math.sqrt(100 * barrier);
      expect(touchProbability({ ...at, barrier: nearer })).toBeGreaterThanOrEqual(touched * (1 - 1e-12));
    }
  });

  it("is the integral of the density of the first touch", () => {
    // b / (sigma sqrt(2 pi t^3)) exp(-(b - nu t)^2 / (2 sigma^2 t)) (Shreve 2004, 7.2), over ln t by Simpson's rule.
    const uniform = seededUniform(56);
    for (let i = 0; i < 200; i++) {
      const [volatility, years, drift] = [0.05 + 0.5 * uniform(), 0.1 + 2 * uniform(), 2 * uniform() - 1];
      const sign = uniform() < 0.5 ? -1 : 1;
      const distance = (0.1 + 2 * uniform()) * volatility * Math.sqrt(years);
      const nu = sign * (drift - 0.5 * volatility ** 2);
      const density = (t: number): number =>
        (distance / (volatility * Math.sqrt(2 * Math.PI * t))) *
        Math.exp(-((distance - nu * t) ** 2) / (2 * volatility ** 2 * t));
      const [from, steps] = [Math.log((distance / volatility) ** 2 / 1600), 4000];
      const step = (Math.log(years) - from) / steps;
      let integral = 0;
      for (let k = 0; k <= steps; k++)
        integral += (k === 0 || k === steps ? 1 : k % 2 === 1 ? 4 : 2) * density(Math.exp(from + k * step));
      integral *= step / 3;
      const barrier = 100 * Math.exp(sign * distance);
      const touched = touchProbability({ spot: 100, barrier, years, volatility, drift });
      expect(Math.abs(touched - integral)).toBeLessThan(1e-10);
    }
  });

  it("solves the backward equation: the same chance a moment on, after a step of the path", () => {
    // p_t = 0.5 sigma^2 p_xx + nu p_x in x = ln spot, by fourth-order differences.
    const uniform = seededUniform(54);
    for (let i = 0; i < 2000; i++) {
      const [volatility, years, drift] = [0.1 + 0.5 * uniform(), 0.1 + uniform(), 0.4 * uniform() - 0.2];
      const total = volatility * Math.sqrt(years);
      const barrier = 100 * Math.exp((uniform() < 0.5 ? -1 : 1) * (0.3 + 2 * uniform()) * total);
      const at = (x: number, time: number): number =>
        touchProbability({ spot: 100 * Math.exp(x), barrier, years: time, volatility, drift });
      const h = 0.01 * total;
      const u = (k: number): number => at(k * h, years);
      const first = (8 * (u(1) - u(-1)) - (u(2) - u(-2))) / (12 * h);
      const second = (16 * (u(1) + u(-1)) - (u(2) + u(-2)) - 30 * u(0)) / (12 * h * h);
      const k = 1e-3 * years;
      const inTime =
        (8 * (at(0, years + k) - at(0, years - k)) - (at(0, years + 2 * k) - at(0, years - 2 * k))) /
        (12 * k);
      const nu = drift - 0.5 * volatility ** 2;
      expect(Math.abs(inTime - 0.5 * volatility ** 2 * second - nu * first) * years).toBeLessThan(1e-6);
    }
  });

  it("is certain at the barrier, and without volatility where the drift leads", () => {
    expect(touchProbability({ ...terms, barrier: 100 })).toBe(1);
    expect(touchProbability({ ...terms, years: 0 })).toBe(0);
    expect(touchProbability({ ...terms, volatility: 0 })).toBe(0);
    expect(touchProbability({ ...terms, volatility: 0, drift: 1 })).toBe(1);
    expect(touchProbability({ ...terms, volatility: 0, barrier: 90, drift: -1 })).toBe(1);
    expect(touchProbability({ ...terms, volatility: 0, barrier: 90, drift: 1 })).toBe(0);
  });

  it("neither overflows nor loses itself with strong drifts and tiny volatilities", () => {
    expect(touchProbability({ ...terms, volatility: 0.01, drift: 5 })).toBe(1);
    expect(touchProbability({ ...terms, volatility: 0.01, drift: -5 })).toBe(0);
    expect(touchProbability({ ...terms, volatility: 1e-200, drift: -5 })).toBe(0);
    expect(touchProbability({ ...terms, volatility: 1e-200, drift: 5 })).toBe(1);
    expect(() => touchProbability({ ...terms, drift: Number.NaN })).toThrow("expected drift");
    for (const key of ["spot", "barrier"]) {
      expect(() => touchProbability({ ...terms, [key]: 0 })).toThrow(
        expect.objectContaining({ code: "pricing.not-positive", key }),
      );
      expect(() => touchProbability({ ...terms, [key]: Number.NaN })).toThrow(
        expect.objectContaining({ code: "pricing.not-finite", key }),
      );
    }
    expect(() => touchProbability({ ...terms, volatility: 1e200 })).toThrow(
      expect.objectContaining({ code: "pricing.out-of-range" }),
    );
  });
});

describe("profitProbability", () => {
  const condor = [
    { right: "put", strike: 85, quantity: 1 },
    { right: "put", strike: 90, quantity: -1 },
    { right: "call", strike: 110, quantity: -1 },
    { right: "call", strike: 115, quantity: 1 },
  ] as const;

  it("of a sold condor is the chance to end between its break-evens", () => {
    const between = inTheMoneyProbability("call", 88.5, PRICE) - inTheMoneyProbability("call", 111.5, PRICE);
    expect(profitProbability(condor, 1.5, PRICE)).toBeCloseTo(between, 14);
  });

  it("of its mirror image is the rest", () => {
    const mirrored = condor.map((leg) => ({ ...leg, quantity: -leg.quantity }));
    expect(profitProbability(mirrored, -1.5, PRICE)).toBeCloseTo(
      1 - profitProbability(condor, 1.5, PRICE),
      14,
    );
  });

  it("of single legs is a tail", () => {
    const call = [{ right: "call", strike: 105, quantity: 2 }] as const;
    expect(profitProbability(call, -4, PRICE)).toBeCloseTo(inTheMoneyProbability("call", 107, PRICE), 15);
    const put = [{ right: "put", strike: 95, quantity: -1 }] as const;
    expect(profitProbability(put, 2, PRICE)).toBeCloseTo(inTheMoneyProbability("call", 93, PRICE), 15);
    expect(profitProbability(put, 96, PRICE)).toBe(1);
    expect(profitProbability(put, 0, PRICE)).toBe(0);
  });

  it("keeps its digits where only a far tail earns", () => {
    const butterfly = (middle: number): Parameters<typeof profitProbability>[0] => [
      { right: "call", strike: middle - 10, quantity: 1 },
      { right: "call", strike: middle, quantity: -2 },
      { right: "call", strike: middle + 10, quantity: 1 },
    ];
    const between = (low: number, high: number): number =>
      inTheMoneyProbability("call", low, PRICE) - inTheMoneyProbability("call", high, PRICE);
    const above = profitProbability(butterfly(300), -1, PRICE);
    expect(above).toBeLessThan(1e-20);
    expect(Math.abs(above / between(291, 309) - 1)).toBeLessThan(1e-12);
    const below = profitProbability(butterfly(40), -1, PRICE);
    const under = (level: number): number => inTheMoneyProbability("put", level, PRICE);
    expect(Math.abs(below / (under(49) - under(31)) - 1)).toBeLessThan(1e-12);
  });

  it("of no legs is that of the credit", () => {
    expect(profitProbability([], 1, PRICE)).toBe(1);
    expect(profitProbability([], 0, PRICE)).toBe(0);
    expect(profitProbability([], -1, PRICE)).toBe(0);
  });

  it("is what a fine grid of prices adds up to, for any structure", () => {
    const uniform = seededUniform(55);
    for (let i = 0; i < 300; i++) {
      const legs = Array.from({ length: 1 + Math.floor(5 * uniform()) }, () => ({
        right: uniform() < 0.5 ? ("call" as const) : ("put" as const),
        strike: 80 + Math.floor(40 * uniform()),
        quantity: Math.floor(7 * uniform()) - 3,
      }));
      const credit = 20 * uniform() - 10;
      const profit = (level: number): number => {
        let sum = credit;
        for (const { right, strike, quantity } of legs)
          sum += quantity * Math.max(right === "call" ? level - strike : strike - level, 0);
        return sum;
      };
      const cells = 4000;
      let expected = 0;
      for (let cell = 0; cell < cells; cell++) {
        const low = (300 * cell) / cells;
        if (profit(low + 150 / cells) <= 0) continue;
        const below = cell === 0 ? 1 : inTheMoneyProbability("call", low, PRICE);
        expected += below - inTheMoneyProbability("call", low + 300 / cells, PRICE);
      }
      // Each of at most eight break-evens falls into a cell of at most 0.3 % of the probability.
      expect(Math.abs(profitProbability(legs, credit, PRICE) - expected)).toBeLessThan(0.012);
    }
  });

  it("without time is what the forward earns", () => {
    expect(profitProbability(condor, 1.5, { ...PRICE, years: 0 })).toBe(1);
    expect(profitProbability(condor, 1.5, { ...PRICE, years: 0, forward: 112 })).toBe(0);
  });

  it("is refused for what is no structure", () => {
    expect(() => profitProbability(condor, Number.NaN, PRICE)).toThrow("expected credit");
    expect(() => profitProbability([{ ...condor[0], strike: -1 }], 1, PRICE)).toThrow("expected strike");
    expect(() => profitProbability([{ ...condor[0], quantity: Number.NaN }], 1, PRICE)).toThrow(
      "expected quantity",
    );
    expect(() => profitProbability([], 1, { ...PRICE, forward: 0 })).toThrow("expected forward");
  });
});
