// `npm run bench`: speed of the main jobs, beside what others take for the same. Machines differ, so read the ratios: both
// sides of each are measured in one run, in turns. `--json` prints a row a line, `--write` puts the table into
// docs/speed.md, and names of areas measure those alone.

import { writeFileSync } from "node:fs";
import { americanRows } from "./bench/american.ts";
import { backtestRows, coldStartRows } from "./bench/backtest.ts";
import { condorStepRows } from "./bench/condor-steps.ts";
import { europeanRows } from "./bench/european.ts";
import { impliedVolatilityRows } from "./bench/implied-volatility.ts";
import { marketStoreRows } from "./bench/market-store.ts";
import { type Row, table } from "./bench/row.ts";
import { speedPage } from "./bench/speed-page.ts";
import { sweepRows } from "./bench/sweep.ts";

/** The backtest comes first: its memory is then its own. */
const AREAS: ReadonlyMap<string, () => readonly Row[] | Promise<readonly Row[]>> = new Map<
  string,
  () => readonly Row[] | Promise<readonly Row[]>
>([
  ["backtest", backtestRows],
  ["cold-start", coldStartRows],
  ["condor-steps", condorStepRows],
  ["european", europeanRows],
  ["implied-volatility", impliedVolatilityRows],
  ["american", americanRows],
  ["sweep", sweepRows],
  ["store", marketStoreRows],
]);

async function main(args: readonly string[]): Promise<void> {
  const wanted = args.filter((arg) => !arg.startsWith("--"));
  const unknown = wanted.find((area) => !AREAS.has(area));
  if (unknown !== undefined)
    throw new Error(`expected an area of ${[...AREAS.keys()].join(", ")}, found ${unknown}`);
  const rows: Row[] = [];
  for (const [area, measure] of AREAS) {
    if (wanted.length === 0 || wanted.includes(area)) rows.push(...(await measure()));
  }
  if (args.includes("--json")) for (const row of rows) console.log(JSON.stringify(row));
  else console.log(table(rows));
  if (args.includes("--write")) writeFileSync(new URL("../docs/speed.md", import.meta.url), speedPage(rows));
}

await main(process.argv.slice(2));
