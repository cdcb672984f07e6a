import type { ImportOutcome } from "../data/import-source.ts";
import { alignColumns, fixed } from "./format.ts";

/** What was taken in, by file, and every kind of remark with its first line. */
export function importTable(outcomes: readonly ImportOutcome[]): readonly string[] {
  const rows = outcomes.flatMap(({ name, format, state, tables }) => {
    const file = name.split(/[\\/]/).at(-1) ?? name;
    if (state === "repeated") return [[file, format, "in the store already", "", "", "", ""]];
    return Object.entries(tables).map(([table, { read, added, repeated, corrected }]) => {
      return [file, format, table, ...[read, added, repeated, corrected].map((count) => fixed(count, 0))];
    });
  });
  const header = ["file", "format", "table", "rows", "new", "known", "corrected"];
  const remarks = outcomes.flatMap(({ name, remarks: own }) => {
    return own.map(({ rule, outcome, count, examples: [first] }) => {
      const where = first === undefined ? "" : `, first on line ${first.line}: ${first.message}`;
      return `  ${name.split(/[\\/]/).at(-1)}: ${fixed(count, 0)} ${outcome} (${rule})${where}`;
    });
  });
  return [
    ...alignColumns([header, ...rows], 3),
    ...(remarks.length === 0 ? [] : ["", "Remarks", ...remarks]),
  ];
}
