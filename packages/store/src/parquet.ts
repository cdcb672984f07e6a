import {
  DOUBLE,
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBTableFunction,
  type DuckDBType,
  INTEGER,
  VARCHAR,
} from "@duckdb/node-api";
import { type Batch, type ColumnData, NO_DATE } from "./batch.ts";
import type { Column, ColumnKind, TableSpec } from "./tables.ts";

/** Writes batches as Parquet files, one at a time. */
export interface ParquetWriter {
  readonly write: (path: string, spec: TableSpec, batch: Batch) => Promise<void>;
}

/**
 * A writer on a connection. DuckDB takes the columns as plain numbers from a function of ours, without a table in between,
 * and turns them into dates, instants and texts itself: values of those kinds made in JavaScript are many times slower.
 */
export function parquetWriter(connection: DuckDBConnection): ParquetWriter {
  let taken: Taken | undefined;
  const scan = DuckDBTableFunction.create({
    name: SCAN,
    bindFunction: (info) => {
      for (const { name, kind } of taken?.columns ?? []) info.addResultColumn(name, STAGED[kind]);
      info.setCardinality(taken?.rows ?? 0, true);
    },
    // In order, hence on one thread.
    initFunction: (info) => info.setMaxThreads(1),
    mainFunction: (_, chunk) => {
      if (taken !== undefined) take(taken, chunk);
    },
  });
  connection.registerTableFunction(scan);
  return {
    write: async (path, { columns }, batch) => {
      taken = { columns, rows: batch.rows, data: columns.map(({ name }) => batch.columns[name]), from: 0 };
      const selected = columns.map((column) => `${stored(column, batch)} AS "${column.name}"`).join(", ");
      await connection.run(`COPY (SELECT ${selected} FROM ${SCAN}()) TO ${quoted(path)} (${SETTINGS})`);
    },
  };
}

const SCAN = "steward_batch";
// The first level of compression costs 3 % of space and saves a tenth of the time of an append.
const SETTINGS = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880";
const CHUNK = 2048;

const STAGED: Readonly<Record<ColumnKind, DuckDBType>> = {
  number: DOUBLE,
  instant: DOUBLE,
  integer: INTEGER,
  date: INTEGER,
  label: INTEGER,
  text: VARCHAR,
};

/** A batch on its way, and how many rows of it have gone. */
interface Taken {
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly data: readonly (ColumnData | undefined)[];
  from: number;
}

/** The next rows; a chunk of none is the end. */
function take(taken: Taken, chunk: DuckDBDataChunk): void {
  const { data, rows, from } = taken;
  const count = Math.min(CHUNK, rows - from);
  chunk.rowCount = count;
  if (count === 0) return;
  for (const [place, column] of data.entries()) {
    const vector = chunk.getColumnVector(place);
    const values = column?.values ?? [];
    for (let i = 0; i < count; i++) vector.setItem(i, values[from + i] ?? null);
    vector.flush();
  }
  taken.from += count;
}

/** What is missing becomes NULL here: the binding writes it a bit at a time, with big integers. */
function stored({ name, kind }: Column, { columns }: Batch): string {
  const column = columns[name];
  switch (kind) {
    case "number":
      return `nullif("${name}", 'NaN'::DOUBLE)`;
    case "instant":
      return `make_timestamp(CAST("${name}" AS BIGINT))`;
    case "date":
      return `DATE '1970-01-01' + nullif("${name}", ${NO_DATE})`;
    case "label":
      return labelled(name, column?.kind === "label" ? column.dictionary : []);
    case "text":
      return `nullif("${name}", '')`;
    default:
      return `"${name}"`;
  }
}

/** Labels are few, and comparing with each is faster than a list. */
function labelled(name: string, dictionary: readonly string[]): string {
  const cases = dictionary.map((text, place) => `WHEN ${place} THEN ${quoted(text)}`);
  return cases.length === 0 ? "NULL" : `nullif(CASE "${name}" ${cases.join(" ")} END, '')`;
}

/** A text as SQL writes it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
