import { wallClock } from "@steward/model";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { marginDocument, marginResult } from "../margin-document.ts";
import { type MarginOptions, type MarginRequest, marginRequest } from "../margin-request.ts";
import { portfolioTable, powerTable, strategyTable } from "../text/margin-table.ts";
import { sharedOptions } from "./options.ts";

const EXAMPLES = `
A leg is a signed count, root, expiration, C or P, strike, and after @ the price of one in points; an OSI key does as well, and
"+100 SPY" are shares. A single - reads legs from standard input, one a line. Legs are grouped so that the deposit is the least;
the rules, their sources and how sure they are: docs/margin.md.

Examples:
  steward margin "+2 SPXW 2026-12-18 P 4750 @20" "-2 SPXW 2026-12-18 P 4800 @25" "-2 SPXW 2026-12-18 C 5200 @9" "+2 SPXW 2026-12-18 C 5360 @2" --spot 5000
  steward margin "-1 SPXW 2026-12-18 P 4800" --spot 5000 --iv 0.15 --portfolio
  steward margin "-1 SPY 2026-12-18 C 540 @1" "+100 SPY" --spot SPY=500 --broker typical --equity 50000 --json
  steward margin - --spot SPX=5000 --spot VIX=18 < legs.txt`;

/** `steward margin`: what a book must be secured with, with the working. */
export function addMarginCommand(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("margin")
    .description("what a book of options must be secured with, and how that comes about")
    .argument("[legs...]", "legs, each one argument; - for standard input")
    // A short leg begins with a minus as options do.
    .allowUnknownOption()
    .option("--spot <points>", "where the underlying stands; SPX=5000 for one of several", collect, [])
    .option("--iv <volatility>", "price legs without @ at this volatility, a decimal", parseNumber)
    .option("--rate <number>", "continuous rate for --iv and --portfolio, a decimal", parseNumber, 0)
    .option("--dividend-yield <number>", "continuous yield of SPX, XSP and SPY, likewise", parseNumber, 0)
    .option(
      "--vix-future <date=points>",
      "the future that VIX options of a date rest on; else spot VIX",
      collect,
    )
    .option("--on <date>", "as of the close of this day, New York; else now")
    .addOption(
      new Option("--broker <who>", "the exchange's minimum or a typical broker's rules")
        .choices(["exchange", "typical"])
        .default("exchange"),
    )
    .option("--cash", "a cash account")
    .option("--portfolio", "portfolio margin beside it, with its grid")
    .option("--equity <dollars>", "buying power left in an account of so much cash", parseNumber)
    .addOption(sharedOptions.json())
    .addHelpText("after", EXAMPLES)
    .action((legs: readonly string[], options: MarginOptions) => run(() => margin(legs, options, io)));
}

async function margin(texts: readonly string[], options: MarginOptions, io: Io): Promise<ExitStatus> {
  const legs = texts.length === 1 && texts[0] === "-" ? await linesOf(io) : texts;
  const request = marginRequest(legs, options, io.now());
  const result = marginResult(request, options);
  if (options.json) {
    printJson(io, marginDocument(request, options, result));
    return 0;
  }
  const { strategy, portfolio, power } = result;
  const lines = [
    heading(request, options),
    ...pricesNote(request, options),
    "",
    ...strategyTable(strategy),
    ...(portfolio === undefined ? [] : portfolioTable(portfolio)),
    ...(power === undefined ? [] : ["", ...powerTable(power)]),
  ];
  for (const line of lines) io.out(line);
  return 0;
}

function heading({ market, rules }: MarginRequest, { broker }: MarginOptions): string {
  const spots = Object.entries(market.spots).map(([underlying, spot]) => `${underlying} ${spot}`);
  const minimum = broker === "exchange" ? "exchange minimum" : "typical broker";
  const { date } = wallClock(market.at, "America/New_York");
  return `Margin on ${date}, ${minimum}, ${rules.account} account, ${spots.join(", ")}`;
}

function pricesNote({ prices }: MarginRequest, { iv = 0 }: MarginOptions): readonly string[] {
  if (prices === "none")
    return ["No prices given: premiums are left out of all amounts; add them as @25, or --iv."];
  return prices === "given" ? [] : [`Prices modelled at a volatility of ${iv} where none was given.`];
}

async function linesOf(io: Io): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of io.lines()) if (line.trim() !== "") lines.push(line);
  return lines;
}

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError(`expected a number from 0 up, found "${text}"`);
  return value;
}
