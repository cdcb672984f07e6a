import { SESSIONS_A_YEAR } from "@steward/analytics";
import { Failure, formatInstant } from "@steward/model";
import type { Trial } from "@steward/store/trials";
import type { Command } from "commander";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { alignColumns, fixed, percent, signed } from "../text/format.ts";
import { type Standing, standingOf } from "../trials.ts";
import { sharedOptions } from "./options.ts";

const HELP = `
Every configuration that backtest, sweep or start ran is counted in $STEWARD_HOME/trials.sqlite. "above luck" is the deflated Sharpe ratio:
the probability that the true ratio exceeds what the best of as many worthless configurations shows.

Examples:
  steward trials
  steward trials --json`;

/** `steward trials`: everything that was ever tried, and what each result is worth among the others. */
export function addTrialsCommand(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("trials")
    .description("every configuration that was ever run here, and what its result is worth among so many")
    .addOption(sharedOptions.json())
    .addHelpText("after", HELP)
    .action((options: { readonly json?: boolean }) => run(() => trials(options.json === true, io)));
}

/** Rows shown; --json has all. */
const SHOWN = 30;

function trials(json: boolean, io: Io): ExitStatus {
  const all = recorded(io);
  const rows = all
    .map((trial) => ({ trial, standing: standingOf(trial, all) }))
    .toSorted((left, right) => aboveLuck(right.standing) - aboveLuck(left.standing));
  if (json) {
    const shown = rows.map(({ trial, standing }) => ({
      ...trial,
      firstRun: formatInstant(trial.firstRun),
      standing: standing ?? null,
    }));
    printJson(io, { schema: "steward/trials@1", tried: triedIn(all), trials: shown });
    return 0;
  }
  const [first] = all;
  if (first === undefined) {
    io.out("Nothing was tried yet: steward backtest and steward sweep count what they run.");
    return 0;
  }
  io.out(
    `${fixed(triedIn(all), 0)} configurations tried since ${formatInstant(first.firstRun).slice(0, 10)}`,
  );
  io.out("");
  const header = ["Configuration", "from", "to", "Sharpe", "above zero", "luck shows", "above luck"];
  const cells = rows
    .slice(0, SHOWN)
    .map(({ trial, standing }) => [
      trial.name,
      trial.from,
      trial.to,
      trial.sharpe === undefined ? "n/a" : signed(trial.sharpe * Math.sqrt(SESSIONS_A_YEAR), 2),
      percent(standing?.probabilistic, 0),
      standing === undefined ? "n/a" : signed(standing.luck, 2),
      percent(standing?.deflated, 0),
    ]);
  for (const line of alignColumns([header, ...cells], 3)) io.out(line);
  if (rows.length > SHOWN) io.out(`  and ${fixed(rows.length - SHOWN, 0)} more, all with --json`);
  return 0;
}

function aboveLuck(standing: Standing | undefined): number {
  return standing === undefined ? Number.NEGATIVE_INFINITY : standing.sharpe - standing.luck;
}

function recorded(io: Io): readonly Trial[] {
  const ledger = opened(io);
  try {
    return ledger?.all() ?? [];
  } finally {
    ledger?.close();
  }
}

function opened(io: Io): ReturnType<NonNullable<Io["trials"]>> | undefined {
  try {
    return io.trials?.();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure(
      "store.unusable",
      `cannot read the ledger of trials, trials.sqlite in the home: ${why}`,
      { cause },
    );
  }
}

function triedIn(all: readonly Trial[]): number {
  return new Set(all.map(({ configuration }) => configuration)).size;
}
