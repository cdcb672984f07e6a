// Every way in which the rules let positions on one underlying secure one another, as a list of choices.

import { addMoney, type Money, rootSpec } from "@steward/model";
import { type Line, strikeValue } from "./book.ts";
import { lessMoney, percentOf } from "./exact.ts";
import type { MarginedBook } from "./rules.ts";
import { aloneDeposit, coverCost, uncoveredTerms } from "./uncovered.ts";

/** One contract of a line in a pool: options that are margined together at their largest loss at expiration. */
export interface PoolChoice {
  readonly kind: "pool";
  readonly pool: string;
}

/** A short call and a short put: only the larger of their requirements, and the premium of the other. */
export interface StraddleChoice {
  readonly kind: "straddle";
  /** The line with the larger requirement. */
  readonly greater: Line;
}

/** A short call over a hundred shares, or a short put under as many sold short. */
export interface CoveredChoice {
  readonly kind: "covered";
  readonly line: Line;
}

/** A long box of European options, half of whose certain value may be borrowed. */
export interface LongBoxChoice {
  readonly kind: "long-box";
  readonly difference: Money;
}

/** A choice takes one contract of each of its lines from being alone; `gain` is by how much less they then need. */
export interface Offset {
  readonly choice: PoolChoice | StraddleChoice | CoveredChoice | LongBoxChoice;
  readonly lines: readonly Line[];
  readonly gain: Money;
}

/** So many times one choice. */
export interface Taken {
  readonly offset: Offset;
  readonly count: number;
}

/** What one contract on shares delivers. */
export const SHARES_PER_CONTRACT = 100;

/** All choices for a book; in a pool its largest loss is yet to be set against the gains. */
export function offsetsOf(book: MarginedBook): readonly Offset[] {
  const isMargin = book.rules.account === "margin";
  return [
    ...pooledOffsets(book),
    ...(isMargin ? straddleOffsets(book) : []),
    ...coveredOffsets(book),
    ...(isMargin ? longBoxOffsets(book) : []),
  ];
}

/**
 * A pool is named for the last death of its shorts: no long in it dies before any short. Groups with the same last death
 * never need more together than apart, as the largest loss of a sum is at most the sum of the largest losses; so one pool
 * for each suffices.
 */
function pooledOffsets(book: MarginedBook): readonly Offset[] {
  const shorts = book.lines.filter(isShort);
  const isLeveled = book.rules.account === "cash" || !book.rules.calendarOffsets.includes(book.underlying);
  // Spreads of a cash account are European and cash-settled (Cboe margin manual).
  if (
    book.rules.account === "cash" &&
    book.lines.some(({ contract }) => rootSpec(contract.root).delivery !== "cash")
  )
    return [];

  const pools = new Set(shorts.map(({ death }) => death));
  return [...pools].flatMap((pool) =>
    book.lines.filter((line) => mayJoin(line, pool, isLeveled)).map((line) => poolOffset(line, pool, book)),
  );
}

function mayJoin(line: Line, pool: string, isLeveled: boolean): boolean {
  if (isLeveled) return line.death === pool;
  return isShort(line) ? line.death <= pool : line.death >= pool;
}

/** In a pool a long is paid in full, and what a short brings is applied. */
function poolOffset(line: Line, pool: string, book: MarginedBook): Offset {
  const alone = aloneDeposit(line, book);
  const gain = isShort(line) ? addMoney(alone, line.premium) : lessMoney(alone, line.premium);
  return { choice: { kind: "pool", pool }, lines: [line], gain };
}

function straddleOffsets(book: MarginedBook): readonly Offset[] {
  const calls = book.lines.filter((line) => isShort(line) && line.contract.right === "call");
  const puts = book.lines.filter((line) => isShort(line) && line.contract.right === "put");
  const requirement = (line: Line): Money => uncoveredTerms(line, book).requirement;
  return calls.flatMap((call) =>
    puts.map((put) => {
      const [greater, lesser] = requirement(put) > requirement(call) ? [put, call] : [call, put];
      const gain = aloneDeposit(lesser, book);
      return { choice: { kind: "straddle", greater } as const, lines: [call, put], gain };
    }),
  );
}

function coveredOffsets(book: MarginedBook): readonly Offset[] {
  const right = book.shares > 0 ? "call" : "put";
  // Puts over shares sold short belong to a margin account.
  if (book.shares === 0 || (right === "put" && book.rules.account === "cash")) return [];
  return book.lines
    .filter((line) => isShort(line) && line.contract.right === right)
    .map((line) => {
      const alone = addMoney(aloneDeposit(line, book), line.premium);
      return {
        choice: { kind: "covered", line },
        lines: [line],
        gain: lessMoney(alone, coverCost(line, book)),
      };
    });
}

function longBoxOffsets(book: MarginedBook): readonly Offset[] {
  const find = (like: Line, right: "call" | "put", sign: number): Line | undefined =>
    book.lines.find(
      ({ contract, count }) =>
        contract.root === like.contract.root &&
        contract.expiration === like.contract.expiration &&
        contract.strike === like.contract.strike &&
        contract.right === right &&
        Math.sign(count) === sign,
    );
  const offsets: Offset[] = [];
  for (const lowCall of book.lines) {
    const { root, expiration, right } = lowCall.contract;
    const lowPut = find(lowCall, "put", -1);
    if (isShort(lowCall) || right !== "call" || lowPut === undefined) continue;
    if (rootSpec(root).exercise !== "european") continue;
    for (const highCall of book.lines) {
      const { contract } = highCall;
      const highPut = find(highCall, "put", 1);
      const isPair =
        contract.root === root && contract.expiration === expiration && contract.right === "call";
      if (!isPair || !isShort(highCall) || highPut === undefined) continue;
      if (contract.strike <= lowCall.contract.strike) continue;
      offsets.push(longBoxOffset([lowCall, lowPut, highCall, highPut], book));
    }
  }
  return offsets;
}

function longBoxOffset(lines: readonly [Line, Line, Line, Line], book: MarginedBook): Offset {
  const [low, , high] = lines;
  const difference = lessMoney(strikeValue(high), strikeValue(low));
  const alone = addMoney(...lines.map((line) => aloneDeposit(line, book)));
  const gain = lessMoney(alone, percentOf(difference, book.rules.longBoxPercent));
  return { choice: { kind: "long-box", difference }, lines, gain };
}

function isShort({ count }: Line): boolean {
  return count < 0;
}
