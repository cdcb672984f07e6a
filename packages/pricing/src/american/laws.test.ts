import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { europeanPrice } from "../european.ts";
import { between } from "../testing/between.ts";
import { americanPrice } from "./american.ts";
import { americanGreeks } from "./american-greeks.ts";
import { exerciseBoundary } from "./exercise-boundary.ts";
import type { AmericanOption } from "./option.ts";

// 280,000 options for the laws of the price; in the long run 100,000 for each.
const RUNS = { seed: 20_240_607, numRuns: process.env["STEWARD_LONG"] === "1" ? 100_000 : 40_000 };

/** Rates of all signs, but for the band of exercise between two negative rates, which is left to finite differences. */
const options: fc.Arbitrary<AmericanOption> = fc
  .record({
    right: fc.constantFrom("call", "put"),
    spot: between(20, 400),
    years: fc.oneof(between(1e-5, 0.01), between(0.01, 3)),
    volatility: between(0.05, 0.8),
    rate: fc.oneof(between(-0.02, 0.1), fc.constant(0), fc.constant(0.04)),
    dividendYield: fc.oneof(between(-0.02, 0.1), fc.constant(0), fc.constant(0.04)),
    z: between(-2.5, 2.5),
  })
  .map(({ z, ...option }) => {
    const strike = option.spot * Math.exp(z * option.volatility * Math.sqrt(option.years));
    return { ...option, right: option.right === "call" ? "call" : "put", strike } as const;
  })
  .filter(({ right, rate, dividendYield }) => {
    return right === "call"
      ? dividendYield >= 0 || rate >= dividendYield
      : rate >= 0 || dividendYield >= rate;
  });

const payoffOf = (o: AmericanOption): number => (o.right === "call" ? o.spot - o.strike : o.strike - o.spot);
const sizeOf = (o: AmericanOption): number => Math.max(o.spot, o.strike);

function check(law: (option: AmericanOption) => void, numRuns: number = RUNS.numRuns): void {
  fc.assert(fc.property(options, law), { ...RUNS, numRuns });
}

// The accurate scheme's own error, in shares of spot or strike, on terms as wide as these.
const SLACK = 5e-7;

describe("every American price", () => {
  it("is worth the payoff and the European price at least, and no more than its bound", () => {
    check((option) => {
      const price = americanPrice(option);
      const { right, spot, strike, years, rate, dividendYield } = option;
      const bound =
        right === "call"
          ? spot * Math.exp(Math.max(-dividendYield * years, 0))
          : strike * Math.exp(Math.max(-rate * years, 0));
      expect(price).toBeGreaterThanOrEqual(Math.max(payoffOf(option), 0));
      expect(price).toBeGreaterThanOrEqual(europeanPrice(option) - 1e-14 * sizeOf(option));
      expect(price).toBeLessThanOrEqual(bound * (1 + 1e-14));
    });
  });

  it("is the European price where exercise is never right", () => {
    check((option) => {
      const never = { ...option, right: "call", dividendYield: 0, rate: Math.abs(option.rate) } as const;
      expect(americanPrice(never)).toBe(europeanPrice(never));
      const put = {
        ...option,
        right: "put",
        rate: 0,
        dividendYield: Math.abs(option.dividendYield),
      } as const;
      expect(americanPrice(put)).toBe(europeanPrice(put));
    });
  });

  it("rises with volatility and time", () => {
    check((option) => {
      const price = americanPrice(option);
      const slack = SLACK * sizeOf(option);
      const riskier = americanPrice({ ...option, volatility: option.volatility * 1.05 });
      const longer = americanPrice({ ...option, years: option.years * 1.05 });
      expect(riskier).toBeGreaterThanOrEqual(price - slack);
      expect(longer).toBeGreaterThanOrEqual(price - slack);
    });
  });

  it("is monotone and convex in spot and strike, with slopes no steeper than the payoff's", () => {
    check((option) => {
      const slack = SLACK * sizeOf(option);
      for (const key of ["spot", "strike"] as const) {
        const step = 0.01 * option[key];
        const at = (shift: number): number => americanPrice({ ...option, [key]: option[key] + shift });
        const [low, middle, high] = [at(-step), at(0), at(step)];
        const rise = (option.right === "call") === (key === "spot") ? high - low : low - high;
        expect(rise).toBeGreaterThanOrEqual(-slack);
        // A negative rate or yield can make a forward dearer than the spot.
        const most = Math.exp(Math.max(-option.rate, -option.dividendYield, 0) * option.years);
        expect(rise).toBeLessThanOrEqual(2 * step * most + slack);
        expect(low - 2 * middle + high).toBeGreaterThanOrEqual(-slack);
      }
    });
  });

  it("scales with spot and strike", () => {
    check((option) => {
      const scaled = americanPrice({ ...option, spot: 8 * option.spot, strike: 8 * option.strike });
      expect(Math.abs(scaled - 8 * americanPrice(option))).toBeLessThanOrEqual(1e-14 * scaled);
    });
  });

  it("is the same for the put with spot and strike, and rate and yield, exchanged", () => {
    check((option) => {
      const { right, spot, strike, rate, dividendYield } = option;
      const mirror: AmericanOption = {
        ...option,
        right: right === "call" ? "put" : "call",
        spot: strike,
        strike: spot,
        rate: dividendYield,
        dividendYield: rate,
      };
      const difference = americanPrice(option) - americanPrice(mirror);
      expect(Math.abs(difference)).toBeLessThanOrEqual(2e-13 * sizeOf(option));
    });
  });

  it("obeys the parity of American options: S e^(-qT) - K <= C - P <= S - K e^(-rT) without negative rates", () => {
    check((option) => {
      const rate = Math.abs(option.rate);
      const dividendYield = Math.abs(option.dividendYield);
      const terms = { ...option, rate, dividendYield };
      const { spot, strike, years } = terms;
      const spread = americanPrice({ ...terms, right: "call" }) - americanPrice({ ...terms, right: "put" });
      const slack = SLACK * sizeOf(option);
      expect(spread).toBeGreaterThanOrEqual(spot * Math.exp(-dividendYield * years) - strike - slack);
      expect(spread).toBeLessThanOrEqual(spot - strike * Math.exp(-rate * years) + slack);
    });
  });
});

describe("every set of Greeks", () => {
  // Options with enough value to difference, not within a step of their boundary.
  const isLively = (option: AmericanOption): boolean => {
    if (option.years < 0.01 || Math.abs(payoffOf(option)) < 0.002 * option.spot) return false;
    const boundary = exerciseBoundary(option);
    if (boundary.kind !== "single") return true;
    const distance = Math.abs(Math.log(option.spot / boundary.at(option.years)));
    return distance > 0.1 * option.volatility * Math.sqrt(option.years);
  };

  it("is what differences of the reference price are", () => {
    check((terms) => {
      const option = { ...terms, scheme: "reference" } as const;
      if (!isLively(option)) return;
      const greeks = americanGreeks(option);
      const slopeTo = (key: "spot" | "volatility" | "rate" | "years", step: number): number => {
        const at = (shift: number): number => americanPrice({ ...option, [key]: option[key] + shift * step });
        return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step);
      };
      const spread = option.volatility * Math.sqrt(option.years);
      const step = 0.005 * option.spot * spread;
      const size = sizeOf(option);
      expect(Math.abs(greeks.delta - slopeTo("spot", step))).toBeLessThan(1e-6);
      const vega = slopeTo("volatility", 0.002 * option.volatility);
      expect(Math.abs(greeks.vega - vega)).toBeLessThan(1e-6 * size);
      // Where exercise is a matter of a rate of nothing, differences see the end of its regime.
      if (Math.abs(option.rate) > 0.002 && Math.abs(option.dividendYield) > 0.002) {
        const rho = slopeTo("rate", 1e-4);
        expect(Math.abs(greeks.rho - rho)).toBeLessThan(1e-6 * size * Math.max(1, option.years));
      }
      const theta = -slopeTo("years", 0.002 * option.years);
      expect(Math.abs(greeks.theta - theta)).toBeLessThan(1e-6 * size * Math.max(1, 1 / option.years));
    }, 3_000);
  });

  it("has a delta whose slope is gamma", () => {
    check((option) => {
      if (!isLively(option)) return;
      const step = 0.002 * option.spot * option.volatility * Math.sqrt(option.years);
      const deltaAt = (shift: number): number => {
        return americanGreeks({ ...option, spot: option.spot + shift * step }).delta;
      };
      const slope = (8 * (deltaAt(1) - deltaAt(-1)) - (deltaAt(2) - deltaAt(-2))) / (12 * step);
      const { gamma } = americanGreeks(option);
      const size = 0.4 / (option.spot * option.volatility * Math.sqrt(option.years));
      expect(Math.abs(gamma - slope)).toBeLessThan(1e-6 * size);
      expect(gamma).toBeGreaterThanOrEqual(0);
    }, 5_000);
  });

  it("solves the pricing equation while the holder waits", () => {
    check((option) => {
      if (!isLively(option)) return;
      const { spot, rate, dividendYield, volatility } = option;
      const { price, delta, gamma, theta } = americanGreeks(option);
      if (price === payoffOf(option)) return;
      const drift = (rate - dividendYield) * spot * delta;
      const diffusion = 0.5 * volatility * volatility * spot * spot * gamma;
      const sum = theta + drift + diffusion - rate * price;
      expect(Math.abs(sum)).toBeLessThan(1e-6 * (Math.abs(theta) + sizeOf(option)));
    }, 20_000);
  });
});
