import { createHash } from "node:crypto";
import { type CalendarDate, fromDayNumber, InvariantError, toDayNumber } from "@steward/model";
import type { Column, FactValues, TableSpec } from "./tables.ts";

/** A column in memory. Missing numbers are NaN, missing dates `NO_DATE`, labels are places in the dictionary. */
export type ColumnData =
  | { readonly kind: "number" | "instant"; readonly values: Float64Array }
  | { readonly kind: "integer" | "date"; readonly values: Int32Array }
  | { readonly kind: "label"; readonly values: Int32Array; readonly dictionary: readonly string[] }
  | { readonly kind: "text"; readonly values: readonly string[] };

/** Rows of one table as columns. */
export interface Batch {
  readonly rows: number;
  readonly columns: Readonly<Record<string, ColumnData>>;
}

/** A date that is missing; far outside of all calendars. */
export const NO_DATE = -(2 ** 31);

/** Turns facts into columns. */
export function batchOf(facts: readonly FactValues[], { columns }: TableSpec): Batch {
  return {
    rows: facts.length,
    columns: Object.fromEntries(columns.map((column) => [column.name, columnOf(facts, column)])),
  };
}

function columnOf(facts: readonly FactValues[], { name, kind }: Column): ColumnData {
  switch (kind) {
    case "number":
    case "instant":
      return { kind, values: Float64Array.from(facts, (fact) => numberOf(fact[name]) ?? Number.NaN) };
    case "integer":
      return { kind, values: Int32Array.from(facts, (fact) => numberOf(fact[name]) ?? 0) };
    case "date":
      return { kind, values: Int32Array.from(facts, (fact) => dayOf(fact[name])) };
    case "label":
      return labelsOf(facts, name);
    case "text":
      return { kind, values: facts.map((fact) => textOf(fact[name])) };
    default:
      throw new InvariantError(`no column of kind ${String(kind)}`);
  }
}

function labelsOf(facts: readonly FactValues[], name: string): ColumnData {
  const places = new Map<string, number>();
  const values = Int32Array.from(facts, (fact) => {
    const text = textOf(fact[name]);
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, places.size);
    return places.size - 1;
  });
  return { kind: "label", values, dictionary: [...places.keys()] };
}

function numberOf(value: string | number | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function textOf(value: string | number | undefined): string {
  return typeof value === "string" ? value : "";
}

function dayOf(value: string | number | undefined): number {
  return typeof value === "string" ? toDayNumber(value as CalendarDate) : NO_DATE;
}

/** Columns back to facts; what is missing is left out. */
export function factsOf({ rows, columns }: Batch): readonly FactValues[] {
  const facts: Record<string, string | number>[] = Array.from({ length: rows }, () => ({}));
  for (const [name, column] of Object.entries(columns)) {
    for (const [i, fact] of facts.entries()) {
      const value = valueAt(column, i);
      if (value !== undefined) fact[name] = value;
    }
  }
  return facts;
}

function valueAt(column: ColumnData, i: number): string | number | undefined {
  switch (column.kind) {
    case "number":
    case "instant": {
      const value = column.values[i] ?? Number.NaN;
      return Number.isNaN(value) ? undefined : value;
    }
    case "integer":
      return column.values[i];
    case "date": {
      const day = column.values[i] ?? NO_DATE;
      return day === NO_DATE ? undefined : fromDayNumber(day);
    }
    case "label":
      return column.dictionary[column.values[i] ?? -1] || undefined;
    case "text":
      return column.values[i] || undefined;
    default:
      throw new InvariantError("no such column");
  }
}

/** A name for the content: equal rows in equal order of one place, equal names. 32 hexadecimal digits of SHA-256. */
export function contentId(place: readonly string[], { rows, columns }: Batch): string {
  const hash = createHash("sha256").update(`${JSON.stringify(place)} ${rows}\n`);
  for (const [name, column] of Object.entries(columns)) {
    hash.update(`${name} ${column.kind}\n`);
    if (column.kind === "label") hash.update(JSON.stringify(column.dictionary));
    if (column.kind === "text") hash.update(JSON.stringify(column.values));
    else
      hash.update(new Uint8Array(column.values.buffer, column.values.byteOffset, column.values.byteLength));
  }
  return hash.digest("hex").slice(0, 32);
}

/** The least and the largest of a column of instants. */
export function rangeOf({ columns }: Batch, name: string): { readonly from: number; readonly to: number } {
  const column = columns[name];
  if (column?.kind !== "instant") throw new InvariantError(`${name} is a column of instants`);
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of column.values) {
    if (value < from) from = value;
    if (value > to) to = value;
  }
  return { from, to };
}
