import type { Parsed, Remark } from "@steward/importers";
import type { QuoteFact } from "@steward/model";
import { checkRow, type Finding, QUALITY_RULES, rowContext } from "@steward/quality";

/** A remark of a reader, or what a rule of quality says of a row that is stored. */
export type RowRemark = Omit<Remark, "outcome"> & { readonly outcome: Remark["outcome"] | "flagged" };

/** The rows of a part that may be stored, and what the rules of a row say. */
export interface CheckedRows {
  readonly facts: readonly Parsed[];
  readonly remarks: readonly RowRemark[];
}

/** Holds option quotes to the rules of a row, part by part of one import: what a rule rejects is not stored. */
export function rowChecker(): (facts: readonly Parsed[]) => CheckedRows {
  const context = rowContext();
  return (facts) => {
    const remarks: RowRemark[] = [];
    const sound = facts.filter((parsed) => {
      if (parsed.table !== "quotes") return true;
      const findings = checkRow(parsed.fact, context);
      for (const finding of findings) remarks.push(remarkOf(finding, parsed.fact, parsed.line));
      return findings.every(({ severity }) => severity !== "reject");
    });
    return { facts: sound, remarks };
  };
}

function remarkOf(
  { rule, severity, message, value, limit }: Finding,
  quote: QuoteFact,
  line: number,
): RowRemark {
  const { root, expiration, strike, right } = quote;
  return {
    line,
    rule: ruleName(rule),
    outcome: severity === "reject" ? "refused" : "flagged",
    message: `${root} ${expiration} ${strike / 1000} ${right}: ${message}${measuredText(value, limit)}`,
  };
}

/** What a rule measured and what it allows, for a reader; nothing where it measures nothing. */
export function measuredText(value: number | undefined, limit: number | undefined): string {
  if (value === undefined) return "";
  const short = (number: number): number => Number(number.toPrecision(4));
  return limit === undefined ? `: ${short(value)}` : `: ${short(value)}, limit ${short(limit)}`;
}

/** Number and name of a rule: `Q10 quote.crossed`. */
export function ruleName(id: string): string {
  return `${id} ${NAMES.get(id) ?? ""}`.trim();
}

const NAMES: ReadonlyMap<string, string> = new Map(QUALITY_RULES.map(({ id, name }) => [id, name]));
