import { Failure } from "@steward/model";
import { parse as parseYaml } from "yaml";

/** One key of a configuration and what it is set to, over the preset or the file. */
export interface Setting {
  /** As in a file, levels parted by dots: `condor.width`. */
  readonly key: string;
  readonly value: unknown;
}

/** A setting as a person writes it, `condor.width=10`. */
export function settingText({ key, value }: Setting): string {
  return `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`;
}

/** Splits `key=value,value` into settings of one key each; values are scalars of YAML, as in a file. */
export function parseSettings(text: string, option: string): readonly Setting[] {
  const [, key, list] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (key === undefined || list === undefined)
    throw new Failure("input.invalid", `expected key=value for ${option}, found "${text}"`);
  return list.split(",").map((part) => ({ key: key.trim(), value: scalar(part.trim(), option) }));
}

/** The content of a configuration file with settings over it. Names of keys are checked later, with all the rest. */
export function withSettings(content: unknown, settings: readonly Setting[]): unknown {
  return settings.reduce((whole, { key, value }) => withValue(whole, key.split("."), value), content);
}

function withValue(content: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const own = typeof content === "object" && content !== null ? content : {};
  const inner: unknown = Object.hasOwn(own, key) ? Reflect.get(own, key) : undefined;
  return { ...own, [key]: withValue(inner, rest, value) };
}

function scalar(text: string, option: string): unknown {
  let value: unknown;
  try {
    value = parseYaml(text);
  } catch {
    value = undefined;
  }
  const isScalar = value === null || ["number", "string", "boolean"].includes(typeof value);
  if (text !== "" && isScalar) return value;
  throw new Failure(
    "input.invalid",
    `expected a number, a word, true, false or null for ${option}, found "${text}"`,
  );
}
