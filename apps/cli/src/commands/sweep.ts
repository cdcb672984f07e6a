import { availableParallelism } from "node:os";
import type { VariantResult } from "@steward/engine";
import { Failure } from "@steward/model";
import { type Command, InvalidArgumentError } from "commander";
import { loadConfiguration } from "../config/load.ts";

import { countTrials } from "../count-trials.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { loadMarketData } from "../market-data.ts";
import { type RangeOptions, rangeOf } from "../range.ts";
import { parseAxes, variantsOf } from "../sweep/axes.ts";
import { judgeSweep } from "../sweep/findings.ts";
import { runVariants } from "../sweep/threads.ts";
import { type Sweep, sweepDocument } from "../sweep-document.ts";
import { standingLine } from "../text/standing-line.ts";
import { sweepSummary } from "../text/sweep-summary.ts";
import { trialOf } from "../trials.ts";
import { type CommonOptions, sharedOptions } from "./options.ts";

const HELP = `
Every combination of the values runs as one account, hedged as configured, and counts as a trial: the more are tried, the better
the best of them looks by luck alone. The result says how much of it luck explains.

Examples:
  steward sweep --vary condor.width=5,10,15
  steward sweep --vary condor.width=5,10 --vary hedge.budgetShare=0,0.01,0.02 --from 2010-01-01
  steward sweep --vary hedge=null --vary condor.tiers.balanced.credit=0.9,1,1.1 --json`;

interface SweepOptions extends CommonOptions, RangeOptions {
  readonly vary?: readonly string[];
  readonly threads?: number;
}

/** `steward sweep`: many variants of the rules, and what the best of them is worth. */
export function addSweepCommand(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("sweep")
    .description("many variants of the rules over a range, and what the best of them is worth after luck")
    .option("--vary <key=values>", "a key and its values, parted by commas; may be given again", collect)
    .option("--from <date>", "first day, the first of the data if left out")
    .option("--to <date>", "last day, the last of the data if left out")
    .option("--threads <number>", "how many variants run at a time, one a core if left out", parseThreads)
    .addOption(sharedOptions.preset())
    .addOption(sharedOptions.config())
    .addOption(sharedOptions.set())
    .addOption(sharedOptions.seed())
    .addOption(sharedOptions.json())
    .addHelpText("after", HELP)
    .action((options: SweepOptions) => run(() => runSweep(options, io)));
}

async function runSweep(options: SweepOptions, io: Io): Promise<ExitStatus> {
  const { vary = [], threads = availableParallelism(), set = [] } = options;
  const base = loadConfiguration(options);
  const variants = variantsOf(parseAxes(vary));
  const configurations = variants.map((settings) =>
    loadConfiguration({ ...options, set: [...set, ...settings] }),
  );
  const data = await loadMarketData(base, io.now());
  const range = rangeOf(options, data);

  const progress = io.progress("Sweep");
  const done: VariantResult[] = [];
  const signal = io.interruption();
  const results = await runVariants(configurations, data, {
    range,
    threads,
    signal,
    onResult: (_, result) => {
      done.push(result);
      progress.update(done.length / configurations.length);
    },
  }).finally(progress.done);

  const now = io.now();
  const trials = results.flatMap((result, index) => {
    const configuration = configurations[index];
    if (result === undefined || configuration === undefined) return [];
    return [trialOf(configuration, data, { ...range, returns: result.returns, now })];
  });
  const standings = countTrials(io, trials);
  const complete = results.filter((result) => result !== undefined);
  if (complete.length < results.length) {
    throw new Failure(
      "run.interrupted",
      `stopped after ${complete.length} of ${results.length} variants, which are counted; without all of them there is no best one`,
    );
  }

  const sweep: Sweep = {
    base,
    range,
    data,
    flags: options,
    variants,
    results: complete,
    findings: judgeSweep(complete, base.seed),
  };
  if (options.json) printJson(io, sweepDocument(sweep));
  else for (const line of sweepSummary(sweep)) io.out(line);
  const best = sweep.findings && standings[sweep.findings.best.index];
  if (best !== undefined) io.err(standingLine(best));
  return 0;
}

function collect(text: string, others: readonly string[] = []): readonly string[] {
  return [...others, text];
}

function parseThreads(text: string): number {
  const threads = Number(text);
  if (Number.isInteger(threads) && threads >= 1 && threads <= 256) return threads;
  throw new InvalidArgumentError(`expected a whole number from 1 to 256, found "${text}"`);
}
