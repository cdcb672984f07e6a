// Options from fixed seeds, in columns: what every engine of an area is given.

import { CALL, type EuropeanColumns, europeanPriceBatch, PUT } from "@steward/pricing";

/** A number between two. */
export type Draw = (low: number, high: number) => number;

/** Numbers that depend on the seed alone (Knuth's linear congruential generator, its upper bits). */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (low, high) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + ((high - low) * state) / 4294967296;
  };
}

/** Columns of options drawn one by one. */
function columnsOf(rows: number, option: (row: number) => readonly number[]): EuropeanColumns {
  const columns = {
    rights: new Uint8Array(rows),
    spots: new Float64Array(rows),
    strikes: new Float64Array(rows),
    years: new Float64Array(rows),
    volatilities: new Float64Array(rows),
    rates: new Float64Array(rows),
    dividendYields: new Float64Array(rows),
  };
  const order = ["rights", "spots", "strikes", "years", "volatilities", "rates", "dividendYields"] as const;
  for (let row = 0; row < rows; row += 1) {
    for (const [index, value] of option(row).entries()) columns[order[index] ?? "rights"][row] = value;
  }
  return columns;
}

/** SPX-like: strikes 0.67 to 1.28 of spot, a day to two years and one in 16 only minutes, 8 to 80 % volatility. */
export function europeanSample(rows: number, largestYield: number): EuropeanColumns {
  const draw = drawFrom(20180205);
  return columnsOf(rows, (row) => [
    draw(0, 1) < 0.5 ? CALL : PUT,
    6000,
    6000 * draw(0.67, 1.28),
    row % 16 === 0 ? draw(1, 389) / 525_600 : draw(1, 729) / 365,
    draw(0.08, 0.8),
    draw(0, 0.06),
    draw(0, largestYield),
  ]);
}

/** Out of the money within three standard deviations, otherwise as above. */
export function impliedSample(rows: number, largestYield: number): EuropeanColumns {
  const draw = drawFrom(19871019);
  return columnsOf(rows, () =>
    outside(draw, 3, [draw(1, 729) / 365, draw(0.08, 0.8), draw(0, largestYield)]),
  );
}

/** Out of the money to eight standard deviations, a minute to five years, 3 to 300 % volatility. */
export function stressSample(rows: number): EuropeanColumns {
  const draw = drawFrom(20200316);
  return columnsOf(rows, () => {
    const years = Math.exp(draw(Math.log(1 / 525_600), Math.log(5)));
    return outside(draw, 8, [years, Math.exp(draw(Math.log(0.03), Math.log(3))), draw(0, 0.03)]);
  });
}

/** Like options on SPY: strikes within a fifth of spot, 1 to 730 whole days, 10 to 50 % volatility. */
export function americanSample(rows: number): EuropeanColumns {
  const draw = drawFrom(20080915);
  return columnsOf(rows, (row) => [
    row % 2 === 0 ? CALL : PUT,
    600,
    600 * draw(0.8, 1.2),
    Math.floor(draw(1, 731)) / 365,
    draw(0.1, 0.5),
    draw(0.03, 0.055),
    draw(0.0005, 0.02),
  ]);
}

/** Puts on a grid as wide as that of Andersen, Lake and Offengenden (2016). */
export function americanPutSample(rows: number): EuropeanColumns {
  const draw = drawFrom(20160628);
  return columnsOf(rows, () => [
    PUT,
    draw(25, 200),
    100,
    Math.floor(draw(30, 366)) / 365,
    draw(0.1, 0.6),
    draw(0.02, 0.1),
    draw(0, 0.12),
  ]);
}

function outside(
  draw: Draw,
  reach: number,
  [years = 0, volatility = 0, dividendYield = 0]: readonly number[],
): readonly number[] {
  const rate = draw(0, 0.06);
  const z = draw(-reach, reach);
  const forward = 6000 * Math.exp((rate - dividendYield) * years);
  const strike = forward * Math.exp(z * volatility * Math.sqrt(years));
  return [z > 0 ? CALL : PUT, 6000, strike, years, volatility, rate, dividendYield];
}

/** The prices of a sample. */
export function pricesOf(columns: EuropeanColumns): Float64Array {
  return europeanPriceBatch(columns).prices;
}

/** Rows of objects, for engines that take one option at a time. */
export function rowsOf<Value>(
  columns: EuropeanColumns,
  of: (row: OptionRow, index: number) => Value,
): readonly Value[] {
  return Array.from(columns.rights, (right, row) =>
    of(
      {
        right: right === CALL ? "call" : "put",
        spot: columns.spots[row] ?? 0,
        strike: columns.strikes[row] ?? 0,
        years: columns.years[row] ?? 0,
        volatility: columns.volatilities[row] ?? 0,
        rate: columns.rates[row] ?? 0,
        dividendYield: columns.dividendYields[row] ?? 0,
      },
      row,
    ),
  );
}

/** One option of a sample. */
export interface OptionRow {
  readonly right: "call" | "put";
  readonly spot: number;
  readonly strike: number;
  readonly years: number;
  readonly volatility: number;
  readonly rate: number;
  readonly dividendYield: number;
}
