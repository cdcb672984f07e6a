// What a rule is: a pure function of a row, a slice or a chain, and the words in which it answers.

import type { CalendarDate, QuoteFact } from "@steward/model";
import type { QuoteChain, QuoteSlice } from "./chain.ts";
import type { RowContext } from "./context.ts";

/** The rules by number; the number is stable and stands in reports and documents. */
export type RuleId = `Q${number}`;

/**
 * What a finding does: `reject` takes the row out, `flag` leaves it and says so, `degrade` lowers the trust in the whole
 * slice or chain, `halt` forbids new entries.
 */
export type Severity = "reject" | "flag" | "degrade" | "halt";

/** What a fault says: what was measured and what was allowed, both finite or absent. */
export interface Fault {
  /** Where it differs from the rule's own severity. */
  readonly severity?: Severity;
  readonly message: string;
  readonly value?: number | undefined;
  readonly limit?: number | undefined;
}

/** A fault and where it sits: a row of the snapshot by its place, a slice by root and expiration, or the whole chain. */
export interface PlacedFault extends Fault {
  readonly row?: number | undefined;
  readonly slice?: { readonly root: string; readonly expiration: CalendarDate } | undefined;
}

/** Why a rule has nothing to say. */
export interface Abstains {
  readonly kind: "abstains";
  readonly reason: string;
}

/** What a rule of a slice or a chain answers. */
export type Outcome = readonly PlacedFault[] | Abstains;

/** What a rule of a row answers: nothing to report, a fault, or in one text why it abstains. */
export type RowOutcome = undefined | string | Fault;

interface RuleFacts {
  readonly id: RuleId;
  /** Group and kind: `quote.crossed`. */
  readonly name: string;
  readonly title: string;
  readonly severity: Severity;
  /** The limit in words and numbers, for documents. */
  readonly threshold: string;
}

/** A rule that one row and constant facts decide; cheap enough for an import. */
export interface RowRule extends RuleFacts {
  readonly scope: "row";
  readonly check: (quote: QuoteFact, context: RowContext) => RowOutcome;
}

/** A rule of one root's expiration. */
export interface SliceRule extends RuleFacts {
  readonly scope: "slice";
  readonly check: (slice: QuoteSlice, chain: QuoteChain) => Outcome;
}

/** A rule of the whole snapshot, alone or against another snapshot. */
export interface ChainRule extends RuleFacts {
  readonly scope: "chain" | "history";
  readonly check: (chain: QuoteChain) => Outcome;
}

/** One line of the table of rules. */
export type QualityRule = RowRule | SliceRule | ChainRule;

/** An answer that is none. */
export function abstains(reason: string): Abstains {
  return { kind: "abstains", reason };
}

/** The number where it is finite: what is not stays out of findings. */
export function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
