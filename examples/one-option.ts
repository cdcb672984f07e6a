// `npm run example`: one option through the engines of @steward/pricing, with value, error and time. Values and errors are
// the same wherever this runs; the times are those of this run.

import {
  type AmericanScheme,
  americanImpliedVolatility,
  americanPrice,
  americanPriceWithDividends,
  type EuropeanColumns,
  europeanImpliedVolatility,
  europeanImpliedVolatilityBatch,
  europeanPrice,
  europeanPriceBatch,
  type ImpliedVolatility,
  PUT,
  priceColumns,
  volatilityColumns,
} from "@steward/pricing";

// A put as on a fund on the S&P 500: 3 % in the money, 90 days to go.
const TERMS = {
  right: "put",
  spot: 600,
  strike: 620,
  years: 90 / 365,
  rate: 0.043,
  dividendYield: 0.013,
} as const;
const VOLATILITY = 0.2;
const OPTION = { ...TERMS, volatility: VOLATILITY };
// The same fund with its next dividend in cash in place of the yield.
const CASH = { ...OPTION, dividendYield: 0 };
const DIVIDEND = { years: 45 / 365, amount: 1.95 };
// Too little to move a price, and enough for finite differences: without a dividend they are not used at all.
const CRUMB = { years: 45 / 365, amount: 1e-9 };

/** The European value by the closed form in 50 digits (mpmath 1.3.0), rounded to a double. */
const EUROPEAN = 32.46065154106164;
const AMERICAN = americanPrice({ ...OPTION, scheme: "reference" });
/** The same finite differences on their finest grid. */
const WITH_DIVIDEND = americanPriceWithDividends(CASH, [DIVIDEND], { tolerance: 1e-10 });

const ROWS = 4096;
const COLUMNS: EuropeanColumns = {
  rights: new Uint8Array(ROWS).fill(PUT),
  spots: new Float64Array(ROWS).fill(TERMS.spot),
  strikes: new Float64Array(ROWS).fill(TERMS.strike),
  years: new Float64Array(ROWS).fill(TERMS.years),
  rates: new Float64Array(ROWS).fill(TERMS.rate),
  dividendYields: new Float64Array(ROWS).fill(TERMS.dividendYield),
  volatilities: new Float64Array(ROWS).fill(VOLATILITY),
};
const PRICES = priceColumns(ROWS);
const VOLATILITIES = volatilityColumns(ROWS);
const EUROPEAN_PRICES = new Float64Array(ROWS).fill(europeanPrice(OPTION));

interface Engine {
  readonly name: string;
  readonly value: () => number;
  /** Undefined where the value is what the others are held to. */
  readonly expected: number | undefined;
  /** Options that one call answers; 1 if left out. */
  readonly rows?: number;
}

interface Group {
  readonly title: string;
  readonly engines: readonly Engine[];
}

const GROUPS: readonly Group[] = [
  {
    title: "European put; error against the closed form in 50 digits",
    engines: [
      { name: "europeanPrice", value: () => europeanPrice(OPTION), expected: EUROPEAN },
      {
        name: `europeanPriceBatch, ${ROWS} rows`,
        value: () => europeanPriceBatch(COLUMNS, PRICES).prices[0] ?? 0,
        expected: EUROPEAN,
        rows: ROWS,
      },
    ],
  },
  {
    title: "American put; error against the reference scheme",
    engines: [
      ...(["fast", "accurate", "reference"] as const).map(american),
      {
        name: "finite differences",
        value: () => americanPriceWithDividends(OPTION, [CRUMB]),
        expected: AMERICAN,
      },
    ],
  },
  {
    title: "American put, 1.95 in cash after 45 days; error against the finest grid",
    engines: [
      {
        name: "americanPriceWithDividends",
        value: () => americanPriceWithDividends(CASH, [DIVIDEND]),
        expected: WITH_DIVIDEND,
      },
    ],
  },
  {
    title: "volatility from the price; error against the 0.2 that made it",
    engines: [
      {
        name: "europeanImpliedVolatility",
        value: () => found(europeanImpliedVolatility(TERMS, EUROPEAN_PRICES[0] ?? 0)),
        expected: VOLATILITY,
      },
      {
        name: `europeanImpliedVolatilityBatch, ${ROWS} rows`,
        value: () =>
          europeanImpliedVolatilityBatch(COLUMNS, EUROPEAN_PRICES, VOLATILITIES).volatilities[0] ?? 0,
        expected: VOLATILITY,
        rows: ROWS,
      },
      {
        name: "americanImpliedVolatility, reference",
        value: () => found(americanImpliedVolatility({ ...TERMS, scheme: "reference" }, AMERICAN)),
        expected: VOLATILITY,
      },
    ],
  },
];

function american(scheme: AmericanScheme): Engine {
  return {
    name: `americanPrice, ${scheme}`,
    value: () => americanPrice({ ...OPTION, scheme }),
    expected: scheme === "reference" ? undefined : AMERICAN,
  };
}

function found(outcome: ImpliedVolatility): number {
  return outcome.kind === "found" ? outcome.volatility : Number.NaN;
}

/** Nanoseconds of one option: the median of timed calls, after some that nobody counts. */
function timeOf({ value, rows = 1 }: Engine): number {
  const calls = callsIn(WARM_UP_MS, value);
  const times: number[] = [];
  const share = Math.max(1, Math.round(calls / ROUNDS));
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    for (let call = 0; call < share; call += 1) value();
    times.push((1e6 * (performance.now() - start)) / (share * rows));
  }
  return times.toSorted((left, right) => left - right)[ROUNDS >> 1] ?? 0;
}

const WARM_UP_MS = 45;
const ROUNDS = 5;

function callsIn(milliseconds: number, value: () => number): number {
  const start = performance.now();
  let calls = 0;
  for (; performance.now() - start < milliseconds; calls += 1) value();
  return calls;
}

function timeText(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(0)} ns`;
  return nanoseconds < 1e6 ? `${(nanoseconds / 1e3).toFixed(1)} µs` : `${(nanoseconds / 1e6).toFixed(1)} ms`;
}

function errorText(value: number, expected: number | undefined): string {
  return expected === undefined ? "-" : Math.abs(value - expected).toExponential(0);
}

function lineOf(name: string, value: string, error: string, time: string): string {
  return `${name.padEnd(44)}${value.padStart(16)}${error.padStart(10)}${time.padStart(12)}`;
}

console.log(lineOf("engine", "value", "error", "one option"));
for (const { title, engines } of GROUPS) {
  console.log(`\n${title}`);
  for (const engine of engines) {
    const value = engine.value();
    const time = timeText(timeOf(engine));
    console.log(lineOf(`  ${engine.name}`, value.toFixed(12), errorText(value, engine.expected), time));
  }
}
