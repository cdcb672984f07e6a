import { InvalidArgumentError, Option } from "commander";

/** Options that several commands share, each defined once. */
export const sharedOptions = {
  preset: () => new Option("--preset <name>", "a ready-made configuration: flagship, condorOnly, hedgeOnly"),
  config: () => new Option("--config <file>", "a YAML or JSON file over a preset"),
  json: () => new Option("--json", "one JSON document on standard output"),
  seed: () => new Option("--seed <number>", "seed of the bootstrap intervals").argParser(parseSeed),
};

export interface CommonOptions {
  readonly preset?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly seed?: number;
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(seed) || seed < 0)
    throw new InvalidArgumentError(`expected a whole number from 0 up, found "${text}"`);
  return seed;
}
