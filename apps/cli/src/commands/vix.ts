import { type CalendarDate, Failure, type Session, sessionOf, weekday } from "@steward/model";
import { type Command, InvalidArgumentError } from "commander";
import { type Chain, readChain, storedChain } from "../chain-file.ts";
import { openStore } from "../data/home.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { parseDateOption } from "../sessions.ts";
import { alignColumns, fixed, percent } from "../text/format.ts";
import { type VixDocument, type VixTermDocument, vixDocument } from "../vix-document.ts";
import { sharedOptions } from "./options.ts";

const EXAMPLES = `
The chain is the one that the store has of --session, or a file of any format that steward data import takes, gzipped or not; the plainest is a table with the columns
quote_date, root, expiration, strike, right (C or P), bid and ask. Where neither the file nor --time says when the quotes
were taken, they count as of the time when index options close, 16:15 New York, as the index's own closing value is.

Examples:
  steward vix --session 2019-05-09
  steward vix --chain spx-2019-05-09.csv.gz
  steward vix --chain spx.csv --session 2019-05-09 --time 15:45 --rate 0.0241 --json
  steward vix --chain quotedata.csv --format cboe-quotedata`;

interface VixOptions {
  readonly chain?: string;
  readonly format?: string;
  readonly session?: string;
  readonly time?: string;
  readonly rate?: number;
  readonly json?: boolean;
}

/** `steward vix`: the volatility index of a chain by the Cboe rules, with all intermediate values. */
export function addVixCommand(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("vix")
    .description("VIX of an SPX option chain by the Cboe rules, with every number on the way")
    .option("--chain <file>", "file that holds the chain; left out, the store's of --session")
    .option("--format <id>", "read as this format, whatever the content looks like")
    .option("--session <date>", "the session, where the file holds several or the chain is the store's")
    .option("--time <HH:MM>", "when the quotes were taken, New York time")
    .option(
      "--rate <number>",
      "risk-free rate of both terms, continuous, as a decimal; else from parity",
      parseRate,
    )
    .addOption(sharedOptions.json())
    .addHelpText("after", EXAMPLES)
    .action((options: VixOptions) => run(() => vix(options, io)));
}

async function vix({ session: wanted, time, ...options }: VixOptions, io: Io): Promise<ExitStatus> {
  const session = wanted === undefined ? undefined : parseDateOption(wanted, "--session");
  const { chain, chainName } = await chainOf({ ...options, session, time }, io);
  const { optionsClose } = requireOpen(chain.session);
  const { quotedAt } = chain;
  const document = vixDocument(chain, {
    chainName,
    rate: options.rate,
    quotedAt,
    // A file with a time of its own names another, but for a chain of the very close.
    isAssumed: time === undefined && quotedAt === optionsClose,
  });
  if (options.json) printJson(io, document);
  else for (const line of vixTable(document)) io.out(line);
  return 0;
}

interface ChainWanted {
  readonly chain?: string | undefined;
  readonly format?: string | undefined;
  readonly session: CalendarDate | undefined;
  readonly time: string | undefined;
}

async function chainOf(
  { chain: path, format, session, time }: ChainWanted,
  io: Io,
): Promise<{ readonly chain: Chain; readonly chainName: string }> {
  if (path !== undefined) {
    const quotedAt = time === undefined ? undefined : requireTime(time);
    const chain = await readChain(path, { format, session, quotedAt, now: io.now() });
    // Folders are the user's own business and would make two machines' bytes differ.
    return { chain, chainName: path.split(/[\\/]/).at(-1) ?? path };
  }
  if (session === undefined || format !== undefined || time !== undefined) {
    const message = "expected --chain, or --session alone for the chain that the store has of it";
    throw new Failure("input.invalid", message);
  }
  const store = await openStore();
  try {
    const { chain, source } = await storedChain(store, { session, asOf: io.now() });
    return { chain, chainName: `SPX of ${source} in the store` };
  } finally {
    store.close();
  }
}

function parseRate(text: string): number {
  const rate = Number(text);
  if (text.trim() === "" || !(Math.abs(rate) < 1))
    throw new InvalidArgumentError(`expected a decimal between -1 and 1, found "${text}"`);
  return rate;
}

function requireTime(time: string): string {
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return time;
  throw new Failure("input.invalid", `expected a time HH:MM for --time, found ${time}`);
}

function requireOpen(date: CalendarDate): Session {
  const session = date >= "1990-01-01" && date <= "2030-12-31" ? sessionOf(date) : undefined;
  if (session !== undefined) return session;
  const message = `expected quotes of a session, found ${date}, a ${weekday(date)} without one`;
  throw new Failure("session.closed", message, { details: { session: date } });
}

function vixTable({ vix: value, near, next, session, quotedAt }: VixDocument): readonly string[] {
  const row = (name: string, cell: (term: VixTermDocument) => string): readonly string[] => {
    return [name, cell(near), cell(next)];
  };
  const assumed = quotedAt.isAssumed ? " (assumed)" : "";
  return [
    `VIX ${fixed(value, 2)} of ${session}, quotes of ${quotedAt.newYork} New York${assumed}`,
    "",
    ...alignColumns([
      ["", "near", "next"],
      row(
        "Expiration",
        ({ root, expiration, settlement }) => `${root} ${expiration} ${settlement.toUpperCase()}`,
      ),
      row("Minutes", ({ minutes }) => fixed(minutes, 0)),
      row(
        "Rate",
        ({ rate, rateSource }) => `${percent(rate, 3)}${rateSource === "parity" ? ", implied" : ""}`,
      ),
      row("Forward", ({ forward }) => fixed(forward, 3)),
      row("K0", ({ k0 }) => fixed(k0, 2)),
      row("Strikes used", ({ strikesUsed }) => fixed(strikesUsed, 0)),
      row(
        "Lowest, highest",
        ({ lowestStrike, highestStrike }) => `${fixed(lowestStrike, 0)}–${fixed(highestStrike, 0)}`,
      ),
      row("Variance", ({ variance }) => fixed(variance, 8)),
      row("Volatility", ({ variance }) => percent(Math.sqrt(variance), 2)),
    ]),
  ];
}
