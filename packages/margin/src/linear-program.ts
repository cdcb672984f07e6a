// The simplex method on a dense tableau: the primal from the slack basis, the dual after a row was added (Dantzig 1951, Lemke 1954).

import { assert } from "@steward/model";

/** Maximize `gains · x` where `rows · x ≤ limits` and `x ≥ 0`. No limit is negative, so that `x = 0` is a start. */
export interface LinearProgram {
  readonly gains: readonly number[];
  readonly rows: readonly (readonly number[])[];
  readonly limits: readonly number[];
}

/** A basis of a program: rows of coefficients with the limit last; the last row is the objective. */
export interface Tableau {
  readonly rows: readonly Float64Array[];
  /** The column that each row but the last is solved for. */
  readonly basis: readonly number[];
}

/** Coefficients here are points and counts of contracts, up to some ten thousand; smaller than this is rounding. */
const ROUNDING = 1e-9;
/** Dantzig's choice of column is fast and may cycle; Bland's is slow and cannot. */
const PIVOTS_BEFORE_BLAND = 500;
const MOST_PIVOTS = 100_000;
const MOST_DUAL_PIVOTS = 1_000;

/** The best basis of a program. Its gain must be bounded. */
export function bestBasis({ gains, rows, limits }: LinearProgram): Tableau {
  const tableau: MutableTableau = {
    rows: [...rows, gains.map((gain) => -gain)].map((row, index) => {
      const cells = new Float64Array(gains.length + rows.length + 1);
      cells.set(row);
      if (index < rows.length) cells[gains.length + index] = 1;
      cells[cells.length - 1] = limits[index] ?? 0;
      return cells;
    }),
    basis: rows.map((_, index) => gains.length + index),
  };

  for (let pivots = 0; ; pivots += 1) {
    assert(pivots < MOST_PIVOTS, "the simplex method must end");
    const column = enteringColumn(objectiveOf(tableau), pivots > PIVOTS_BEFORE_BLAND);
    if (column === undefined) return tableau;
    const row = leavingRow(tableau, column);
    assert(row !== undefined, "the gain of a program must be bounded");
    pivot(tableau, row, column);
  }
}

/**
 * The best basis once a basic variable may not exceed `limit` (`at-most`) or fall under it (`at-least`). `none` where no
 * solution is left, `unfinished` where rounding keeps the method from its end.
 */
export function bestBasisWithin(
  tableau: Tableau,
  bound: { readonly variable: number; readonly side: "at-most" | "at-least"; readonly limit: number },
): Tableau | "none" | "unfinished" {
  const next = withBound(tableau, bound);
  for (let pivots = 0; pivots < MOST_DUAL_PIVOTS; pivots += 1) {
    const row = violatedRow(next, pivots > PIVOTS_BEFORE_BLAND);
    if (row === undefined) return next;
    const column = dualColumn(next, row);
    if (column === undefined) return "none";
    pivot(next, row, column);
  }
  return "unfinished";
}

/** The first `count` variables of a basis. */
export function valuesOf({ rows, basis }: Tableau, count: number): readonly number[] {
  const values = new Array<number>(count).fill(0);
  for (const [row, column] of basis.entries()) if (column < count) values[column] = rows[row]?.at(-1) ?? 0;
  return values;
}

/** What the objective comes to. */
export function gainOf(tableau: Tableau): number {
  return objectiveOf(tableau).at(-1) ?? 0;
}

interface MutableTableau {
  readonly rows: Float64Array[];
  readonly basis: number[];
}

function objectiveOf({ rows }: Tableau): Float64Array {
  return rows.at(-1) ?? new Float64Array();
}

function enteringColumn(objective: Float64Array, isBland: boolean): number | undefined {
  let best: number | undefined;
  for (let column = 0; column < objective.length - 1; column += 1) {
    const cost = objective[column] ?? 0;
    if (cost >= -ROUNDING || (best !== undefined && cost >= (objective[best] ?? 0))) continue;
    best = column;
    if (isBland) break;
  }
  return best;
}

function leavingRow({ rows, basis }: MutableTableau, column: number): number | undefined {
  let best: { readonly row: number; readonly ratio: number } | undefined;
  for (const [row, basic] of basis.entries()) {
    const coefficient = rows[row]?.[column] ?? 0;
    if (coefficient <= ROUNDING) continue;
    const ratio = Math.max(0, rows[row]?.at(-1) ?? 0) / coefficient;
    const isTie = best !== undefined && ratio === best.ratio && basic < (basis[best.row] ?? 0);
    if (best === undefined || ratio < best.ratio || isTie) best = { row, ratio };
  }
  return best?.row;
}

/** The row `± variable + slack = ± limit`, written in the columns that are not basic. */
function withBound(
  { rows, basis }: Tableau,
  { variable, side, limit }: { variable: number; side: "at-most" | "at-least"; limit: number },
): MutableTableau {
  const source = rows[basis.indexOf(variable)];
  assert(source !== undefined, "a bound is put on a basic variable");
  const sign = side === "at-most" ? 1 : -1;
  const slack = source.length - 1;
  const bounded = widened(source).map((cell) => -sign * cell);
  bounded[variable] = 0;
  bounded[slack] = 1;
  bounded[slack + 1] = sign * (limit - (source[slack] ?? 0));
  const wider = rows.map(widened);
  return { rows: [...wider.slice(0, -1), bounded, ...wider.slice(-1)], basis: [...basis, slack] };
}

/** A copy with one more column before the limit. */
function widened(row: Float64Array): Float64Array {
  const wider = new Float64Array(row.length + 1);
  wider.set(row);
  wider[row.length - 1] = 0;
  wider[row.length] = row[row.length - 1] ?? 0;
  return wider;
}

/** The row farthest beyond its limit; for Bland the one whose variable comes first. */
function violatedRow({ rows, basis }: MutableTableau, isBland: boolean): number | undefined {
  let worst: { readonly row: number; readonly rank: number } | undefined;
  for (const [row, basic] of basis.entries()) {
    const value = rows[row]?.at(-1) ?? 0;
    if (value >= -ROUNDING) continue;
    const rank = isBland ? basic : value;
    if (worst === undefined || rank < worst.rank) worst = { row, rank };
  }
  return worst?.row;
}

function dualColumn(tableau: MutableTableau, row: number): number | undefined {
  const objective = objectiveOf(tableau);
  let best: { readonly column: number; readonly ratio: number } | undefined;
  for (let column = 0; column < objective.length - 1; column += 1) {
    const coefficient = tableau.rows[row]?.[column] ?? 0;
    if (coefficient >= -ROUNDING) continue;
    const ratio = Math.max(0, objective[column] ?? 0) / -coefficient;
    if (best === undefined || ratio < best.ratio) best = { column, ratio };
  }
  return best?.column;
}

function pivot({ rows, basis }: MutableTableau, row: number, column: number): void {
  const source = rows[row] ?? new Float64Array();
  const scale = source[column] ?? 1;
  for (let index = 0; index < source.length; index += 1) source[index] = (source[index] ?? 0) / scale;
  for (const [other, target] of rows.entries()) {
    const factor = target[column] ?? 0;
    if (other === row || factor === 0) continue;
    for (let index = 0; index < source.length; index += 1)
      target[index] = (target[index] ?? 0) - factor * (source[index] ?? 0);
    target[column] = 0;
  }
  basis[row] = column;
}
