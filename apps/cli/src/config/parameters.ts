import { presets } from "@steward/strategy";
import { z } from "zod";
import { type Configuration, DEFAULT_PRESET } from "./load.ts";
import { fileSchema } from "./schema.ts";

/** One parameter of a configuration, as a person asks for it. */
export interface Parameter {
  /** Levels parted by dots; names of tiers and layers are those of the configuration. */
  readonly key: string;
  /** Undefined where the configuration leaves it out. */
  readonly value: unknown;
  /** `number from 0 to 1`, `one of refuse, cap, ignore`. */
  readonly accepts: string;
  readonly meaning: string;
  /** Where the number of the flagship comes from. */
  readonly source: string;
}

/** What a configuration file may say, as JSON Schema 2020-12: editors complete and check files by it. */
export function configurationSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(fileSchema), title: "Steward configuration" };
}

/** A configuration as a file that holds every key: loading it gives the same configuration again. */
export function completeFile({
  strategy,
  startEquity,
  seed,
  assignment,
  controls,
  data,
}: Configuration): Record<string, unknown> {
  const { condor, hedge, ...others } = strategy;
  const base = presets[DEFAULT_PRESET];
  return {
    seed,
    account: { startEquity },
    data: { ...data.files, store: data.store },
    condor: { ...condor, tiers: byName(condor.tiers, base?.condor.tiers) },
    ...others,
    hedge: hedge === undefined ? null : { ...hedge, layers: byName(hedge.layers, base?.hedge?.layers) },
    controls,
    assignment,
  };
}

/** Every parameter of a configuration in the order of the schema. */
export function parametersOf(configuration: Configuration): readonly Parameter[] {
  return walk(configurationSchema(), [], completeFile(configuration));
}

interface Named {
  readonly name: string;
}

/** What the preset that a file starts from has and this does not is removed. */
function byName(items: readonly Named[], base: readonly Named[] = []): Record<string, unknown> {
  return Object.fromEntries([
    ...items.map(({ name, ...rest }) => [name, rest] as const),
    ...base
      .filter(({ name }) => items.every((item) => item.name !== name))
      .map(({ name }) => [name, null] as const),
  ]);
}

/** What JSON Schema says of a value, as far as the configuration uses it. */
interface Node {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly description?: string;
  readonly source?: string;
}

function walk(schema: Node, path: readonly string[], value: unknown, above: Node = {}): readonly Parameter[] {
  // Null stands for a part that is left out: its keys are shown without values.
  const node = schema.anyOf?.find(({ type }) => type !== "null") ?? schema;
  const { description = above.description ?? "", source = above.source ?? "" } = schema;
  if (node.properties !== undefined) {
    return Object.entries(node.properties).flatMap(([key, inner]) =>
      walk(inner, [...path, key], valueAt(value, key), { description, source }),
    );
  }
  if (typeof node.additionalProperties === "object") {
    const { additionalProperties: inner } = node;
    const given = typeof value === "object" && value !== null ? Object.entries(value) : [];
    const named = given.filter(([, own]) => own !== null).map(([name]) => name);
    const names = named.length === 0 ? ["NAME"] : named;
    return names.flatMap((name) => walk(inner, [...path, name], valueAt(value, name)));
  }
  return [{ key: path.join("."), value, accepts: accepts(node), meaning: description, source }];
}

function valueAt(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function accepts({ type, enum: choices, items, minimum, maximum, exclusiveMinimum }: Node): string {
  if (choices !== undefined) return `one of ${choices.join(", ")}`;
  if (items?.enum !== undefined) return `a list of ${items.enum.join(", ")}`;
  if (type !== "number" && type !== "integer") return type === "boolean" ? "true or false" : "text";
  const noun = type === "integer" ? "whole number" : "number";
  const most = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (exclusiveMinimum !== undefined)
    return `${noun} above ${exclusiveMinimum}${most === undefined ? "" : `, up to ${most}`}`;
  if (minimum === undefined) return noun;
  return most === undefined ? `${noun} from ${minimum}` : `${noun} from ${minimum} to ${most}`;
}
