import { type Money, toModel, zeroMoney } from "@steward/model";
import type { Line } from "./book.ts";
import { intrinsicAt, largestLoss, type Part } from "./largest-loss.ts";
import { type Offset, offsetsOf, SHARES_PER_CONTRACT, type Taken } from "./offsets.ts";
import type { MarginedBook } from "./rules.ts";
import { longPercent } from "./uncovered.ts";
import { bestWholeSolution, type WholeCounts, type WholeProgram } from "./whole-program.ts";

/** How the positions on one underlying are grouped; what no group takes stands alone. */
export interface Grouping {
  readonly pools: readonly (readonly Part[])[];
  readonly others: readonly Taken[];
  readonly alone: readonly Part[];
  /** By how many dollars the least deposit could lie below this one's: 0 where the search was finished. */
  readonly slack: number;
}

/** Cells of tableaus to work through before the best grouping found so far must do: about a second. */
const CELL_LIMIT = 5_000_000;
const FEWEST_NODES = 20;

/**
 * The grouping with the least deposit: a small integer program, whose variables count how often each offset is taken and
 * what each pool loses at most. Standing alone is where the search begins, so that no book needs more than its legs apart.
 */
export function bestGrouping(book: MarginedBook): Grouping {
  const offsets = offsetsOf(book);
  if (offsets.length === 0) return { pools: [], others: [], alone: partsAlone(book, []), slack: 0 };

  const program = programOf(book, offsets);
  const cells = program.rows.length * (program.rows.length + program.gains.length);
  const nodeLimit = Math.max(FEWEST_NODES, Math.floor(CELL_LIMIT / cells));
  const { counts, gain, bound } = bestWholeSolution(program, nodeLimit);
  const taken = offsets
    .map((offset, index) => ({ offset, count: counts[index] ?? 0 }))
    .filter(({ count }) => count > 0);
  const others = taken.filter(({ offset }) => offset.choice.kind !== "pool");
  const pools = poolNames(offsets)
    .map((pool) => trimmed(partsOfPool(taken, pool)))
    .filter((parts) => parts.length > 0);
  const grouping = { pools, others, alone: partsAlone(book, [...others.flatMap(partsOf), ...pools.flat()]) };
  return { ...withSeriesTogether(grouping, book), slack: Math.max(0, bound - gain) * DOLLARS_PER_POINT };
}

/** Rows: contracts of each line, shares, and for each pool its loss at every price point and its balance of calls. */
function programOf({ lines, shares }: MarginedBook, offsets: readonly Offset[]): WholeProgram {
  const pools = poolNames(offsets);
  const row = (cell: (offset: Offset) => number, poolIndex?: number): readonly number[] => {
    const cells = [...offsets.map(cell), ...new Array<number>(pools.length).fill(0)];
    if (poolIndex !== undefined) cells[offsets.length + poolIndex] = -1;
    return cells;
  };
  const rows: { readonly cells: readonly number[]; readonly limit: number }[] = lines.map((line) => ({
    cells: row((offset) => offset.lines.filter((used) => used === line).length),
    limit: Math.abs(line.count),
  }));
  rows.push({
    cells: row(({ choice }) => (choice.kind === "covered" ? 1 : 0)),
    limit: Math.floor(Math.abs(shares) / SHARES_PER_CONTRACT),
  });
  for (const [index, pool] of pools.entries()) {
    const inPool = (value: (line: Line) => number) => (offset: Offset) =>
      isIn(pool, offset) ? offset.lines.reduce((sum, line) => sum + value(line), 0) : 0;
    const signed = ({ count }: Line): number => -Math.sign(count);
    for (const settlement of settlementsOf(offsets, pool)) {
      const loss = inPool((line) => signed(line) * pointsOf(intrinsicAt(line, settlement)));
      rows.push({ cells: row(loss, index), limit: rows.length * TIE_BREAK });
    }
    const uncoveredCalls = inPool((line) => (line.contract.right === "call" ? signed(line) : 0));
    rows.push({ cells: row(uncoveredCalls), limit: 0 });
  }
  const gains = [...offsets.map(({ gain }) => pointsOf(gain)), ...pools.map(() => -1)];
  return {
    gains,
    rows: rows.map(({ cells }) => cells),
    limits: rows.map(({ limit }) => limit),
    wholes: offsets.length,
    near: (values) => wholeNear(offsets, values),
  };
}

/**
 * Whole counts near fractional ones: shorts rounded down, longs up as far as there are any, and then as many calls sold
 * as there are calls to cover them.
 */
function wholeNear(offsets: readonly Offset[], values: readonly number[]): WholeCounts {
  const left = new Map<Line, number>();
  const leftOf = (line: Line): number => left.get(line) ?? Math.abs(line.count);
  const isLong = ({ choice, lines }: Offset): boolean => choice.kind === "pool" && (lines[0]?.count ?? 0) > 0;
  const counts = offsets.map((offset, index) => {
    const value = values[index] ?? 0;
    const most = Math.min(...offset.lines.map(leftOf));
    const count = Math.min(most, isLong(offset) ? Math.ceil(value - ROUNDING) : Math.floor(value + ROUNDING));
    for (const line of offset.lines) left.set(line, leftOf(line) - count);
    return count;
  });

  for (const pool of poolNames(offsets)) {
    const calls = [...offsets.entries()].filter(
      ([, offset]) => isIn(pool, offset) && offset.lines[0]?.contract.right === "call",
    );
    let uncovered = calls.reduce(
      (sum, [at, offset]) => sum + (isLong(offset) ? -1 : 1) * (counts[at] ?? 0),
      0,
    );
    for (const [at, offset] of calls) {
      if (isLong(offset) || uncovered <= 0) continue;
      const dropped = Math.min(uncovered, counts[at] ?? 0);
      counts[at] = (counts[at] ?? 0) - dropped;
      uncovered -= dropped;
    }
  }
  const taken = offsets.map((offset, index) => ({ offset, count: counts[index] ?? 0 }));
  const gains = taken.reduce((sum, { offset, count }) => sum + pointsOf(offset.gain) * count, 0);
  const losses = poolNames(offsets).map((pool) =>
    pointsOf(largestLoss(partsOfPool(taken, pool)) ?? zeroMoney),
  );
  return { counts, gain: gains - losses.reduce((sum, loss) => sum + loss, 0) };
}

/** The program counts in points of a hundred dollars, which keeps its numbers within some thousands. */
const DOLLARS_PER_POINT = 100;

function pointsOf(amount: Money): number {
  return toModel(amount) / DOLLARS_PER_POINT;
}

/** Limits of nothing make the simplex method run in circles; these, less than a cent together, do not. */
const TIE_BREAK = 1e-7;

/** A count this near to a whole one is that one. */
const ROUNDING = 1e-6;

function poolNames(offsets: readonly Offset[]): readonly string[] {
  const names = offsets.flatMap(({ choice }) => (choice.kind === "pool" ? [choice.pool] : []));
  return [...new Set(names)].toSorted((left, right) => (left < right ? -1 : 1));
}

function settlementsOf(offsets: readonly Offset[], pool: string): readonly number[] {
  const strikes = offsets.filter((offset) => isIn(pool, offset)).flatMap(({ lines }) => lines);
  return [...new Set([0, ...strikes.map(({ contract }) => contract.strike as number)])];
}

function isIn(pool: string, { choice }: Offset): boolean {
  return choice.kind === "pool" && choice.pool === pool;
}

function partsOf({ offset, count }: Taken): readonly Part[] {
  return offset.lines.map((line) => ({ line, count: Math.sign(line.count) * count }));
}

function partsOfPool(taken: readonly Taken[], pool: string): readonly Part[] {
  return taken.filter(({ offset }) => isIn(pool, offset)).flatMap(partsOf);
}

/** Without the longs that take nothing from the largest loss: they stand for themselves. */
function trimmed(parts: readonly Part[]): readonly Part[] {
  if (parts.every(({ count }) => count > 0)) return [];
  const loss = largestLoss(parts);
  let kept = parts;
  for (const part of parts) {
    if (part.count < 0) continue;
    const least = fewest(part.count, (count) => largestLoss(withCount(kept, part.line, count)) === loss);
    kept = withCount(kept, part.line, least);
  }
  return kept;
}

/** The smallest count from 0 that will do, where any larger one does too. */
function fewest(most: number, does: (count: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (does(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

function withCount(parts: readonly Part[], line: Line, count: number): readonly Part[] {
  const changed = parts.map((part) => (part.line === line ? { line, count } : part));
  return changed.filter((part) => part.count !== 0);
}

function partsAlone({ lines }: MarginedBook, taken: readonly Part[]): readonly Part[] {
  return lines
    .map((line) => {
      const used = taken.reduce((sum, part) => sum + (part.line === line ? part.count : 0), 0);
      return { line, count: line.count - used };
    })
    .filter(({ count }) => count !== 0);
}

/** Longs left alone join the pool that holds their series, as a trader sees a ratio backspread, unless it costs more. */
function withSeriesTogether(
  { pools, others, alone }: Omit<Grouping, "slack">,
  book: MarginedBook,
): Omit<Grouping, "slack"> {
  const joined = pools.map((parts) =>
    parts.map((part) => {
      const left = alone.find(({ line, count }) => line === part.line && count > 0);
      const isFirst = pools.find((other) => other.some(({ line }) => line === part.line)) === parts;
      const isPaidInFull = left !== undefined && longPercent(left.line, book) === 100;
      return left !== undefined && isFirst && isPaidInFull
        ? { ...part, count: part.count + left.count }
        : part;
    }),
  );
  return { pools: joined, others, alone: partsAlone(book, [...others.flatMap(partsOf), ...joined.flat()]) };
}
