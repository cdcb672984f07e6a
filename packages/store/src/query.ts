import type { DuckDBConnection, DuckDBVector } from "@duckdb/node-api";
import { type Batch, type ColumnData, NO_DATE } from "./batch.ts";
import { quoted } from "./parquet.ts";
import type { Column, TableSpec } from "./tables.ts";

/** Which versions of a fact to give of those known: the last, the first, or every one. */
export type Versions = "last" | "first" | "all";

/** What to read. */
export interface Query {
  /** Parquet files, oldest first. */
  readonly paths: readonly string[];
  /** Facts known later are not there. */
  readonly asOf: number;
  /** SQL over the table's columns; every fact if left out. */
  readonly where?: string | undefined;
  /** Of a fact's versions the last that was known, if left out. */
  readonly versions?: Versions | undefined;
  /** Whether no two facts of the files have one key, which saves looking for the last. */
  readonly isDistinct?: boolean | undefined;
  /** Columns to read; all if left out. */
  readonly columns?: readonly string[] | undefined;
}

/** Reads facts as columns, in the order of the table's key. */
export async function readFacts(
  connection: DuckDBConnection,
  spec: TableSpec,
  { paths, asOf, where = "true", versions = "last", isDistinct = false, columns: wanted }: Query,
): Promise<Batch> {
  const columns = spec.columns.filter(({ name }) => wanted === undefined || wanted.includes(name));
  if (paths.length === 0) return { rows: 0, columns: Object.fromEntries(columns.map(empty)) };
  const known = `"knownAt" <= make_timestamp(CAST(${asOf} AS BIGINT)) AND (${where})`;
  const from = `read_parquet([${paths.map(quoted).join(", ")}], union_by_name = true, filename = true)`;
  const key = spec.key.map((name) => `"${name}"`).join(", ");
  // Of one key and instant the fact written last counts.
  const age = `list_position([${paths.map(quoted).join(", ")}], filename)`;
  const order = versions === "first" ? `"knownAt", ${age} DESC` : `"knownAt" DESC, ${age} DESC`;
  const isOnly = `row_number() OVER (PARTITION BY ${key} ORDER BY ${order}) = 1`;
  const onlyOne = versions === "all" || isDistinct ? "" : `QUALIFY ${isOnly}`;
  const facts = `SELECT * FROM ${from} WHERE ${known} ${onlyOne}`;
  const dictionaries = await labelsOf(connection, facts, columns);
  const selected = columns.map((column) => `${readable(column, dictionaries)} AS "${column.name}"`);
  const reader = await connection.run(
    `SELECT ${selected.join(", ")} FROM (${facts}) ORDER BY ${key}, "knownAt"`,
  );
  const chunks = await reader.fetchAllChunks();
  const rows = chunks.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const batch = columns.map(({ name, kind }, place) => {
    const values = emptyValues(kind, rows);
    let offset = 0;
    for (const chunk of chunks) {
      copy(chunk.getColumnVector(place), values, { kind, offset, count: chunk.rowCount });
      offset += chunk.rowCount;
    }
    return [name, columnOf(kind, values, dictionaries.get(name) ?? [])] as const;
  });
  return { rows, columns: Object.fromEntries(batch) };
}

type Values = Float64Array | Int32Array | string[];

async function labelsOf(
  connection: DuckDBConnection,
  facts: string,
  columns: readonly Column[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const labels = columns.filter(({ kind }) => kind === "label");
  if (labels.length === 0) return new Map();
  const lists = labels.map(({ name }) => `list_sort(list(DISTINCT "${name}")) AS "${name}"`);
  const reader = await connection.runAndReadAll(`SELECT ${lists.join(", ")} FROM (${facts})`);
  const [row] = reader.getRowObjectsJson();
  return new Map(
    labels.map(({ name }) => {
      const list = row?.[name];
      return [name, Array.isArray(list) ? list.filter((text) => typeof text === "string") : []];
    }),
  );
}

function readable({ name, kind }: Column, dictionaries: ReadonlyMap<string, readonly string[]>): string {
  switch (kind) {
    case "instant":
      return `CAST(epoch_us("${name}") AS DOUBLE)`;
    case "date":
      return `"${name}" - DATE '1970-01-01'`;
    case "label": {
      const dictionary = (dictionaries.get(name) ?? []).map(quoted).join(", ");
      return `CAST(coalesce(list_position([${dictionary}]::VARCHAR[], "${name}"), 0) - 1 AS INTEGER)`;
    }
    default:
      return `"${name}"`;
  }
}

function emptyValues(kind: Column["kind"], rows: number): Values {
  switch (kind) {
    case "number":
    case "instant":
      return new Float64Array(rows);
    case "text":
      return Array.from({ length: rows }, () => "");
    default:
      return new Int32Array(rows);
  }
}

interface Place {
  readonly kind: Column["kind"];
  readonly offset: number;
  readonly count: number;
}

function copy(vector: DuckDBVector, values: Values, { kind, offset, count }: Place): void {
  if (Array.isArray(values)) {
    for (let i = 0; i < count; i++) values[offset + i] = String(vector.getItem(i) ?? "");
    return;
  }
  const missing = kind === "date" ? NO_DATE : Number.NaN;
  for (let i = 0; i < count; i++) {
    const item = vector.getItem(i);
    values[offset + i] = item === null ? missing : Number(item);
  }
}

function columnOf(kind: Column["kind"], values: Values, dictionary: readonly string[]): ColumnData {
  if (Array.isArray(values)) return { kind: "text", values };
  if (values instanceof Float64Array) {
    return { kind: kind === "instant" ? "instant" : "number", values };
  }
  return kind === "label"
    ? { kind, values, dictionary }
    : { kind: kind === "date" ? "date" : "integer", values };
}

function empty({ name, kind }: Column): readonly [string, ColumnData] {
  return [name, columnOf(kind, emptyValues(kind, 0), [])];
}
