import { type AuditedEntry, type BehaviourScore, behaviourScore, OFFENCES } from "@steward/engine";
import { alignColumns, percent } from "./format.ts";

/** Longer lists are read by machines. */
const MOST_ENTRIES = 20;

/** How much of what somebody did was a promoter's, month by month, and each entry that went its own way. */
export function auditTable(
  entries: readonly AuditedEntry[],
  months: readonly { readonly month: string; readonly score: BehaviourScore | undefined }[],
): readonly string[] {
  const whole = behaviourScore(entries);
  if (whole === undefined) return ["", "No trade took on risk in index options: there is nothing to judge."];
  const rowOf = (name: string, score: BehaviourScore | undefined): readonly (readonly string[])[] =>
    score === undefined
      ? []
      : [
          [
            name,
            `${score.entries}`,
            ...OFFENCES.map((offence) => percent(score.shares[offence])),
            percent(score.promoter),
          ],
        ];
  const rows = [...months.flatMap(({ month, score }) => rowOf(month, score)), ...rowOf("all", whole)];
  const header = [
    "Month",
    "entries",
    "against a gate",
    "too large",
    "more after a loss",
    "no hedge",
    "promoter",
  ];
  const told = entries.filter(({ offences }) => offences.length > 0);
  return [
    "",
    ...alignColumns([header, ...rows]),
    "  Shares of entries; promoter: the share of the dollars at risk that came with any of them, 0 % is a steward.",
    ...(told.length === 0 ? [] : [""]),
    ...(told.length > MOST_ENTRIES ? [`  The last ${MOST_ENTRIES} of ${told.length}; --json has all:`] : []),
    ...told
      .slice(-MOST_ENTRIES)
      .map(({ session, offences }) => `  ${session}: ${offences.map(({ because }) => because).join("; ")}`),
  ];
}
