// What an injected fault is, and how a place for it is drawn.

import type { CalendarDate, QuoteFact } from "@steward/model";
import type { QualityContext } from "../context.ts";
import type { RuleId } from "../rule.ts";

/** A chain that is taken to be clean, with the forwards that its pairs or its maker tell. */
export interface CleanChain {
  readonly quotes: readonly QuoteFact[];
  readonly context: QualityContext;
  readonly level: number;
  /** By root and expiration written together. */
  readonly forwards: ReadonlyMap<string, Carried>;
}

/** Forward, discount factor and time of a slice. */
export interface Carried {
  readonly forward: number;
  readonly discountFactor: number;
  readonly years: number;
  /** Standard errors, 0 where the maker of the chain is asked. */
  readonly forwardError: number;
  readonly discountError: number;
}

/** Points by which a discounted difference of forward and strike is uncertain, eight standard errors wide. */
export function uncertainty({ forward, forwardError, discountError }: Carried, points: number): number {
  return 8 * (forwardError + discountError * Math.abs(points - forward));
}

/** Where the rule must find something: at a row, in a slice, or anywhere with a severity of its own. */
export type Expected = { readonly kind: "row"; readonly row: number } | { readonly kind: "chain" };

/** A chain with faults in it. */
export interface Injected {
  readonly quotes: readonly QuoteFact[];
  readonly context: QualityContext;
  readonly expected: readonly Expected[];
}

/** One way to spoil a chain. */
export interface FaultKind {
  readonly rule: RuleId;
  /** What is injected, and how large it is. */
  readonly size: string;
  /** Undefined where the chain has no place for it. */
  readonly inject: (clean: CleanChain, draw: () => number) => Injected | undefined;
}

/** A quote with some fields replaced by whatever a broken feed may hold. */
export type Spoiled = { readonly [K in keyof QuoteFact]?: unknown };

/** Replaces fields of rows; the types no longer hold, which is the point. */
export function spoil(
  quotes: readonly QuoteFact[],
  changes: ReadonlyMap<number, Spoiled>,
): readonly QuoteFact[] {
  return quotes.map((quote, row) => {
    const change = changes.get(row);
    return change === undefined ? quote : ({ ...quote, ...change } as QuoteFact);
  });
}

/** Faults of a row: a hundredth of the eligible rows, each changed by `change`. */
export function rowFaults(
  { quotes, context }: CleanChain,
  draw: () => number,
  change: (quote: QuoteFact, row: number) => Spoiled | undefined,
): Injected | undefined {
  const changes = new Map<number, Spoiled>();
  const wanted = Math.max(1, Math.floor(quotes.length / 100));
  for (let attempt = 0; attempt < 20 * wanted && changes.size < wanted; attempt += 1) {
    const row = Math.floor(draw() * quotes.length);
    const quote = quotes[row];
    if (quote === undefined || changes.has(row)) continue;
    const changed = change(quote, row);
    if (changed !== undefined) changes.set(row, changed);
  }
  if (changes.size === 0) return undefined;
  return {
    quotes: spoil(quotes, changes),
    context,
    expected: [...changes.keys()].map((row) => ({ kind: "row", row })),
  };
}

/** The rows of a side in order of the strike. */
export interface SideRows {
  readonly carried: Carried;
  readonly right: "call" | "put";
  readonly root: string;
  readonly expiration: CalendarDate;
  readonly rows: readonly { readonly row: number; readonly quote: QuoteFact }[];
}

/** Faults of a price: one in each side of each slice at most, so that no fault hides another. */
export function sideFaults(
  clean: CleanChain,
  draw: () => number,
  change: (side: SideRows, index: number) => Spoiled | undefined,
): Injected | undefined {
  const changes = new Map<number, Spoiled>();
  for (const side of sidesOf(clean)) {
    for (let attempt = 0; attempt < 30; attempt += 1) {
      const index = Math.floor(draw() * side.rows.length);
      const changed = change(side, index);
      const row = side.rows[index]?.row;
      if (changed === undefined || row === undefined) continue;
      changes.set(row, changed);
      break;
    }
  }
  if (changes.size === 0) return undefined;
  return {
    quotes: spoil(clean.quotes, changes),
    context: clean.context,
    expected: [...changes.keys()].map((row) => ({ kind: "row", row })),
  };
}

const sidesByChain = new WeakMap<CleanChain, readonly SideRows[]>();

function sidesOf(clean: CleanChain): readonly SideRows[] {
  const known = sidesByChain.get(clean);
  if (known !== undefined) return known;
  const entries = clean.quotes.map((quote, row) => ({ quote, row }));
  const groups = Map.groupBy(entries, ({ quote }) => `${quote.root}${quote.expiration}${quote.right}`);
  const sides = [...groups.values()].flatMap((rows): SideRows[] => {
    const [first] = rows;
    const carried =
      first === undefined ? undefined : clean.forwards.get(first.quote.root + first.quote.expiration);
    if (first === undefined || carried === undefined || !(carried.years > 0)) return [];
    const { right, root, expiration } = first.quote;
    const usable = rows.filter(({ quote }) => quote.ask > 0 && quote.ask >= quote.bid);
    const sorted = usable.toSorted((a, b) => a.quote.strike - b.quote.strike);
    return sorted.length < 9 ? [] : [{ carried, right, root, expiration, rows: sorted }];
  });
  sidesByChain.set(clean, sides);
  return sides;
}

/** A number between two. */
export function between(draw: () => number, low: number, high: number): number {
  return low + (high - low) * draw();
}

/** One of several. */
export function oneOf<T>(draw: () => number, choices: readonly T[]): T | undefined {
  return choices[Math.floor(draw() * choices.length)];
}

/** To the cent, as feeds write prices. */
export function cents(price: number): number {
  return Math.round(price * 100) / 100;
}
