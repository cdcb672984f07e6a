import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Facts, FactTable, Instant } from "@steward/model";
import { type Batch, contentId, factsOf, rangeOf } from "./batch.ts";
import type { Catalogue } from "./catalogue.ts";
import { type BeforeStep, placeFile } from "./disk.ts";
import { areDistinct } from "./distinct.ts";
import { batchOf, type GrowingBatch, growingBatch } from "./growing-batch.ts";
import { type News, newsOf } from "./news.ts";
import type { ParquetWriter } from "./parquet.ts";
import { readFacts } from "./query.ts";
import { areOfOneSubject, type FactValues, subjectOf, TABLES, type TableSpec, valuesOf } from "./tables.ts";

/** What an import came to, by table. */
export interface Tally {
  /** Facts that the store did not hold. */
  added: number;
  /** Facts that the store held already. */
  repeated: number;
  /** Of those added, how many differ from what the store held of the same instant. */
  corrected: number;
}

/** What a writer works with. */
export interface WriterContext {
  readonly folder: string;
  readonly connection: DuckDBConnection;
  readonly parquet: ParquetWriter;
  readonly catalogue: Catalogue;
  readonly importId: number;
  readonly source: string;
  /** When the import began: corrections become known then. */
  readonly now: Instant;
  readonly temporaryFolder: string;
  readonly before: BeforeStep;
}

/** Collects the facts of one import by subject and writes them as partitions, which become visible when it ends. */
export class FactWriter {
  readonly #context: WriterContext;
  readonly #pending = new Map<string, Group>();
  readonly #tallies = new Map<FactTable, Tally>();
  #pendingRows = 0;

  constructor(context: WriterContext) {
    this.#context = context;
  }

  /** Takes facts in any order. Those of a subject are best given together: every part of it becomes a file. */
  async append<Table extends FactTable>(table: Table, facts: readonly Facts[Table][]): Promise<void> {
    for (const run of runsOf(facts, specOf(table))) this.#groupOf(table, run).rows.add(run);
    this.#pendingRows += facts.length;
    while (this.#pendingRows > MOST_PENDING) await this.#storeOldest();
  }

  /** Writes what is pending. */
  async flush(): Promise<ReadonlyMap<FactTable, Readonly<Tally>>> {
    while (this.#pending.size > 0) await this.#storeOldest();
    return this.#tallies;
  }

  #groupOf(table: FactTable, [first = {}]: readonly FactValues[]): Group {
    const subject = subjectOf(first, specOf(table));
    const name = `${table}/${subject}`;
    const known = this.#pending.get(name);
    if (known !== undefined) return known;
    const group = { table, subject, rows: growingBatch(specOf(table)) };
    this.#pending.set(name, group);
    return group;
  }

  async #storeOldest(): Promise<void> {
    const [oldest] = this.#pending;
    if (oldest === undefined) return;
    const [name, { table, subject, rows }] = oldest;
    this.#pending.delete(name);
    this.#pendingRows -= rows.count();
    const news = await this.#newsOf(table, subject, rows.batch());
    this.#count(table, news);
    if (news.batch.rows > 0) await this.#write(table, subject, news);
  }

  async #newsOf(table: FactTable, subject: string, batch: Batch): Promise<BatchNews> {
    const { folder, connection, catalogue, importId, source, now } = this.#context;
    const spec = specOf(table);
    const held = catalogue.partitionsFor(importId, { table, source, subject });
    // Mostly a file is the first to tell of its sessions, and there is nothing to compare with.
    if (held.length === 0 && areDistinct(batch, spec.key)) {
      return { batch, isDistinct: true, repeated: 0, corrected: 0 };
    }
    const paths = held.map(({ path }) => join(folder, path));
    const stored = await readFacts(connection, spec, {
      paths,
      asOf: Number.MAX_SAFE_INTEGER,
      versions: "all",
    });
    const { facts, ...counts } = newsOf(factsOf(batch), factsOf(stored), { spec, now });
    const fresh = batchOf(facts, spec);
    return { batch: fresh, isDistinct: areDistinct(fresh, spec.key), ...counts };
  }

  async #write(table: FactTable, subject: string, { batch, isDistinct }: BatchNews): Promise<void> {
    const { folder, parquet, catalogue, importId, source, temporaryFolder, before } = this.#context;
    const id = contentId([table, source, subject], batch);
    const path = join(table, source, subject, `${id}.parquet`);
    const occurred = rangeOf(batch, "occurredAt");
    const known = rangeOf(batch, "knownAt");
    await placeFile(join(folder, path), join(temporaryFolder, `${id}.parquet`), {
      write: (temporary) => parquet.write(temporary, specOf(table), batch),
      record: (fingerprint) =>
        catalogue.add({
          ...{ id, importId, table, source, subject, path, rows: batch.rows, ...fingerprint, isDistinct },
          ...{ occurredFrom: occurred.from, occurredTo: occurred.to },
          ...{ knownFrom: known.from, knownTo: known.to },
        }),
      before,
    });
  }

  #count(table: FactTable, { batch, repeated, corrected }: BatchNews): void {
    const tally = this.#tallies.get(table) ?? { added: 0, repeated: 0, corrected: 0 };
    this.#tallies.set(table, tally);
    tally.added += batch.rows;
    tally.repeated += repeated;
    tally.corrected += corrected;
  }
}

// About 60 MB of quotes; a file that tells session after session stays far below.
const MOST_PENDING = 400_000;

interface Group {
  readonly table: FactTable;
  readonly subject: string;
  readonly rows: GrowingBatch;
}

/** What of a batch is new, in columns. */
interface BatchNews extends Omit<News, "facts"> {
  readonly batch: Batch;
  readonly isDistinct: boolean;
}

/** Neighbours of one subject together. */
function runsOf(facts: readonly Facts[FactTable][], spec: TableSpec): readonly (readonly FactValues[])[] {
  const runs: FactValues[][] = [];
  let last: FactValues | undefined;
  for (const fact of facts) {
    const values = valuesOf(fact);
    if (last === undefined || !areOfOneSubject(last, values, spec)) runs.push([]);
    runs.at(-1)?.push(values);
    last = values;
  }
  return runs;
}

function specOf(table: FactTable): TableSpec {
  return TABLES[table] as unknown as TableSpec;
}
