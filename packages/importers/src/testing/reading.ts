import { gzipSync } from "node:zlib";
import { Failure, formatInstant, type QuoteFact, strikePoints } from "@steward/model";
import type { Format, ReadOptions, Remark } from "../format.ts";
import { memorySource } from "../source.ts";

/** What a source came to. */
export interface Reading {
  readonly quotes: readonly QuoteFact[];
  readonly lines: readonly number[];
  readonly remarks: readonly Remark[];
}

/** Reads the whole of a content through a format. */
export async function readQuotes(
  format: Format,
  {
    name = "sample",
    content,
    ...options
  }: { name?: string; content: string | Uint8Array } & Partial<ReadOptions>,
): Promise<Reading> {
  const quotes: QuoteFact[] = [];
  const lines: number[] = [];
  const remarks: Remark[] = [];
  const importedAt = 0 as ReadOptions["importedAt"];
  for await (const batch of format.read(memorySource(name, content), { importedAt, ...options })) {
    for (const parsed of batch.facts) {
      if (parsed.table !== "quotes") throw new Error(`expected quotes, found ${parsed.table}`);
      quotes.push(parsed.fact);
      lines.push(parsed.line);
    }
    remarks.push(...batch.remarks);
  }
  return { quotes, lines, remarks };
}

/** The failure that a reading ends in. */
export async function failureOfReading(reading: Promise<unknown>): Promise<Failure> {
  try {
    await reading;
  } catch (cause) {
    if (cause instanceof Failure) return cause;
    throw cause;
  }
  throw new Error("expected a failure, found a result");
}

/** A quote's contract, its market and its times in one line. */
export function inShort({
  root,
  expiration,
  strike,
  right,
  bid,
  ask,
  occurredAt,
  knownAt,
}: QuoteFact): string {
  const contract = `${root} ${expiration} ${strikePoints(strike)} ${right}`;
  return `${contract} ${bid}/${ask} ${formatInstant(occurredAt)} ${formatInstant(knownAt)}`;
}

/** Remarks as `line outcome rule`. */
export function rulesOf(remarks: readonly Remark[]): readonly string[] {
  return remarks.map(({ line, outcome, rule }) => `${line} ${outcome} ${rule}`);
}

/** What comes instead of a table: a page, another table, a column twice, nothing, half an archive. */
export function tableFaults(
  table: string,
  column: string,
): readonly (readonly [string, string | Uint8Array])[] {
  return [
    ["a web page", "<!DOCTYPE html>\n<html><body>Access, denied</body></html>\n"],
    ["a column of another name", table.replace(column, "other")],
    ["a column twice", table.replace(column, `${column},${column}`)],
    ["nothing", ""],
    ["half an archive", gzipSync(table).subarray(0, 60)],
  ];
}

/** A table with one text replaced, which must be in it. */
export function changed(table: string, from: string, to: string): string {
  if (!table.includes(from)) throw new Error(`expected ${from} in the table`);
  return table.replace(from, to);
}
