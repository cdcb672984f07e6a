import { fromDayNumber } from "@steward/model";
import { describe, expect, it } from "vitest";
import { factsOf } from "./batch.ts";
import { areDistinct } from "./distinct.ts";
import { batchOf, growingBatch } from "./growing-batch.ts";
import { type FactValues, TABLES, type TableSpec } from "./tables.ts";

const SPECS = Object.values(TABLES) as unknown as readonly TableSpec[];

/** A fact of a table with another value in every column. */
function factOf({ columns }: TableSpec, seed: number): FactValues {
  const sample = (kind: string, place: number): string | number => {
    if (kind === "label" || kind === "text") return `${kind} ${seed} ${place}`;
    return kind === "date" ? fromDayNumber(50 * seed + place) : 1000 * seed + place;
  };
  return Object.fromEntries(columns.map(({ name, kind }, place) => [name, sample(kind, place)]));
}

describe("a growing batch", () => {
  it.each(SPECS)("of $name keeps every value in its column, part by part", (spec) => {
    const facts = Array.from({ length: 100 }, (_, i) => factOf(spec, i));
    const growing = growingBatch(spec);
    for (const part of [facts.slice(0, 1), facts.slice(1, 7), [], facts.slice(7)]) growing.add(part);
    expect(growing.count()).toBe(100);
    expect(factsOf(growing.batch())).toEqual(facts);
    expect(growing.batch()).toEqual(batchOf(facts, spec));
  });

  it.each(SPECS)("of $name leaves out what is missing", (spec) => {
    const times = { occurredAt: 1, knownAt: 2 };
    const [fact = {}] = factsOf(batchOf([times], spec));
    // A strike is never missing.
    expect({ ...fact, strike: undefined }).toEqual({ ...times, strike: undefined });
  });
});

describe("keys", () => {
  it.each(SPECS)("of $name are distinct until one column after the other is the same", (spec) => {
    const facts = Array.from({ length: 500 }, (_, i) => factOf(spec, i));
    const [first = {}] = facts;
    const last = factOf(spec, 1000);
    for (const name of spec.key) {
      const other = { ...first, [name]: last[name] };
      expect(areDistinct(batchOf([...facts, other], spec), spec.key)).toBe(true);
    }
    // What is no part of the key tells nothing apart.
    const keyValues = Object.fromEntries(spec.key.map((name) => [name, first[name]]));
    expect(areDistinct(batchOf([...facts, { ...last, ...keyValues }], spec), spec.key)).toBe(false);
  });

  it("of 200,000 contracts are distinct, in bounded time", () => {
    const [quotes] = SPECS;
    if (quotes === undefined) throw new Error("there are tables");
    const chains = Array.from({ length: 200_000 }, (_, i) => ({
      occurredAt: 1.7e15 + 86_400e6 * (i % 10),
      root: i % 2 === 0 ? "SPX" : "SPXW",
      expiration: "2024-01-19",
      strike: 5000 * i,
      right: "call",
    }));
    expect(areDistinct(batchOf(chains, quotes), quotes.key)).toBe(true);
    expect(areDistinct(batchOf([...chains, chains[77_777] ?? {}], quotes), quotes.key)).toBe(false);
  });
});
