import {
  chainGreeksBatch,
  chainGreeksColumns,
  type EuropeanColumns,
  europeanGreeks,
  europeanGreeksBatch,
  europeanPriceBatch,
  greeksColumns,
  type PriceAndGreeks,
  priceColumns,
} from "@steward/pricing";
import { BlackScholes } from "@uqee/black-scholes";
import { exactGreeks } from "./exact.ts";
import { quantLib } from "./quantlib.ts";
import { alternate, type Engine, scriptEngine } from "./rounds.ts";
import { type Row, rate } from "./row.ts";
import { europeanSample, type OptionRow, rowsOf } from "./samples.ts";

/** A session's chain of SPX options: what stays in a processor's second cache. */
const ROWS = 20_000;
const MANY_ROWS = 1_000_000;
/** Options that are compared with exact.ts. */
const COMPARED = 2_000;

/** European price and five Greeks, and what else columns give. */
export function europeanRows(): readonly Row[] {
  return [...greeksRows(), ...peerRows(), ...columnRows()];
}

function greeksRows(): readonly Row[] {
  const columns = europeanSample(ROWS, 0.03);
  const options = rowsOf(columns, (row) => row);
  const out = greeksColumns(ROWS);
  const engines: Engine[] = [batchEngine(columns), scalarEngine(options)];
  const rival = quantLib("QuantLib BlackCalculator", "greeks", { columns });
  if (rival !== undefined) engines.push(rival);
  const timings = alternate(engines);
  europeanGreeksBatch(columns, out);
  const errors = [
    errorOf(options, (row) => batchRow(out, row)),
    errorOf(options, (row) => europeanGreeks(options[row] ?? raise())),
  ];
  if (rival !== undefined) {
    const results = rival.results();
    errors.push(errorOf(options, (row) => sixOf(results, 6 * row)));
  }
  return timings.map(({ name, perSecond, ratio }, index) => ({
    area: "european",
    work: "European price and five Greeks",
    engine: name,
    speed: rate(perSecond),
    perSecond,
    ratio,
    accuracy: errors[index] ?? "",
  }));
}

/** The fastest option package on the registry at full accuracy; it knows no dividend yield. */
function peerRows(): readonly Row[] {
  const columns = europeanSample(ROWS, 0);
  const options = rowsOf(columns, (row) => row);
  const peer = new BlackScholes({ sigmaToPricePrecision: "double" });
  const peerOptions = options.map(({ right, spot, strike, years, volatility, rate: interest }) => ({
    ...{ type: right, underlying: spot, strike, time: years, sigma: volatility, rate: interest },
  }));
  const timings = alternate([
    batchEngine(columns),
    scriptEngine("@uqee/black-scholes, double", ROWS, () => {
      let total = 0;
      for (const option of peerOptions) total += peer.option(option).vega;
      return total;
    }),
  ]);
  const out = europeanGreeksBatch(columns);
  const errors = [
    errorOf(options, (row) => batchRow(out, row)),
    errorOf(options, (row) => {
      const found = peer.option(peerOptions[row] ?? raise());
      // Its theta is per year of time left.
      return { ...found, theta: -found.theta };
    }),
  ];
  return timings.map(({ name, perSecond, ratio }, index) => ({
    area: "european peer",
    work: "the same without dividends",
    engine: name,
    speed: rate(perSecond),
    perSecond,
    ratio,
    accuracy: errors[index] ?? "",
  }));
}

function columnRows(): readonly Row[] {
  const columns = europeanSample(ROWS, 0.03);
  const prices = priceColumns(ROWS);
  const out = chainGreeksColumns(ROWS);
  const many = europeanSample(MANY_ROWS, 0.03);
  const manyOut = greeksColumns(MANY_ROWS);
  const terms = { forward: 6000, years: 30 / 365, rate: 0.04 };
  const timings = alternate([
    scriptEngine("steward, columns", ROWS, () => europeanPriceBatch(columns, prices).prices[7] ?? 0),
    scriptEngine("steward, columns", MANY_ROWS, () => europeanGreeksBatch(many, manyOut).vegas[7] ?? 0),
    scriptEngine("steward, chain", ROWS, () => chainGreeksBatch(terms, columns, out).vegas[7] ?? 0),
  ]);
  const works = [
    "European price alone",
    "price and five Greeks of a million rows, beyond the caches",
    "one expiration: call, put and their Greeks per strike",
  ];
  return timings.map(({ name, perSecond }, index) => ({
    area: "european columns",
    work: works[index] ?? "",
    engine: name,
    speed: rate(perSecond),
    perSecond,
  }));
}

function batchEngine(columns: EuropeanColumns): Engine {
  const out = greeksColumns(ROWS);
  return scriptEngine("steward, columns", ROWS, () => europeanGreeksBatch(columns, out).vegas[7] ?? 0);
}

function scalarEngine(options: readonly OptionRow[]): Engine {
  return scriptEngine("steward, one by one", ROWS, () => {
    let total = 0;
    for (const option of options) total += europeanGreeks(option).vega;
    return total;
  });
}

function batchRow(out: ReturnType<typeof greeksColumns>, row: number): PriceAndGreeks {
  const { prices, deltas, gammas, vegas, thetas, rhos } = out;
  return sixOf(
    Float64Array.of(...[prices, deltas, gammas, vegas, thetas, rhos].map((column) => column[row] ?? 0)),
    0,
  );
}

function sixOf(values: Float64Array, at: number): PriceAndGreeks {
  const [price = 0, delta = 0, gamma = 0, vega = 0, theta = 0, rho = 0] = values.subarray(at, at + 6);
  return { price, delta, gamma, vega, theta, rho };
}

/** Largest errors: of the price as a share of spot, and of the Greeks as shares of their own sizes at the money. */
function errorOf(options: readonly OptionRow[], found: (row: number) => PriceAndGreeks): string {
  let ofPrice = 0;
  let ofGreeks = 0;
  const step = Math.floor(options.length / COMPARED);
  for (let row = 0; row < options.length; row += step) {
    const option = options[row] ?? raise();
    const exact = exactGreeks(option);
    const here = found(row);
    const { spot, years, volatility } = option;
    const root = Math.sqrt(years);
    ofPrice = Math.max(ofPrice, Math.abs(here.price - exact.price) / spot);
    ofGreeks = Math.max(
      ofGreeks,
      Math.abs(here.delta - exact.delta),
      Math.abs(here.gamma - exact.gamma) * spot * volatility * root,
      Math.abs(here.vega - exact.vega) / (spot * root),
      (Math.abs(here.theta - exact.theta) * root) / (spot * volatility),
      Math.abs(here.rho - exact.rho) / (spot * years),
    );
  }
  return `price ${ofPrice.toExponential(0)} of spot, Greeks ${ofGreeks.toExponential(0)}`;
}

function raise(): never {
  throw new Error("expected an option in every row of the sample");
}
