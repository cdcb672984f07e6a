import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { assert, type Download, type FactTable, type Instant, InvariantError } from "@steward/model";

/** One immutable Parquet file of facts of one table, source and subject. */
export interface Partition {
  /** Hash of table, source, subject and content. */
  readonly id: string;
  readonly importId: number;
  readonly table: FactTable;
  readonly source: string;
  readonly subject: string;
  /** Under the store's folder. */
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  /** Whether no two of its facts have one key. */
  readonly isDistinct: boolean;
  readonly occurredFrom: number;
  readonly occurredTo: number;
  readonly knownFrom: number;
  readonly knownTo: number;
}

/** One reading of a file or a download. */
export interface ImportRecord {
  readonly id: number;
  readonly source: string;
  readonly format: string;
  /** File or address. */
  readonly name: string;
  /** SHA-256 of the unpacked content; empty until all of it has been read. */
  readonly contentHash: string;
  readonly startedAt: Instant;
  readonly state: "running" | "done";
  /** What was taken and what was not, as JSON. */
  readonly report: string;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS imports (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    format TEXT NOT NULL,
    name TEXT NOT NULL,
    content_hash TEXT NOT NULL DEFAULT '',
    started_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done')),
    report TEXT NOT NULL DEFAULT '{}'
  ) STRICT;
  CREATE TABLE IF NOT EXISTS partitions (
    id TEXT PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports (id),
    table_name TEXT NOT NULL,
    source TEXT NOT NULL,
    subject TEXT NOT NULL,
    path TEXT NOT NULL,
    rows INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    is_distinct INTEGER NOT NULL,
    occurred_from INTEGER NOT NULL,
    occurred_to INTEGER NOT NULL,
    known_from INTEGER NOT NULL,
    known_to INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS partitions_by_subject ON partitions (table_name, subject, source);
  CREATE INDEX IF NOT EXISTS imports_by_content ON imports (content_hash);
  CREATE TABLE IF NOT EXISTS downloads (
    address TEXT PRIMARY KEY,
    feed TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    bytes INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    is_final INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS writer (only INTEGER PRIMARY KEY CHECK (only = 1), pid INTEGER NOT NULL) STRICT;
  PRAGMA user_version = 1;
`;

/** Partitions of a finished import are facts; those of one under way, or broken off, are not. */
const VISIBLE = "import_id IN (SELECT id FROM imports WHERE state = 'done')";

/** What the store holds and how it came there. Every change is one transaction, on disk when it returns. */
export class Catalogue {
  readonly #database: DatabaseSync;

  constructor(path: string) {
    this.#database = new DatabaseSync(path, { timeout: BUSY_MILLISECONDS });
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
    this.#database.exec(SCHEMA);
  }

  close(): void {
    this.#database.close();
  }

  /** Becomes the only writer, or tells which living process is. */
  claim(pid: number, isAlive: (pid: number) => boolean): number | undefined {
    return this.#transaction(() => {
      const holder = this.#database.prepare("SELECT pid FROM writer").get()?.["pid"];
      if (typeof holder === "number" && holder !== pid && isAlive(holder)) return holder;
      this.#database.prepare("INSERT OR REPLACE INTO writer (only, pid) VALUES (1, ?)").run(pid);
      return undefined;
    });
  }

  release(pid: number): void {
    this.#database.prepare("DELETE FROM writer WHERE pid = ?").run(pid);
  }

  begin(record: Omit<ImportRecord, "id" | "contentHash" | "state" | "report">): number {
    const { source, format, name, startedAt } = record;
    const { lastInsertRowid } = this.#database
      .prepare("INSERT INTO imports (source, format, name, started_at, state) VALUES (?, ?, ?, ?, 'running')")
      .run(source, format, name, startedAt);
    return Number(lastInsertRowid);
  }

  /** Adds a partition to its import. */
  add(partition: Partition): void {
    const { isDistinct, table, ...rest } = partition;
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO partitions VALUES (:id, :importId, :table, :source, :subject, :path, :rows, :bytes, :sha256,
          :isDistinct, :occurredFrom, :occurredTo, :knownFrom, :knownTo)`,
      )
      .run({ ...rest, table, isDistinct: isDistinct ? 1 : 0 });
  }

  /** Makes all of an import visible at once. */
  finish(importId: number, contentHash: string, report: string): void {
    const { changes } = this.#database
      .prepare("UPDATE imports SET state = 'done', content_hash = ?, report = ? WHERE id = ?")
      .run(contentHash, report, importId);
    assert(changes === 1, "an import that ends is one that the catalogue knows");
  }

  /** Partitions of imports that were broken off. */
  unfinished(): readonly Partition[] {
    return this.#partitions(`NOT ${VISIBLE}`);
  }

  /** Forgets the imports that were broken off, once their files are gone. */
  forgetUnfinished(): void {
    this.#transaction(() => {
      this.#database.exec(`DELETE FROM partitions WHERE NOT ${VISIBLE}`);
      this.#database.exec("DELETE FROM imports WHERE state = 'running'");
    });
  }

  /** A finished import of the same content into the same source by the same format. */
  importOf(contentHash: string, source: string, format: string): ImportRecord | undefined {
    const row = this.#database
      .prepare(
        "SELECT * FROM imports WHERE content_hash = ? AND source = ? AND format = ? AND state = 'done'",
      )
      .get(contentHash, source, format);
    return row === undefined ? undefined : importFrom(row);
  }

  imports(): readonly ImportRecord[] {
    const rows = this.#database.prepare("SELECT * FROM imports WHERE state = 'done' ORDER BY id").all();
    return rows.map(importFrom);
  }

  /** The last answer of every address that was ever asked. */
  downloads(): readonly Download[] {
    return this.#database.prepare("SELECT * FROM downloads ORDER BY address").all().map(downloadFrom);
  }

  /** Remembers an answer; what its content brought is in the catalogue already. */
  noteDownload({ etag, lastModified, isFinal, ...rest }: Download): void {
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO downloads (address, feed, etag, last_modified, bytes, fetched_at, is_final)
        VALUES (:address, :feed, :etag, :lastModified, :bytes, :fetchedAt, :isFinal)`,
      )
      .run({ ...rest, etag: etag ?? null, lastModified: lastModified ?? null, isFinal: isFinal ? 1 : 0 });
  }

  /** All partitions, or those of a table, oldest first. */
  partitions(table?: FactTable): readonly Partition[] {
    return table === undefined
      ? this.#partitions(VISIBLE)
      : this.#partitions(`${VISIBLE} AND table_name = ?`, table);
  }

  /** Partitions of a subject that hold anything known at an instant, oldest first. */
  partitionsOf(table: FactTable, subject: string, asOf: number): readonly Partition[] {
    return this.#partitions(
      `${VISIBLE} AND table_name = ? AND subject = ? AND known_from <= ?`,
      table,
      subject,
      Math.min(asOf, Number.MAX_SAFE_INTEGER),
    );
  }

  /** What an import compares the facts of a subject with: those of finished imports, and those that it has written itself. */
  partitionsFor(
    importId: number,
    { table, source, subject }: Pick<Partition, "table" | "source" | "subject">,
  ): readonly Partition[] {
    return this.#partitions(
      `(${VISIBLE} OR import_id = ?) AND table_name = ? AND source = ? AND subject = ?`,
      ...[importId, table, source, subject],
    );
  }

  #partitions(where: string, ...values: readonly (string | number)[]): readonly Partition[] {
    const sql = `SELECT * FROM partitions WHERE ${where} ORDER BY import_id, rowid`;
    return this.#database
      .prepare(sql)
      .all(...values)
      .map(partitionFrom);
  }

  #transaction<Result>(work: () => Result): Result {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }
}

const BUSY_MILLISECONDS = 5000;

type SqlRow = Record<string, SQLOutputValue>;

function partitionFrom(row: SqlRow): Partition {
  return {
    id: text(row, "id"),
    importId: number(row, "import_id"),
    table: text(row, "table_name") as FactTable,
    source: text(row, "source"),
    subject: text(row, "subject"),
    path: text(row, "path"),
    rows: number(row, "rows"),
    bytes: number(row, "bytes"),
    sha256: text(row, "sha256"),
    isDistinct: number(row, "is_distinct") === 1,
    occurredFrom: number(row, "occurred_from"),
    occurredTo: number(row, "occurred_to"),
    knownFrom: number(row, "known_from"),
    knownTo: number(row, "known_to"),
  };
}

function importFrom(row: SqlRow): ImportRecord {
  return {
    id: number(row, "id"),
    source: text(row, "source"),
    format: text(row, "format"),
    name: text(row, "name"),
    contentHash: text(row, "content_hash"),
    startedAt: number(row, "started_at") as Instant,
    state: text(row, "state") === "done" ? "done" : "running",
    report: text(row, "report"),
  };
}

function downloadFrom(row: SqlRow): Download {
  return {
    address: text(row, "address"),
    feed: text(row, "feed"),
    etag: row["etag"] === null ? undefined : text(row, "etag"),
    lastModified: row["last_modified"] === null ? undefined : text(row, "last_modified"),
    bytes: number(row, "bytes"),
    fetchedAt: number(row, "fetched_at") as Instant,
    isFinal: number(row, "is_final") === 1,
  };
}

function text(row: SqlRow, column: string): string {
  const value = row[column];
  if (typeof value === "string") return value;
  throw new InvariantError(`the catalogue's ${column} is a text`);
}

function number(row: SqlRow, column: string): number {
  const value = row[column];
  if (typeof value === "number") return value;
  throw new InvariantError(`the catalogue's ${column} is a number`);
}
