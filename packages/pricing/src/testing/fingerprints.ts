// One number per public function, over the bits of its results on seeded inputs: on every engine the same. The inputs
// are made with + - * / alone, since those of Math.exp and ** would differ themselves.

import {
  americanGreeks,
  americanGreeksWithDividends,
  americanImpliedVolatility,
  americanPrice,
  black76Greeks,
  black76GreeksBatch,
  black76ImpliedVolatility,
  black76ImpliedVolatilityBatch,
  black76Price,
  black76PriceBatch,
  black76SecondOrderGreeks,
  blackPrice,
  chainGreeksBatch,
  type EuropeanColumns,
  type EuropeanOption,
  europeanGreeks,
  europeanGreeksBatch,
  europeanGreeksWithDividends,
  europeanImpliedVolatility,
  europeanImpliedVolatilityBatch,
  europeanPrice,
  europeanPriceBatch,
  europeanPriceWithDividends,
  europeanSecondOrderGreeks,
  type ImpliedVolatility,
  impliedTotalVolatility,
  inTheMoneyProbability,
  logRatio,
  normalCdf,
  normalPdf,
  normalQuantile,
  profitProbability,
  scaledTail,
  strictExp,
  strictExpm1,
  strictLog,
  touchProbability,
} from "../index.ts";
import { seededUniform } from "./seeded-uniform.ts";

const ROWS = 4_000;
const AMERICAN_ROWS = 500;

/** Name of the function to fingerprint, in hexadecimal. */
export function fingerprints(): Readonly<Record<string, string>> {
  const options = sampleOptions(101);
  const columns = columnsOf(options);
  const prices = options.map((option) => europeanPrice(option));
  const x = drawn(102, -40, 40);
  const p = drawn(103, 0, 1).map((value) => value + 1e-12);
  const priceColumn = Float64Array.from(prices);
  const forwards = { ...columns, forwards: columns.spots };
  const results: Readonly<Record<string, () => Iterable<number>>> = {
    strictExp: () => x.map((value) => strictExp(17 * value)),
    strictExpm1: () => x.map((value) => strictExpm1(value / 40)),
    strictLog: () => p.map((value, row) => strictLog(value * (x[row] ?? 1) * (x[row] ?? 1))),
    logRatio: () => p.map((value, row) => logRatio(value, p[row ^ 1] ?? 1)),
    normalCdf: () => x.map(normalCdf),
    normalPdf: () => x.map(normalPdf),
    normalQuantile: () => p.map((value) => normalQuantile(value / 1.1)),
    scaledTail: () => x.map((value) => scaledTail(0.9 * value)),
    blackPrice: () =>
      options.map(({ right, spot, strike, volatility }) => blackPrice(right, spot, strike, volatility, 0.97)),
    impliedTotalVolatility: () =>
      options.map(({ right, spot, strike }, row) =>
        orNone(impliedTotalVolatility(right, spot, strike, prices[row] ?? 0)),
      ),
    europeanPrice: () => prices,
    europeanGreeks: () => options.flatMap((option) => Object.values(europeanGreeks(option))),
    europeanSecondOrderGreeks: () =>
      options.flatMap((option) => Object.values(europeanSecondOrderGreeks(option))),
    europeanImpliedVolatility: () =>
      options.map((option, row) => volatilityOf(europeanImpliedVolatility(option, prices[row] ?? 0))),
    europeanPriceWithDividends: () => options.map((option) => europeanPriceWithDividends(option, DIVIDENDS)),
    europeanGreeksWithDividends: () =>
      options.flatMap((option) => Object.values(europeanGreeksWithDividends(option, DIVIDENDS))),
    black76Price: () => options.map(({ spot, ...rest }) => black76Price({ ...rest, forward: spot })),
    black76Greeks: () =>
      options.flatMap(({ spot, ...rest }) => Object.values(black76Greeks({ ...rest, forward: spot }))),
    black76SecondOrderGreeks: () =>
      options.flatMap(({ spot, ...rest }) =>
        Object.values(black76SecondOrderGreeks({ ...rest, forward: spot })),
      ),
    black76ImpliedVolatility: () =>
      options.map(({ spot, ...rest }, row) =>
        volatilityOf(black76ImpliedVolatility({ ...rest, forward: spot }, prices[row] ?? 0)),
      ),
    inTheMoneyProbability: () =>
      options.map(({ right, spot, strike, years, volatility }) =>
        inTheMoneyProbability(right, strike, { forward: spot, years, volatility }),
      ),
    touchProbability: () =>
      options.map(({ spot, strike, years, volatility, rate }) =>
        touchProbability({ spot, barrier: strike, years, volatility, drift: rate }),
      ),
    profitProbability: () =>
      options.map(({ right, spot, strike, years, volatility }) =>
        profitProbability([{ right, strike, quantity: -1 }], 0.01 * strike, {
          forward: spot,
          years,
          volatility,
        }),
      ),
    europeanPriceBatch: () => flat(europeanPriceBatch(columns)),
    europeanGreeksBatch: () => flat(europeanGreeksBatch(columns)),
    europeanImpliedVolatilityBatch: () => flat(europeanImpliedVolatilityBatch(columns, priceColumn)),
    black76PriceBatch: () => flat(black76PriceBatch(forwards)),
    black76GreeksBatch: () => flat(black76GreeksBatch(forwards)),
    black76ImpliedVolatilityBatch: () => flat(black76ImpliedVolatilityBatch(forwards, priceColumn)),
    chainGreeksBatch: () => flat(chainGreeksBatch({ forward: 6000, years: 0.1, rate: 0.04 }, columns)),
  };
  return Object.fromEntries(Object.entries(results).map(([name, of]) => [name, fingerprint(of())]));
}

/** The same for American options, which take longer: fewer of them. */
export function americanFingerprints(): Readonly<Record<string, string>> {
  const options = sampleOptions(104).slice(0, AMERICAN_ROWS);
  const few = options.filter((_, row) => row % 50 === 0);
  const results: Readonly<Record<string, () => Iterable<number>>> = {
    americanPrice: () =>
      options.flatMap((option) =>
        (["fast", "accurate"] as const).map((scheme) => americanPrice({ ...option, scheme })),
      ),
    americanPriceByReference: () => few.map((option) => americanPrice({ ...option, scheme: "reference" })),
    americanGreeks: () => options.flatMap((option) => Object.values(americanGreeks(option))),
    americanImpliedVolatility: () =>
      few.map((option) => volatilityOf(americanImpliedVolatility(option, americanPrice(option)))),
    americanGreeksWithDividends: () =>
      few.flatMap((option) => Object.values(americanGreeksWithDividends(option, DIVIDENDS))),
  };
  return Object.fromEntries(Object.entries(results).map(([name, of]) => [name, fingerprint(of())]));
}

const DIVIDENDS = [
  { years: 0.1, amount: 0.05 },
  { years: 0.6, amount: 0.06 },
];

/** FNV-1a over the bits, so that one changed bit on one engine shows; every NaN is the same. */
function fingerprint(values: Iterable<number>): string {
  const bits = new DataView(new ArrayBuffer(8));
  let hash = 0xcbf29ce484222325n;
  for (const value of values) {
    bits.setFloat64(0, value);
    if (Number.isNaN(value)) bits.setBigUint64(0, 0x7ff8000000000000n);
    hash = BigInt.asUintN(64, (hash ^ bits.getBigUint64(0)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

function drawn(seed: number, low: number, high: number): readonly number[] {
  const uniform = seededUniform(seed);
  return Array.from({ length: ROWS }, () => low + (high - low) * uniform());
}

function sampleOptions(seed: number): readonly EuropeanOption[] {
  const uniform = seededUniform(seed);
  return Array.from({ length: ROWS }, (_, row) => {
    const isShort = row % 4 === 0;
    const years = (isShort ? 0.01 : 2) * uniform() + 1e-6;
    const volatility = 0.05 + 0.9 * uniform();
    const spot = row % 3 === 0 ? 10 + 10 * uniform() : 6000;
    const z = 8 * uniform() - 4;
    const strike = spot * (row % 5 === 0 ? 1 + 0.1 * z : strictExp(z * volatility * Math.sqrt(years)));
    const right = uniform() < 0.5 ? "call" : "put";
    const rate = 0.1 * uniform() - 0.02;
    return { right, spot, strike, years, volatility, rate, dividendYield: 0.05 * uniform() - 0.01 };
  });
}

function columnsOf(options: readonly EuropeanOption[]): EuropeanColumns {
  return {
    rights: Uint8Array.from(options, ({ right }) => (right === "call" ? 0 : 1)),
    spots: Float64Array.from(options, ({ spot }) => spot),
    strikes: Float64Array.from(options, ({ strike }) => strike),
    years: Float64Array.from(options, ({ years }) => years),
    volatilities: Float64Array.from(options, ({ volatility }) => volatility),
    rates: Float64Array.from(options, ({ rate }) => rate),
    dividendYields: Float64Array.from(options, ({ dividendYield }) => dividendYield),
  };
}

function flat(columns: object): readonly number[] {
  return Object.values(columns).flatMap((column: Float64Array | Uint8Array) => [...column]);
}

function volatilityOf(outcome: ImpliedVolatility): number {
  return outcome.kind === "found" ? outcome.volatility : -1;
}

function orNone(value: number | undefined): number {
  return value ?? -1;
}
