import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { type AssignmentConfig, REFERENCE_NAMES, type ReferenceName, rationalHolders } from "@steward/engine";
import { Failure } from "@steward/model";
import { presets, type StrategyConfig } from "@steward/strategy";
import { parse as parseYaml } from "yaml";
import { explainIssue } from "./issues.ts";
import { mergeConfig } from "./merge.ts";
import { type ConfigFile, fileSchema } from "./schema.ts";
import { type Setting, settingText, withSettings } from "./settings.ts";
import { suggestion } from "./suggest.ts";

/** Files with real series, by series. */
export type DataFiles = Readonly<
  Partial<
    Record<
      | "index"
      | "vix9d"
      | "vix"
      | "vix3m"
      | "vix6m"
      | "vvix"
      | "vixFutures"
      | "spxSettlement"
      | "vixSettlement",
      string
    >
  >
>;

/** Which data a run rests on. */
export interface DataConfig {
  /** Whether the market store is looked into for what no file is named for. */
  readonly store: boolean;
  readonly files: DataFiles;
}

/** A run's whole configuration: what the rules need, and what the account and the data are. */
export interface Configuration {
  /** Name of the preset or of the file. */
  readonly name: string;
  readonly strategy: StrategyConfig;
  readonly startEquity: number;
  readonly seed: number;
  /** How holders of American options behave. */
  readonly assignment: AssignmentConfig;
  /** Index rules beside the accounts. */
  readonly controls: readonly ReferenceName[];
  readonly data: DataConfig;
}

export interface ConfigOptions {
  readonly preset?: string | undefined;
  readonly config?: string | undefined;
  readonly seed?: number | undefined;
  /** Over the preset or the file. */
  readonly set?: readonly Setting[] | undefined;
}

/** What a configuration starts from that names no preset. */
export const DEFAULT_PRESET = "flagship";
/** One hedge unit costs about ten thousand dollars a year: 1.5 % of a smaller account would not buy it. */
const DEFAULT_START_EQUITY = 1_000_000;
const DEFAULT_SEED = 42;

/** The configuration that the options name: a preset or a file over the preset that it starts from, and settings over both. */
export function loadConfiguration({ preset, config, seed, set = [] }: ConfigOptions): Configuration {
  if (config !== undefined && preset !== undefined) {
    throw new Failure(
      "input.invalid",
      "expected --preset or --config, found both; a file names its preset with the key preset",
    );
  }
  const content = config === undefined ? { preset: preset ?? DEFAULT_PRESET } : readContent(config);
  const source = { name: config === undefined ? (preset ?? DEFAULT_PRESET) : basename(config), path: config };
  const configuration = configurationOf(content, source, seed);
  if (set.length === 0) return configuration;
  // The file is right by itself: what is wrong now is a setting.
  const blamed = set.map(settingText).join(" ");
  const name = `${source.name} ${blamed}`;
  return configurationOf(withSettings(content, set), { name, path: config, blamed }, seed);
}

interface Source {
  readonly name: string;
  /** Of the file, which its data files are relative to. */
  readonly path: string | undefined;
  /** What errors name, the file if left out. */
  readonly blamed?: string;
}

function configurationOf(
  content: unknown,
  { name, path, blamed = path ?? "" }: Source,
  seed: number | undefined,
): Configuration {
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) throw explainIssue(parsed.error, content, blamed);
  const file = parsed.data;
  const folder = path === undefined ? "." : dirname(resolve(path));
  const { store = true, ...named } = file.data ?? {};
  const files = Object.fromEntries(
    Object.entries(named).map(([series, own]) => [series, resolve(folder, own ?? "")]),
  );
  return {
    name,
    strategy: mergeConfig(presetNamed(file.preset ?? DEFAULT_PRESET), file, blamed),
    startEquity: file.account?.startEquity ?? DEFAULT_START_EQUITY,
    seed: seed ?? file.seed ?? DEFAULT_SEED,
    assignment: { ...rationalHolders, ...definedOf(file.assignment) },
    controls: file.controls ?? REFERENCE_NAMES,
    data: { store, files },
  };
}

/** The keys that are given. */
function definedOf(given: ConfigFile["assignment"]): Partial<AssignmentConfig> {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined));
}

function presetNamed(name: string): StrategyConfig {
  const found = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (found === undefined) {
    const hint = suggestion(name, Object.keys(presets));
    throw new Failure("config.unknown-preset", `expected a preset, found ${name}${hint}`, {
      details: { preset: name },
    });
  }
  return found;
}

/** What a file says, before anything of it is checked. */
function readContent(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("config.missing", `expected a file, found none to read: ${why}`, {
      details: { path },
      cause,
    });
  }
  try {
    // JSON is YAML too, and the YAML reader keeps `.nan` and `.inf` for the schema to refuse by key.
    return parseYaml(text, { prettyErrors: true, uniqueKeys: true, maxAliasCount: 0 }) ?? {};
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    throw new Failure("config.invalid", `${path} is not YAML or JSON: ${why}`, { details: { path }, cause });
  }
}
