import { Failure } from "@steward/model";
import { parseSettings, type Setting } from "../config/settings.ts";

/** One key of the configuration and the values that it takes in turn. */
export interface Axis {
  readonly key: string;
  readonly values: readonly unknown[];
}

/** More would be a search that nothing could be believed of, and its returns would not fit into memory. */
const MOST_VARIANTS = 10_000;

/** The axes of a sweep, from `key=value,value` each. */
export function parseAxes(texts: readonly string[]): readonly Axis[] {
  const axes = texts.map(parseAxis);
  for (const [index, { key, values }] of axes.entries()) {
    if (key === "data" || key.startsWith("data.")) throw refused(`keys of the rules or the account`, key);
    const clash = axes.find(
      (other, at) => at < index && (isWithin(key, other.key) || isWithin(other.key, key)),
    );
    if (clash !== undefined) throw refused(`keys that do not set each other`, `${clash.key} and ${key}`);
    const twice = values.find((value, at) => values.indexOf(value) < at);
    if (twice !== undefined) throw refused("every value once", `${key}=${String(twice)} twice`);
  }
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count < 2 || count > MOST_VARIANTS)
    throw refused(`2 to ${MOST_VARIANTS} variants`, axes.length === 0 ? "none" : String(count));
  return axes;
}

/** Every combination of one value of each axis, the last axis changing fastest. */
export function variantsOf(axes: readonly Axis[]): readonly (readonly Setting[])[] {
  return axes.reduce<readonly (readonly Setting[])[]>(
    (variants, { key, values }) =>
      variants.flatMap((settings) => values.map((value) => [...settings, { key, value }])),
    [[]],
  );
}

function parseAxis(text: string): Axis {
  const settings = parseSettings(text, "--vary");
  return { key: settings[0]?.key ?? "", values: settings.map(({ value }) => value) };
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`);
}

function refused(expected: string, found: string): Failure {
  return new Failure("input.invalid", `expected ${expected} for --vary, found ${found}`);
}
