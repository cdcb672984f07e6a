import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { black76Greeks } from "./black76.ts";
import { europeanGreeks, europeanPrice } from "./european.ts";
import type { EuropeanOption } from "./option.ts";
import { between } from "./testing/between.ts";

const RUNS = { seed: 20_240_607, numRuns: 100_000 };

const anyOption: fc.Arbitrary<EuropeanOption> = fc.record({
  right: fc.constantFrom("call", "put"),
  spot: between(5, 6000),
  strike: fc.constant(0),
  years: fc.oneof(fc.constant(0), between(1e-7, 5)),
  volatility: fc.oneof(fc.constant(0), between(1e-4, 3)),
  rate: between(-0.02, 0.1),
  dividendYield: between(-0.02, 0.06),
});

/** Options from a third of the spot to three times it, all volatilities and times, negative rates included. */
const options = fc
  .tuple(anyOption, between(-1.1, 1.1))
  .map(([option, logStrike]) => ({ ...option, strike: option.spot * Math.exp(logStrike) }));

/** Options with enough value left to difference. */
const livelyOptions = fc
  .tuple(options, between(0.05, 2), between(0.1, 1), between(-2, 2))
  .map(([option, years, volatility, z]) => {
    const strike = option.spot * Math.exp(z * volatility * Math.sqrt(years));
    return { ...option, years, volatility, strike };
  });

const LEAST_NORMAL = 2 ** -1022;

const assetOf = (o: EuropeanOption): number => o.spot * Math.exp(-o.dividendYield * o.years);
const cashOf = (o: EuropeanOption): number => o.strike * Math.exp(-o.rate * o.years);
const sizeOf = (o: EuropeanOption): number => assetOf(o) + cashOf(o);

function check(arbitrary: fc.Arbitrary<EuropeanOption>, law: (option: EuropeanOption) => void): void {
  fc.assert(fc.property(arbitrary, law), RUNS);
}

describe("every European price", () => {
  it("obeys put-call parity, and so do delta, gamma, vega, theta and rho", () => {
    check(options, (option) => {
      const call = europeanGreeks({ ...option, right: "call" });
      const put = europeanGreeks({ ...option, right: "put" });
      const [asset, cash, size] = [assetOf(option), cashOf(option), sizeOf(option)];
      expect(Math.abs(call.price - put.price - (asset - cash))).toBeLessThan(2e-15 * size);
      expect(Math.abs(call.delta - put.delta - asset / option.spot)).toBeLessThan(3e-15);
      expect(call.gamma).toBe(put.gamma);
      expect(call.vega).toBe(put.vega);
      expect(Math.abs(call.rho - put.rho - option.years * cash)).toBeLessThanOrEqual(
        5e-15 * option.years * size,
      );
      const carry = option.dividendYield * asset - option.rate * cash;
      expect(Math.abs(call.theta - put.theta - carry)).toBeLessThan(1e-15 * (size + Math.abs(call.theta)));
    });
  });

  it("lies between discounted intrinsic value and its bound", () => {
    check(options, (option) => {
      const isCall = option.right === "call";
      const price = europeanPrice(option);
      const forwardValue = (isCall ? 1 : -1) * (assetOf(option) - cashOf(option));
      const slack = 1e-15 * sizeOf(option);
      expect(price).toBeGreaterThanOrEqual(Math.max(forwardValue - slack, 0));
      expect(price).toBeLessThanOrEqual((isCall ? assetOf(option) : cashOf(option)) + slack);
    });
  });

  it("is monotone and convex in the strike", () => {
    check(options, (option) => {
      const step = 0.01 * option.strike;
      const at = (shift: number): number => europeanPrice({ ...option, strike: option.strike + shift });
      const [low, middle, high] = [at(-step), at(0), at(step)];
      const slack = 4e-15 * sizeOf(option);
      const fall = option.right === "call" ? low - high : high - low;
      expect(fall).toBeGreaterThanOrEqual(-slack);
      expect(fall).toBeLessThanOrEqual(2 * step * Math.exp(-option.rate * option.years) + slack);
      expect(low - 2 * middle + high).toBeGreaterThanOrEqual(-slack);
    });
  });

  it("grows with volatility", () => {
    check(options, (option) => {
      const more = europeanPrice({ ...option, volatility: option.volatility * 1.01 });
      expect(more - europeanPrice(option)).toBeGreaterThanOrEqual(-1e-15 * sizeOf(option));
    });
  });

  it("scales with spot and strike", () => {
    check(options, (option) => {
      // A power of two scales without rounding, where the price has all its digits; any other number within rounding.
      const doubled = { ...option, spot: 2 * option.spot, strike: 2 * option.strike };
      const price = europeanPrice(option);
      if (price > LEAST_NORMAL || price === 0) expect(europeanPrice(doubled)).toBe(2 * price);
      const tripled = { ...option, spot: 3 * option.spot, strike: 3 * option.strike };
      expect(Math.abs(europeanPrice(tripled) - 3 * europeanPrice(option))).toBeLessThan(
        1e-14 * sizeOf(option),
      );
    });
  });
});

describe("the Greeks", () => {
  it("are the slopes of the price", () => {
    check(livelyOptions, (option) => {
      const greeks = europeanGreeks(option);
      const price = (change: Partial<EuropeanOption>): number => europeanPrice({ ...option, ...change });
      const { spot, years, volatility, rate } = option;
      const scale = sizeOf(option);
      // Fourth-order differences with a step of 1e-3 or so leave 1e-9 of the scale of the slope.
      const slope = (at: (shift: number) => number, step: number): number =>
        (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step);
      const bump = 1e-3 * volatility * Math.sqrt(years);
      const delta = slope((d) => price({ spot: spot + d }), bump * spot);
      expect(Math.abs(delta - greeks.delta)).toBeLessThan(2e-9);
      const gamma = slope((d) => europeanGreeks({ ...option, spot: spot + d }).delta, bump * spot);
      expect(Math.abs(gamma / greeks.gamma - 1)).toBeLessThan(1e-8);
      const vega = slope((d) => price({ volatility: volatility + d }), 1e-3 * volatility);
      expect(Math.abs(vega - greeks.vega)).toBeLessThan(1e-9 * scale);
      const theta = -slope((d) => price({ years: years + d }), 1e-3 * years);
      expect(Math.abs(theta - greeks.theta)).toBeLessThan(2e-9 * (scale / years));
      const rho = slope((d) => price({ rate: rate + d }), 1e-4);
      expect(Math.abs(rho - greeks.rho)).toBeLessThan(1e-8 * scale);
    });
  });

  it("solve the Black-Scholes-Merton equation", () => {
    check(livelyOptions, (option) => {
      const { price, delta, gamma, theta } = europeanGreeks(option);
      const { spot, volatility, rate, dividendYield } = option;
      const diffusion = 0.5 * volatility ** 2 * spot ** 2 * gamma;
      const residual = theta + diffusion + (rate - dividendYield) * spot * delta - rate * price;
      expect(Math.abs(residual)).toBeLessThan(1e-13 * (diffusion + sizeOf(option)));
    });
  });

  it("on a forward are those on a spot that yields the rate, with the forward held in rho", () => {
    check(livelyOptions, ({ right, spot, strike, years, volatility, rate }) => {
      const forward = black76Greeks({ right, forward: spot, strike, years, volatility, rate });
      const onSpot = europeanGreeks({ right, spot, strike, years, volatility, rate, dividendYield: rate });
      expect({ ...forward, rho: 0 }).toEqual({ ...onSpot, rho: 0 });
      expect(forward.rho).toBe(-years * forward.price);
    });
  });
});
