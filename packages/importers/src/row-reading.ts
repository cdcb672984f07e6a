import { Failure } from "@steward/model";
import { type CsvOptions, csvRows, type RowBatch } from "./csv-rows.ts";
import type { Parsed, ParsedBatch, Remark, Source } from "./format.ts";
import { type Row, readNumber } from "./table.ts";

/** What one row of a table comes to: one fact, several, none, or a remark why not. */
export type RowOutcome = Parsed | Remark | readonly (Parsed | Remark)[];

/** Streams a table through a reader of its rows. A row whose reader fails with `data.malformed` becomes a remark. */
export async function* readRows(
  source: Source,
  options: CsvOptions,
  readRow: (row: Row) => RowOutcome,
): AsyncGenerator<ParsedBatch> {
  for await (const batch of csvRows(source, options)) yield parseRows(batch, readRow);
}

/** A part of a table through a reader of its rows. */
export function parseRows(batch: RowBatch, readRow: (row: Row) => RowOutcome): ParsedBatch {
  const facts: Parsed[] = [];
  const remarks: Remark[] = [...batch.remarks];
  for (const row of batch.rows) {
    for (const outcome of outcomesOf(row, readRow)) {
      if ("fact" in outcome) facts.push(outcome);
      else remarks.push(outcome);
    }
  }
  return { facts, remarks, bytesRead: batch.bytesRead };
}

/** What a reader makes of a row; where it fails with `data.malformed`, a remark. */
export function outcomesOf(row: Row, readRow: (row: Row) => RowOutcome): readonly (Parsed | Remark)[] {
  try {
    const outcome = readRow(row);
    return isMany(outcome) ? outcome : [outcome];
  } catch (error) {
    // What is no fault of the row, as a missing name of the series, ends the reading.
    if (!(error instanceof Failure) || error.code !== "data.malformed") throw error;
    return [{ line: row.line, rule: "table.unreadable", outcome: "refused", message: error.message }];
  }
}

function isMany(outcome: RowOutcome): outcome is readonly (Parsed | Remark)[] {
  return Array.isArray(outcome);
}

/** A number, or undefined where the cell is empty, says so in words, or is a single dot. */
export function readOptional(row: Row, column: string, path: string): number | undefined {
  const text = row.cells[column] ?? "";
  return EMPTY.has(text) ? undefined : readNumber(row, column, path);
}

const EMPTY: ReadonlySet<string> = new Set(["", ".", "NA", "N/A", "null", "NaN"]);

/** A remark on a row that is not stored for a reason of its format. */
export function leftOut(line: number, rule: string, message: string): Remark {
  return { line, rule, outcome: "left-out", message };
}

/** A remark on a row that is stored, but changed. */
export function mended(line: number, rule: string, message: string): Remark {
  return { line, rule, outcome: "mended", message };
}

/** A remark on a row that cannot be right. */
export function refused(line: number, rule: string, message: string): Remark {
  return { line, rule, outcome: "refused", message };
}
