// The table that the first example prints, held to what its columns claim.

import {
  americanImpliedVolatility,
  americanPrice,
  americanPriceWithDividends,
  europeanImpliedVolatility,
  europeanPrice,
} from "@steward/pricing";
import { beforeAll, describe, expect, it } from "vitest";
import { printedBy } from "../tools/pages/shown-block.ts";

const TERMS = {
  right: "put",
  spot: 600,
  strike: 620,
  years: 90 / 365,
  rate: 0.043,
  dividendYield: 0.013,
} as const;
const OPTION = { ...TERMS, volatility: 0.2 };
// 32.46065154106164218918534 in 50 digits (mpmath 1.3.0).
const EUROPEAN = 32.46065154106164;
const AMERICAN = americanPrice({ ...OPTION, scheme: "reference" });

interface Line {
  readonly value: number;
  readonly error: string;
  readonly time: string;
}

const lines = new Map<string, Line>();
const LINE = /^ {2}(?<name>\S.*?) {2,}(?<value>[\d.]+) +(?<error>[\de-]+) +(?<time>[\d.]+ (?:ns|µs|ms))$/gm;
let seconds = 0;

beforeAll(async () => {
  const start = performance.now();
  const block = { kind: "example", source: "examples/one-option.ts", output: "", text: "" } as const;
  const printed = await printedBy(block);
  seconds = (performance.now() - start) / 1000;
  for (const { groups = {} } of printed.matchAll(LINE)) {
    const { name = "", value = "", error = "", time = "" } = groups;
    lines.set(name, { value: Number(value), error, time });
  }
});

function errorText(value: number, expected: number): string {
  return Math.abs(value - expected).toExponential(0);
}

function volatilityOf(outcome: ReturnType<typeof europeanImpliedVolatility>): number {
  return outcome.kind === "found" ? outcome.volatility : Number.NaN;
}

describe("npm run example", () => {
  it("has a line for each engine, in a few seconds", () => {
    expect(lines.size).toBe(10);
    // About one on an idle machine.
    expect(seconds).toBeLessThan(10);
  });

  it("prints the European value, and its error against 50 digits", () => {
    for (const name of ["europeanPrice", "europeanPriceBatch, 4096 rows"]) {
      expect(lines.get(name)?.value).toBeCloseTo(EUROPEAN, 12);
      expect(lines.get(name)?.error).toBe(errorText(europeanPrice(OPTION), EUROPEAN));
      expect(Number(lines.get(name)?.error)).toBeLessThan(2e-15 * OPTION.spot);
    }
  });

  it("prints the American values, and their errors against the reference scheme", () => {
    for (const scheme of ["fast", "accurate"] as const) {
      const line = lines.get(`americanPrice, ${scheme}`);
      const value = americanPrice({ ...OPTION, scheme });
      expect(line?.value).toBeCloseTo(value, 12);
      expect(line?.error).toBe(errorText(value, AMERICAN));
    }
    expect(lines.get("americanPrice, reference")).toMatchObject({ error: "-" });
    expect(lines.get("americanPrice, reference")?.value).toBeCloseTo(AMERICAN, 12);
    // QuantLib 1.29, QdFpAmericanEngine with its high-precision scheme: 1e-11 of the strike apart.
    expect(Math.abs(AMERICAN - 33.098804519767207)).toBeLessThan(1e-8);
  });

  it("prints the finite differences, which keep their tolerance of 1e-7 of the strike", () => {
    const plain = lines.get("finite differences");
    expect(plain?.error).toBe(errorText(plain?.value ?? 0, AMERICAN));
    expect(Number(plain?.error)).toBeLessThan(1e-7 * OPTION.strike);

    const paying = lines.get("americanPriceWithDividends");
    const cash = { ...OPTION, dividendYield: 0 };
    const dividends = [{ years: 45 / 365, amount: 1.95 }];
    const finest = americanPriceWithDividends(cash, dividends, { tolerance: 1e-10 });
    expect(paying?.value).toBeCloseTo(americanPriceWithDividends(cash, dividends), 12);
    expect(paying?.error).toBe(errorText(paying?.value ?? 0, finest));
    expect(Number(paying?.error)).toBeLessThan(1e-7 * OPTION.strike);
    // QuantLib 1.29, FdBlackScholesVanillaEngine, 2000 x 2000 and 4000 x 4000, whose error halves with the step.
    expect(Math.abs(finest - (2 * 33.3839144697 - 33.3836622598))).toBeLessThan(2e-5);
  });

  it("prints the volatility that made the price", () => {
    const european = volatilityOf(europeanImpliedVolatility(TERMS, europeanPrice(OPTION)));
    const american = volatilityOf(americanImpliedVolatility({ ...TERMS, scheme: "reference" }, AMERICAN));
    for (const [name, value] of [
      ["europeanImpliedVolatility", european],
      ["europeanImpliedVolatilityBatch, 4096 rows", european],
      ["americanImpliedVolatility, reference", american],
    ] as const) {
      expect(lines.get(name)?.value).toBeCloseTo(0.2, 12);
      expect(lines.get(name)?.error).toBe(errorText(value, 0.2));
    }
  });
});
