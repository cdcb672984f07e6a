import { type CalendarDate, type FactTimes, Failure } from "@steward/model";
import type { RowBatch } from "./csv-rows.ts";
import { parseDay, readDay } from "./dates.ts";
import type { Parsed, ParsedBatch, Remark } from "./format.ts";
import {
  latestRevised,
  type Publication,
  publicationOf,
  publishedTimesOf,
  spacingOf,
} from "./publications.ts";
import { leftOut, parseRows, refused } from "./row-reading.ts";
import { type Row, readNumber } from "./table.ts";

/** A column of values: one series. */
export interface ValueColumn {
  readonly column: string;
  readonly series: string;
  /** When its values happened and were known, where that does not follow from the series' name and spacing. */
  readonly timesOf?: ((date: CalendarDate) => FactTimes) | undefined;
}

/** A table of observations: dates down, series across. */
export interface ObservationTable {
  readonly path: string;
  readonly dateColumn: string;
  readonly columns: readonly ValueColumn[];
}

/**
 * A reader of a table of observations, part by part. How far apart the values of a column are decides, where its name does
 * not, when they were published; a column of texts is passed over. Empty cells, dots and words for nothing are missing.
 */
export function observationReader(table: ObservationTable): (batch: RowBatch) => ParsedBatch {
  const plans = new Map<string, Plan>();
  let hasRemarked = false;
  return (batch) => {
    const remarks: Remark[] = [];
    for (const column of table.columns) {
      if (plans.has(column.column)) continue;
      const plan = planOf(column, table, batch.rows);
      if (plan === undefined) continue;
      plans.set(column.column, plan);
      if (plan.kind === "text") {
        remarks.push(leftOut(1, "table.text-column", `${column.column} holds no numbers and is passed over`));
      }
    }
    const revised = hasRemarked ? [] : revisedOf(plans);
    if (revised.length > 0) {
      hasRemarked = true;
      remarks.push(latestRevised(revised));
    }
    const parsed = parseRows(batch, (row) => readCells(row, table, plans));
    return { ...parsed, remarks: [...remarks, ...parsed.remarks] };
  };
}

type Plan =
  | { readonly kind: "text" }
  | { readonly kind: "values"; readonly column: ValueColumn; readonly publication: Publication };

/** Undefined while the column is empty. */
function planOf(
  column: ValueColumn,
  { dateColumn }: ObservationTable,
  rows: readonly Row[],
): Plan | undefined {
  const filled = rows.filter(({ cells }) => !isMissing(cells[column.column] ?? ""));
  if (filled.length === 0) return undefined;
  if (!filled.some(({ cells }) => /\d/.test(cells[column.column] ?? "") && isNumeric(cells[column.column]))) {
    return { kind: "text" };
  }
  const dates = filled
    .map(({ cells }) => parseDay(cells[dateColumn] ?? ""))
    .filter((date) => date !== undefined);
  const isMonthly = /^\d{4}-\d{1,2}$/.test(filled[0]?.cells[dateColumn] ?? "") && dates.length < 2;
  const spacing = isMonthly ? "month" : spacingOf(dates);
  return { kind: "values", column, publication: publicationOf(column.series, spacing) };
}

function isNumeric(text: string | undefined): boolean {
  return text !== undefined && text !== "" && Number.isFinite(Number(text));
}

function isMissing(text: string): boolean {
  return /^(?:|\.|NA|N\/A|null|NaN|ND)$/i.test(text);
}

function revisedOf(plans: ReadonlyMap<string, Plan>): readonly string[] {
  return [...plans.values()]
    .filter((plan) => plan.kind === "values")
    .filter(({ column, publication }) => column.timesOf === undefined && publication.unit !== "day")
    .map(({ column }) => column.series);
}

function readCells(
  row: Row,
  { path, dateColumn }: ObservationTable,
  plans: ReadonlyMap<string, Plan>,
): readonly (Parsed | Remark)[] {
  const period = readDay(row, dateColumn, path);
  const outcomes: (Parsed | Remark)[] = [];
  for (const plan of plans.values()) {
    if (plan.kind === "text" || isMissing(row.cells[plan.column.column] ?? "")) continue;
    outcomes.push(readCell(row, plan, { path, period }));
  }
  return outcomes;
}

function readCell(
  row: Row,
  { column: { column, series, timesOf }, publication }: Extract<Plan, { readonly kind: "values" }>,
  { path, period }: { readonly path: string; readonly period: CalendarDate },
): Parsed | Remark {
  try {
    const value = readNumber(row, column, path);
    const times = timesOf?.(period) ?? publishedTimesOf(series, period, publication);
    return { table: "observations", line: row.line, fact: { series, period, value, ...times } };
  } catch (error) {
    // One cell is no reason to lose the row's others.
    if (!(error instanceof Failure)) throw error;
    return refused(row.line, "table.unreadable", error.message);
  }
}
