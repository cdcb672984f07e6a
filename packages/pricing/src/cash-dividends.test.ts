import { describe, expect, it } from "vitest";
import { europeanGreeksWithDividends, europeanPriceWithDividends, withoutEscrow } from "./cash-dividends.ts";
import { europeanGreeks, europeanPrice } from "./european.ts";
import { europeanImpliedVolatility } from "./implied-volatility.ts";
import type { CashDividend, EuropeanOption } from "./option.ts";
import { seededUniform } from "./testing/seeded-uniform.ts";

const RUNS = 10_000;

interface Case {
  readonly option: EuropeanOption;
  readonly dividends: readonly CashDividend[];
}

function cases(seed: number): readonly Case[] {
  const uniform = seededUniform(seed);
  return Array.from({ length: RUNS }, () => {
    const years = 0.1 + uniform();
    const volatility = 0.1 + 0.5 * uniform();
    const spot = 50 + 500 * uniform();
    const strike = spot * Math.exp((2 * uniform() - 1) * volatility);
    const right = uniform() < 0.5 ? "call" : "put";
    const option = {
      right,
      spot,
      strike,
      years,
      volatility,
      rate: 0.08 * uniform(),
      dividendYield: 0,
    } as const;
    const count = Math.floor(4 * uniform());
    const dividends = Array.from({ length: count }, () => ({
      // Some go ex after expiration, but none within the steps of the differences below.
      years: uniform() < 0.8 ? 0.9 * years * uniform() : 2 * years,
      amount: 0.02 * spot * uniform(),
    }));
    return { option, dividends };
  });
}

function slope(at: (shift: number) => number, step: number): number {
  return (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step);
}

// Hull, "Options, futures and other derivatives", example of a European call with dividends of 0.50 in two and five
// months: spot 40, strike 40, 30 %, 9 %, six months; printed as 3.67.
const HULL: EuropeanOption = {
  right: "call",
  spot: 40,
  strike: 40,
  years: 0.5,
  volatility: 0.3,
  rate: 0.09,
  dividendYield: 0,
};
const HALVES: readonly CashDividend[] = [
  { years: 2 / 12, amount: 0.5 },
  { years: 5 / 12, amount: 0.5 },
];

describe("European prices with cash dividends", () => {
  it("are Hull's", () => {
    expect(europeanPriceWithDividends(HULL, HALVES)).toBeCloseTo(3.67, 2);
  });

  it("obey put-call parity with the dividends' present value", () => {
    for (const { option, dividends } of cases(41)) {
      const call = europeanPriceWithDividends({ ...option, right: "call" }, dividends);
      const put = europeanPriceWithDividends({ ...option, right: "put" }, dividends);
      let escrow = 0;
      for (const { years, amount } of dividends)
        if (years < option.years) escrow += amount * Math.exp(-option.rate * years);
      const forwardValue = option.spot - escrow - option.strike * Math.exp(-option.rate * option.years);
      expect(Math.abs(call - put - forwardValue)).toBeLessThan(1e-14 * (option.spot + option.strike));
    }
  });

  it("do without dividends what they did, and ignore those at expiration and after", () => {
    const late = [
      { years: 0.5, amount: 30 },
      { years: 0.6, amount: 1e9 },
    ];
    expect(europeanPriceWithDividends(HULL, [])).toBe(europeanPrice(HULL));
    expect(europeanGreeksWithDividends(HULL, late)).toEqual(europeanGreeks(HULL));
    expect(europeanPriceWithDividends(HULL, [{ years: 0.4999, amount: 1 }])).toBeLessThan(
      europeanPrice(HULL),
    );
  });

  it("have the Greeks of their slopes", () => {
    for (const { option, dividends } of cases(42)) {
      const { spot, strike, years, volatility, rate } = option;
      const found = europeanGreeksWithDividends(option, dividends);
      const at = (change: Partial<EuropeanOption>): number =>
        europeanPriceWithDividends({ ...option, ...change }, dividends);
      expect(found.price).toBe(at({}));
      const size = spot + strike;
      const bump = 1e-3 * spot * volatility * Math.sqrt(years);
      expect(Math.abs(slope((d) => at({ spot: spot + d }), bump) - found.delta)).toBeLessThan(3e-9);
      const gamma = slope(
        (d) => europeanGreeksWithDividends({ ...option, spot: spot + d }, dividends).delta,
        bump,
      );
      expect(Math.abs(gamma - found.gamma)).toBeLessThan(1e-8 / spot / volatility);
      const vega = slope((d) => at({ volatility: volatility + d }), 1e-3 * volatility);
      expect(Math.abs(vega - found.vega)).toBeLessThan(1e-9 * size);
      expect(Math.abs(slope((d) => at({ rate: rate + d }), 1e-4) - found.rho)).toBeLessThan(1e-8 * size);
      // Time passes for the option and for the dividends that are still to come.
      const soon = dividends.filter((dividend) => dividend.years < years);
      const step = 1e-4 * Math.min(years, ...soon.map((dividend) => dividend.years));
      const later = (d: number): number =>
        europeanPriceWithDividends(
          { ...option, years: years - d },
          soon.map((dividend) => ({ ...dividend, years: dividend.years - d })),
        );
      expect(Math.abs(slope(later, step) - found.theta)).toBeLessThan((1e-13 * size) / step + 1e-8 * size);
    }
  });

  it("give their volatility back through the terms without escrow", () => {
    for (const { option, dividends } of cases(43).slice(0, 1000)) {
      const price = europeanPriceWithDividends(option, dividends);
      const found = europeanImpliedVolatility(withoutEscrow(option, dividends), price);
      const volatility = found.kind === "found" ? found.volatility : 0;
      expect(Math.abs(volatility - option.volatility)).toBeLessThan(1e-9);
    }
  });
});

describe("dividends are refused", () => {
  const price = (dividends: readonly CashDividend[]) => () => europeanPriceWithDividends(HULL, dividends);

  it("when they take the whole spot", () => {
    const expected = { code: "pricing.escrow-exceeds-spot", key: "dividends" };
    expect(price([{ years: 0, amount: 40 }])).toThrow(expect.objectContaining(expected));
    expect(
      price([
        { years: 0.1, amount: 39 },
        { years: 0.2, amount: 3 },
      ]),
    ).toThrow("expected dividends worth less than the spot of 40, found 41.5");
    expect(price([{ years: 0, amount: 39.9 }])()).toBeLessThan(1e-100);
  });

  it("when they are no dividends", () => {
    expect(price([{ years: -0.1, amount: 1 }])).toThrow(
      expect.objectContaining({ code: "pricing.negative-time", key: "dividends.years" }),
    );
    expect(price([{ years: 0.1, amount: -1 }])).toThrow(
      expect.objectContaining({ code: "pricing.not-positive", key: "dividends.amount" }),
    );
    for (const dividend of [
      { years: Number.NaN, amount: 1 },
      { years: 0.1, amount: Number.POSITIVE_INFINITY },
    ])
      expect(price([dividend])).toThrow(expect.objectContaining({ code: "pricing.not-finite" }));
  });

  it("and so are terms outside the domain", () => {
    expect(() => europeanPriceWithDividends({ ...HULL, spot: 0 }, HALVES)).toThrow("expected spot");
    expect(() => europeanGreeksWithDividends({ ...HULL, volatility: -1 }, HALVES)).toThrow(
      "expected volatility",
    );
  });
});
