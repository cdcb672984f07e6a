import type { DuckDBConnection, DuckDBVector } from "@duckdb/node-api";
import { type Batch, type ColumnData, NO_DATE } from "./batch.ts";
import { quoted } from "./parquet.ts";
import type { Column, TableSpec } from "./tables.ts";

/** Which versions of a fact to give of those known: the last, the first, or every one. */
export type Versions = "last" | "first" | "all";

/** What to read. */
export interface Query {
  /** Parquet files that may tell of one key several times, oldest first. */
  readonly paths: readonly string[];
  /** Files of facts whose keys are told once in all of the files, which saves looking for the last. */
  readonly distinctPaths?: readonly string[] | undefined;
  /** Facts known later are not there. */
  readonly asOf: number;
  /** SQL over the table's columns; every fact if left out. */
  readonly where?: string | undefined;
  /** Of a fact's versions the last that was known, if left out. */
  readonly versions?: Versions | undefined;
  /** Columns to read; all if left out. */
  readonly columns?: readonly string[] | undefined;
}

/** Reads facts as columns, in the order of the table's key. */
export async function readFacts(connection: DuckDBConnection, spec: TableSpec, query: Query): Promise<Batch> {
  const columns = spec.columns.filter(({ name }) => query.columns?.includes(name) ?? true);
  const facts = factsOf(spec, query);
  if (facts === undefined) return { rows: 0, columns: Object.fromEntries(columns.map(empty)) };
  const dictionaries = await labelsOf(connection, facts, columns);
  const selected = columns.map((column) => `${readable(column, dictionaries)} AS "${column.name}"`);
  const order = [...spec.key, "knownAt"].map((name) => `"${name}"`).join(", ");
  const reader = await connection.run(`SELECT ${selected.join(", ")} FROM (${facts}) ORDER BY ${order}`);
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

/**
 * SQL of the facts asked for; nothing where there are no files. A condition is put to the version that counts, so that it
 * cannot bring back one that was revised.
 */
function factsOf(spec: TableSpec, query: Query): string | undefined {
  const { paths, distinctPaths = [], asOf, where = "true", versions } = query;
  const known = `"knownAt" <= make_timestamp(CAST(${asOf} AS BIGINT))`;
  const parts = [
    distinctPaths.length === 0
      ? []
      : `SELECT * EXCLUDE filename FROM ${scanOf(distinctPaths)} WHERE ${known}`,
    paths.length === 0
      ? []
      : `SELECT * EXCLUDE filename FROM ${scanOf(paths)} WHERE ${known} ${onlyOf(spec, paths, versions)}`,
  ].flat();
  return parts.length === 0
    ? undefined
    : `SELECT * FROM (${parts.join(" UNION ALL BY NAME ")}) WHERE ${where}`;
}

function scanOf(paths: readonly string[]): string {
  return `read_parquet(${listOf(paths)}, union_by_name = true, filename = true)`;
}

/** Of one key and instant the fact written last counts. */
function onlyOf({ key }: TableSpec, paths: readonly string[], versions: Versions = "last"): string {
  if (versions === "all") return "";
  const age = `list_position(${listOf(paths)}, filename) DESC`;
  const order = versions === "first" ? `"knownAt", ${age}` : `"knownAt" DESC, ${age}`;
  const group = key.map((name) => `"${name}"`).join(", ");
  return `QUALIFY row_number() OVER (PARTITION BY ${group} ORDER BY ${order}) = 1`;
}

function listOf(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(", ")}]`;
}

type Values = Float64Array | Int32Array | string[];

async function labelsOf(
  connection: DuckDBConnection,
  facts: string,
  columns: readonly Column[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const labels = columns.filter(({ kind }) => kind === "label");
  if (labels.length === 0) return new Map();
  const names = labels.map(({ name }) => `"${name}"`).join(", ");
  const reader = await connection.runAndReadAll(`SELECT DISTINCT ${names} FROM (${facts})`);
  const rows = reader.getRows();
  return new Map(
    labels.map(({ name }, place) => {
      const texts = new Set(rows.map((row) => row[place]));
      const named = [...texts].filter((text) => typeof text === "string");
      return [name, named.toSorted((one, other) => (one < other ? -1 : 1))];
    }),
  );
}

/** What is missing is a number too: NULLs are read a bit at a time, with big integers. */
function readable({ name, kind }: Column, dictionaries: ReadonlyMap<string, readonly string[]>): string {
  switch (kind) {
    case "number":
      return `coalesce("${name}", 'NaN'::DOUBLE)`;
    case "instant":
      return `CAST(epoch_us("${name}") AS DOUBLE)`;
    case "date":
      return `coalesce("${name}" - DATE '1970-01-01', ${NO_DATE})`;
    case "label":
      return placeIn(dictionaries.get(name) ?? [], name);
    default:
      return `"${name}"`;
  }
}

/** Labels are few, and comparing with each is faster than a list. */
function placeIn(dictionary: readonly string[], name: string): string {
  const cases = dictionary.map((text, place) => `WHEN ${quoted(text)} THEN ${place}`);
  return cases.length === 0 ? "-1" : `CASE "${name}" ${cases.join(" ")} ELSE -1 END`;
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
