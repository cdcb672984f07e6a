import { describe, expect, it } from "vitest";
import golden from "../golden/european.json" with { type: "json" };
import { blackPrice } from "./black.ts";
import { black76Greeks } from "./black76.ts";
import { europeanGreeks, europeanPrice } from "./european.ts";
import { black76ImpliedVolatility, europeanImpliedVolatility } from "./implied-volatility.ts";
import type { Black76Option, EuropeanOption, PriceAndGreeks, Right } from "./option.ts";
import { seededUniform } from "./testing/seeded-uniform.ts";
import { impliedTotalVolatility } from "./total-volatility.ts";

const MINUTE = 1 / 525_600;

/** |z| to 8 standard deviations, one minute to five years, volatility 3 to 300 %. */
function stressSet(seed: number, count: number): readonly EuropeanOption[] {
  const uniform = seededUniform(seed);
  const logUniform = (low: number, high: number): number => low * (high / low) ** uniform();
  return Array.from({ length: count }, () => {
    const years = logUniform(MINUTE, 5);
    const volatility = logUniform(0.03, 3);
    const rate = -0.01 + 0.07 * uniform();
    const dividendYield = 0.03 * uniform();
    const z = 16 * uniform() - 8;
    const forward = 6000 * Math.exp((rate - dividendYield) * years);
    const strike = forward * Math.exp(z * volatility * Math.sqrt(years));
    return { right: z > 0 ? "call" : "put", spot: 6000, strike, years, volatility, rate, dividendYield };
  });
}

/** The relative error that rounding the price to a double already makes. */
function attainable(volatility: number, { price, vega }: PriceAndGreeks): number {
  return (2 ** -53 * price) / (vega * volatility);
}

describe("on the stress set of 40,000 options", () => {
  const options = stressSet(11, 40_000);

  it("every out-of-the-money volatility is found to 1e-12, or as far as the price reaches", () => {
    for (const option of options) {
      const greeks = europeanGreeks(option);
      const found = europeanImpliedVolatility(option, greeks.price);
      if (found.kind !== "found") throw new Error(`${found.kind}: ${JSON.stringify(option)}`);
      const error = Math.abs(found.volatility / option.volatility - 1);
      const bound = Math.max(1e-12, 64 * attainable(option.volatility, greeks));
      if (!(error < bound)) throw new Error(`${error}: ${JSON.stringify(option)}`);
    }
  });

  it("the same on a forward", () => {
    for (const { spot, strike, years, volatility, rate } of options) {
      const right = strike > spot ? "call" : "put";
      const option: Black76Option = { right, forward: spot, strike, years, volatility, rate };
      const greeks = black76Greeks(option);
      const found = black76ImpliedVolatility(option, greeks.price);
      // A strike set from another forward can lie so far out that its price is 0.
      if (greeks.price < 1e-290) continue;
      if (found.kind !== "found") throw new Error(`${found.kind}: ${JSON.stringify(option)}`);
      const error = Math.abs(found.volatility / volatility - 1);
      const bound = Math.max(1e-12, 64 * attainable(volatility, greeks));
      if (!(error < bound)) throw new Error(`${error}: ${JSON.stringify(option)}`);
    }
  });

  it("in the money the volatility is as good as the price, or no-vega says that nothing is left", () => {
    for (const outside of options) {
      const option: EuropeanOption = { ...outside, right: outside.right === "call" ? "put" : "call" };
      const greeks = europeanGreeks(option);
      const found = europeanImpliedVolatility(option, greeks.price);
      const reach = attainable(option.volatility, greeks);
      if (found.kind === "no-vega") expect(reach).toBeGreaterThan(1e-3);
      else if (found.kind !== "found") throw new Error(`${found.kind}: ${JSON.stringify(option)}`);
      else if (reach < 1e-3)
        expect(Math.abs(found.volatility / option.volatility - 1)).toBeLessThan(1e-12 + 64 * reach);
    }
  });
});

it("gives back the volatility of the reference values", () => {
  for (const c of golden.european) {
    const right: Right = c.type === "call" ? "call" : "put";
    const option = { right, spot: c.S, strike: c.K, years: c.T, rate: c.r, dividendYield: c.q };
    const found = europeanImpliedVolatility(option, c.price);
    const bound = Math.max(1e-12, (64 * 2 ** -53 * c.price) / (c.vega * c.sigma));
    expect(found.kind === "found" ? Math.abs(found.volatility / c.sigma - 1) : 1, c.id).toBeLessThan(bound);
  }
});

describe("a price that no volatility gives", () => {
  const option = {
    right: "call",
    spot: 110,
    strike: 100,
    years: 1,
    rate: 0.05,
    dividendYield: 0.02,
  } as const;
  const intrinsic = europeanPrice({ ...option, volatility: 0 });

  it("is below intrinsic value", () => {
    expect(europeanImpliedVolatility(option, intrinsic - 0.01)).toEqual({
      kind: "below-intrinsic",
      intrinsic,
    });
    expect(europeanImpliedVolatility(option, -1)).toEqual({ kind: "below-intrinsic", intrinsic });
    const put = { ...option, right: "put" } as const;
    expect(europeanImpliedVolatility(put, -1e-9)).toEqual({ kind: "below-intrinsic", intrinsic: 0 });
  });

  it("is at or above the bound", () => {
    const bound = europeanPrice({ ...option, volatility: 1e6 });
    expect(europeanImpliedVolatility(option, bound)).toEqual({ kind: "above-bound", bound });
    expect(europeanImpliedVolatility(option, 1e9)).toEqual({ kind: "above-bound", bound });
    expect(europeanImpliedVolatility({ ...option, right: "put" }, 99).kind).toBe("above-bound");
  });

  it("is intrinsic value itself", () => {
    expect(europeanImpliedVolatility(option, intrinsic)).toEqual({ kind: "no-vega", intrinsic });
    expect(europeanImpliedVolatility(option, intrinsic * (1 + 2 ** -52)).kind).toBe("no-vega");
    expect(europeanImpliedVolatility(option, intrinsic - 1e-15)).toEqual({ kind: "no-vega", intrinsic });
    expect(europeanImpliedVolatility({ ...option, right: "put" }, 0)).toEqual({
      kind: "no-vega",
      intrinsic: 0,
    });
  });

  it("is any with no time left, and 0 is found at the money", () => {
    const expired = { ...option, years: 0 };
    expect(europeanImpliedVolatility(expired, 10)).toEqual({ kind: "no-vega", intrinsic: 10 });
    expect(europeanImpliedVolatility(expired, 10.5)).toEqual({ kind: "above-bound", bound: 10 });
    expect(europeanImpliedVolatility(expired, 9)).toEqual({ kind: "below-intrinsic", intrinsic: 10 });
    const atTheMoney = { right: "put", forward: 100, strike: 100, years: 1, rate: 0.05 } as const;
    expect(black76ImpliedVolatility(atTheMoney, 0)).toEqual({ kind: "found", volatility: 0 });
  });
});

describe("impliedTotalVolatility", () => {
  it("holds far beyond any market: total volatility 1e-9 to 15, 37 standard deviations, on the inflection", () => {
    const uniform = seededUniform(12);
    let count = 0;
    for (let i = 0; i < 60_000; i++) {
      const s = 1e-9 * 1.5e10 ** uniform();
      const x = i % 3 === 0 ? 0.5 * s * s : uniform() * (i % 3 === 1 ? 37 : 1) * s;
      const strike = Math.exp(x);
      const price = blackPrice("call", 1, strike, s, 1);
      // Where the double price is within 1e-4 of its bound the last digits of s are gone.
      if (price < 1e-290 || price > 0.9999) continue;
      count++;
      const found = impliedTotalVolatility("call", 1, strike, price) ?? 0;
      // ln F/K comes back from the strike with an error of 1e-16 absolute: compare prices, not volatilities.
      expect(Math.abs(blackPrice("call", 1, strike, found, 1) / price - 1)).toBeLessThan(1e-12);
    }
    expect(count).toBeGreaterThan(40_000);
  });

  it("is undefined where there is none", () => {
    expect(impliedTotalVolatility("call", 100, 110, 0)).toBeUndefined();
    expect(impliedTotalVolatility("call", 100, 110, -1)).toBeUndefined();
    expect(impliedTotalVolatility("call", 100, 110, 100)).toBeUndefined();
    expect(impliedTotalVolatility("put", 100, 110, 10)).toBeUndefined();
    expect(impliedTotalVolatility("put", 100, 110, 9.9)).toBeUndefined();
    expect(impliedTotalVolatility("put", 100, 110, Number.NaN)).toBeUndefined();
    expect(impliedTotalVolatility("put", 100, 100, 0)).toBe(0);
  });
});
