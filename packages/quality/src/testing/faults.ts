// All 36 kinds of fault, and how many of them their rules find.

import type { QuoteFact } from "@steward/model";
import { quoteChain } from "../chain.ts";
import { impliedLevels } from "../implied-level.ts";
import { type Finding, validateChain } from "../report.ts";
import type { RuleId } from "../rule.ts";
import { QUALITY_RULES } from "../rules.ts";
import { CHAIN_FAULTS } from "./chain-faults.ts";
import type { Carried, CleanChain, Expected, FaultKind } from "./fault-kind.ts";
import { PRICE_FAULTS } from "./price-faults.ts";
import { ROW_FAULTS } from "./row-faults.ts";
import { seededUniform } from "./seeded-uniform.ts";

/** One kind of fault for each rule, in the order of their numbers. */
export const FAULT_KINDS: readonly FaultKind[] = [...ROW_FAULTS, ...CHAIN_FAULTS, ...PRICE_FAULTS].toSorted(
  (a, b) => Number(a.rule.slice(1)) - Number(b.rule.slice(1)),
);

/** A rule that has abstained so often on the same chains has nothing to be measured by. */
const MOST_ABSTENTIONS = 5;

/** How many faults of a kind were injected and how many the kind's own rule found. */
export interface Recall {
  readonly rule: RuleId;
  readonly injected: number;
  readonly found: number;
  /** Chains on which the rule had no context or no model for an answer; their faults are not counted. */
  readonly abstained: number;
}

/** Injects faults of one kind into the chains in turn until enough are in, or nothing more fits. */
export function recallOf(
  kind: FaultKind,
  chains: readonly CleanChain[],
  { wanted, seed }: { readonly wanted: number; readonly seed: number },
): Recall {
  const draw = seededUniform(seed);
  let injected = 0;
  let found = 0;
  let abstained = 0;
  for (let turn = 0; injected < wanted && turn < 2 * wanted + 10; turn += 1) {
    const clean = chains[turn % chains.length];
    const faulty = clean === undefined ? undefined : kind.inject(clean, draw);
    if (faulty === undefined) continue;
    const { findings, abstentions } = validateChain(faulty.quotes, faulty.context);
    const own = findings.filter(({ rule }) => rule === kind.rule);
    const isSilent = abstentions.some(
      ({ rule, root, rows }) => rule === kind.rule && root === undefined && rows === undefined,
    );
    if (own.length === 0 && isSilent) {
      abstained += 1;
      if (abstained > MOST_ABSTENTIONS) break;
      continue;
    }
    injected += faulty.expected.length;
    found += countFound(own, faulty.expected, kind.rule);
  }
  return { rule: kind.rule, injected, found, abstained };
}

function countFound(own: readonly Finding[], expected: readonly Expected[], rule: RuleId): number {
  const rows = new Set(own.map(({ row }) => row));
  const severity = QUALITY_RULES.find(({ id }) => id === rule)?.severity;
  return expected.filter((place) =>
    place.kind === "row" ? rows.has(place.row) : own.some((finding) => finding.severity === severity),
  ).length;
}

/** A real chain as a place for faults: its accepted rows, on the forwards and the index that its pairs tell. */
export function cleanChainOf(quotes: readonly QuoteFact[]): CleanChain {
  const { accepted, forwards } = validateChain(quotes);
  const carried = forwards.flatMap((slice): [string, Carried][] => {
    const { root, expiration, years, forward, forwardError, discountFactor, discountError } = slice;
    if (forward === undefined || discountFactor === undefined) return [];
    const errors = { forwardError: forwardError ?? 0, discountError: discountError ?? 0 };
    return [[root + expiration, { forward, discountFactor, years, ...errors }]];
  });
  const rows = accepted.map((_, row) => row);
  const chain = quoteChain(accepted, rows, {});
  const level = impliedLevels(chain)[0]?.level ?? chain.level ?? 0;
  return { quotes: accepted, context: {}, level, forwards: new Map(carried) };
}
