import { describe, expect, it } from "vitest";
import {
  black76Greeks,
  black76ImpliedVolatility,
  black76Price,
  type EuropeanOption,
  europeanGreeks,
  europeanImpliedVolatility,
  europeanPrice,
  type PriceAndGreeks,
  PricingError,
} from "../index.ts";
import { chainGreeksColumns, chainOfRows } from "./chain-batch.ts";
import {
  type Black76Columns,
  type EuropeanColumns,
  greeksColumns,
  priceColumns,
  volatilityColumns,
} from "./columns.ts";
import { black76GreeksBatch, europeanGreeksBatch, greeksOfRows } from "./european-greeks-batch.ts";
import { black76PriceBatch, europeanPriceBatch, pricesOfRows } from "./european-price-batch.ts";
import {
  black76ImpliedVolatilityBatch,
  europeanImpliedVolatilityBatch,
  invertRows,
} from "./implied-volatility-batch.ts";
import { ROW_STATUSES, type RowStatus } from "./row-status.ts";
import { compiledPasses, fastestPasses, type Passes, scriptPasses } from "./run-passes.ts";
import { sampleColumns } from "./testing/sample-columns.ts";

const ROWS = 100_003;
const columns = sampleColumns(1, ROWS);
const forwards: Black76Columns = { ...columns, forwards: columns.spots };

const ENGINES: readonly (readonly [string, Passes])[] = [
  ["two lanes", compiledPasses() ?? scriptPasses],
  ["script", scriptPasses],
];

function optionOf({ rights, ...of }: EuropeanColumns, row: number): EuropeanOption {
  const right = rights[row] === 0 ? "call" : rights[row] === 1 ? "put" : "straddle";
  return {
    right: right as "call",
    spot: of.spots[row] ?? 0,
    strike: of.strikes[row] ?? 0,
    years: of.years[row] ?? 0,
    volatility: of.volatilities[row] ?? 0,
    rate: of.rates[row] ?? 0,
    dividendYield: of.dividendYields[row] ?? 0,
  };
}

/** What the scalar function gives or throws. */
function scalar<Value>(compute: () => Value): Value | RowStatus {
  try {
    return compute();
  } catch (error) {
    if (error instanceof PricingError) return error.code;
    throw error;
  }
}

/** Compares by bits, without the cost of an `expect` per row. */
function expectSame(found: readonly number[], expected: readonly number[], row: number): void {
  for (const [index, value] of expected.entries()) {
    if (!Object.is(found[index], value)) expect({ row, found }).toEqual({ row, found: [...expected] });
  }
}

function expectRow(
  { status, found }: { readonly status: number | undefined; readonly found: readonly number[] },
  expected: RowStatus | readonly number[],
  row: number,
): void {
  const isRefused = typeof expected === "string";
  if (ROW_STATUSES[status ?? -1] !== (isRefused ? expected : "ok"))
    expect({ row, status: ROW_STATUSES[status ?? -1] }).toEqual({ row, status: expected });
  expectSame(found, isRefused ? found.map(() => Number.NaN) : expected, row);
}

const sixOf = ({ price, delta, gamma, vega, theta, rho }: PriceAndGreeks): readonly number[] => [
  price,
  delta,
  gamma,
  vega,
  theta,
  rho,
];

describe.each(ENGINES)("by %s", (_, passes) => {
  it("prices and Greeks are the scalar function's to the bit, and a refused row has its code", () => {
    const out = greeksOfRows(columns, greeksColumns(ROWS), passes);
    const seen = new Set<number>();
    for (let row = 0; row < ROWS; row++) {
      const expected = scalar(() => sixOf(europeanGreeks(optionOf(columns, row))));
      const { prices, deltas, gammas, vegas, thetas, rhos } = out;
      const found = [prices, deltas, gammas, vegas, thetas, rhos].map((column) => column[row] ?? 0);
      expectRow({ status: out.statuses[row], found }, expected, row);
      seen.add(out.statuses[row] ?? -1);
    }
    expect([...seen].toSorted((left, right) => left - right)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it("prices alone are too", () => {
    const out = pricesOfRows(columns, priceColumns(ROWS), passes);
    for (let row = 0; row < ROWS; row++) {
      const expected = scalar(() => [europeanPrice(optionOf(columns, row))]);
      expectRow({ status: out.statuses[row], found: [out.prices[row] ?? 0] }, expected, row);
    }
  });

  it("volatilities are too, and a price without one says why", () => {
    const { prices } = europeanPriceBatch(columns);
    // Of every fourth row another price: none, a negative or endless one, half of it, twice it, the bound.
    for (let row = 0; row < ROWS; row += 4) {
      const price = prices[row] ?? 0;
      const spot = columns.spots[row] ?? 0;
      prices[row] =
        [0, -1, Number.NaN, 0.5 * price, 2 * price, 0.9 * spot, price * (1 + 1e-15), spot][(row / 4) % 8] ??
        0;
    }
    const out = invertRows(columns, prices, { out: volatilityColumns(ROWS), passes });
    const seen = new Set<number>();
    for (let row = 0; row < ROWS; row++) {
      const expected = scalar(() => {
        const outcome = europeanImpliedVolatility(optionOf(columns, row), prices[row] ?? 0);
        return outcome.kind === "found" ? [outcome.volatility] : outcome.kind;
      });
      expectRow({ status: out.statuses[row], found: [out.volatilities[row] ?? 0] }, expected, row);
      seen.add(out.statuses[row] ?? -1);
    }
    for (const status of [0, 1, 2, 3, 5, 7, 8, 9]) expect(seen).toContain(status);
  });

  it("a chain is black76Greeks of every call and put", () => {
    for (const [index, terms] of [
      { forward: 6000, years: 0.08, rate: 0.04 },
      { forward: 18.5, years: 0.3, rate: -0.01 },
      { forward: 6000, years: 2e-6, rate: 0.05 },
      { forward: 100, years: 0, rate: 0.05 },
      { forward: 1e200, years: 4, rate: 0.2 },
    ].entries()) {
      const rows = 4_001;
      const of = sampleColumns(10 + index, rows);
      const strikes = of.strikes.map((strike, row) => (strike * terms.forward) / (of.spots[row] ?? 1));
      const out = chainOfRows(
        terms,
        { strikes, volatilities: of.volatilities },
        { out: chainGreeksColumns(rows), passes },
      );
      for (let row = 0; row < rows; row++) {
        const [strike, volatility] = [strikes[row] ?? 0, of.volatilities[row] ?? 0];
        const expected = scalar(() => {
          const call = black76Greeks({ right: "call", ...terms, strike, volatility });
          const put = black76Greeks({ right: "put", ...terms, strike, volatility });
          return [...sixOf(call), ...sixOf(put)];
        });
        const { callPrices, putPrices, callDeltas, putDeltas, gammas, vegas } = out;
        const { callThetas, putThetas, callRhos, putRhos } = out;
        const order = [callPrices, callDeltas, gammas, vegas, callThetas, callRhos];
        const found = [...order, putPrices, putDeltas, gammas, vegas, putThetas, putRhos];
        expectRow(
          { status: out.statuses[row], found: found.map((column) => column[row] ?? 0) },
          expected,
          row,
        );
      }
    }
  });
});

describe("on forwards", () => {
  it("prices, Greeks and volatilities are the scalar functions' too", () => {
    const greeks = black76GreeksBatch(forwards);
    const { prices } = black76PriceBatch(forwards);
    const inverted = black76ImpliedVolatilityBatch(forwards, prices);
    for (let row = 0; row < ROWS; row++) {
      const { spot: forward, ...rest } = optionOf(columns, row);
      const option = { ...rest, forward };
      const { prices: values, deltas, gammas, vegas, thetas, rhos } = greeks;
      const found = [values, deltas, gammas, vegas, thetas, rhos].map((column) => column[row] ?? 0);
      // A forward is its own yield, and a bad rate is told before a bad volatility either way.
      expectRow(
        { status: greeks.statuses[row], found },
        scalar(() => sixOf(black76Greeks(option))),
        row,
      );
      const price = scalar(() => [black76Price(option)]);
      expectSame([prices[row] ?? 0], typeof price === "string" ? [Number.NaN] : price, row);
      const volatility = scalar(() => {
        const outcome = black76ImpliedVolatility(option, prices[row] ?? 0);
        return outcome.kind === "found" ? [outcome.volatility] : outcome.kind;
      });
      expectRow(
        { status: inverted.statuses[row], found: [inverted.volatilities[row] ?? 0] },
        volatility,
        row,
      );
    }
  });
});

describe("columns", () => {
  it("may be handed in for the results, of any number of rows, and keep nothing of an earlier call", () => {
    for (const rows of [0, 1, 2, 255, 256, 257, 511, 513]) {
      const some = sampleColumns(2, rows);
      const out = greeksColumns(rows);
      out.statuses.fill(9);
      out.prices.fill(7);
      expect(europeanGreeksBatch(some, out)).toBe(out);
      expect(out).toEqual(europeanGreeksBatch(some));
      const prices = priceColumns(rows);
      prices.statuses.fill(9);
      expect(europeanPriceBatch(some, prices)).toBe(prices);
      expect(prices).toEqual(europeanPriceBatch(some));
      const volatilities = volatilityColumns(rows);
      volatilities.statuses.fill(9);
      expect(europeanImpliedVolatilityBatch(some, out.prices, volatilities)).toBe(volatilities);
      expect(volatilities).toEqual(europeanImpliedVolatilityBatch(some, out.prices));
    }
  });

  it("of different lengths are refused", () => {
    const short = { ...columns, rates: new Float64Array(3) };
    const expected = { code: "pricing.column-length", key: "rates" };
    expect(() => europeanGreeksBatch(short)).toThrow(expect.objectContaining(expected));
    expect(() => europeanPriceBatch(short)).toThrow(expect.objectContaining(expected));
    expect(() => europeanImpliedVolatilityBatch(short, columns.spots)).toThrow(
      expect.objectContaining(expected),
    );
    expect(() => europeanGreeksBatch(columns, greeksColumns(5))).toThrow(
      "expected prices of 100003 rows, found 5",
    );
    const long = { ...columns, rates: new Float64Array(ROWS + 1) };
    expect(() => europeanGreeksBatch(long)).toThrow(expect.objectContaining(expected));
    const none = { ...columns, rates: undefined as unknown as Float64Array };
    expect(() => europeanGreeksBatch(none)).toThrow("expected rates of 100003 rows, found none");
  });

  it("of a chain share terms that must be in the domain", () => {
    const chain = { strikes: new Float64Array(1), volatilities: new Float64Array(1) };
    const run = (): unknown =>
      chainOfRows({ forward: Number.NaN, years: 1, rate: 0 }, chain, {
        out: chainGreeksColumns(1),
        passes: scriptPasses,
      });
    expect(run).toThrow(expect.objectContaining({ code: "pricing.not-finite", key: "forward" }));
  });
});

it("two lanes are compiled once and are what runs here", () => {
  expect(fastestPasses()).toBe(fastestPasses());
  expect(fastestPasses()).not.toBe(scriptPasses);
  const names = (passes: Passes): readonly string[] =>
    Object.keys(passes).toSorted((left, right) => (left < right ? -1 : 1));
  expect(names(fastestPasses())).toEqual(names(scriptPasses));
});
