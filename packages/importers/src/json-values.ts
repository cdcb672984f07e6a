import type { CalendarDate } from "@steward/model";
import { parseDay } from "./dates.ts";
import type { Parsed, ParsedBatch, Remark } from "./format.ts";
import { isObject, type JsonObject } from "./json-records.ts";

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The elements of an array, or undefined. */
export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** A finite number, also one that is written as text; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  const isDecimal = typeof value === "string" && DECIMAL.test(value);
  const number = isDecimal ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A date that is written as text; undefined for anything else. */
export function dayOfField(value: unknown): CalendarDate | undefined {
  return typeof value === "string" ? parseDay(value) : undefined;
}

/** A text, or undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** What the records of a document come to, in parts of some thousands. */
export function* batchesOf(outcomes: Iterable<Parsed | Remark>, bytesRead: number): Generator<ParsedBatch> {
  let facts: Parsed[] = [];
  let remarks: Remark[] = [];
  for (const outcome of outcomes) {
    if ("fact" in outcome) facts.push(outcome);
    else remarks.push(outcome);
    if (facts.length + remarks.length < BATCH) continue;
    yield { facts, remarks, bytesRead };
    facts = [];
    remarks = [];
  }
  yield { facts, remarks, bytesRead };
}

const BATCH = 4096;
