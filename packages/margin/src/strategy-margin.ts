import { addMoney, Failure, type Money } from "@steward/model";
import { type Book, byUnderlying, legName, type MarginMarket } from "./book.ts";
import { aloneGroup, type MarginGroup, offsetGroup, poolGroup, sharesGroup } from "./group.ts";
import { bestGrouping, type Grouping } from "./grouping.ts";
import type { MarginedBook, MarginRules } from "./rules.ts";

/** What a book must be secured with under strategy-based rules, and how that came about. */
export interface StrategyMargin {
  readonly requirement: Money;
  /** What the sale of options brings and the requirement may be met with. */
  readonly proceeds: Money;
  /** Requirement less proceeds: the cash that opening the whole book takes. This is what the grouping makes least. */
  readonly deposit: Money;
  readonly groups: readonly MarginGroup[];
  /**
   * By how many dollars the least deposit could lie below this one; 0 but for books so large that the search was cut
   * short.
   */
  readonly slack: number;
}

/**
 * Strategy-based margin of a book (Cboe rule 10.3, FINRA rule 4210(f)(2), Regulation T) in the grouping that needs the
 * least deposit. Throws a Failure that names the leg where a count, price or date cannot be, or where a cash account is short
 * of a call that nothing covers.
 */
export function strategyMargin(book: Book, market: MarginMarket, rules: MarginRules): StrategyMargin {
  const parts = byUnderlying(book, market).map((held) => underlyingMargin({ ...held, rules }));
  const groups = parts.flatMap((part) => part.groups);
  return {
    requirement: addMoney(...groups.map(({ requirement }) => requirement)),
    proceeds: addMoney(...groups.map(({ proceeds }) => proceeds)),
    deposit: addMoney(...groups.map(({ deposit }) => deposit)),
    groups,
    slack: parts.reduce((sum, { slack }) => sum + slack, 0),
  };
}

function underlyingMargin(book: MarginedBook): {
  readonly groups: readonly MarginGroup[];
  readonly slack: number;
} {
  if (book.rules.account === "cash" && book.shares < 0)
    throw notPermitted("shares sold short", { underlying: book.underlying, shares: book.shares });
  const grouping = bestGrouping(book);
  requirePermitted(grouping, book.rules);
  const covered = grouping.others.map((taken) => offsetGroup(taken, book));
  const free = book.shares - covered.reduce((sum, { shares }) => sum + shares, 0);
  return {
    groups: [
      ...grouping.pools.map(poolGroup),
      ...covered,
      ...grouping.alone.map((part) => aloneGroup(part, book)),
      ...(free === 0 ? [] : [sharesGroup(free, book)]),
    ],
    slack: grouping.slack,
  };
}

function requirePermitted({ alone }: Grouping, { account }: MarginRules): void {
  const open = alone.find(({ line, count }) => count < 0 && line.contract.right === "call");
  if (account !== "cash" || open === undefined) return;
  const leg = legName(open.line.contract);
  throw notPermitted(`${-open.count} x ${leg} uncovered`, { leg });
}

function notPermitted(found: string, details: Readonly<Record<string, string | number>>): Failure {
  const message = `expected a cash account to hold shorts that are spreads, covered, or puts secured by cash, found ${found}`;
  return new Failure("margin.not-permitted", message, { details });
}
