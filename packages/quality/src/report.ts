// Applies the table: row by row for an import, or to a snapshot with all that is known beside it.

import type { CalendarDate, QuoteFact, Right, Strike } from "@steward/model";
import { fitOf, type QuoteChain, quoteChain } from "./chain.ts";
import { type QualityContext, type RowContext, rowContext } from "./context.ts";
import type { Fault, Outcome, PlacedFault, QualityRule, RowRule, RuleId, Severity } from "./rule.ts";
import { QUALITY_RULES } from "./rules.ts";

/** What a rule found, with its place where it has one. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Place of the row in the snapshot. */
  readonly row: number | undefined;
  readonly contract: QuotedContract | undefined;
  readonly root: string | undefined;
  readonly expiration: CalendarDate | undefined;
  readonly message: string;
  readonly value: number | undefined;
  readonly limit: number | undefined;
}

/** What names an option in a file, whether the model knows its root or not. */
export interface QuotedContract {
  readonly root: string;
  readonly expiration: CalendarDate;
  readonly right: Right;
  readonly strike: Strike;
}

/** A rule that said nothing, of how many rows or of which slice, and why. */
export interface Abstention {
  readonly rule: RuleId;
  readonly root: string | undefined;
  readonly expiration: CalendarDate | undefined;
  /** How many rows; undefined for rules of a slice or a chain. */
  readonly rows: number | undefined;
  readonly reason: string;
}

/** A row that must not be used, and all that speaks against it. */
export interface RejectedRow {
  readonly row: number;
  readonly quote: QuoteFact;
  readonly reasons: readonly Finding[];
}

/** What parity says of one expiration; undefined numbers where the pairs do not agree or the options are American. */
export interface SliceForward {
  readonly root: string;
  readonly expiration: CalendarDate;
  readonly years: number;
  readonly forward: number | undefined;
  readonly forwardError: number | undefined;
  readonly discountFactor: number | undefined;
  readonly discountError: number | undefined;
  readonly pairs: number;
}

/** Everything that the rules say of one snapshot. */
export interface QualityReport {
  readonly rows: number;
  readonly accepted: readonly QuoteFact[];
  readonly rejected: readonly RejectedRow[];
  readonly findings: readonly Finding[];
  /** Findings by rule, of every severity; rules without any are absent. */
  readonly counts: ReadonlyMap<RuleId, number>;
  readonly isDegraded: boolean;
  readonly haltsEntries: boolean;
  readonly forwards: readonly SliceForward[];
  readonly abstentions: readonly Abstention[];
}

const ROW_RULES: readonly RowRule[] = QUALITY_RULES.filter((rule) => rule.scope === "row");
const NO_FINDINGS: readonly Finding[] = [];

/**
 * The rules of a row on one row, for imports: no finding is the usual answer and costs under a microsecond. A row that
 * fails the schema is held against nothing else. `context` is made once an import with `rowContext`; `onAbstention` hears
 * of each rule that could not judge.
 */
export function checkRow(
  quote: QuoteFact,
  context: RowContext,
  onAbstention?: (rule: RuleId, reason: string) => void,
): readonly Finding[] {
  let findings: Finding[] | undefined;
  for (const rule of ROW_RULES) {
    const outcome = rule.check(quote, context);
    if (outcome === undefined) continue;
    if (typeof outcome === "string") {
      onAbstention?.(rule.id, outcome);
      continue;
    }
    findings ??= [];
    findings.push(findingOf(rule, outcome, { quote }));
    if (rule.id === "Q1") break;
  }
  return findings ?? NO_FINDINGS;
}

/** All rules on a snapshot of one underlying at one instant. */
export function validateChain(quotes: readonly QuoteFact[], context: QualityContext = {}): QualityReport {
  const abstentions: Abstention[] = [];
  const findings = rowFindings(quotes, context, abstentions);
  const refused = new Set(rowsOf(findings));
  const usable = quotes.flatMap((_, row) => (refused.has(row) ? [] : [row]));
  const chain = quoteChain(quotes, usable, context);

  for (const rule of QUALITY_RULES) {
    if (rule.scope === "row") continue;
    if (rule.scope === "slice") {
      for (const slice of chain.slices) {
        record(rule, rule.check(slice, chain), { chain, slice, findings, abstentions });
      }
    } else {
      record(rule, rule.check(chain), { chain, slice: undefined, findings, abstentions });
    }
  }
  return reportOf(chain, findings, abstentions);
}

function rowFindings(
  quotes: readonly QuoteFact[],
  context: QualityContext,
  abstentions: Abstention[],
): Finding[] {
  const memory = rowContext(context);
  const silent = new Map<string, { rule: RuleId; reason: string; rows: number }>();
  const hear = (rule: RuleId, reason: string): void => {
    const key = rule + reason;
    const known = silent.get(key);
    if (known === undefined) silent.set(key, { rule, reason, rows: 1 });
    else known.rows += 1;
  };
  const findings = quotes.flatMap((quote, row) =>
    checkRow(quote, memory, hear).map((found) => ({ ...found, row })),
  );
  for (const { rule, reason, rows } of silent.values()) {
    abstentions.push({ rule, root: undefined, expiration: undefined, rows, reason });
  }
  return findings;
}

interface Records {
  readonly chain: QuoteChain;
  readonly slice: PlacedFault["slice"];
  readonly findings: Finding[];
  readonly abstentions: Abstention[];
}

function record(rule: QualityRule, outcome: Outcome, { chain, slice, findings, abstentions }: Records): void {
  if ("kind" in outcome) {
    const { root, expiration } = slice ?? {};
    abstentions.push({ rule: rule.id, root, expiration, rows: undefined, reason: outcome.reason });
    return;
  }
  for (const fault of outcome) {
    const quote = fault.row === undefined ? undefined : chain.quotes[fault.row];
    findings.push({ ...findingOf(rule, fault, { quote, slice: fault.slice ?? slice }), row: fault.row });
  }
}

function findingOf(
  rule: QualityRule,
  fault: Fault,
  { quote, slice }: { readonly quote: QuoteFact | undefined; readonly slice?: PlacedFault["slice"] },
): Finding {
  const contract =
    quote === undefined
      ? undefined
      : { root: quote.root, expiration: quote.expiration, right: quote.right, strike: quote.strike };
  return {
    rule: rule.id,
    severity: fault.severity ?? rule.severity,
    row: undefined,
    contract,
    root: contract?.root ?? slice?.root,
    expiration: contract?.expiration ?? slice?.expiration,
    message: fault.message,
    value: fault.value,
    limit: fault.limit,
  };
}

function rowsOf(findings: readonly Finding[]): number[] {
  return findings.flatMap(({ row, severity }) => (row !== undefined && severity === "reject" ? [row] : []));
}

function reportOf(
  chain: QuoteChain,
  findings: readonly Finding[],
  abstentions: readonly Abstention[],
): QualityReport {
  const { quotes, slices } = chain;
  const refused = new Set(rowsOf(findings));
  const reasons = Map.groupBy(
    findings.filter(({ severity }) => severity === "reject"),
    ({ row }) => row,
  );
  const counts = new Map<RuleId, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return {
    rows: quotes.length,
    accepted: quotes.filter((_, row) => !refused.has(row)),
    rejected: quotes.flatMap((quote, row) =>
      refused.has(row) ? [{ row, quote, reasons: reasons.get(row) ?? [] }] : [],
    ),
    findings,
    counts,
    isDegraded: findings.some(({ severity }) => severity === "degrade"),
    haltsEntries: findings.some(({ severity }) => severity === "halt"),
    forwards: slices.map((slice): SliceForward => {
      const fit = fitOf(slice);
      return {
        root: slice.root,
        expiration: slice.expiration,
        years: slice.years,
        forward: fit?.forward,
        forwardError: fit?.forwardError,
        discountFactor: fit?.discountFactor,
        discountError: fit?.discountError,
        pairs: slice.pairs.length,
      };
    }),
    abstentions,
  };
}
