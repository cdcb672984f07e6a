import { Failure } from "@steward/model";
import { type CsvError, type Options, parse } from "csv-parse";
import type { Remark, Source } from "./format.ts";
import type { Row } from "./table.ts";

/** Rows of a table with a header, in parts of some thousands. */
export interface RowBatch {
  readonly rows: readonly Row[];
  /** Rows with too many or too few cells. */
  readonly remarks: readonly Remark[];
  readonly bytesRead: number;
}

/** How to read a table. */
export interface CsvOptions {
  /** Names of the columns from the cells of the header; throws a `Failure` where it is not the format's. */
  readonly columns: (header: readonly string[], line: number) => readonly string[];
  /** Whether a line is the header; lines before it are passed over. The first line, if left out. */
  readonly isHeader?: (cells: readonly string[]) => boolean;
  /** Whether rows may end in a single empty cell more than the header has. */
  readonly allowsTrailingComma?: boolean;
}

/**
 * Streams a comma-separated table, however large. A row of the wrong length is a remark; a table without its header throws
 * `data.malformed`.
 */
export async function* csvRows(source: Source, options: CsvOptions): AsyncGenerator<RowBatch> {
  const parser = parse(CSV);
  let bytesRead = 0;
  const pump = (async () => {
    try {
      for await (const chunk of source.bytes()) {
        bytesRead += chunk.length;
        if (!parser.write(chunk)) await drained(parser);
        if (parser.destroyed) return;
      }
      parser.end();
    } catch (error) {
      parser.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  })();

  let columns: readonly string[] | undefined;
  let rows: Row[] = [];
  let remarks: Remark[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      const line = info.lines;
      if (columns === undefined) {
        if (options.isHeader?.(record) ?? true) columns = options.columns(record, line);
        continue;
      }
      const cells = cellsOf(record, columns, options);
      if (cells === undefined) remarks.push(wrongLength(line, columns.length, record.length));
      else rows.push({ line, cells });
      if (rows.length + remarks.length >= BATCH) {
        yield { rows, remarks, bytesRead };
        rows = [];
        remarks = [];
      }
    }
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const { message } = cause as CsvError;
    throw new Failure("data.malformed", `${source.name}: expected a table, found ${message}`, {
      details: { path: source.name },
      cause,
    });
  } finally {
    parser.destroy();
    await pump;
  }
  if (columns === undefined) {
    const message = `${source.name}: expected a header, found none`;
    throw new Failure("data.malformed", message, { details: { path: source.name } });
  }
  yield { rows, remarks, bytesRead };
}

const CSV: Options = {
  bom: true,
  info: true,
  trim: true,
  skip_empty_lines: true,
  // What a row lacks or has too much, and stray quotes, are for the row's reader to refuse.
  relax_column_count: true,
  relax_quotes: true,
};

const BATCH = 4096;

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function cellsOf(
  record: readonly string[],
  columns: readonly string[],
  { allowsTrailingComma = false }: CsvOptions,
): Row["cells"] | undefined {
  const extra = record.length - columns.length;
  const isTrailing = allowsTrailingComma && extra === 1 && record.at(-1) === "";
  if (extra !== 0 && !isTrailing) return undefined;
  // Without a prototype no column name is special.
  const cells: Record<string, string> = Object.create(null);
  for (const [i, column] of columns.entries()) cells[column] = record[i] ?? "";
  return cells;
}

function wrongLength(line: number, expected: number, found: number): Remark {
  const message = `expected ${expected} cells, found ${found}`;
  return { line, rule: "table.row-length", outcome: "refused", message };
}

function drained(parser: NodeJS.EventEmitter): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      parser.off("drain", done).off("close", done).off("error", done);
      resolve();
    };
    parser.on("drain", done).on("close", done).on("error", done);
  });
}
