import { Failure } from "@steward/model";
import type { Command } from "commander";
import { stringify } from "yaml";
import { loadConfiguration } from "../config/load.ts";
import { completeFile, configurationSchema, type Parameter, parametersOf } from "../config/parameters.ts";
import { nearestName } from "../config/suggest.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { configHashOf } from "../provenance.ts";
import { type CommonOptions, sharedOptions } from "./options.ts";

const EXPLAIN = `
Examples:
  steward config explain
  steward config explain condor.width
  steward config explain hedge --config my.yaml`;

const SHOW = `
The whole configuration as a file: write it to one, change it, and run it with --config.

Examples:
  steward config show --preset condorOnly
  steward config show --set condor.width=5 > my.yaml`;

const SCHEMA = `
JSON Schema 2020-12. With an editor that reads it, the first line of a file says where it is:
  # yaml-language-server: $schema=steward.schema.json

Examples:
  steward config schema > steward.schema.json`;

/** `steward config`: what can be set, to what it is set, and why. */
export function addConfigCommand(program: Command, run: CommandRunner, io: Io): void {
  const config = program
    .command("config")
    .description("every parameter: what it means, what it is, where it comes from");
  const withConfiguration = (command: Command): Command =>
    command
      .addOption(sharedOptions.preset())
      .addOption(sharedOptions.config())
      .addOption(sharedOptions.set())
      .addOption(sharedOptions.json());

  withConfiguration(
    config
      .command("explain [key]")
      .description("each parameter with its value, its meaning and where its number comes from"),
  )
    .addHelpText("after", EXPLAIN)
    .action((key: string | undefined, options: CommonOptions) => run(() => explain(key, options, io)));
  withConfiguration(config.command("show").description("the whole configuration as a YAML file"))
    .addHelpText("after", SHOW)
    .action((options: CommonOptions) => run(() => show(options, io)));
  config
    .command("schema")
    .description("what a file may say, as JSON Schema for editors")
    .addHelpText("after", SCHEMA)
    .action(() => run(() => schema(io)));
}

function explain(key: string | undefined, options: CommonOptions, io: Io): ExitStatus {
  const configuration = loadConfiguration(options);
  const all = parametersOf(configuration);
  const asked =
    key === undefined ? all : all.filter((one) => one.key === key || one.key.startsWith(`${key}.`));
  if (key !== undefined && asked.length === 0) {
    const near = nearestName(
      key,
      all.map((one) => one.key),
    );
    const hint = near === undefined ? "; steward config explain lists all" : `; did you mean ${near}?`;
    throw new Failure("config.unknown-key", `expected a key of the configuration, found ${key}${hint}`, {
      details: { key },
    });
  }
  if (options.json) {
    printJson(io, {
      schema: "steward/parameters@1",
      configuration: configuration.name,
      hash: configHashOf(configuration),
      parameters: asked.map((one) => ({ ...one, value: one.value ?? null })),
    });
    return 0;
  }
  io.out(`${configuration.name}, configuration ${configHashOf(configuration)}`);
  for (const parameter of asked) for (const line of linesOf(parameter)) io.out(line);
  return 0;
}

function linesOf({ key, value, accepts, meaning, source }: Parameter): readonly string[] {
  return ["", `${key}: ${valueText(value)}`, `  ${meaning}`, `  ${accepts}; ${source}`];
}

function valueText(value: unknown): string {
  if (value === undefined) return "not set";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function show(options: CommonOptions, io: Io): ExitStatus {
  const configuration = loadConfiguration(options);
  const file = completeFile(configuration);
  if (options.json) printJson(io, file);
  else
    io.out(
      `# ${configuration.name}, configuration ${configHashOf(configuration)}\n${stringify(file).trimEnd()}`,
    );
  return 0;
}

function schema(io: Io): ExitStatus {
  printJson(io, configurationSchema());
  return 0;
}
