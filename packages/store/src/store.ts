import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { type Download, type Facts, type FactTable, Failure, type Instant } from "@steward/model";
import { type Batch, factsOf } from "./batch.ts";
import { Catalogue, type ImportRecord, type Partition } from "./catalogue.ts";
import type { BeforeStep } from "./disk.ts";
import { type ParquetWriter, parquetWriter } from "./parquet.ts";
import { type Query, readFacts, type Versions } from "./query.ts";
import { TABLES, type TableSpec } from "./tables.ts";
import { FactWriter, type Tally } from "./writer.ts";

/** What is being imported. */
export interface ImportInfo {
  /** Whose facts they are: `cboe`, `yahoo`. Facts of one source are compared with each other only. */
  readonly source: string;
  readonly format: string;
  /** File or address. */
  readonly name: string;
  readonly now: Instant;
}

/** What an import left behind. */
export interface ImportResult {
  readonly id: number;
  readonly tallies: ReadonlyMap<FactTable, Readonly<Tally>>;
}

/** How to open a store. */
export interface StoreSettings {
  /** Called before every step of a write. */
  readonly before?: BeforeStep | undefined;
  /** Megabytes that the query engine may take. */
  readonly memory?: number | undefined;
}

/** What of a subject to read. */
export interface Selection {
  /** The instant whose knowledge is asked for; nothing known later is given. */
  readonly asOf: Instant;
  /** Of this source alone; of all that hold the subject, if left out. */
  readonly source?: string | undefined;
  /** SQL over the table's columns. */
  readonly where?: string | undefined;
  /** Of a fact's versions the last known, if left out. */
  readonly versions?: Versions | undefined;
  readonly columns?: readonly string[] | undefined;
}

/**
 * Market facts in a folder: immutable Parquet files under a catalogue. One process writes at a time, any number read, and
 * every read names the instant whose knowledge it wants.
 */
export class MarketStore {
  readonly folder: string;
  readonly #catalogue: Catalogue;
  readonly #connection: DuckDBConnection;
  readonly #parquet: ParquetWriter;
  readonly #before: BeforeStep;

  private constructor(folder: string, connection: DuckDBConnection, before: BeforeStep) {
    this.folder = folder;
    this.#catalogue = new Catalogue(join(folder, "catalogue.sqlite"));
    this.#connection = connection;
    this.#parquet = parquetWriter(connection);
    this.#before = before;
  }

  /** Opens the store of a folder, or makes one. Fails with `store.unusable` where the folder or its catalogue cannot be used. */
  static async open(
    folder: string,
    { before = () => {}, memory = 1024 }: StoreSettings = {},
  ): Promise<MarketStore> {
    try {
      mkdirSync(folder, { recursive: true });
      const instance = await DuckDBInstance.create(":memory:", { threads: "2", memory_limit: `${memory}MB` });
      return new MarketStore(folder, await instance.connect(), before);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new Failure("store.unusable", `cannot use the store in ${folder}: ${message}`, {
        details: { path: folder },
        cause,
      });
    }
  }

  close(): void {
    this.#connection.closeSync();
    this.#catalogue.close();
  }

  /**
   * Takes in what `work` appends, all of it or nothing: until `work` returns the text of its report, no reader sees a fact of
   * it. What an import that was broken off has left is taken away by the next.
   */
  async import(
    info: ImportInfo,
    work: (writer: FactWriter) => Promise<{ readonly contentHash: string; readonly report: string }>,
  ): Promise<ImportResult> {
    const temporaryFolder = join(this.folder, "tmp", String(process.pid));
    const holder = this.#catalogue.claim(process.pid, isAlive);
    if (holder !== undefined) {
      const message = `process ${holder} is writing to ${this.folder}; wait until it is done, or end it`;
      throw new Failure("store.busy", message, { details: { path: this.folder, process: holder } });
    }
    try {
      this.#clearLeftovers();
      const importId = this.#catalogue.begin({ ...info, startedAt: info.now });
      const writer = new FactWriter({
        folder: this.folder,
        connection: this.#connection,
        parquet: this.#parquet,
        catalogue: this.#catalogue,
        importId,
        source: info.source,
        now: info.now,
        temporaryFolder,
        before: this.#before,
      });
      const { contentHash, report } = await work(writer);
      const tallies = await writer.flush();
      this.#before("finish");
      this.#catalogue.finish(importId, contentHash, report);
      return { id: importId, tallies };
    } finally {
      rmSync(temporaryFolder, { recursive: true, force: true });
      this.#catalogue.release(process.pid);
    }
  }

  /** What processes have left that ended in the middle of an import: files half-written, and files that nobody sees. */
  #clearLeftovers(): void {
    const folder = join(this.folder, "tmp");
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      if (!isAlive(Number(name))) rmSync(join(folder, name), { recursive: true, force: true });
    }
    for (const { path } of this.#catalogue.unfinished()) rmSync(join(this.folder, path), { force: true });
    this.#catalogue.forgetUnfinished();
  }

  /** The import that brought this very content, if any did. */
  importOf(contentHash: string, source: string, format: string): ImportRecord | undefined {
    return this.#catalogue.importOf(contentHash, source, format);
  }

  imports(): readonly ImportRecord[] {
    return this.#catalogue.imports();
  }

  downloads(): readonly Download[] {
    return this.#catalogue.downloads();
  }

  /** To be called once the import of the content is finished: a crash in between costs a repeated download, no fact. */
  noteDownload(download: Download): void {
    this.#catalogue.noteDownload(download);
  }

  partitions(table?: FactTable): readonly Partition[] {
    return this.#catalogue.partitions(table);
  }

  /** Partitions of a subject that hold anything known at an instant, oldest first. */
  partitionsOf(table: FactTable, subject: string, asOf: Instant): readonly Partition[] {
    return this.#catalogue.partitionsOf(table, subject, asOf);
  }

  /** Facts of a subject as columns, in the order of the table's key. */
  async columns(table: FactTable, subject: string, selection: Selection): Promise<Batch> {
    const held = this.partitionsOf(table, subject, selection.asOf).filter(
      ({ source }) => selection.source === undefined || source === selection.source,
    );
    return await this.#read(table, held, selection);
  }

  /** Facts of several partitions as columns. */
  async columnsOf(table: FactTable, partitions: readonly Partition[], selection: Selection): Promise<Batch> {
    return await this.#read(table, partitions, selection);
  }

  /** Facts of a subject, in the order of the table's key. */
  async facts<Table extends FactTable>(
    table: Table,
    subject: string,
    selection: Selection,
  ): Promise<readonly Facts[Table][]> {
    return factsOf(await this.columns(table, subject, selection)) as unknown as readonly Facts[Table][];
  }

  async #read(table: FactTable, held: readonly Partition[], selection: Selection): Promise<Batch> {
    const bySubject = Map.groupBy(held, ({ subject }) => subject);
    const isAlone = ({ subject, isDistinct }: Partition): boolean => {
      return isDistinct && bySubject.get(subject)?.length === 1;
    };
    const pathsOf = (partitions: readonly Partition[]): readonly string[] => {
      return partitions.map(({ path }) => join(this.folder, path));
    };
    const query: Query = {
      paths: pathsOf(held.filter((partition) => !isAlone(partition))),
      distinctPaths: pathsOf(held.filter(isAlone)),
      asOf: selection.asOf,
      where: selection.where,
      versions: selection.versions,
      columns: selection.columns,
    };
    return await readFacts(this.#connection, TABLES[table] as unknown as TableSpec, query);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** SHA-256 of a content that comes in parts, for `ImportRecord.contentHash`. */
export function contentHasher(): {
  readonly add: (bytes: Uint8Array) => void;
  readonly digest: () => string;
} {
  const hash = createHash("sha256");
  return { add: (bytes) => hash.update(bytes), digest: () => hash.digest("hex") };
}
