import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FORMATS, memorySource, type ReadOptions } from "@steward/importers";
import { Failure, type Instant } from "@steward/model";
import { MarketStore } from "@steward/store";
import fc from "fast-check";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { OPTION_SAMPLES } from "../../../../packages/importers/src/testing/option-samples.ts";
import { mutated, SPLICES } from "../../../../packages/importers/src/testing/series-mutations.ts";
import { IMPORTED_AT, SERIES_SAMPLES } from "../../../../packages/importers/src/testing/series-samples.ts";
import { WORKBOOK_SAMPLES } from "../../../../packages/importers/src/testing/workbook-samples.ts";
import { keyOf, TABLES, type TableSpec, valuesOf } from "../../../../packages/store/src/tables.ts";
import { type ImportOutcome, importSource } from "./import-source.ts";

type Content = string | Uint8Array;

interface Sample {
  readonly format: string;
  readonly name: string;
  readonly content: Content;
}

/** Of these at least half the quotes have no market, and what is mostly refused is not stored. */
const UNSTORABLE = new Set(["UnderlyingOptionsEODQuotes_2016-06-01.csv", "eod.csv"]);

const SAMPLES: readonly Sample[] = [
  ...[...SERIES_SAMPLES, ...WORKBOOK_SAMPLES].map(({ format, name, text }) => ({
    format,
    name,
    content: text,
  })),
  ...OPTION_SAMPLES.filter(({ name }) => !UNSTORABLE.has(name)).map(({ id, name, content }) => {
    return { format: id, name, content };
  }),
];

/** Changes that are tried on every sample; most make it unreadable, or touch nothing that is read. */
const CHANGES = fc.sample(SPLICES, { seed: 66, numRuns: 60 });

let stores: { readonly store: MarketStore; readonly folder: string }[] = [];
let [compared, reordered] = [0, 0];

beforeEach(() => {
  stores = [];
});

afterEach(() => {
  for (const { store, folder } of stores) {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

async function emptyStore(): Promise<MarketStore> {
  const folder = mkdtempSync(join(tmpdir(), "steward-twice-"));
  const store = await MarketStore.open(folder);
  stores.push({ store, folder });
  return store;
}

/** What to import one after another, and how many minutes after the samples' own time. */
interface Imports {
  readonly contents: readonly Content[];
  readonly minute: number;
}

async function importAll(
  store: MarketStore,
  sample: Sample,
  { contents, minute }: Imports,
): Promise<readonly ImportOutcome[]> {
  const outcomes: ImportOutcome[] = [];
  for (const content of contents) {
    const options = { format: sample.format, ...optionsOf(sample, minute) };
    const progress = { update: () => {}, done: () => {} };
    outcomes.push(await importSource(store, memorySource(sample.name, content), options, progress));
  }
  return outcomes;
}

function optionsOf({ format }: Sample, minute: number): ReadOptions {
  const importedAt = (IMPORTED_AT + minute * 60_000_000) as Instant;
  return { importedAt, series: format === "optionsdx" ? "SPX" : undefined };
}

/** What is known of every fact from which instant on; nothing where what is known stays the same. */
async function knowledgeIn(store: MarketStore): Promise<Readonly<Record<string, readonly string[]>>> {
  const subjects = new Set(store.partitions().map(({ table, subject }) => `${table} ${subject}`));
  const known: Record<string, string[]> = {};
  for (const name of [...subjects].toSorted((a, b) => (a < b ? -1 : 1))) {
    const [part] = store.partitions().filter(({ table, subject }) => name === `${table} ${subject}`);
    if (part === undefined) continue;
    const spec = TABLES[part.table] as unknown as TableSpec;
    const asOf = Number.MAX_SAFE_INTEGER as Instant;
    const facts = await store.facts(part.table, part.subject, { asOf, versions: "all" });
    const byKey = Map.groupBy(facts, (fact) => `${name} ${keyOf(valuesOf(fact), spec)}`);
    for (const [key, versions] of byKey) known[key] = turnsOf(versions.map((fact) => ({ ...fact })));
  }
  return known;
}

function turnsOf(versions: readonly { readonly knownAt: Instant }[]): string[] {
  const turns: string[] = [];
  let last = "";
  for (const [instant, together] of Map.groupBy(versions, ({ knownAt }) => knownAt)) {
    const says = together.map((fact) => JSON.stringify({ ...fact, occurredAt: 0, knownAt: 0 }));
    const all = says.toSorted((a, b) => (a < b ? -1 : 1)).join();
    if (all !== last) turns.push(`${instant} ${all}`);
    last = all;
  }
  return turns;
}

/** The same content in other bytes, where a text allows it: else the store would not read it again. */
function again(content: Content): Content {
  return typeof content === "string" ? `${content}\n` : content;
}

/** The first change of a sample after which it reads, and says something else. */
async function tellingChange(sample: Sample): Promise<Content | undefined> {
  const own = await factsOf(sample, sample.content);
  for (const change of CHANGES) {
    const content = mutated(sample.content, change);
    const facts = await factsOf(sample, content);
    if (facts !== undefined && facts !== own) return content;
  }
  return undefined;
}

/** All facts of a content as a text; undefined where as many rows are refused, as then nothing is stored. */
async function factsOf(sample: Sample, content: Content): Promise<string | undefined> {
  const format = FORMATS.find(({ id }) => id === sample.format);
  const all: unknown[] = [];
  let refused = 0;
  try {
    const source = memorySource(sample.name, content);
    for await (const { facts, remarks } of format?.read(source, optionsOf(sample, 0)) ?? []) {
      for (const { fact } of facts) all.push(fact);
      refused += remarks.filter(({ outcome }) => outcome === "refused").length;
    }
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
  return all.length <= refused ? undefined : JSON.stringify(all);
}

function corrections(outcomes: readonly ImportOutcome[]): number {
  return outcomes
    .flatMap(({ tables }) => Object.values(tables))
    .reduce((sum, { corrected }) => sum + corrected, 0);
}

/** Imports, or does not: of a change all that is left may be refused by the rules of quality. */
async function tryImports(
  ...[store, sample, imports]: Parameters<typeof importAll>
): ReturnType<typeof importAll> {
  try {
    return await importAll(store, sample, imports);
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}

describe.each(SAMPLES)("$format: $name", (sample) => {
  const { content } = sample;

  test("read twice is read once", async () => {
    const store = await emptyStore();
    const [first] = await importAll(store, sample, { contents: [content], minute: 0 });
    expect(first?.state).toBe("imported");
    const once = await knowledgeIn(store);
    expect(Object.keys(once).length).toBeGreaterThan(0);
    const [second] = await importAll(store, sample, { contents: [again(content)], minute: 1 });
    for (const tally of Object.values(second?.tables ?? {})) {
      expect(tally).toMatchObject({ added: 0, corrected: 0 });
    }
    expect(await knowledgeIn(store)).toEqual(once);
  });

  test("of two files each may be read again, and either first where they agree", async () => {
    const changed = await tellingChange(sample);
    if (changed === undefined) return;
    const store = await emptyStore();
    const forward = await tryImports(store, sample, { contents: [content, changed], minute: 0 });
    if (forward.length === 0) return;
    const known = await knowledgeIn(store);
    await importAll(store, sample, { contents: [again(changed), again(content)], minute: 1 });
    expect(await knowledgeIn(store)).toEqual(known);
    compared += 1;

    const other = await emptyStore();
    const backward = await importAll(other, sample, { contents: [changed, content], minute: 0 });
    // Two files that contradict each other are settled by their order: the later corrects the earlier.
    if (corrections([...forward, ...backward]) > 0) return;
    expect(await knowledgeIn(other)).toEqual(known);
    reordered += 1;
  });
});

test("every format has a sample", () => {
  const sampled = new Set(SAMPLES.map(({ format }) => format));
  expect(FORMATS.map(({ id }) => id).filter((id) => !sampled.has(id))).toEqual([]);
});

afterAll(() => {
  expect(compared).toBeGreaterThan(25);
  expect(reordered).toBeGreaterThan(15);
});
