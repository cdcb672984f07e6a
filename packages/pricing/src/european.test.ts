import { describe, expect, it } from "vitest";
import golden from "../golden/european.json" with { type: "json" };
import { CALL } from "./batch/columns.ts";
import { black76GreeksBatch } from "./batch/european-greeks-batch.ts";
import { ROW_STATUSES } from "./batch/row-status.ts";
import { black76Greeks, black76Price } from "./black76.ts";
import { europeanGreeks, europeanPrice } from "./european.ts";
import { europeanImpliedVolatility } from "./implied-volatility.ts";
import type { Black76Option, EuropeanOption, PriceAndGreeks, Right } from "./option.ts";

type Case = (typeof golden.european)[number];
const GREEKS = ["delta", "gamma", "vega", "theta", "rho"] as const;

function rightOf(type: string): Right {
  return type === "call" ? "call" : "put";
}

function european(c: Case): EuropeanOption {
  const right = rightOf(c.type);
  return { right, spot: c.S, strike: c.K, years: c.T, volatility: c.sigma, rate: c.r, dividendYield: c.q };
}

function black76(c: Case): Black76Option {
  return { right: rightOf(c.type), forward: c.S, strike: c.K, years: c.T, volatility: c.sigma, rate: c.r };
}

function expectReference(found: PriceAndGreeks, c: Case, rho: number): void {
  // Price: 2e-15 of spot, and 1e-12 relative even where that is less. Greeks: 1e-10 relative.
  expect(Math.abs(found.price - c.price)).toBeLessThan(2e-15 * c.S);
  expect(Math.abs(found.price / c.price - 1)).toBeLessThan(1e-12);
  const expected = { delta: c.delta, gamma: c.gamma, vega: c.vega, theta: c.theta, rho };
  for (const greek of GREEKS) expect(Math.abs(found[greek] / expected[greek] - 1), greek).toBeLessThan(1e-10);
}

describe("the reference values", () => {
  it("are all there", () => {
    expect(golden.european).toHaveLength(14);
  });

  it.each(golden.european)("hold for $id $tag", (c) => {
    expectReference(europeanGreeks(european(c)), c, c.rho);
    expect(europeanPrice(european(c))).toBe(europeanGreeks(european(c)).price);
  });

  it.each(golden.european.filter((c) => c.model === "black76"))("hold on the forward for $id $tag", (c) => {
    // With the forward held, a move of the rate moves the yield too.
    expectReference(black76Greeks(black76(c)), c, c.rho + c.rho_q);
    expect(black76Price(black76(c))).toBe(black76Greeks(black76(c)).price);
  });
});

describe("without volatility or time", () => {
  const base = {
    right: "call",
    spot: 110,
    strike: 100,
    years: 1,
    volatility: 0,
    rate: 0.05,
    dividendYield: 0.02,
  } as const;
  const kink = { ...base, spot: 100, rate: 0.02 };

  it("the price is discounted intrinsic value", () => {
    const intrinsic = 110 * Math.exp(-0.02) - 100 * Math.exp(-0.05);
    expect(europeanPrice(base)).toBeCloseTo(intrinsic, 12);
    expect(europeanPrice({ ...base, right: "put" })).toBe(0);
    expect(europeanPrice({ ...base, years: 0, volatility: 0.2 })).toBe(10);
    expect(europeanPrice({ ...base, years: 0, spot: 90, right: "put" })).toBe(10);
  });

  it("the Greeks are those of the discounted intrinsic value", () => {
    const greeks = europeanGreeks(base);
    expect(greeks.delta).toBeCloseTo(Math.exp(-0.02), 14);
    expect(greeks.rho).toBeCloseTo(100 * Math.exp(-0.05), 12);
    expect(greeks.theta).toBeCloseTo(0.02 * 110 * Math.exp(-0.02) - 0.05 * 100 * Math.exp(-0.05), 12);
    expect([greeks.gamma, greeks.vega]).toEqual([0, 0]);
    const worthless = europeanGreeks({ ...base, right: "put" });
    expect(Object.values(worthless).every((value) => value === 0)).toBe(true);
  });

  it("at the kink delta is the mean of both sides, gamma and decay are 0, vega is its limit", () => {
    const atVolatility0 = europeanGreeks(kink);
    expect(atVolatility0.delta).toBeCloseTo(0.5 * Math.exp(-0.02), 14);
    expect(atVolatility0.gamma).toBe(0);
    expect(atVolatility0.vega).toBeCloseTo((100 * Math.exp(-0.02)) / Math.sqrt(2 * Math.PI), 12);
    const atExpiration = europeanGreeks({ ...kink, years: 0, volatility: 0.2 });
    expect(atExpiration).toEqual({ price: 0, delta: 0.5, gamma: 0, vega: 0, theta: 0, rho: 0 });
    expect(europeanGreeks({ ...kink, years: 0, right: "put" }).delta).toBe(-0.5);
  });
});

describe("discounting that leaves the doubles", () => {
  const put = { right: "put", spot: 100, strike: 100, years: 1, volatility: 0.2, rate: 0.03 } as const;

  it("of the spot alone makes the put worth the discounted strike", () => {
    const expected = 100 * Math.exp(-0.03);
    for (const dividendYield of [700, 720, 746, 1000, 1e300]) {
      expect(Math.abs(europeanPrice({ ...put, dividendYield }) - expected)).toBeLessThan(1e-13 * expected);
      expect(europeanGreeks({ ...put, dividendYield }).price).toBe(europeanPrice({ ...put, dividendYield }));
    }
  });

  it("of both is refused, by implied volatility too", () => {
    const terms = { ...put, rate: -800, dividendYield: -800 };
    expect(() => europeanPrice(terms)).toThrow("fit a double");
    expect(() => europeanImpliedVolatility(terms, 50)).toThrow("fit a double");
  });

  it("of a rho that holds the forward is refused", () => {
    const option = {
      right: "call",
      forward: 1.7e308,
      strike: 100,
      years: 2,
      volatility: 0.2,
      rate: 0,
    } as const;
    expect(() => black76Greeks(option)).toThrow("fit a double");
    const columns = {
      rights: Uint8Array.of(CALL, CALL),
      forwards: Float64Array.of(1.7e308, 100),
      strikes: Float64Array.of(100, 100),
      years: Float64Array.of(2, 2),
      volatilities: Float64Array.of(0.2, 0.2),
      rates: Float64Array.of(0, 0),
    };
    const { statuses, rhos, prices } = black76GreeksBatch(columns);
    expect([...statuses].map((status) => ROW_STATUSES[status])).toEqual(["pricing.out-of-range", "ok"]);
    expect(rhos[0]).toBeNaN();
    expect(prices[0]).toBeNaN();
    expect(rhos[1]).toBe(black76Greeks({ ...option, forward: 100 }).rho);
  });
});
