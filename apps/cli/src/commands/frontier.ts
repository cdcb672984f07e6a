import { type FrontierArm, hedgeFrontier } from "@steward/engine";
import { Failure, toLedger } from "@steward/model";
import { type Command, InvalidArgumentError } from "commander";
import { type Configuration, loadConfiguration } from "../config/load.ts";
import { countTrials } from "../count-trials.ts";
import { armName, type Frontier, frontierDocument } from "../frontier-document.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { centralMarket, loadMarketData } from "../market-data.ts";
import { type RangeOptions, rangeOf } from "../range.ts";
import { reproducibly } from "../reproduce.ts";
import { frontierTable } from "../text/frontier-table.ts";
import { trialOf } from "../trials.ts";
import { type CommonOptions, sharedOptions } from "./options.ts";

const HELP = `
The condors of the configuration run unhedged and, at every budget, with the hedge as configured, with each of its layers alone, with
one month of VIX calls after VXTH, and with no hedge but so much less size that the credits not taken come to the budget. A budget
is a share of equity a year, as hedge.budgetShare. --jitter shows how much of a result is the days on which it happened to roll.

Examples:
  steward frontier
  steward frontier --budgets 0.01,0.02 --from 2010-01-01 --jitter 5
  steward frontier --set account.startEquity=10000000 --json`;

const RESAMPLES = 500;
const BUDGETS: readonly number[] = [0.005, 0.01, 0.015, 0.02, 0.03];
/** Two weeks: beyond, a layer is another layer. */
const MOST_JITTER = 10;
const MOST_BUDGET = 0.5;

interface FrontierFlags extends CommonOptions, RangeOptions {
  readonly budgets?: readonly number[];
  readonly jitter?: number;
}

/** `steward frontier`: what hedges cost and save at equal budgets. */
export function addFrontierCommand(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("frontier")
    .description("what ways to hedge cost and save at equal budgets, beside a smaller size")
    .option("--budgets <shares>", `shares of equity a year, ${BUDGETS.join()} if left out`, parseBudgets)
    .option(
      "--jitter <phases>",
      "also with rolls up to so many sessions earlier, at once and late",
      parseJitter,
    )
    .option("--from <date>", "first day, the first of the data if left out")
    .option("--to <date>", "last day, the last of the data if left out")
    .addOption(sharedOptions.preset())
    .addOption(sharedOptions.config())
    .addOption(sharedOptions.set())
    .addOption(sharedOptions.seed())
    .addOption(sharedOptions.json())
    .addHelpText("after", HELP)
    .action((options: FrontierFlags) => run(() => runFrontier(options, io)));
}

async function runFrontier(options: FrontierFlags, io: Io): Promise<ExitStatus> {
  const { budgets = BUDGETS, jitter = 0 } = options;
  const configuration = loadConfiguration(options);
  const { strategy: config, startEquity, seed, assignment } = configuration;
  const { hedge } = config;
  if (hedge === undefined) {
    throw new Failure("input.invalid", `expected a configuration with a hedge, found ${configuration.name}`);
  }
  const data = await loadMarketData(configuration, io.now());
  const range = rangeOf(options, data);

  const progress = io.progress("Frontier");
  const result = reproducibly(configuration, data, () =>
    hedgeFrontier(centralMarket(data, config), {
      config,
      hedge,
      startEquity: toLedger(startEquity),
      seed,
      assignment,
      budgets,
      jitter,
      resamples: RESAMPLES,
      ...range,
      onProgress: progress.update,
    }),
  );
  progress.done();

  const now = io.now();
  const bare = { config: { ...config, hedge: undefined }, result: result.unhedged };
  countTrials(
    io,
    [bare, ...result.arms].map((arm) => {
      const { returns } = arm.result;
      return trialOf(configurationOf(configuration, arm), data, { ...range, returns, now });
    }),
  );
  const frontier: Frontier = { configuration, data, result };
  if (options.json) printJson(io, frontierDocument(frontier));
  else for (const line of frontierTable(frontier)) io.out(line);
  return 0;
}

/** The configuration that an arm ran, by a name of its own. */
function configurationOf(
  configuration: Configuration,
  arm: Pick<FrontierArm, "config"> & Partial<FrontierArm>,
): Configuration {
  const { kind, budgetShare } = arm;
  const name = kind === undefined ? "unhedged" : `${armName({ kind, config: arm.config })} at ${budgetShare}`;
  return { ...configuration, name: `${configuration.name} ${name}`, strategy: arm.config };
}

function parseBudgets(text: string): readonly number[] {
  const budgets = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const isRight = budgets.every(
    (share, index) => share > 0 && share <= MOST_BUDGET && budgets.indexOf(share) === index,
  );
  if (isRight) return budgets;
  throw new InvalidArgumentError(
    `expected different shares of equity above 0 and up to ${MOST_BUDGET}, parted by commas, found "${text}"`,
  );
}

function parseJitter(text: string): number {
  const phases = Number(text);
  if (Number.isInteger(phases) && phases >= 1 && phases <= MOST_JITTER) return phases;
  throw new InvalidArgumentError(`expected a whole number from 1 to ${MOST_JITTER}, found "${text}"`);
}
