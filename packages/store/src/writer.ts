import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Facts, FactTable, Instant } from "@steward/model";
import { batchOf, contentId, factsOf, rangeOf } from "./batch.ts";
import type { Catalogue } from "./catalogue.ts";
import { type BeforeStep, fingerprintOf, placeFile } from "./disk.ts";
import { newsOf } from "./news.ts";
import { writeParquet } from "./parquet.ts";
import { readFacts } from "./query.ts";
import { type FactValues, keyOf, TABLES, type TableSpec, valuesOf } from "./tables.ts";

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
    for (const fact of facts) {
      const subject = TABLES[table].subjectOf(fact);
      const name = `${table}/${subject}`;
      const group = this.#pending.get(name) ?? { table, subject, facts: [] };
      this.#pending.set(name, group);
      group.facts.push(valuesOf(fact));
    }
    this.#pendingRows += facts.length;
    while (this.#pendingRows > MOST_PENDING) await this.#flushOldest();
  }

  /** Writes what is pending. */
  async flush(): Promise<ReadonlyMap<FactTable, Readonly<Tally>>> {
    while (this.#pending.size > 0) await this.#flushOldest();
    return this.#tallies;
  }

  async #flushOldest(): Promise<void> {
    const [oldest] = this.#pending;
    if (oldest === undefined) return;
    const [name, group] = oldest;
    this.#pending.delete(name);
    this.#pendingRows -= group.facts.length;
    await this.#write(group);
  }

  async #write({ table, subject, facts }: Group): Promise<void> {
    const { folder, connection, catalogue, importId, source, now, temporaryFolder, before } = this.#context;
    const spec: TableSpec = TABLES[table] as unknown as TableSpec;
    const stored = catalogue
      .partitionsOf(table, subject, Number.MAX_SAFE_INTEGER)
      .filter((partition) => partition.source === source);
    const paths = stored.map(({ path }) => join(folder, path));
    const held = await readFacts(connection, spec, { paths, asOf: Number.MAX_SAFE_INTEGER, versions: "all" });
    const news = newsOf(facts, factsOf(held), { spec, now });
    this.#count(table, news);
    if (news.facts.length === 0) return;

    const batch = batchOf(news.facts, spec);
    const id = contentId([table, source, subject], batch);
    const path = join(table, source, subject, `${id}.parquet`);
    const target = join(folder, path);
    await placeFile(target, join(temporaryFolder, `${id}.parquet`), {
      write: (temporary) => writeParquet(connection, temporary, { spec, batch }),
      before,
    });
    const occurred = rangeOf(batch, "occurredAt");
    const known = rangeOf(batch, "knownAt");
    before("record");
    catalogue.add({
      id,
      importId,
      table,
      source,
      subject,
      path,
      rows: batch.rows,
      ...(await fingerprintOf(target)),
      isDistinct: areDistinct(news.facts, spec),
      occurredFrom: occurred.from,
      occurredTo: occurred.to,
      knownFrom: known.from,
      knownTo: known.to,
    });
  }

  #count(table: FactTable, news: ReturnType<typeof newsOf>): void {
    const tally = this.#tallies.get(table) ?? { added: 0, repeated: 0, corrected: 0 };
    this.#tallies.set(table, tally);
    tally.added += news.facts.length;
    tally.repeated += news.repeated;
    tally.corrected += news.corrected;
  }
}

// About 400 MB of rows; a file that tells session after session stays far below.
const MOST_PENDING = 400_000;

interface Group {
  readonly table: FactTable;
  readonly subject: string;
  readonly facts: FactValues[];
}

function areDistinct(facts: readonly FactValues[], spec: TableSpec): boolean {
  return new Set(facts.map((fact) => keyOf(fact, spec))).size === facts.length;
}
