import fc from "fast-check";
import { describe, expect, it } from "vitest";
import golden from "../../golden/american.json" with { type: "json" };
import { europeanPrice } from "../european.ts";
import type { CashDividend, EuropeanOption } from "../option.ts";
import { between } from "../testing/between.ts";
import { americanPrice } from "./american.ts";
import { americanGreeks } from "./american-greeks.ts";
import { americanGreeksWithDividends, americanPriceWithDividends, exerciseSchedule } from "./dividends.ts";
import { exerciseBoundary } from "./exercise-boundary.ts";
import { gridGreeks } from "./grid-greeks.ts";
import { refinedValue } from "./grid-value.ts";
import { binomialPrice } from "./testing/binomial-tree.ts";
import { fundOptions, widePuts } from "./testing/sample-options.ts";

const CALL: EuropeanOption = {
  right: "call",
  spot: 100,
  strike: 95,
  years: 0.5,
  volatility: 0.25,
  rate: 0.05,
  dividendYield: 0,
};
const PUT: EuropeanOption = { ...CALL, right: "put", strike: 105 };

/**
 * A call without yield can only be worth exercising just before a dividend: with one dividend its price is an integral,
 * here by Simpson's rule on either side of the critical spot.
 */
function callByIntegral(
  option: EuropeanOption,
  { years, amount }: CashDividend,
): { price: number; critical: number } {
  const { spot, strike, rate, volatility } = option;
  const after = (s: number): number => {
    return s > amount ? europeanPrice({ ...option, spot: s - amount, years: option.years - years }) : 0;
  };
  let [low, high] = [strike, 1e4];
  for (let round = 0; round < 100; round++) {
    const middle = 0.5 * (low + high);
    if (middle - strike > after(middle)) high = middle;
    else low = middle;
  }
  const spread = volatility * Math.sqrt(years);
  const mean = Math.log(spot) + (rate - 0.5 * volatility * volatility) * years;
  const place = (s: number): number => (Math.log(s) - mean) / spread;
  const ends = [-9, Math.max(-9, place(amount)), Math.min(place(low), 9), 9].sort((a, b) => a - b);
  let sum = 0;
  for (let part = 0; part < 3; part++) {
    const [from = 0, to = 0] = [ends[part], ends[part + 1]];
    const step = (to - from) / 2000;
    for (let i = 0; i <= 2000 && step > 0; i++) {
      const z = from + i * step;
      const s = Math.exp(mean + spread * z);
      const weight = i === 0 || i === 2000 ? 1 : i % 2 === 0 ? 2 : 4;
      sum += (weight * step * Math.max(s - strike, after(s)) * Math.exp(-0.5 * z * z)) / 3;
    }
  }
  return { price: (Math.exp(-rate * years) * sum) / Math.sqrt(2 * Math.PI), critical: low };
}

describe("without dividends", () => {
  it("the price is the spectral one, to the bit", () => {
    expect(americanPriceWithDividends(PUT, [])).toBe(americanPrice(PUT));
    expect(americanGreeksWithDividends(PUT, [])).toEqual(americanGreeks(PUT));
    // At or after expiration a dividend changes nothing, nor does one of nothing.
    const late = [
      { years: 0.5, amount: 3 },
      { years: 0.7, amount: 3 },
      { years: 0.2, amount: 0 },
    ];
    expect(americanPriceWithDividends(PUT, late)).toBe(americanPrice(PUT));
  });

  it("the finite differences alone agree with it", () => {
    for (const option of [...fundOptions(30, 5), ...widePuts(30, 6)]) {
      const grid = refinedValue(option, [], 1e-7 * option.strike);
      const expected = americanPrice({ ...option, scheme: "reference" });
      // Asked for: 1e-7 of the strike.
      expect(Math.abs(grid.price - expected)).toBeLessThan(1.5e-7 * option.strike);
    }
  });

  it("and so do their Greeks", () => {
    for (const option of [...fundOptions(6, 9), ...widePuts(6, 10)]) {
      const greeks = gridGreeks(option, [], 1e-7 * option.strike);
      const expected = americanGreeks({ ...option, scheme: "reference" });
      // Reached: delta 7e-8, gamma 1e-8, vega 1.1e-5 and theta 5.2e-6 of themselves, rho 1.7e-4.
      const most = { delta: 1e-7, gamma: 2e-8, vega: 2e-5, theta: 1e-5, rho: 2e-4 };
      for (const greek of ["delta", "gamma", "vega", "theta", "rho"] as const) {
        const size = Math.max(1, Math.abs(expected[greek]));
        expect(Math.abs(greeks[greek] - expected[greek]), greek).toBeLessThan(most[greek] * size);
      }
    }
  });
});

describe("a call", () => {
  it.each([
    [0.3, 3],
    [0.1, 2],
    [0.45, 4],
    [0.2, 0.01],
    [0.3, 40],
    [0.3, 120],
  ])("with one dividend in %s years of %s is what the integral gives", (years, amount) => {
    const expected = callByIntegral(CALL, { years, amount });
    const price = americanPriceWithDividends(CALL, [{ years, amount }]);
    expect(Math.abs(price - expected.price)).toBeLessThan(1e-7 * CALL.strike);
    const [region] = exerciseSchedule(CALL, [{ years, amount }]).beforeDividends;
    if (expected.critical > 1000) expect(region?.from).toBeUndefined();
    // Reached: 1.3e-7 of it.
    else expect(Math.abs((region?.from ?? 0) / expected.critical - 1)).toBeLessThan(1e-6);
    expect(region?.years).toBeCloseTo(years, 12);
  });

  it("without yield is exercised just before a dividend or not at all", () => {
    const dividends = [
      { years: 0.15, amount: 1.5 },
      { years: 0.4, amount: 1.5 },
    ];
    const { beforeDividends, between } = exerciseSchedule(CALL, dividends);
    expect(beforeDividends.map(({ years }) => years)).toEqual([0.15, 0.4].map((x) => expect.closeTo(x, 12)));
    // The nearer expiration, the less there is to wait for.
    const [first, second] = beforeDividends.map(({ from }) => from ?? 0);
    expect(first).toBeGreaterThan(second ?? 0);
    expect(second).toBeGreaterThan(95);
    expect(beforeDividends.every(({ to }) => to === Number.POSITIVE_INFINITY)).toBe(true);
    expect(between.every(({ from }) => from === undefined)).toBe(true);
    // Just above it the holder takes the payoff before the dividend, so that dividend does not matter to him.
    const due = [{ years: 0, amount: 4 }];
    const critical = exerciseSchedule(CALL, due).beforeDividends[0]?.from ?? 0;
    const above = { ...CALL, spot: 1.01 * critical };
    expect(americanPriceWithDividends(above, due)).toBeCloseTo(above.spot - 95, 9);
    const below = { ...CALL, spot: 0.99 * critical };
    const after = europeanPrice({ ...below, spot: below.spot - 4 });
    expect(americanPriceWithDividends(below, due)).toBeCloseTo(after, 5);
  });

  it("is never exercised for a dividend smaller than the interest on the strike", () => {
    const { beforeDividends } = exerciseSchedule(CALL, [{ years: 0.2, amount: 0.5 }]);
    // 95 (1 - e^(-0.05 * 0.3)) = 1.41.
    expect(beforeDividends).toEqual([{ years: expect.closeTo(0.2, 12), from: undefined, to: undefined }]);
    const price = americanPriceWithDividends(CALL, [{ years: 0.2, amount: 0.5 }]);
    const tree = binomialPrice(CALL, 2000, [{ years: 0.2, amount: 0.5 }]);
    expect(Math.abs(price - tree)).toBeLessThan(0.005);
  });
});

describe("a put", () => {
  it("is not exercised before a dividend, nor for a while ahead of it", () => {
    const dividend = { years: 0.3, amount: 1 };
    const { beforeDividends, between } = exerciseSchedule(PUT, [dividend]);
    expect(beforeDividends[0]?.to).toBeUndefined();
    // The interest on the strike over a fifth of a year is 105 (1 - e^(-0.05 * 0.19)) = 1: before that it is worth more.
    const ahead = between.filter(({ years }) => years > 0.12 && years < 0.299);
    expect(ahead.length).toBeGreaterThan(50);
    expect(ahead.every(({ to }) => to === undefined)).toBe(true);
    const early = between.filter(({ years }) => years < 0.08);
    expect(early.length).toBeGreaterThan(5);
    expect(early.every(({ to }) => to !== undefined && to > 10 && to < 105)).toBe(true);
    // And the boundary starts from nothing there, rising the farther away the dividend is.
    const spots = early.map(({ to }) => to ?? 0);
    expect(spots).toEqual(spots.toSorted((left, right) => right - left));
  });

  it("has the boundary of the put without dividends once the last one is paid", () => {
    const { between } = exerciseSchedule(PUT, [{ years: 0.1, amount: 2 }]);
    const boundary = exerciseBoundary({ ...PUT, scheme: "reference" });
    if (boundary.kind !== "single") throw new Error("expected one boundary");
    const later = between.filter(({ years }) => years > 0.11 && years < 0.49);
    expect(later.length).toBeGreaterThan(50);
    for (const { years, from, to } of later) {
      expect(from).toBe(0);
      // Reached: 3.2e-4, next to expiration; a cell is 1.5e-3 wide.
      expect(Math.abs((to ?? 0) / boundary.at(0.5 - years) - 1)).toBeLessThan(4e-4);
    }
  });

  it("may be exercised just after the dividend", () => {
    const { between } = exerciseSchedule(PUT, [{ years: 0.3, amount: 1 }]);
    const after = between.find(({ years }) => Math.abs(years - 0.3) < 1e-9);
    expect(after?.to).toBeGreaterThan(85);
  });
});

describe("other people's prices", () => {
  it.each(golden.dividends)("agree: QuantLib on a $type struck at $K of $days days on $S", (c) => {
    const option: EuropeanOption = {
      right: c.type === "call" ? "call" : "put",
      spot: c.S,
      strike: c.K,
      years: c.days / 365,
      volatility: c.sigma,
      rate: c.r,
      dividendYield: c.q,
    };
    const dividends = c.dividends.map(({ days, amount }) => ({ years: days / 365, amount }));
    // Its finite differences still move by that between grids of 4,000 x 2,000 and 16,000 x 4,000.
    expect(Math.abs(americanPriceWithDividends(option, dividends) - c.price)).toBeLessThan(5e-7 * c.K);
  });

  it("agree: a binomial tree with the dividends on its steps", () => {
    for (const option of [CALL, PUT, { ...PUT, dividendYield: 0.03 }, { ...PUT, rate: 0.01 }]) {
      const dividends = [
        { years: 0.125, amount: 1.2 },
        { years: 0.375, amount: 2 },
      ];
      const tree = 0.5 * (binomialPrice(option, 3200, dividends) + binomialPrice(option, 3208, dividends));
      // The tree's own error: 1.3e-3, and halved by twice the steps.
      expect(Math.abs(americanPriceWithDividends(option, dividends) - tree)).toBeLessThan(1.5e-3);
    }
  });
});

describe("with dividends", () => {
  const cases = fc.record({
    right: fc.constantFrom("call", "put"),
    z: between(-1.5, 1.5),
    years: between(0.05, 1.5),
    volatility: between(0.12, 0.5),
    rate: between(-0.01, 0.08),
    dividendYield: fc.constantFrom(0, 0.02),
    share: between(0.05, 0.95),
    amount: between(0.1, 5),
  });

  it("the price obeys its bounds, and rises with volatility", () => {
    fc.assert(
      fc.property(cases, ({ z, share, amount, ...terms }) => {
        const strike = 100 * Math.exp(z * terms.volatility * Math.sqrt(terms.years));
        const option: EuropeanOption = {
          ...terms,
          right: terms.right === "call" ? "call" : "put",
          spot: 100,
          strike,
        };
        const dividends = [{ years: share * terms.years, amount }];
        const price = americanPriceWithDividends(option, dividends);
        const slack = 3e-7 * strike;
        const payoff = option.right === "call" ? 100 - strike : strike - 100;
        expect(price).toBeGreaterThanOrEqual(Math.max(payoff, 0));
        // A dividend takes from the call and gives to the put.
        const plain = americanPrice(option);
        if (option.right === "call") expect(price).toBeLessThanOrEqual(plain + slack);
        else expect(price).toBeGreaterThanOrEqual(plain - slack);
        expect(Math.abs(price - plain)).toBeLessThanOrEqual(amount * 1.02 + slack);
        const riskier = { ...option, volatility: 1.1 * option.volatility };
        expect(americanPriceWithDividends(riskier, dividends)).toBeGreaterThanOrEqual(price - slack);
      }),
      { seed: 20_240_607, numRuns: 25 },
    );
  });

  it("the Greeks are differences of the price", () => {
    for (const option of [CALL, PUT]) {
      const dividends = [{ years: 0.2, amount: 1.8 }];
      const greeks = americanGreeksWithDividends(option, dividends, { tolerance: 1e-8 });
      const at = (shift: Partial<EuropeanOption>): number => {
        return americanPriceWithDividends({ ...option, ...shift }, dividends, { tolerance: 1e-8 });
      };
      expect(greeks.price).toBeCloseTo(at({}), 9);
      expect(greeks.delta).toBeCloseTo((at({ spot: 101 }) - at({ spot: 99 })) / 2, 3);
      expect(greeks.gamma).toBeCloseTo(at({ spot: 101 }) - 2 * at({}) + at({ spot: 99 }), 4);
      expect(greeks.vega).toBeCloseTo((at({ volatility: 0.251 }) - at({ volatility: 0.249 })) / 0.002, 2);
      expect(greeks.rho).toBeCloseTo((at({ rate: 0.051 }) - at({ rate: 0.049 })) / 0.002, 2);
      // A day later everything is a day nearer, the dividend too.
      const day = 1 / 365;
      const later = americanPriceWithDividends(
        { ...option, years: option.years - day },
        [{ years: 0.2 - day, amount: 1.8 }],
        { tolerance: 1e-8 },
      );
      const earlier = americanPriceWithDividends(
        { ...option, years: option.years + day },
        [{ years: 0.2 + day, amount: 1.8 }],
        { tolerance: 1e-8 },
      );
      expect(greeks.theta).toBeCloseTo((later - earlier) / (2 * day), 2);
    }
  });

  it("the Greeks of an option to be exercised are its payoff's", () => {
    const deep = { ...PUT, spot: 50 };
    const greeks = americanGreeksWithDividends(deep, [{ years: 0.4, amount: 0.1 }]);
    expect(greeks).toEqual({ price: 55, delta: -1, gamma: 0, vega: 0, theta: 0, rho: 0 });
  });

  it("a spot that cannot pay falls to 0 and stays there", () => {
    const all = [{ years: 0.25, amount: 1e6 }];
    // The put will be worth its strike then; the call is worth exercising just before, as a call of that life.
    expect(americanPriceWithDividends(PUT, all)).toBeCloseTo(105 * Math.exp(-0.05 * 0.25), 6);
    const short = europeanPrice({ ...CALL, years: 0.25 });
    expect(Math.abs(americanPriceWithDividends(CALL, all) - short)).toBeLessThan(1e-7 * 95);
  });

  it("two dividends at one date are their sum, and order does not matter", () => {
    const sum = americanPriceWithDividends(PUT, [{ years: 0.2, amount: 2 }]);
    const parts = americanPriceWithDividends(PUT, [
      { years: 0.2, amount: 1.5 },
      { years: 0.2, amount: 0.5 },
    ]);
    expect(parts).toBeCloseTo(sum, 4);
    const [early, late] = [
      { years: 0.1, amount: 1 },
      { years: 0.4, amount: 2 },
    ];
    expect(americanPriceWithDividends(PUT, [late, early])).toBe(
      americanPriceWithDividends(PUT, [early, late]),
    );
  });

  it("a finer tolerance moves the price by less than the coarser one", () => {
    const dividends = [{ years: 0.2, amount: 2 }];
    const rough = americanPriceWithDividends(PUT, dividends, { tolerance: 1e-5 });
    const fine = americanPriceWithDividends(PUT, dividends, { tolerance: 1e-9 });
    expect(rough).not.toBe(fine);
    expect(Math.abs(rough - fine)).toBeLessThan(1e-5 * 105);
  });

  it("a refinement that moves the price little by accident is not the last", () => {
    const option: EuropeanOption = { ...PUT, strike: 100, years: 2, dividendYield: 0 };
    const dividends = [0.1, 0.35, 0.6, 0.85, 1.1, 1.35, 1.6, 1.85].map((years) => ({ years, amount: 1.2 }));
    const price = americanPriceWithDividends(option, dividends);
    // By another grid of 16,000 x 8,000.
    expect(Math.abs(price - 13.4764755788)).toBeLessThan(1e-7 * 100);
  });

  it("almost no volatility is no trouble", () => {
    const still = { ...PUT, volatility: 0 };
    // Exercise at once pays 5; waiting for the dividend pays its amount less the interest on the strike.
    const dividends = [{ years: 0.1, amount: 3 }];
    const expected = (105 - (100 * Math.exp(0.005) - 3)) * Math.exp(-0.005);
    expect(Math.abs(americanPriceWithDividends(still, dividends) - expected)).toBeLessThan(1e-5);
  });

  it("without time there is nothing to schedule", () => {
    expect(exerciseSchedule({ ...PUT, years: 0 }, [])).toEqual({ beforeDividends: [], between: [] });
    expect(americanPriceWithDividends({ ...PUT, years: 0 }, [{ years: 0, amount: 1 }])).toBe(5);
  });

  it("what is no dividend is refused", () => {
    const price = (dividend: CashDividend): number => americanPriceWithDividends(PUT, [dividend]);
    expect(() => price({ years: -0.1, amount: 1 })).toThrow("expected dividends.years of 0 or more");
    expect(() => price({ years: 0.1, amount: -1 })).toThrow("expected dividends.amount of 0 or more");
    expect(() => price({ years: Number.NaN, amount: 1 })).toThrow("expected dividends.years to be a finite");
    expect(() => price({ years: 0.1, amount: Number.POSITIVE_INFINITY })).toThrow("dividends.amount");
    expect(() => americanPriceWithDividends({ ...PUT, spot: -1 }, [])).toThrow("expected spot above 0");
    expect(() => {
      return americanPriceWithDividends(PUT, [{ years: 0.1, amount: 1 }], { tolerance: 0 });
    }).toThrow("expected tolerance above 0, found 0");
  });
});
