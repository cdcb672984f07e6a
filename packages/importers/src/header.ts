import { Failure } from "@steward/model";
import type { Opening, Source } from "./format.ts";

/** Names of columns in lower case, without brackets: `[C_BID]` is c_bid. */
export function plainNames(cells: readonly string[]): readonly string[] {
  return cells.map((cell) =>
    cell
      .replace(/^\uFEFF/, "")
      .replace(/^\s*\[|\]\s*$/g, "")
      .trim()
      .toLowerCase(),
  );
}

/** The names in the first line of an opening that is a comma-separated table. */
export function firstNames({ text }: Opening): readonly string[] {
  const line = text.split(/\r?\n/).find((found) => found.trim() !== "") ?? "";
  return plainNames(line.split(",").map((cell) => cell.replace(/^\s*"|"\s*$/g, "")));
}

/** Whether all names are among those of an opening. */
export function hasColumns(opening: Opening, names: readonly string[]): boolean {
  const found = new Set(firstNames(opening));
  return names.every((name) => found.has(name));
}

/** A header's plain names. Fails with `data.malformed` where a required one is missing or any comes twice. */
export function requireColumns(
  { name }: Source,
  header: readonly string[],
  required: readonly string[],
): readonly string[] {
  const names = plainNames(header);
  const missing = required.filter((column) => !names.includes(column));
  const repeated = names.filter((column, i) => column !== "" && names.indexOf(column) !== i);
  if (missing.length === 0 && repeated.length === 0) return names;
  const what = missing.length > 0 ? `${missing.join(", ")} missing` : `${repeated.join(", ")} twice`;
  const found = header.join(",").slice(0, 200);
  const message = `${name}:1: expected the columns ${required.join(", ")}, each once, found ${what} in ${found}`;
  throw new Failure("data.malformed", message, { details: { path: name, line: 1 } });
}
