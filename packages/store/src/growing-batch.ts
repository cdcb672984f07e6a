import { type CalendarDate, InvariantError, toDayNumber } from "@steward/model";
import { type Batch, type ColumnData, NO_DATE } from "./batch.ts";
import type { Column, FactValue, FactValues, TableSpec } from "./tables.ts";

/** Rows that come part by part and are kept as columns: of the facts nothing stays but their values. */
export interface GrowingBatch {
  readonly add: (facts: readonly FactValues[]) => void;
  readonly count: () => number;
  /** What has come so far. */
  readonly batch: () => Batch;
}

/** An empty batch of a table. */
export function growingBatch({ columns, rowOf = rowByName(columns) }: TableSpec): GrowingBatch {
  const growing = columns.map(growingColumn);
  let count = 0;
  return {
    add: (facts) => {
      for (const { reserve } of growing) reserve(count + facts.length);
      for (let from = 0; from < facts.length; from += BLOCK) {
        const rows = facts.slice(from, from + BLOCK).map(rowOf);
        for (const [place, { add }] of growing.entries()) add(rows, place, count);
        count += rows.length;
      }
    },
    count: () => count,
    batch: () => ({
      rows: count,
      columns: Object.fromEntries(
        growing.map(({ data }, place) => [columns[place]?.name ?? "", data(count)]),
      ),
    }),
  };
}

/** Turns facts into columns. */
export function batchOf(facts: readonly FactValues[], spec: TableSpec): Batch {
  const { add, batch } = growingBatch(spec);
  add(facts);
  return batch();
}

function rowByName(columns: readonly Column[]): (fact: FactValues) => Row {
  return (fact) => columns.map(({ name }) => fact[name]);
}

// As many rows as stay in the processor's caches while column after column takes its values.
const BLOCK = 256;

type Row = readonly FactValue[];

interface GrowingColumn {
  /** Makes room for so many rows in all. */
  readonly reserve: (count: number) => void;
  /** Adds what stands at a place of the rows behind those that are there. */
  readonly add: (rows: readonly Row[], place: number, count: number) => void;
  readonly data: (count: number) => ColumnData;
}

function growingColumn({ kind }: Column): GrowingColumn {
  switch (kind) {
    case "number":
    case "instant":
      return doubles(kind);
    case "integer":
    case "date": {
      const { values, ...column } = integers(kind === "date" ? memoized(dayOf) : integerOf);
      return { ...column, data: (count) => ({ kind, values: values(count) }) };
    }
    case "label":
      return labels();
    case "text":
      return texts();
    default:
      throw new InvariantError(`no column of kind ${String(kind)}`);
  }
}

function doubles(kind: "number" | "instant"): GrowingColumn {
  let values = new Float64Array(0);
  return {
    reserve: (count) => {
      values = withRoom(values, count, (size) => new Float64Array(size));
    },
    add: (rows, place, count) => {
      for (let i = 0; i < rows.length; i++) {
        const value = rows[i]?.[place];
        values[count + i] = typeof value === "number" ? value : Number.NaN;
      }
    },
    data: (count) => ({ kind, values: values.subarray(0, count) }),
  };
}

interface GrowingIntegers extends Omit<GrowingColumn, "data"> {
  readonly values: (count: number) => Int32Array;
}

function integers(numberOf: (value: FactValue) => number): GrowingIntegers {
  let values = new Int32Array(0);
  return {
    reserve: (count) => {
      values = withRoom(values, count, (size) => new Int32Array(size));
    },
    add: (rows, place, count) => {
      for (let i = 0; i < rows.length; i++) values[count + i] = numberOf(rows[i]?.[place]);
    },
    values: (count) => values.subarray(0, count),
  };
}

function labels(): GrowingColumn {
  const places = new Map<string, number>();
  const placeOf = memoized((value) => {
    const text = textOf(value);
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  });
  const { values, ...column } = integers(placeOf);
  return {
    ...column,
    data: (count) => ({ kind: "label", values: values(count), dictionary: [...places.keys()] }),
  };
}

function texts(): GrowingColumn {
  const values: string[] = [];
  return {
    reserve: () => {},
    add: (rows, place) => {
      for (const row of rows) values.push(textOf(row[place]));
    },
    data: () => ({ kind: "text", values }),
  };
}

/** A function that remembers its last answer: neighbours mostly share their dates and labels. */
function memoized(of: (value: FactValue) => number): (value: FactValue) => number {
  let last: { readonly value: FactValue; readonly answer: number } | undefined;
  return (value) => {
    if (last?.value !== value || last === undefined) last = { value, answer: of(value) };
    return last.answer;
  };
}

function withRoom<Values extends Float64Array | Int32Array>(
  values: Values,
  rows: number,
  make: (size: number) => Values,
): Values {
  if (rows <= values.length) return values;
  const larger = make(Math.max(rows, 2 * values.length));
  larger.set(values);
  return larger;
}

function integerOf(value: FactValue): number {
  return typeof value === "number" ? value : 0;
}

function textOf(value: FactValue): string {
  return typeof value === "string" ? value : "";
}

function dayOf(value: FactValue): number {
  return typeof value === "string" ? toDayNumber(value as CalendarDate) : NO_DATE;
}
