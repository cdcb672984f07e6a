import { expect, it } from "vitest";
import {
  type Black76Option,
  black76Greeks,
  black76ImpliedVolatility,
  black76Price,
  type EuropeanOption,
  europeanGreeks,
  europeanImpliedVolatility,
  europeanPrice,
  PricingError,
} from "./index.ts";

const EUROPEAN: EuropeanOption = {
  right: "call",
  spot: 6000,
  strike: 6100,
  years: 0.1,
  volatility: 0.15,
  rate: 0.04,
  dividendYield: 0.01,
};
const BLACK76: Black76Option = {
  right: "put",
  forward: 18,
  strike: 20,
  years: 0.1,
  volatility: 0.9,
  rate: 0.04,
};

function expectRefusal(run: () => unknown, code: string, key: string): void {
  expect(run).toThrow(PricingError);
  expect(run).toThrow(expect.objectContaining({ code, key, name: "PricingError" }));
  expect(run).toThrow(new RegExp(`expected .*${key === "option" ? "" : key}.*found`));
}

function expectEuropean(change: Partial<EuropeanOption>, code: string, key: string): void {
  const option = { ...EUROPEAN, ...change };
  expectRefusal(() => europeanPrice(option), code, key);
  expectRefusal(() => europeanGreeks(option), code, key);
  if (key !== "volatility") expectRefusal(() => europeanImpliedVolatility(option, 50), code, key);
}

function expectBlack76(change: Partial<Black76Option>, code: string, key: string): void {
  const option = { ...BLACK76, ...change };
  expectRefusal(() => black76Price(option), code, key);
  expectRefusal(() => black76Greeks(option), code, key);
  if (key !== "volatility") expectRefusal(() => black76ImpliedVolatility(option, 2.5), code, key);
}

it("names the field that is not finite", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    for (const key of ["spot", "strike", "years", "volatility", "rate", "dividendYield"] as const) {
      expectEuropean({ [key]: value }, "pricing.not-finite", key);
    }
    for (const key of ["forward", "strike", "years", "volatility", "rate"] as const) {
      expectBlack76({ [key]: value }, "pricing.not-finite", key);
    }
    expectRefusal(() => europeanImpliedVolatility(EUROPEAN, value), "pricing.not-finite", "price");
    expectRefusal(() => black76ImpliedVolatility(BLACK76, value), "pricing.not-finite", "price");
  }
});

it("refuses prices and strikes that are not positive", () => {
  for (const value of [0, -0, -1]) {
    expectEuropean({ spot: value }, "pricing.not-positive", "spot");
    expectEuropean({ strike: value }, "pricing.not-positive", "strike");
    expectBlack76({ forward: value }, "pricing.not-positive", "forward");
    expectBlack76({ strike: value }, "pricing.not-positive", "strike");
  }
});

it("refuses negative time and volatility and an unknown right", () => {
  expectEuropean({ years: -1e-9 }, "pricing.negative-time", "years");
  expectBlack76({ years: -1e-9 }, "pricing.negative-time", "years");
  expectEuropean({ volatility: -1e-9 }, "pricing.negative-volatility", "volatility");
  expectBlack76({ volatility: -1e-9 }, "pricing.negative-volatility", "volatility");
  expectEuropean(JSON.parse('{"right":"straddle"}'), "pricing.unknown-right", "right");
  expectBlack76(JSON.parse('{"right":"straddle"}'), "pricing.unknown-right", "right");
});

it("says so when finite inputs leave the doubles", () => {
  expectRefusal(
    () => europeanGreeks({ ...EUROPEAN, right: "put", rate: -1e300 }),
    "pricing.out-of-range",
    "option",
  );
  expectRefusal(() => europeanPrice({ ...EUROPEAN, dividendYield: -1e5 }), "pricing.out-of-range", "option");
});

it("takes extreme but finite inputs without a NaN", () => {
  const extremes = [1e-100, 1e-9, 1, 1e9, 1e150];
  for (const spot of extremes)
    for (const strike of extremes)
      for (const years of [0, 1e-12, 1, 1e4])
        for (const volatility of [0, 1e-12, 0.2, 1e4]) {
          const greeks = europeanGreeks({
            right: "put",
            spot,
            strike,
            years,
            volatility,
            rate: 0.01,
            dividendYield: -0.01,
          });
          expect(Object.values(greeks).every(Number.isFinite)).toBe(true);
        }
});
