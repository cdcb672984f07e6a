import { describe, expect, it } from "vitest";
import golden from "../golden/european.json" with { type: "json" };
import { black76Greeks } from "./black76.ts";
import { europeanGreeks } from "./european.ts";
import type { EuropeanOption } from "./option.ts";
import {
  black76SecondOrderGreeks,
  europeanSecondOrderGreeks,
  type SecondOrderGreeks,
} from "./second-order-greeks.ts";
import { seededUniform } from "./testing/seeded-uniform.ts";

const RUNS = 20_000;

/** Alive enough to difference: within two standard deviations, weeks to two years. */
function livelyOptions(seed: number): readonly EuropeanOption[] {
  const uniform = seededUniform(seed);
  return Array.from({ length: RUNS }, () => {
    const years = 0.05 + 1.95 * uniform();
    const volatility = 0.1 + 0.9 * uniform();
    const spot = 5 + 6000 * uniform();
    const strike = spot * Math.exp((4 * uniform() - 2) * volatility * Math.sqrt(years));
    const right = uniform() < 0.5 ? "call" : "put";
    const rate = -0.02 + 0.12 * uniform();
    return { right, spot, strike, years, volatility, rate, dividendYield: -0.02 + 0.08 * uniform() };
  });
}

/** Fourth-order central difference. */
function slope(at: (shift: number) => number, step: number): number {
  return (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step);
}

describe("the reference values of vanna and volga", () => {
  it.each(golden.european)("hold for $id $tag", (c) => {
    const right = c.type === "call" ? "call" : "put";
    const of = { right, strike: c.K, years: c.T, volatility: c.sigma, rate: c.r } as const;
    const found: SecondOrderGreeks[] = [europeanSecondOrderGreeks({ ...of, spot: c.S, dividendYield: c.q })];
    if (c.model === "black76") found.push(black76SecondOrderGreeks({ ...of, forward: c.S }));
    for (const { vanna, volga } of found) {
      // d1 and d2 cancel near the money: 1e-15 of what they are made of, over a d of 0.04 at the least.
      expect(Math.abs(vanna / c.vanna - 1)).toBeLessThan(1e-10);
      expect(Math.abs(volga / c.volga - 1)).toBeLessThan(1e-10);
    }
  });
});

describe("the second-order Greeks", () => {
  it("are the slopes of delta and vega", () => {
    for (const option of livelyOptions(31)) {
      const { spot, years, volatility } = option;
      const at = (change: Partial<EuropeanOption>): ReturnType<typeof europeanGreeks> =>
        europeanGreeks({ ...option, ...change });
      const found = europeanSecondOrderGreeks(option);
      const root = Math.sqrt(years);
      const vanna = slope((d) => at({ volatility: volatility + d }).delta, 1e-3 * volatility);
      const volga = slope((d) => at({ volatility: volatility + d }).vega, 1e-3 * volatility);
      const charm = -slope((d) => at({ years: years + d }).delta, 1e-3 * years);
      // Scales: delta and vega / spot sqrt T are of order 1 and change over one volatility, or one lifetime.
      expect(Math.abs(vanna - found.vanna)).toBeLessThan(2e-9 / volatility);
      expect(Math.abs(volga - found.volga)).toBeLessThan((4e-9 * spot * root) / volatility);
      expect(Math.abs(charm - found.charm)).toBeLessThan(4e-9 / years);
    }
  });

  it("obey put-call parity: both rights have one vanna and volga, and charms a yield apart", () => {
    for (const option of livelyOptions(32)) {
      const call = europeanSecondOrderGreeks({ ...option, right: "call" });
      const put = europeanSecondOrderGreeks({ ...option, right: "put" });
      expect([call.vanna, call.volga]).toEqual([put.vanna, put.volga]);
      const { dividendYield, years } = option;
      const apart = dividendYield * Math.exp(-dividendYield * years);
      expect(Math.abs(call.charm - put.charm - apart)).toBeLessThan(1e-14 * (1 + Math.abs(call.charm)));
    }
  });

  it("on a forward are the slopes of Black-76 delta and vega", () => {
    for (const { right, spot: forward, strike, years, volatility, rate } of livelyOptions(33).slice(
      0,
      3000,
    )) {
      const option = { right, forward, strike, years, volatility, rate };
      const found = black76SecondOrderGreeks(option);
      const vanna = slope(
        (d) => black76Greeks({ ...option, forward: forward + d }).vega,
        1e-3 * forward * volatility * Math.sqrt(years),
      );
      const charm = -slope((d) => black76Greeks({ ...option, years: years + d }).delta, 1e-3 * years);
      expect(Math.abs(vanna - found.vanna)).toBeLessThan(2e-9 / volatility);
      expect(Math.abs(charm - found.charm)).toBeLessThan(4e-9 / years);
    }
  });

  it("without time or volatility leave the yield's share of charm, and at the kink vanna's limit", () => {
    const option = {
      right: "call",
      spot: 110,
      strike: 100,
      years: 1,
      rate: 0.05,
      dividendYield: 0.02,
    } as const;
    const carried = 0.02 * Math.exp(-0.02);
    expect(europeanSecondOrderGreeks({ ...option, volatility: 0 })).toEqual({
      vanna: 0,
      volga: 0,
      charm: carried,
    });
    expect(europeanSecondOrderGreeks({ ...option, years: 0, volatility: 0.2 })).toEqual({
      vanna: 0,
      volga: 0,
      charm: 0.02,
    });
    const kink = { ...option, spot: 100, rate: 0.02 };
    const limit = europeanSecondOrderGreeks({ ...kink, volatility: 1e-7 });
    const found = europeanSecondOrderGreeks({ ...kink, volatility: 0 });
    expect(Math.abs(found.vanna / limit.vanna - 1)).toBeLessThan(1e-9);
    expect(found.vanna).toBeGreaterThan(0.1);
    expect(europeanSecondOrderGreeks({ ...option, strike: 1e9, volatility: 0.1 })).toEqual({
      vanna: 0,
      volga: 0,
      charm: 0,
    });
  });

  it("are refused outside the domain and where they leave the doubles", () => {
    const option = { right: "call", strike: 100, years: 1, volatility: 0.2, rate: 0 } as const;
    expect(() => europeanSecondOrderGreeks({ ...option, spot: -1, dividendYield: 0 })).toThrow(
      "expected spot",
    );
    expect(() => black76SecondOrderGreeks({ ...option, forward: Number.NaN })).toThrow("expected forward");
    const extreme = { ...option, spot: 1e-300, strike: 1e-300, dividendYield: -800 };
    expect(() => europeanSecondOrderGreeks(extreme)).toThrow(
      expect.objectContaining({ code: "pricing.out-of-range" }),
    );
  });
});
