import { describe, expect, it } from "vitest";
import { americanPrice } from "./american.ts";
import { americanGreeks } from "./american-greeks.ts";
import { type ExerciseBoundary, exerciseBoundary } from "./exercise-boundary.ts";
import type { AmericanOption } from "./option.ts";

const PUT: AmericanOption = {
  right: "put",
  spot: 100,
  strike: 100,
  years: 1,
  volatility: 0.25,
  rate: 0.05,
  dividendYield: 0.02,
};
const SHARES = [1, 0.7, 0.4, 0.15, 0.03, 0.002];

function boundaryOf(option: AmericanOption): Extract<ExerciseBoundary, { kind: "single" }> {
  const boundary = exerciseBoundary(option);
  if (boundary.kind !== "single") throw new Error(`expected one boundary, found ${boundary.kind}`);
  return boundary;
}

/** Merton's perpetual boundary over the strike: lambda / (lambda - 1), lambda the negative root for a put. */
function perpetual({ rate, dividendYield, volatility }: AmericanOption): number {
  const variance = volatility * volatility;
  const growth = (2 * (rate - dividendYield)) / variance - 1;
  const lambda = -0.5 * (growth + Math.sqrt(growth * growth + (8 * rate) / variance));
  return lambda / (lambda - 1);
}

describe("the boundary of a put", () => {
  it.each([
    ["the strike", 0.02, 100],
    ["rate / yield of the strike", 0.08, 62.5],
    ["the strike where rate and yield are equal", 0.05, 100],
    ["the strike under a negative yield", -0.02, 100],
  ])("ends at %s", (_, dividendYield, limit) => {
    const { at } = boundaryOf({ ...PUT, dividendYield });
    expect(at(0)).toBeCloseTo(limit, 10);
    expect(at(1e-7)).toBeLessThan(limit);
    expect(at(1e-7)).toBeGreaterThan(0.998 * limit);
  });

  it("falls with the time left, and stays above the perpetual one", () => {
    for (const dividendYield of [0, 0.02, 0.05, 0.056, 0.08]) {
      const option = { ...PUT, dividendYield, years: 20 };
      const { at } = boundaryOf(option);
      const spots = [0, 1e-5, 1e-3, 0.02, 0.1, 0.5, 2, 5, 12, 20].map((years) => at(years));
      for (const [i, spot] of spots.entries()) {
        if (i > 0) expect(spot).toBeLessThan(spots[i - 1] ?? 0);
        expect(spot).toBeGreaterThan(100 * perpetual(option));
      }
      // After 20 years it is close.
      expect(at(20)).toBeLessThan(100 * perpetual(option) * 1.12);
    }
  });

  it("behaves close to expiration as Evans, Kuske and Keller (2002) say", () => {
    const years = 1e-6;
    const variance = PUT.volatility * PUT.volatility;
    const ends = (dividendYield: number): number => {
      return boundaryOf({ ...PUT, dividendYield, years: 1e-3, scheme: "reference" }).at(years) / 100;
    };
    // Yield below the rate: K (1 - sigma sqrt(tau ln(sigma^2 / (8 pi tau (r - q)^2)))), to its own slow order.
    const below = Math.sqrt(variance * years * Math.log(variance / (8 * Math.PI * years * 0.03 ** 2)));
    expect((1 - ends(0.02)) / below).toBeGreaterThan(0.97);
    expect((1 - ends(0.02)) / below).toBeLessThan(1.03);
    // Yield above it: K r / q (1 - 0.638 sigma sqrt tau).
    const above = 0.63883 * Math.sqrt(variance * years);
    expect((1 - ends(0.08) / 0.625) / above).toBeCloseTo(1, 3);
  });

  it("is where price and slope meet the payoff's", () => {
    for (const terms of [PUT, { ...PUT, dividendYield: 0.08 }, { ...PUT, rate: 0.12, volatility: 0.1 }]) {
      for (const share of SHARES) {
        const option: AmericanOption = { ...terms, years: share, scheme: "reference" };
        const spot = boundaryOf(option).at(share);
        // Slopes meet, so the price leaves the payoff with the square of the distance; by the pricing equation the
        // curvature there is 2 (r K - q B) / (sigma B)^2.
        const distance = 2e-5 * spot;
        const outside = { ...option, spot: spot + distance };
        const gap = americanPrice(outside) - (100 - outside.spot);
        const flow = option.rate * 100 - option.dividendYield * spot;
        const curvature = (2 * flow) / (option.volatility * spot) ** 2;
        expect(gap / (0.5 * curvature * distance * distance)).toBeCloseTo(1, 1);
        expect(americanGreeks(outside).gamma / curvature).toBeCloseTo(1, 1);
        expect((americanGreeks(outside).delta + 1) / (curvature * distance)).toBeCloseTo(1, 1);
        expect(americanPrice({ ...option, spot: spot - distance })).toBe(100 - (spot - distance));
      }
    }
  });

  it("does not depend on which part of the life it is asked for", () => {
    const { at } = boundaryOf({ ...PUT, scheme: "reference" });
    for (const share of SHARES) {
      const shorter = boundaryOf({ ...PUT, years: share, scheme: "reference" });
      // Reached: 8.8e-10.
      expect(Math.abs(at(share) / shorter.at(share) - 1)).toBeLessThan(2e-9);
    }
  });

  it("keeps its values when another boundary is solved for", () => {
    const { at } = boundaryOf(PUT);
    const before = at(0.5);
    boundaryOf({ ...PUT, volatility: 0.6 });
    expect(at(0.5)).toBe(before);
  });

  it("answers within the life only", () => {
    const { at } = boundaryOf(PUT);
    expect(() => at(1.01)).toThrow("expected years between 0 and the option's 1, found 1.01");
    expect(() => at(-0.1)).toThrow("expected years between 0");
    expect(() => at(Number.NaN)).toThrow("found NaN");
  });
});

describe("the boundary of a call", () => {
  it("is the strike squared over that of the put with rate and yield exchanged", () => {
    const put = boundaryOf({ ...PUT, rate: 0.05, dividendYield: 0.02 });
    const call = boundaryOf({ ...PUT, right: "call", rate: 0.02, dividendYield: 0.05 });
    for (const share of SHARES) expect(call.at(share)).toBeCloseTo(10_000 / put.at(share), 9);
  });

  it("lies above the strike, at rate / yield of it or more", () => {
    const { at } = boundaryOf({ ...PUT, right: "call", rate: 0.06, dividendYield: 0.02 });
    expect(at(0)).toBeCloseTo(300, 10);
    expect(at(1)).toBeGreaterThan(300);
  });
});

describe("other kinds of boundary", () => {
  it("there is none where waiting costs nothing", () => {
    expect(exerciseBoundary({ ...PUT, right: "call", dividendYield: 0 }).kind).toBe("never");
    expect(exerciseBoundary({ ...PUT, rate: 0, dividendYield: 0 }).kind).toBe("never");
    expect(exerciseBoundary({ ...PUT, rate: -0.02, dividendYield: -0.01 }).kind).toBe("never");
  });

  it("there is none before expiration without time", () => {
    expect(exerciseBoundary({ ...PUT, years: 0 }).kind).toBe("never");
  });

  it("without volatility it is the limit at expiration", () => {
    expect(boundaryOf({ ...PUT, volatility: 0, dividendYield: 0.1 }).at(0.3)).toBeCloseTo(50, 12);
  });

  it("is a band between two negative rates, from rate / yield of the strike to the strike at expiration", () => {
    const option: AmericanOption = {
      ...PUT,
      rate: -0.02,
      dividendYield: -0.05,
      volatility: 0.15,
      years: 0.5,
    };
    const boundary = exerciseBoundary(option);
    if (boundary.kind !== "band") throw new Error("expected a band");
    const late = boundary.at(1e-3);
    expect(late.from).toBeCloseTo(40, 0);
    expect(late.to).toBeGreaterThan(97);
    expect(late.to).toBeLessThan(100);
    const early = boundary.at(0.5);
    expect(early.from).toBeGreaterThan(late.from ?? 0);
    expect(early.to).toBeLessThan(late.to ?? 0);
    // Inside it the price is the payoff, on both sides it is more.
    const middle = 0.5 * ((early.from ?? 0) + (early.to ?? 0));
    expect(americanPrice({ ...option, spot: middle })).toBeCloseTo(100 - middle, 9);
    const above = 1.05 * (early.to ?? 0);
    expect(americanPrice({ ...option, spot: above })).toBeGreaterThan(100 - above + 0.01);
    const below = 0.8 * (early.from ?? 0);
    expect(americanPrice({ ...option, spot: below })).toBeGreaterThan(100 - below + 0.01);
  });
});
