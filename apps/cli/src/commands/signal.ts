import { assert } from "@steward/model";
import type { Command } from "commander";
import { loadConfiguration } from "../config/load.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { loadMarketData, requireSuppliedOn } from "../market-data.ts";
import { reproducibly } from "../reproduce.ts";
import { parseDateOption, requireSession } from "../sessions.ts";
import { signalDocument } from "../signal-document.ts";
import { signalTicket } from "../text/signal-ticket.ts";
import { type CommonOptions, sharedOptions } from "./options.ts";

const EXAMPLES = `
Examples:
  steward signal
  steward signal --session 2018-02-05
  steward signal --session 2018-02-05 --config my.yaml --json`;

/** `steward signal`: the record of one session. */
export function addSignalCommand(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("signal")
    .description("the signal record of a session: condors by tier, hedge, reasons")
    .option("--session <date>", "the session, the last of the data if left out")
    .addOption(sharedOptions.preset())
    .addOption(sharedOptions.config())
    .addOption(sharedOptions.set())
    .addOption(sharedOptions.json())
    .addHelpText("after", EXAMPLES)
    .action((options: CommonOptions & { readonly session?: string }) => run(() => signal(options, io)));
}

async function signal(options: CommonOptions & { readonly session?: string }, io: Io): Promise<ExitStatus> {
  const configuration = loadConfiguration(options);
  const data = await loadMarketData(configuration, io.now());
  const asked =
    options.session === undefined ? data.lastSession : parseDateOption(options.session, "--session");
  const session = requireSession(asked, data);
  requireSuppliedOn(session, data, configuration.data);
  const record = reproducibly(configuration, data, () => signalDocument(configuration, data, session));
  assert(record !== undefined, "a session with data has a record");
  if (options.json) printJson(io, record);
  else for (const line of signalTicket(record)) io.out(line);
  return 0;
}
