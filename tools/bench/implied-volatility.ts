import {
  type EuropeanColumns,
  europeanImpliedVolatility,
  europeanImpliedVolatilityBatch,
  volatilityColumns,
} from "@steward/pricing";
import { BlackScholes } from "@uqee/black-scholes";
import { quantLib } from "./quantlib.ts";
import { alternate, type Engine, scriptEngine } from "./rounds.ts";
import { type Row, rate } from "./row.ts";
import { impliedSample, pricesOf, rowsOf, stressSample } from "./samples.ts";

const ROWS = 50_000;
/** A failure is a relative error above it, or no answer. */
const FAILURE = 1e-11;

/** Volatility from a price, on ordinary options and on a set that is to break solvers. */
export function impliedVolatilityRows(): readonly Row[] {
  return [
    ...solverRows("implied", "implied volatility, within 3 deviations", impliedSample(ROWS, 0.03)),
    ...peerRows(),
    ...solverRows("implied stress", "implied volatility, stress set", stressSample(ROWS)),
  ];
}

function solverRows(area: string, work: string, columns: EuropeanColumns): readonly Row[] {
  const prices = pricesOf(columns);
  const options = rowsOf(columns, (row) => row);
  const engines = [
    batchEngine(columns, prices),
    scriptEngine("steward, one by one", ROWS, () => {
      let total = 0;
      for (const [row, option] of options.entries()) {
        const found = europeanImpliedVolatility(option, prices[row] ?? 0);
        if (found.kind === "found") total += found.volatility;
      }
      return total;
    }),
  ];
  const rival = quantLib("QuantLib blackFormulaImpliedStdDev, 1e-10", "implied", { columns, prices });
  if (rival !== undefined) engines.push(rival);
  const timings = alternate(engines);
  const { volatilities } = europeanImpliedVolatilityBatch(columns, prices);
  const found = [volatilities, volatilities, rival?.results() ?? volatilities];
  return timings.map(({ name, perSecond, ratio }, index) => ({
    area,
    work,
    engine: name,
    speed: rate(perSecond),
    perSecond,
    ratio,
    accuracy: errorOf(columns, found[index] ?? volatilities),
  }));
}

function peerRows(): readonly Row[] {
  const columns = impliedSample(ROWS, 0);
  const prices = pricesOf(columns);
  const peer = new BlackScholes({ sigmaToPricePrecision: "double", priceToSigmaAccuracy: 1e-12 });
  const peerOptions = rowsOf(columns, ({ right, spot, strike, years, rate: interest }, row) => ({
    ...{ type: right, underlying: spot, strike, time: years, rate: interest, price: prices[row] ?? 0 },
  }));
  const timings = alternate([
    batchEngine(columns, prices),
    scriptEngine("@uqee/black-scholes, double, 1e-12", ROWS, () => {
      let total = 0;
      for (const option of peerOptions) total += peer.sigma(option);
      return total;
    }),
  ]);
  const found = [
    europeanImpliedVolatilityBatch(columns, prices).volatilities,
    Float64Array.from(peerOptions, (option) => peer.sigma(option)),
  ];
  return timings.map(({ name, perSecond, ratio }, index) => ({
    area: "implied peer",
    work: "the same without dividends",
    engine: name,
    speed: rate(perSecond),
    perSecond,
    ratio,
    accuracy: errorOf(columns, found[index] ?? new Float64Array()),
  }));
}

function batchEngine(columns: EuropeanColumns, prices: Float64Array): Engine {
  const out = volatilityColumns(ROWS);
  return scriptEngine(
    "steward, columns",
    ROWS,
    () => europeanImpliedVolatilityBatch(columns, prices, out).volatilities[7] ?? 0,
  );
}

function errorOf({ volatilities }: EuropeanColumns, found: Float64Array): string {
  let worst = 0;
  let failures = 0;
  for (const [row, volatility] of volatilities.entries()) {
    const error = Math.abs((found[row] ?? 0) / volatility - 1);
    if (!(error <= FAILURE)) failures += 1;
    if (error > worst) worst = error;
  }
  const share = failures === 0 ? "none" : `${failures} of ${volatilities.length}`;
  return `relative ${worst.toExponential(0)}, worse than 1e-11: ${share}`;
}
