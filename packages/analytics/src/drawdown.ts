import { mean } from "./moments.ts";
import { expectedShortfall } from "./tail.ts";

/** A fall from a high of equity to its low and back. Positions are indices into the equity given. */
export interface Drawdown {
  /** Loss from the peak as a share of it, negative: −0.33 is a third lost. */
  readonly depth: number;
  readonly peak: number;
  readonly trough: number;
  /** Index of the first value at or above the peak again, undefined while under water. */
  readonly recovered: number | undefined;
  /** Sessions from the peak to the recovery, or to the last value while under water. */
  readonly sessions: number;
}

/** Distance of each value below the highest so far, as a share of that high: zero or negative. */
export function underwater(equity: ArrayLike<number>): Float64Array {
  const depths = new Float64Array(equity.length);
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < equity.length; i += 1) {
    const value = equity[i] ?? 0;
    if (value > high) high = value;
    depths[i] = high > 0 ? value / high - 1 : 0;
  }
  return depths;
}

/** The deepest fall, end of session to end of session; undefined for an equity that never fell. */
export function deepestDrawdown(equity: ArrayLike<number>): Drawdown | undefined {
  return drawdowns(equity)[0];
}

/** Mean depth of all falls, each counted once however long it was; undefined for an equity that never fell. */
export function averageDrawdown(equity: ArrayLike<number>): number | undefined {
  return mean(drawdowns(equity).map(({ depth }) => depth));
}

/**
 * Conditional drawdown at risk: mean of the deepest share of the distances under water, session by session (Chekhlov,
 * Uryasev and Zabarankin 2005), zero or negative; whole sessions, at least one. Undefined for no equity.
 */
export function conditionalDrawdown(equity: ArrayLike<number>, worstShare: number): number | undefined {
  return expectedShortfall(underwater(equity), worstShare);
}

/**
 * Ulcer index: root of the mean squared distance under water over all values given, as a share and not in percent (Martin
 * and McCann 1989). It grows with the depth of falls and with their length. Undefined for no equity.
 */
export function ulcerIndex(equity: ArrayLike<number>): number | undefined {
  const square = mean(underwater(equity).map((depth) => depth * depth));
  return square === undefined ? undefined : Math.sqrt(square);
}

/** Every fall, deepest first; equal depths keep their order in time. */
export function drawdowns(equity: ArrayLike<number>): readonly Drawdown[] {
  const depths = underwater(equity);
  const found: Drawdown[] = [];
  let peak = 0;
  let trough = 0;
  for (let i = 1; i <= depths.length; i += 1) {
    const depth = i < depths.length ? (depths[i] ?? 0) : undefined;
    const isUnder = (depths[i - 1] ?? 0) < 0;
    if (depth !== undefined && depth < 0) {
      if (!isUnder) {
        peak = i - 1;
        trough = i;
      } else if (depth < (depths[trough] ?? 0)) trough = i;
      continue;
    }
    if (isUnder)
      found.push({
        depth: depths[trough] ?? 0,
        peak,
        trough,
        recovered: depth === undefined ? undefined : i,
        sessions: (depth === undefined ? i - 1 : i) - peak,
      });
  }
  // Found in order of time, which a stable sort keeps.
  return found.sort((left, right) => left.depth - right.depth);
}
