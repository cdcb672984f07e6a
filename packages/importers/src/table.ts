import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { Failure } from "@steward/model";
import { CsvError, parse } from "csv-parse/sync";

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
  const { columns, rows } = parseTable(readText(path), path);
  const repeated = required.filter((name) => columns.indexOf(name) !== columns.lastIndexOf(name));
  const missing = required.filter((name) => !columns.includes(name));
  if (repeated.length > 0 || missing.length > 0) {
    const expected = `expected columns ${required.join(", ")}, each once`;
    throw malformed({ path, line: 1 }, `${expected}, found ${columns.join(", ") || "nothing"}`);
  }
  if (rows.length === 0) throw malformed({ path, line: 1 }, "expected rows under the header, found none");
  return rows;
}

function parseTable(
  text: string,
  path: string,
): { readonly columns: readonly string[]; readonly rows: readonly Row[] } {
  let columns: string[] = [];
  const nameColumns = (header: readonly string[]): string[] => {
    columns = header.map((name) => name.trim().toLowerCase());
    return columns;
  };
  try {
    const options = { bom: true, columns: nameColumns, info: true, skip_empty_lines: true, trim: true };
    const records = parse(text, options) as unknown as readonly ParsedRecord[];
    return { columns, rows: records.map(({ record, info }) => ({ line: info.lines, cells: record })) };
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw malformed({ path, line: Number(cause["lines"]) }, `expected a table, found ${cause.message}`);
  }
}

interface ParsedRecord {
  readonly record: Row["cells"];
  readonly info: { readonly lines: number };
}

/** As files write numbers; `Number` alone would also read hexadecimal and binary digits. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A finite number from a cell, or a `data.malformed` that names the place. */
export function readNumber(row: Row, column: string, path: string): number {
  const text = row.cells[column] ?? "";
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value))
    throw malformed({ path, line: row.line }, `expected a number in ${column}, found "${text}"`);
  return value;
}

/** A `data.malformed` that names file and line. Nothing of the file is kept. */
export function malformed({ path, line }: Place, message: string): Failure {
  return new Failure("data.malformed", `${path}:${line}: ${message}`, { details: { path, line } });
}

function readText(path: string): string {
  const bytes = readBytes(path);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return (isGzip ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (cause) {
    const why = `${path}: expected a whole gzip archive, found ${messageOf(cause)}`;
    throw new Failure("data.malformed", why, { details: { path }, cause });
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Failure("data.missing", `cannot read ${path}: ${messageOf(cause)}`, {
      details: { path },
      cause,
    });
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
