import { Failure, fromDayNumber } from "@steward/model";
import { type AsyncBuffer, type ParquetParsers, parquetScan } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { RowBatch } from "./csv-rows.ts";
import type { Source } from "./format.ts";
import { checkPages } from "./parquet-pages.ts";
import type { Row } from "./table.ts";

/** How to read a Parquet file. */
export interface ParquetOptions {
  /** Columns without which it is not the format. */
  readonly required: readonly string[];
  /** Columns that are read where the file has them. */
  readonly optional: readonly string[];
}

/**
 * Reads a Parquet file as rows of texts, in parts of some thousands; a row's line is its number. The file is held in memory,
 * since its index stands at its end, and one group of rows at a time is unpacked. Fails with `data.malformed` where it is no
 * such file.
 */
export async function* parquetRows(source: Source, options: ParquetOptions): AsyncGenerator<RowBatch> {
  const whole = await bytesOf(source);
  const file: AsyncBuffer = {
    byteLength: whole.length,
    slice: (start, end) => whole.buffer.slice(start, end),
  };
  try {
    const scan = await parquetScan({ file, compressors, parsers: PARSERS });
    const names = new Set(scan.metadata.schema.map(({ name }) => name));
    const missing = options.required.filter((name) => !names.has(name));
    if (missing.length > 0)
      throw notThis(source, `the columns ${options.required.join(", ")}`, [...names].join(", "));

    const wanted = [...options.required, ...options.optional.filter((name) => names.has(name))];
    checkPages(whole, scan.metadata, wanted);
    const total = Number(scan.metadata.num_rows);
    for (const { rowStart, rowEnd } of scan.ranges) {
      const columns = new Map<string, ArrayLike<unknown>>();
      for (const column of wanted) columns.set(column, await scan.readColumn({ column, rowStart, rowEnd }));
      for (let start = rowStart; start < rowEnd; start += BATCH) {
        const end = Math.min(start + BATCH, rowEnd);
        const rows = rowsOf(columns, { start: start - rowStart, end: end - rowStart, first: start + 1 });
        yield { rows, remarks: [], bytesRead: Math.round((file.byteLength * end) / total) };
      }
    }
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw notThis(
      source,
      "a whole Parquet file",
      cause instanceof Error ? cause.message : String(cause),
      cause,
    );
  }
}

const BATCH = 4096;
/** What a file may hold: the largest that is known, of all years of SPY, is well under it. */
const MAX_BYTES = 1.5 * 1024 ** 3;

async function bytesOf(source: Source): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source.bytes()) {
    size += chunk.length;
    if (size > MAX_BYTES) throw notThis(source, `a file of up to ${MAX_BYTES} bytes`, "a larger one");
    parts.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

interface Part {
  readonly start: number;
  readonly end: number;
  /** Number of the row at `start` in the file. */
  readonly first: number;
}

function rowsOf(
  columns: ReadonlyMap<string, ArrayLike<unknown>>,
  { start, end, first }: Part,
): readonly Row[] {
  const rows: Row[] = [];
  for (let i = start; i < end; i += 1) {
    const cells: Record<string, string> = Object.create(null);
    for (const [name, values] of columns) cells[name] = textOf(values[i]);
    rows.push({ line: first + i - start, cells });
  }
  return rows;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value.trim() : String(value);
}

const DAY_MS = 86_400_000;

/** Dates as texts, and instants by their date alone: the tables read here are dated by the day. */
const PARSERS: Partial<ParquetParsers> = {
  dateFromDays: dayText,
  timestampFromMilliseconds: (millis) => dayText(Math.floor(Number(millis) / DAY_MS)),
  timestampFromMicroseconds: (micros) => dayText(Math.floor(Number(micros) / (DAY_MS * 1000))),
  timestampFromNanoseconds: (nanos) => dayText(Math.floor(Number(nanos) / (DAY_MS * 1e6))),
};

function dayText(dayNumber: number): string {
  const isInRange = Number.isInteger(dayNumber) && Math.abs(dayNumber) < 700_000;
  return isInRange ? fromDayNumber(dayNumber) : String(dayNumber);
}

function notThis({ name }: Source, expected: string, found: string, cause?: unknown): Failure {
  const message = `${name}: expected ${expected}, found ${found.slice(0, 200)}`;
  return new Failure("data.malformed", message, { details: { path: name }, cause });
}
