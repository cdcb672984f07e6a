import type { ChainJudgement } from "../data/chain-check.ts";
import type { ImportOutcome } from "../data/import-source.ts";
import { alignColumns, fixed } from "./format.ts";

/** What was taken in, by file, every kind of remark with its first line, and what is wrong with the chains. */
export function importTable(outcomes: readonly ImportOutcome[]): readonly string[] {
  const rows = outcomes.flatMap(({ name, format, state, tables }) => {
    const file = name.split(/[\\/]/).at(-1) ?? name;
    if (state === "repeated") return [[file, format, "in the store already", "", "", "", ""]];
    return Object.entries(tables).map(([table, { read, added, repeated, corrected }]) => {
      return [file, format, table, ...[read, added, repeated, corrected].map((count) => fixed(count, 0))];
    });
  });
  const header = ["file", "format", "table", "rows", "new", "known", "corrected"];
  const remarks = remarkLines(outcomes);
  return [
    ...alignColumns([header, ...rows], 3),
    ...(remarks.length === 0 ? [] : ["", "Remarks", ...remarks]),
    ...chainLines(outcomes.flatMap(({ chains }) => chains)),
  ];
}

/** One line for each kind of remark over all files, refusals first. */
function remarkLines(outcomes: readonly ImportOutcome[]): readonly string[] {
  const all = outcomes.flatMap(({ name, remarks }) => {
    return remarks.map((remark) => ({ ...remark, file: name.split(/[\\/]/).at(-1) ?? name }));
  });
  const groups = Map.groupBy(all, ({ rule, outcome }) => `${rule} ${outcome}`);
  return [...groups.values()]
    .toSorted(([a], [b]) => ORDER.indexOf(a?.outcome ?? "flagged") - ORDER.indexOf(b?.outcome ?? "flagged"))
    .flatMap((group): readonly string[] => {
      const [first] = group;
      if (first === undefined) return [];
      const count = group.reduce((sum, remark) => sum + remark.count, 0);
      const files = group.length > 1 ? ` in ${group.length} files` : "";
      const [example] = first.examples;
      const where =
        example === undefined ? "" : `, first in ${first.file}:${example.line}: ${example.message}`;
      return [`  ${fixed(count, 0)} ${first.outcome} (${first.rule})${files}${where}`];
    });
}

const ORDER = ["refused", "left-out", "mended", "flagged"] as const;

const SHOWN = 5;

/** One line for all that are sound, one for each of the first that are not. */
function chainLines(chains: readonly ChainJudgement[]): readonly string[] {
  if (chains.length === 0) return [];
  const doubtful = chains.filter(({ state }) => state !== "sound");
  const forwards = chains.flatMap((chain) => chain.forwards);
  const found = forwards.filter(({ forward }) => forward !== undefined).length;
  const more = doubtful.length - SHOWN;
  return [
    "",
    "Chains",
    `  ${fixed(chains.length, 0)} checked, ${fixed(chains.length - doubtful.length, 0)} sound; parity gives a forward for ${fixed(found, 0)} of ${fixed(forwards.length, 0)} expirations`,
    ...doubtful.slice(0, SHOWN).map(doubtLine),
    ...(more > 0 ? [`  ${fixed(more, 0)} more; --json names them all`] : []),
  ];
}

function doubtLine({ underlying, session, state, findings }: ChainJudgement): string {
  const severity = state === "halts" ? "halt" : "degrade";
  const reasons = findings.filter((finding) => finding.severity === severity);
  const [first] = reasons;
  const why = first === undefined ? "" : `: ${first.rule}, ${first.example}`;
  const others = reasons.length > 1 ? ` and ${reasons.length - 1} more rules` : "";
  return `  ${underlying} ${session} ${state === "halts" ? "forbids entries" : "is degraded"}${why}${others}`;
}
