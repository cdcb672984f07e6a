import { writeFileSync } from "node:fs";
import {
  type Backtest,
  backtest,
  returnsOfRun,
  type SessionRange,
  type SkippedCondors,
  skippedCondors,
  type ThreatenedTrade,
  threatenedTrades,
} from "@steward/engine";
import { Failure, toLedger } from "@steward/model";

import { renderReport } from "@steward/report";

import type { Command } from "commander";
import { backtestDocument } from "../backtest-document.ts";
import { type Configuration, loadConfiguration } from "../config/load.ts";
import { countTrials } from "../count-trials.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { ledgerCsv } from "../ledger-csv.ts";
import { centralMarket, loadMarketData, type MarketData, scaledMarkets } from "../market-data.ts";
import { type Provenance, provenanceOf } from "../provenance.ts";
import { type RangeOptions, rangeOf } from "../range.ts";
import { reproducibly } from "../reproduce.ts";
import { backtestSummary } from "../text/backtest-summary.ts";
import { commandLine } from "../text/command-line.ts";
import { skippedTable } from "../text/skipped-table.ts";
import { standingLine } from "../text/standing-line.ts";
import { threatenedTable } from "../text/threatened-table.ts";
import { type Standing, trialOf } from "../trials.ts";
import { type CommonOptions, sharedOptions } from "./options.ts";

const EXAMPLES = `
Examples:
  steward backtest
  steward backtest --from 2018-01-01 --to 2018-12-31 --report 2018.html
  steward backtest --config my.yaml --ledger fills.csv --json`;

const RESAMPLES = 500;

interface BacktestOptions extends CommonOptions, RangeOptions {
  readonly report?: string;
  readonly skipped?: boolean;
  readonly threatened?: boolean;
  readonly ledger?: string;
}

/** `steward backtest`: the rules over a range of sessions, hedged and unhedged. */
export function addBacktestCommand(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("backtest")
    .description("the rules over a range of sessions, hedged and unhedged side by side")
    .option("--from <date>", "first day, the first of the data if left out")
    .option("--to <date>", "last day, the last of the data if left out")
    .option("--report <file>", "writes the report, one HTML file")
    .option("--ledger <file>", "writes the hedged account's journal as CSV")
    .option("--threatened", "also what threatened condors would have brought held, ended and shifted")
    .option("--skipped", "also what the sessions without a condor would have brought, by reason")
    .addOption(sharedOptions.preset())
    .addOption(sharedOptions.config())
    .addOption(sharedOptions.set())
    .addOption(sharedOptions.seed())
    .addOption(sharedOptions.json())
    .addHelpText("after", EXAMPLES)
    .action((options: BacktestOptions) => run(() => runBacktest(options, io)));
}

async function runBacktest(options: BacktestOptions, io: Io): Promise<ExitStatus> {
  if (options.report !== undefined && options.report === options.ledger) {
    throw new Failure(
      "input.invalid",
      `expected two files for --report and --ledger, found ${options.report} twice`,
    );
  }
  const configuration = loadConfiguration(options);
  const data = await loadMarketData(configuration, io.now());
  const { result, provenance, standing } = computeBacktest(configuration, data, {
    ...rangeOf(options, data),
    io,
  });

  if (options.report !== undefined) {
    writeOutput(
      options.report,
      reportOf(configuration, result, {
        provenance,
        command: commandLine("backtest", { ...options, report: "report.html" }),
      }),
    );
  }
  if (options.ledger !== undefined) writeOutput(options.ledger, ledgerCsv(result.arms.hedged.run));
  const skipped = options.skipped === true ? skippedOf(configuration, data, result) : undefined;
  const threatened = options.threatened === true ? threatenedOf(configuration, data, result) : undefined;
  if (options.json)
    printJson(io, {
      ...backtestDocument(configuration, result, provenance),
      ...(skipped && { skipped }),
      ...(threatened && { threatened }),
    });
  else
    for (const line of [...backtestSummary(result), ...skippedTable(skipped), ...threatenedTable(threatened)])
      io.out(line);
  for (const path of [options.report, options.ledger]) if (path !== undefined) io.err(`wrote ${path}`);
  if (standing !== undefined) io.err(standingLine(standing));
  return 0;
}

/** Runs a backtest with progress, counts the hedged account as a trial, and says what reproduces the result. */
export function computeBacktest(
  configuration: Configuration,
  data: MarketData,
  { from, to, io }: SessionRange & { readonly io: Io },
): { readonly result: Backtest; readonly provenance: Provenance; readonly standing: Standing | undefined } {
  const markets = scaledMarkets(data, configuration.strategy);
  const progress = io.progress("Backtest");
  const result = reproducibly(configuration, data, () =>
    backtest(markets, {
      config: configuration.strategy,
      startEquity: toLedger(configuration.startEquity),
      from,
      to,
      seed: configuration.seed,
      assignment: configuration.assignment,
      controls: configuration.controls,
      resamples: RESAMPLES,
      onProgress: progress.update,
    }),
  );
  progress.done();
  const returns = returnsOfRun(result.arms.hedged.run);
  const [standing] = countTrials(io, [trialOf(configuration, data, { from, to, returns, now: io.now() })]);
  return { standing, result, provenance: provenanceOf(configuration, data, markets["1.00"]) };
}

/** What the unhedged account's threatened condors would have brought on each of the three ways. */
function threatenedOf(
  { strategy: config }: Configuration,
  data: MarketData,
  { arms }: Backtest,
): readonly ThreatenedTrade[] {
  if (config.management === undefined)
    throw new Failure(
      "config.invalid",
      "--threatened: expected a configuration with management, found none: --set management.onThreat=hold watches and holds",
      { details: { key: "management" } },
    );
  return threatenedTrades(centralMarket(data, config), arms.unhedged.run, config);
}

/** What the sessions that the hedged account's tiers skipped would have brought. */
function skippedOf(
  configuration: Configuration,
  data: MarketData,
  { arms }: Backtest,
): readonly SkippedCondors[] {
  const { strategy: config, seed } = configuration;
  return skippedCondors(centralMarket(data, config), arms.hedged.run, { config, seed, resamples: RESAMPLES });
}

/** The report of a result, with the command that writes it again. */
export function reportOf(
  configuration: Configuration,
  result: Backtest,
  { provenance, command }: { readonly provenance: Provenance; readonly command: string },
): string {
  return renderReport({
    name: configuration.name,
    backtest: result,
    config: configuration.strategy,
    provenance,
    command,
  });
}

/** Writes a file, or fails with `output.failed`. */
export function writeOutput(path: string, content: string): void {
  try {
    writeFileSync(path, content);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("output.failed", `cannot write ${path}: ${why}`, { details: { path }, cause });
  }
}
