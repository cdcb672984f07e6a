import { createHash } from "node:crypto";
import { fromDayNumber, InvariantError } from "@steward/model";
import type { FactValues } from "./tables.ts";

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
