import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { FORMATS, fileSource } from "@steward/importers";
import { Failure } from "@steward/model";
import { type Command, InvalidArgumentError } from "commander";
import { openStore } from "../data/home.ts";
import { type ImportOutcome, importSource } from "../data/import-source.ts";
import { dataStatus, statusTable } from "../data/status.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { importTable } from "../text/import-table.ts";
import { addChainCommand } from "./data-chain.ts";
import { addRecordCommand } from "./data-record.ts";
import { addSyncCommand } from "./data-sync.ts";
import { addVerifyCommand } from "./data-verify.ts";
import { sharedOptions } from "./options.ts";

const IMPORT_HELP = `
A file is recognized by its content; --format overrides that. Importing a file twice changes nothing, and a file that
contradicts what is stored adds a correction that counts from now on. Nothing of a file is visible before all of it is in.

Formats:
${FORMATS.map(({ id, title }) => `  ${id.padEnd(24)}${title}`).join("\n")}

Examples:
  steward data import VIX_History.csv
  steward data import chains/ --json
  steward data import closes.csv --format series-table --series VIX --columns session=day,close=last`;

interface ImportCliOptions {
  readonly format?: string;
  readonly series?: string;
  readonly time?: string;
  readonly columns?: Readonly<Record<string, string>>;
  readonly json?: boolean;
}

/** `steward data`: the market store of the user, `$STEWARD_HOME/market`. */
export function addDataCommand(program: Command, run: CommandRunner, io: Io): void {
  const data = program.command("data").description("the market store: files and histories in, checked");
  data
    .command("import")
    .description("take files, or folders of them, into the store")
    .argument("<path...>", "files or folders, gzipped or not")
    .option("--format <id>", "read as this format, whatever the content looks like")
    .option("--series <name>", "what the file is about, where it does not say so")
    .option(
      "--time <HH:MM>",
      "when the quotes were taken, New York time, where the file does not say so",
      parseTime,
    )
    .option("--columns <map>", "of a table of your own: our column=its column, ...", parseColumns)
    .addOption(sharedOptions.json())
    .addHelpText("after", IMPORT_HELP)
    .action((paths: readonly string[], options: ImportCliOptions) =>
      run(() => importFiles(paths, options, io)),
    );
  addSyncCommand(data, run, io);
  addRecordCommand(data, run, io);
  data
    .command("status")
    .description("what the store holds, from where and up to when")
    .addOption(sharedOptions.json())
    .action((options: { readonly json?: boolean }) => run(() => status(options, io)));
  addChainCommand(data, run, io);
  addVerifyCommand(data, run, io);
}

async function importFiles(
  paths: readonly string[],
  { format, series, time, columns, json }: ImportCliOptions,
  io: Io,
): Promise<ExitStatus> {
  const files = paths.flatMap(filesIn);
  if (files.length === 0)
    throw new Failure("data.missing", `expected files in ${paths.join(", ")}, found none`);
  const store = await openStore();
  const outcomes: ImportOutcome[] = [];
  const failures: Failure[] = [];
  try {
    for (const file of files) {
      const progress = io.progress(file);
      try {
        const options = { importedAt: io.now(), format, series, quotedAt: time, columns };
        outcomes.push(await importSource(store, await fileSource(file), options, progress));
      } catch (error) {
        // Of several files the others are still wanted.
        if (!(error instanceof Failure) || files.length === 1) throw error;
        failures.push(error);
      } finally {
        progress.done();
      }
    }
  } finally {
    store.close();
  }
  const errors = failures.map(({ code, message, details }) => ({ code, message, details }));
  if (json) printJson(io, { schema: "steward/data-import@1", imports: outcomes, errors });
  else for (const line of importTable(outcomes)) io.out(line);
  for (const { code, message } of failures) io.err(`steward: ${code}: ${message}`);
  return failures.length === 0 ? 0 : 2;
}

/** The files of a folder and its folders, in the order of their names; hidden ones are not ours. */
function filesIn(path: string): readonly string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined)
    throw new Failure("data.missing", `cannot read ${path}: there is no such file or folder`);
  if (!stats.isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => !name.startsWith("."))
    .toSorted((left, right) => (left < right ? -1 : 1))
    .flatMap((name) => filesIn(join(path, name)));
}

async function status({ json }: { readonly json?: boolean }, io: Io): Promise<ExitStatus> {
  const store = await openStore();
  try {
    const document = dataStatus(store);
    if (json) printJson(io, document);
    else for (const line of statusTable(document)) io.out(line);
    return 0;
  } finally {
    store.close();
  }
}

function parseTime(text: string): string {
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return text;
  throw new InvalidArgumentError(`expected a time HH:MM, found "${text}"`);
}

function parseColumns(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(",").map((pair) => pair.split("=").map((part) => part.trim()));
  if (pairs.every((pair) => pair.length === 2 && pair.every((part) => part !== ""))) {
    return Object.fromEntries(pairs);
  }
  throw new InvalidArgumentError(`expected pairs like session=day,close=last, found "${text}"`);
}
