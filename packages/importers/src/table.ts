import { Failure } from "@steward/model";

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
