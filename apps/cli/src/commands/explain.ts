import { assert, Failure } from "@steward/model";
import type { Command } from "commander";
import { loadConfiguration } from "../config/load.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { loadMarketData } from "../market-data.ts";
import { reproducibly } from "../reproduce.ts";
import { parseDateOption, requireSession } from "../sessions.ts";
import { signalDocument } from "../signal-document.ts";
import { explanation } from "../text/explanation.ts";
import { type CommonOptions, sharedOptions } from "./options.ts";

const EXAMPLES = `
Examples:
  steward explain 2017-06-15-0123456789abcdef
  steward explain 2017-06-15-0123456789abcdef --config my.yaml`;

/** The session and the hash of a record. */
const ID = /^(\d{4}-\d{2}-\d{2})-[0-9a-f]{16}$/;

/** `steward explain`: makes a record again from its name and tells every step of it. */
export function addExplainCommand(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("explain")
    .description("makes a record again, checks that it is the same, and tells every step of it")
    .argument("<id>", "the record, as the last line of `steward signal` names it")
    .addOption(sharedOptions.preset())
    .addOption(sharedOptions.config())
    .addOption(sharedOptions.set())
    .addOption(sharedOptions.json())
    .addHelpText("after", EXAMPLES)
    .action((id: string, options: CommonOptions) => run(() => explain(id, options, io)));
}

async function explain(id: string, options: CommonOptions, io: Io): Promise<ExitStatus> {
  const [, day] = ID.exec(id) ?? [];
  if (day === undefined)
    throw new Failure(
      "input.invalid",
      `expected the name of a record, as 2017-06-15-0123456789abcdef, found "${id}"`,
    );
  const configuration = loadConfiguration(options);
  const data = await loadMarketData(configuration, io.now());
  const session = requireSession(parseDateOption(day, "the record"), data);
  const record = reproducibly(configuration, data, () => signalDocument(configuration, data, session));
  assert(record !== undefined, "a session with data has a record");
  if (record.id !== id)
    throw new Failure(
      "record.not-reproduced",
      `expected ${id}, found ${record.id}: the configuration (now ${record.provenance.configHash}), the data (now ${record.provenance.dataFingerprint}) or the engine is not the one that made it; both hashes stand on the record`,
      { details: { expected: id, found: record.id } },
    );
  if (options.json) printJson(io, record);
  else for (const line of explanation(record)) io.out(line);
  return 0;
}
