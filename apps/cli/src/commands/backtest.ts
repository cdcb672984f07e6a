import { writeFileSync } from "node:fs";
import { type Backtest, backtest } from "@steward/engine";
import { type CalendarDate, Failure, toLedger } from "@steward/model";

import { renderReport } from "@steward/report";

import type { Command } from "commander";
import { backtestDocument } from "../backtest-document.ts";
import { type Configuration, loadConfiguration } from "../config/load.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { ledgerCsv } from "../ledger-csv.ts";
import { loadMarketData, type MarketData, scaledMarkets } from "../market-data.ts";
import { type Provenance, provenanceOf } from "../provenance.ts";
import { reproducibly } from "../reproduce.ts";
import { parseDateOption } from "../sessions.ts";
import { backtestSummary } from "../text/backtest-summary.ts";
import { type CommonOptions, sharedOptions } from "./options.ts";

const EXAMPLES = `
Examples:
  steward backtest
  steward backtest --from 2018-01-01 --to 2018-12-31 --report 2018.html
  steward backtest --config my.yaml --ledger fills.csv --json`;

interface BacktestOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
  readonly report?: string;
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
    .addOption(sharedOptions.preset())
    .addOption(sharedOptions.config())
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
  const { result, provenance } = computeBacktest(configuration, data, { ...rangeOf(options, data), io });

  if (options.report !== undefined) {
    writeOutput(options.report, reportOf(configuration, result, { provenance, command: commandOf(options) }));
  }
  if (options.ledger !== undefined) writeOutput(options.ledger, ledgerCsv(result.arms.hedged.run));
  if (options.json) printJson(io, backtestDocument(configuration, result, provenance));
  else for (const line of backtestSummary(result)) io.out(line);
  for (const path of [options.report, options.ledger]) if (path !== undefined) io.err(`wrote ${path}`);
  return 0;
}

export interface BacktestRange {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** Runs a backtest with progress, and says what reproduces it. */
export function computeBacktest(
  configuration: Configuration,
  data: MarketData,
  { from, to, io }: BacktestRange & { readonly io: Io },
): { readonly result: Backtest; readonly provenance: Provenance } {
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
      resamples: 500,
      onProgress: progress.update,
    }),
  );
  progress.done();
  return { result, provenance: provenanceOf(configuration, data, markets["1.00"]) };
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

function rangeOf({ from, to }: BacktestOptions, data: MarketData): BacktestRange {
  const range = {
    from: from === undefined ? data.firstSession : parseDateOption(from, "--from"),
    to: to === undefined ? data.lastSession : parseDateOption(to, "--to"),
  };
  const found = `found ${range.from} to ${range.to}`;
  if (range.from < data.firstSession || range.to > data.lastSession || range.from > data.lastSession) {
    const message = `expected days from ${data.firstSession} to ${data.lastSession}, where the data lies, ${found}`;
    throw new Failure("session.beyond-data", message);
  }
  if (range.from > range.to)
    throw new Failure("input.invalid", `expected --from on or before --to, ${found}`);
  if (data.inputs.index.every(({ date }) => date < range.from || date > range.to)) {
    throw new Failure(
      "session.closed",
      `expected at least one session, ${found}, when the exchange is closed`,
    );
  }
  return range;
}

/** The command that gives the same bytes again. */
function commandOf(options: BacktestOptions): string {
  const flags = (["preset", "config", "from", "to", "seed"] as const).flatMap((name) => {
    const value = options[name];
    return value === undefined ? [] : [`--${name} ${value}`];
  });
  return ["steward backtest", ...flags, "--report report.html"].join(" ");
}
