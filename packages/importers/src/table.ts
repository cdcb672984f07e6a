import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { Failure } from "@steward/model";
import { parse } from "csv-parse/sync";

/** One row of a file by lower-case column name, and the line it stands on. */
export interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Where a value was found, for messages. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

/**
 * Reads a comma-separated file with a header, gzipped or not. Column names are lower-cased; every row must have as many cells
 * as the header. Fails with `data.missing` where the file cannot be read and `data.malformed` where it is not such a table.
 */
export function readTable(path: string, required: readonly string[]): readonly Row[] {
  const text = readText(path);
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(text, {
      bom: true,
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      info: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("data.malformed", `${path} is not a table: ${why}`, { details: { path }, cause });
  }

  const columns = Object.keys(records[0]?.record ?? {});
  const missing = required.filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    const found = columns.length === 0 ? "no rows" : `columns ${columns.join(", ")}`;
    throw new Failure("data.malformed", `${path}: expected columns ${required.join(", ")}, found ${found}`, {
      details: { path },
    });
  }
  return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
}

/** A finite number from a cell, or a `data.malformed` that names the place. */
export function readNumber(row: Row, column: string, path: string): number {
  const text = row.cells[column] ?? "";
  const value = text === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value))
    throw malformed({ path, line: row.line }, `expected a number in ${column}, found "${text}"`);
  return value;
}

/** A `data.malformed` that names file and line. Nothing of the file is kept. */
export function malformed({ path, line }: Place, message: string): Failure {
  return new Failure("data.malformed", `${path}:${line}: ${message}`, { details: { path, line } });
}

function readText(path: string): string {
  try {
    const bytes = readFileSync(path);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (isGzip ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("data.missing", `cannot read ${path}: ${why}`, { details: { path }, cause });
  }
}
