// Documents that are one JSON value. Their records are given to the readers of rows as rows, so that there is one reading of
// numbers, texts and dates: a number stands in its cell as JavaScript writes it, which reads back as the same number.

import { Failure } from "@steward/model";
import type { Parsed, ParsedBatch, Remark, Source } from "./format.ts";
import { outcomesOf, type RowOutcome } from "./row-reading.ts";
import type { Row } from "./table.ts";

/** A JSON object whose fields are yet to be looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A JSON document and its size. */
export interface JsonDocument {
  readonly value: unknown;
  readonly bytesRead: number;
}

/** Reads a whole document. Fails with `data.malformed` where it is no JSON, or too large to be one of ours. */
export async function readJson(source: Source): Promise<JsonDocument> {
  const parts: Uint8Array[] = [];
  let bytesRead = 0;
  for await (const chunk of source.bytes()) {
    bytesRead += chunk.length;
    if (bytesRead > MAX_BYTES)
      throw notThis(source, `a document of up to ${MAX_BYTES} bytes`, "a larger one");
    parts.push(chunk);
  }
  const text = new TextDecoder("utf-8").decode(Buffer.concat(parts));
  try {
    return { value: JSON.parse(text) as unknown, bytesRead };
  } catch (cause) {
    throw notThis(source, "JSON", JSON.stringify(text.slice(0, 60)), cause);
  }
}

/** The largest chain is 14 MB. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Whether a text begins as a JSON object or list does. */
export function isJsonText(text: string): boolean {
  return /^[\uFEFF\s]*[[{]/.test(text);
}

/** Whether a source begins as a JSON object or list does. */
export async function beginsLikeJson(source: Source): Promise<boolean> {
  for await (const chunk of source.bytes()) {
    const start = new TextDecoder().decode(chunk.subarray(0, 1024));
    if (start.trim() !== "") return isJsonText(start);
  }
  return false;
}

/** A failure that says what of a document was expected. */
export function notThis({ name }: Source, expected: string, found: string, cause?: unknown): Failure {
  const message = `${name}: expected ${expected}, found ${found}`;
  return new Failure("data.malformed", message, { details: { path: name }, cause });
}

/** Whether a value is an object with fields. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field that is a list; fails with `data.malformed` where it is none. */
export function listOf(source: Source, value: unknown, field: string): readonly unknown[] {
  const list = isObject(value) ? value[field] : undefined;
  if (Array.isArray(list)) return list;
  throw notThis(source, `a list ${field}`, describe(list));
}

/** A record as a row: its fields in lower case, and its number in the document instead of a line. */
export function rowOf(record: JsonObject, number: number): Row {
  const cells: Record<string, string> = Object.create(null);
  for (const [field, value] of Object.entries(record)) {
    if (typeof value === "string") cells[field.toLowerCase()] = value.trim();
    else if (typeof value === "number" || typeof value === "boolean")
      cells[field.toLowerCase()] = String(value);
    else if (value === null) cells[field.toLowerCase()] = "";
  }
  return { line: number, cells };
}

/** Reads the records of a document, each by a reader of rows, in parts of some thousands. */
export function* readRecords(
  records: readonly unknown[],
  bytesRead: number,
  readRow: (row: Row) => RowOutcome,
): Generator<ParsedBatch> {
  for (let start = 0; start < Math.max(records.length, 1); start += BATCH) {
    const facts: Parsed[] = [];
    const remarks: Remark[] = [];
    for (const [i, record] of records.slice(start, start + BATCH).entries()) {
      const number = start + i + 1;
      for (const outcome of recordOutcomes(record, number, readRow)) {
        if ("fact" in outcome) facts.push(outcome);
        else remarks.push(outcome);
      }
    }
    const part = Math.min(1, (start + BATCH) / Math.max(records.length, 1));
    yield { facts, remarks, bytesRead: Math.round(bytesRead * part) };
  }
}

const BATCH = 4096;

function recordOutcomes(
  record: unknown,
  number: number,
  readRow: (row: Row) => RowOutcome,
): readonly (Parsed | Remark)[] {
  if (isObject(record)) return outcomesOf(rowOf(record, number), readRow);
  const message = `expected a record, found ${describe(record)}`;
  return [{ line: number, rule: "table.unreadable", outcome: "refused", message }];
}

function describe(value: unknown): string {
  if (value === undefined) return "none";
  return JSON.stringify(value).slice(0, 60);
}
