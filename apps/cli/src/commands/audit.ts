import {
  auditBehaviour,
  behaviourScore,
  type OwnTrade,
  openAccount,
  runSessions,
  type SessionRange,
} from "@steward/engine";
import { assert, toLedger } from "@steward/model";
import type { Command } from "commander";
import { loadConfiguration } from "../config/load.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { centralMarket, loadMarketData } from "../market-data.ts";
import { readOwnTrades } from "../own-trades-file.ts";
import { provenanceOf } from "../provenance.ts";
import { reproducibly } from "../reproduce.ts";
import { auditTable } from "../text/audit-table.ts";
import { type CommonOptions, sharedOptions } from "./options.ts";

const HELP = `
The file has one trade a line: the session, how many (sold ones negative), the option, the price of one in points. All legs of a condor
are lines of their own, and so are VIX calls; what is held to its settlement needs no second line:

  2019-06-03 -4 SPXW 2019-06-04 P 2690 @1.05
  2019-06-03 +4 SPXW 2019-06-04 P 2680 @0.75
  2019-06-03 +4 VIX 2019-07-17 C 18 @2.10     # what follows a # is passed over

Each session in which index options took on risk is held against what the rules did that session, on a paper account that starts with
the first trade: sold against a gate, sold more, sold more after a loss, or without the hedge that the rules hold.

Examples:
  steward audit trades.txt
  steward audit trades.txt --set size.profile=steward --set account.startEquity=250000
  steward audit trades.txt --json`;

/** `steward audit`: somebody's own trades against the rules. */
export function addAuditCommand(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("audit")
    .description("holds your own trades against what the rules did: steward or promoter")
    .argument("<file>", "trades, one a line")
    .addOption(sharedOptions.preset())
    .addOption(sharedOptions.config())
    .addOption(sharedOptions.set())
    .addOption(sharedOptions.json())
    .addHelpText("after", HELP)
    .action((path: string, options: CommonOptions) => run(() => audit(path, options, io)));
}

function spanOf(trades: readonly OwnTrade[]): SessionRange {
  const [first] = trades;
  assert(first !== undefined, "a file without trades is refused");
  return trades.reduce(
    ({ from, to }, { session }) => ({
      from: session < from ? session : from,
      to: session > to ? session : to,
    }),
    { from: first.session, to: first.session },
  );
}

async function audit(path: string, options: CommonOptions, io: Io): Promise<ExitStatus> {
  const configuration = loadConfiguration(options);
  const data = await loadMarketData(configuration, io.now());
  const trades = readOwnTrades(path, data);
  const { from, to } = spanOf(trades);
  const { strategy, startEquity, assignment, seed } = configuration;
  const market = centralMarket(data, strategy);
  const entries = reproducibly(configuration, data, () => {
    const plan = openAccount({ config: strategy, startEquity: toLedger(startEquity), assignment, seed });
    runSessions(market, strategy, { from, to }, [plan]);
    return auditBehaviour(market, plan.run(), trades);
  });
  const months = [...Map.groupBy(entries, ({ session }) => session.slice(0, 7))].map(([month, own]) => ({
    month,
    score: behaviourScore(own),
  }));
  if (options.json) {
    printJson(io, {
      schema: "steward/audit@1",
      from,
      to,
      score: behaviourScore(entries) ?? null,
      months,
      entries: entries.map(({ risk, ...rest }) => ({ ...rest, risk: Number.isFinite(risk) ? risk : null })),
      provenance: provenanceOf(configuration, data, market),
    });
    return 0;
  }
  const account = `a paper account of $${startEquity} that follows ${configuration.name} from ${from} on`;
  io.out(`Trades of ${from} to ${to} against ${account}`);
  for (const line of auditTable(entries, months)) io.out(line);
  return 0;
}
