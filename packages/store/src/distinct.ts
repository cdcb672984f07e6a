import { InvariantError } from "@steward/model";
import type { Batch, ColumnData } from "./batch.ts";

/** Whether no two rows have one key. */
export function areDistinct({ rows, columns }: Batch, key: readonly string[]): boolean {
  const keys = key.map((name) => numbersOf(columns[name]));
  // Open addressing with linear probing; half of the slots stay empty.
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * rows + 2))).fill(-1);
  const mask = slots.length - 1;
  for (let row = 0; row < rows; row++) {
    let slot = hashOf(keys, row) & mask;
    for (let other = slots[slot] ?? -1; other >= 0; other = slots[slot] ?? -1) {
      if (areEqual(keys, row, other)) return false;
      slot = (slot + 1) & mask;
    }
    slots[slot] = row;
  }
  return true;
}

type Numbers = Float64Array | Int32Array;

/** A column whose equal values are equal numbers; texts as the places where each was first met. */
function numbersOf(column: ColumnData | undefined): Numbers {
  if (column === undefined) throw new InvariantError("a key is made of columns");
  if (column.kind !== "text") return column.values;
  const places = new Map<string, number>();
  return Int32Array.from(column.values, (text) => {
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  });
}

/** FNV-1a over words of 32 bits (Fowler, Noll and Vo), with the upper bits folded down. */
function hashOf(keys: readonly Numbers[], row: number): number {
  let hash = 0x811c9dc5;
  for (const values of keys) {
    const value = values[row] ?? 0;
    hash = Math.imul(hash ^ value, 0x01000193);
    if (values instanceof Float64Array) hash = Math.imul(hash ^ (value / 2 ** 32), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}

function areEqual(keys: readonly Numbers[], one: number, other: number): boolean {
  for (const values of keys) if (values[one] !== values[other]) return false;
  return true;
}
