import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  INTEGER,
  VARCHAR,
} from "@duckdb/node-api";
import type { Batch, ColumnData } from "./batch.ts";
import { NO_DATE } from "./batch.ts";
import type { Column, ColumnKind, TableSpec } from "./tables.ts";

/**
 * Writes a batch as a Parquet file. Columns pass through a table of plain numbers, which DuckDB turns into dates, instants
 * and texts itself: values of those kinds made in JavaScript are many times slower.
 */
export async function writeParquet(
  connection: DuckDBConnection,
  path: string,
  { spec, batch }: { readonly spec: TableSpec; readonly batch: Batch },
): Promise<void> {
  const staged = spec.columns.map(({ name, kind }) => `"${name}" ${STAGED[kind].sql}`);
  await connection.run(`CREATE OR REPLACE TEMP TABLE staging (${staged.join(", ")})`);
  const appender = await connection.createAppender("staging");
  const types = spec.columns.map(({ kind }) => STAGED[kind].type);
  for (let from = 0; from < batch.rows; from += CHUNK) {
    const count = Math.min(CHUNK, batch.rows - from);
    const chunk = DuckDBDataChunk.create(types, count);
    for (const [place, { name }] of spec.columns.entries()) {
      const column = batch.columns[name];
      if (column !== undefined) fill(chunk, place, { column, from, count });
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  const selected = spec.columns.map((column) => `${unstaged(column, batch)} AS "${column.name}"`);
  const settings = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880";
  await connection.run(`COPY (SELECT ${selected.join(", ")} FROM staging) TO ${quoted(path)} (${settings})`);
  await connection.run("DROP TABLE staging");
}

const CHUNK = 2048;

const STAGED: Readonly<Record<ColumnKind, { readonly sql: string; readonly type: DuckDBType }>> = {
  number: { sql: "DOUBLE", type: DOUBLE },
  instant: { sql: "DOUBLE", type: DOUBLE },
  integer: { sql: "INTEGER", type: INTEGER },
  date: { sql: "INTEGER", type: INTEGER },
  label: { sql: "INTEGER", type: INTEGER },
  text: { sql: "VARCHAR", type: VARCHAR },
};

interface Part {
  readonly column: ColumnData;
  readonly from: number;
  readonly count: number;
}

function fill(chunk: DuckDBDataChunk, place: number, { column, from, count }: Part): void {
  const vector = chunk.getColumnVector(place);
  for (let i = 0; i < count; i++) vector.setItem(i, storedValue(column, from + i));
  vector.flush();
}

function storedValue(column: ColumnData, i: number): number | string | null {
  const value = column.values[i];
  if (value === undefined || value === "" || Number.isNaN(value)) return null;
  return column.kind === "date" && value === NO_DATE ? null : value;
}

function unstaged({ name, kind }: Column, { columns }: Batch): string {
  const column = columns[name];
  switch (kind) {
    case "instant":
      return `make_timestamp(CAST("${name}" AS BIGINT))`;
    case "date":
      return `DATE '1970-01-01' + "${name}"`;
    case "label": {
      const dictionary = column?.kind === "label" ? column.dictionary : [];
      return `nullif([${dictionary.map(quoted).join(", ")}]["${name}" + 1], '')`;
    }
    default:
      return `"${name}"`;
  }
}

/** A text as SQL writes it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
