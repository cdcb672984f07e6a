import { type RangeCoverage, rangeCoverage } from "@steward/engine";
import { Failure } from "@steward/model";
import type { ExpectedRangeFormula } from "@steward/strategy";
import { type Command, InvalidArgumentError, Option } from "commander";
import { loadConfiguration } from "../config/load.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { centralMarket, loadMarketData } from "../market-data.ts";
import { provenanceOf } from "../provenance.ts";
import { type RangeOptions, rangeOf } from "../range.ts";
import { alignColumns, fixed, percent } from "../text/format.ts";
import { type CommonOptions, sharedOptions } from "./options.ts";

const HELP = `
The range of a day is the distance that condors are measured by. Each formula's range is held against the close that followed: how
many ended within once, one and a quarter, one and a half times and twice of it. A normal distribution has 68.3, 78.9, 86.6 and 95.4 %.

Examples:
  steward coverage
  steward coverage --ahead 5 --from 2010-01-01
  steward coverage --json`;

const FORMULAS: readonly ExpectedRangeFormula[] = ["vix", "glossary", "blend6040"];
const MULTIPLES = [1, 1.25, 1.5, 2];

interface CoverageOptions extends CommonOptions, RangeOptions {
  readonly ahead: number;
}

/** `steward coverage`: how often the index stays within each expected range. */
export function addCoverageCommand(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("coverage")
    .description("how often the index ended within its expected range, by formula")
    .option("--from <date>", "first day, the first of the data if left out")
    .option("--to <date>", "last day, the last of the data if left out")
    .addOption(
      new Option("--ahead <sessions>", "sessions from the decision to the close")
        .argParser(parseAhead)
        .default(1),
    )
    .addOption(sharedOptions.preset())
    .addOption(sharedOptions.config())
    .addOption(sharedOptions.set())
    .addOption(sharedOptions.json())
    .addHelpText("after", HELP)
    .action((options: CoverageOptions) => run(() => coverage(options, io)));
}

function parseAhead(text: string): number {
  const sessions = Number(text);
  if (Number.isSafeInteger(sessions) && sessions >= 1 && sessions <= 252) return sessions;
  throw new InvalidArgumentError(`expected 1 to 252 sessions, found "${text}"`);
}

async function coverage(options: CoverageOptions, io: Io): Promise<ExitStatus> {
  const configuration = loadConfiguration(options);
  const data = await loadMarketData(configuration, io.now());
  const range = rangeOf(options, data);
  const market = centralMarket(data, configuration.strategy);
  const found = rangeCoverage(market, {
    ...range,
    formulas: FORMULAS,
    multiples: MULTIPLES,
    ahead: options.ahead,
  });
  if (found.every(({ sessions }) => sessions === 0))
    throw new Failure(
      "data.missing",
      `expected sessions with a close ${options.ahead} ahead, found none from ${range.from} to ${range.to}`,
    );
  if (options.json) {
    printJson(io, {
      schema: "steward/coverage@1",
      ...range,
      ahead: options.ahead,
      coverage: found.map(({ vix, inside, ...rest }) => ({
        ...rest,
        vix: { from: vix.from, below: Number.isFinite(vix.below) ? vix.below : null },
        inside: inside ?? null,
      })),
      provenance: provenanceOf(configuration, data, market),
    });
    return 0;
  }
  const horizon = options.ahead === 1 ? "the next session" : `${options.ahead} sessions later`;
  io.out(`Closes of ${horizon} within so many expected ranges, ${range.from} to ${range.to}`);
  io.out("");
  for (const line of tableOf(found)) io.out(line);
  return 0;
}

function tableOf(found: readonly RangeCoverage[]): readonly string[] {
  const groups = Map.groupBy(found, ({ formula, vix }) => `${formula} ${vix.from} ${vix.below}`);
  const rows = [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const shares = own.map(({ inside }) => percent(inside?.value));
    return [[first.formula, bandOf(first), fixed(first.sessions, 0), ...shares]];
  });
  const header = ["Formula", "VIX", "sessions", ...MULTIPLES.map((multiple) => `${fixed(multiple, 2)} x`)];
  return alignColumns([header, ...rows], 2);
}

function bandOf({ vix: { from, below } }: RangeCoverage): string {
  if (!Number.isFinite(below)) return from === 0 ? "all" : `${from} and more`;
  return from === 0 ? `below ${below}` : `${from} to ${below}`;
}
