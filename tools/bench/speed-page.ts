import { cpus } from "node:os";
import { type Row, table } from "./row.ts";

/** docs/speed.md: the last table, and how to read it. */
export function speedPage(rows: readonly Row[]): string {
  return `# Speed

Written by \`npm run bench -- --write\` on ${cpus().length === 2 ? "two" : cpus().length} cores with Node ${process.versions.node}. Absolute figures are this machine's; the
ratios travel better. Engines of an area take turns in seven rounds of one run; a ratio is the median over the rounds of
how many times as fast the area's first row was. One core each.

\`\`\`
${table(rows)}
\`\`\`

*Columns* are the batch functions of [@steward/pricing](../packages/pricing/README.md), *one by one* its scalar ones; both give the same
bits. Errors of European prices and Greeks are the largest on 2,000 options of the sample against arithmetic of 30 digits:
the price's as a share of spot; delta's as it is, gamma's, vega's, theta's and rho's as shares of their size at the money. Errors of
implied volatility are relative to the volatility that made the price. QuantLib is Debian's, called from a program
compiled with \`g++ -O3 -march=native\`: BlackCalculator and blackFormulaImpliedStdDev directly, American options through
VanillaOption and a shared engine. It prices deep tails to an absolute accuracy only, which is where its implied
volatilities of the stress set are lost.
`;
}
