import { type AmericanScheme, americanPrice, type EuropeanColumns } from "@steward/pricing";
import { type QuantLibMode, quantLib } from "./quantlib.ts";
import { alternate, type Engine, scriptEngine } from "./rounds.ts";
import { type Row, rate } from "./row.ts";
import { americanPutSample, americanSample, type OptionRow, rowsOf } from "./samples.ts";

const ROWS = 400;

const SCHEMES: readonly (readonly [AmericanScheme, string, QuantLibMode])[] = [
  ["fast", "QuantLib QdFp, fast", "american-fast"],
  ["accurate", "QuantLib QdFp, accurate", "american-accurate"],
];

/** American prices: like those on SPY, and the grid of puts of Andersen, Lake and Offengenden. */
export function americanRows(): readonly Row[] {
  return SCHEMES.flatMap((scheme) => [
    ...sampleRows("American price, as on SPY", americanSample(ROWS), scheme),
    ...sampleRows("American puts of a wide grid", americanPutSample(ROWS), scheme),
  ]);
}

function sampleRows(
  work: string,
  columns: EuropeanColumns,
  [scheme, rivalName, mode]: (typeof SCHEMES)[number],
): readonly Row[] {
  const options = rowsOf(columns, (row) => row);
  const engines: Engine[] = [
    scriptEngine(`steward, ${scheme}`, ROWS, () => {
      let total = 0;
      for (const option of options) total += americanPrice({ ...option, scheme });
      return total;
    }),
  ];
  const rival = quantLib(rivalName, mode, { columns });
  if (rival !== undefined) engines.push(rival);
  const timings = alternate(engines);
  const found: Float64Array[] = [
    Float64Array.from(options, (option) => americanPrice({ ...option, scheme })),
  ];
  if (rival !== undefined) found.push(rival.results());
  return timings.map(({ name, perSecond, ratio }, index) => ({
    area: `american ${scheme} ${work}`,
    work,
    engine: name,
    speed: rate(perSecond),
    perSecond,
    ratio,
    accuracy: errorOf(options, found[index] ?? new Float64Array()),
  }));
}

/** Errors against the reference scheme, as shares of the strike; a price under intrinsic value counts as that. */
function errorOf(options: readonly OptionRow[], found: Float64Array): string {
  let squares = 0;
  let largest = 0;
  for (const [row, option] of options.entries()) {
    const { right, spot, strike } = option;
    const intrinsic = Math.max(right === "call" ? spot - strike : strike - spot, 0);
    const exact = americanPrice({ ...option, scheme: "reference" });
    const error = Math.abs(Math.max(found[row] ?? 0, intrinsic) - exact) / strike;
    squares += error * error;
    largest = Math.max(largest, error);
  }
  const rms = Math.sqrt(squares / options.length);
  return `of strike: rms ${rms.toExponential(0)}, largest ${largest.toExponential(0)}`;
}
