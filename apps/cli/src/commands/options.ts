import { Failure } from "@steward/model";
import { presets } from "@steward/strategy";
import { InvalidArgumentError, Option } from "commander";
import { parseSettings, type Setting } from "../config/settings.ts";

/** Options that several commands share, each defined once. */
export const sharedOptions = {
  preset: () =>
    new Option("--preset <name>", `a ready-made configuration: ${Object.keys(presets).join(", ")}`),
  config: () => new Option("--config <file>", "a YAML or JSON file over a preset"),
  json: () => new Option("--json", "one JSON document on standard output"),
  seed: () => new Option("--seed <number>", "seed of the bootstrap intervals").argParser(parseSeed),
  set: () =>
    new Option(
      "--set <key=value>",
      "one key of the configuration, as in a file; may be given again",
    ).argParser(addSetting),
};

export interface CommonOptions {
  readonly preset?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly seed?: number;
  readonly set?: readonly Setting[];
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(seed) || seed < 0)
    throw new InvalidArgumentError(`expected a whole number from 0 up, found "${text}"`);
  return seed;
}

function addSetting(text: string, others: readonly Setting[] = []): readonly Setting[] {
  const settings = parseSettings(text, "--set");
  if (settings.length === 1) return [...others, ...settings];
  throw new Failure(
    "input.invalid",
    `expected one value for --set, found "${text}"; steward sweep takes several`,
  );
}
