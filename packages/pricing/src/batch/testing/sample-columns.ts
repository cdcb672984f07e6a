import { seededUniform } from "../../testing/seeded-uniform.ts";
import type { EuropeanColumns } from "../columns.ts";

/** What no option should hold, and what only just may: sizes at the ends of the doubles, and the seams of the kernels. */
const HOSTILE: readonly number[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  0,
  -0,
  -1,
  Number.MIN_VALUE,
  2.2250738585072014e-308,
  1e-300,
  1e-12,
  1e-6,
  1,
  99.9,
  6000,
  1e12,
  1e300,
  Number.MAX_VALUE,
];

/**
 * Options from minutes to years, in and out of the money to eight standard deviations; of every eighth one field is
 * replaced by a hostile number, and every fifth lies on a seam: at the money, or where the kernels change their form.
 */
export function sampleColumns(seed: number, rows: number): EuropeanColumns {
  const uniform = seededUniform(seed);
  const columns: EuropeanColumns = {
    rights: new Uint8Array(rows),
    spots: new Float64Array(rows),
    strikes: new Float64Array(rows),
    years: new Float64Array(rows),
    volatilities: new Float64Array(rows),
    rates: new Float64Array(rows),
    dividendYields: new Float64Array(rows),
  };
  const fields = ["spots", "strikes", "years", "volatilities", "rates", "dividendYields"] as const;
  const pick = <Value>(values: readonly Value[]): Value | undefined =>
    values[Math.floor(uniform() * values.length)];
  for (let row = 0; row < rows; row++) {
    const spot = uniform() < 0.5 ? 6000 : 5 + 100 * uniform();
    const years = 2e-6 * 2.5e6 ** uniform();
    const volatility = 0.03 * 100 ** uniform();
    const total = volatility * Math.sqrt(years);
    const rate = -0.02 + 0.1 * uniform();
    const dividendYield = -0.01 + 0.05 * uniform();
    const z = (16 * uniform() - 8) * uniform();
    const drift = (rate - dividendYield) * years;
    columns.rights[row] = Math.floor(2 * uniform());
    columns.spots[row] = spot;
    columns.strikes[row] = spot * Math.exp(drift + z * total);
    columns.years[row] = years;
    columns.volatilities[row] = volatility;
    columns.rates[row] = rate;
    columns.dividendYields[row] = dividendYield;
    if (row % 8 === 3) {
      const field = pick(fields) ?? "spots";
      columns[field][row] = pick(HOSTILE) ?? 0;
      if (uniform() < 0.1) columns.rights[row] = 2 + Math.floor(200 * uniform());
    }
    if (row % 5 === 2) onSeam(columns, row, Math.floor(uniform() * 9));
  }
  return columns;
}

function onSeam(columns: EuropeanColumns, row: number, kind: number): void {
  const spot = columns.spots[row] ?? 0;
  const years = columns.years[row] ?? 0;
  const rootYears = Math.sqrt(years);
  // At the money; where total volatility is 0.1; where h = t; where ln K/S leaves its series; where exp(-u^2/2) ends.
  if (kind === 0) columns.strikes[row] = spot;
  if (kind === 1) columns.volatilities[row] = 0.1 / rootYears;
  if (kind === 2) {
    columns.rates[row] = columns.dividendYields[row] ?? 0;
    columns.strikes[row] = spot * Math.exp(0.5 * (columns.volatilities[row] ?? 0) ** 2 * years);
  }
  if (kind === 3) columns.strikes[row] = spot * Math.SQRT1_2;
  if (kind === 4) columns.strikes[row] = spot / 1.41;
  if (kind === 5) columns.strikes[row] = spot * Math.exp(37.2 * (columns.volatilities[row] ?? 0) * rootYears);
  if (kind === 6) columns.rates[row] = 0.3465 / years;
  if (kind === 7) columns.years[row] = 0;
  // Spot and strike of one extreme size.
  if (kind === 8) {
    const size = 10 ** (-310 + ((row * 7) % 619));
    columns.strikes[row] = (columns.strikes[row] ?? 0) * (size / spot);
    columns.spots[row] = size;
  }
}
