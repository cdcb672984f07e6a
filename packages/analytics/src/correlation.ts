import { mean, quantile } from "./moments.ts";

/** Pearson's correlation of two series of equal length; undefined below two values, and where either does not vary. */
export function correlation(first: ArrayLike<number>, second: ArrayLike<number>): number | undefined {
  const [left, right] = [mean(first), mean(second)];
  if (left === undefined || right === undefined || first.length < 2 || first.length !== second.length)
    return undefined;
  let [both, ofFirst, ofSecond] = [0, 0, 0];
  for (let i = 0; i < first.length; i += 1) {
    const one = (first[i] ?? 0) - left;
    const other = (second[i] ?? 0) - right;
    both += one * other;
    ofFirst += one * one;
    ofSecond += other * other;
  }
  const scale = Math.sqrt(ofFirst) * Math.sqrt(ofSecond);
  return scale === 0 ? undefined : Math.max(-1, Math.min(both / scale, 1));
}

/** How many sessions are in the worst share of returns, and what two series have in common there. */
export interface CommonTail {
  readonly sessions: number;
  /** Correlation in the worst sessions of the first; undefined where either does not vary there. */
  readonly correlation: number | undefined;
  /** Mean of the second in them. */
  readonly mean: number | undefined;
  /** Share of them that is among the worst of the second too: of independent series about the share itself. */
  readonly shared: number;
}

/** The worst sessions of the first series, and how the second fared in them. Undefined for no values. */
export function commonTail(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  worstShare: number,
): CommonTail | undefined {
  const [line, otherLine] = [lineOf(first, worstShare), lineOf(second, worstShare)];
  if (line === undefined || otherLine === undefined || first.length !== second.length) return undefined;
  const [own, others]: [number[], number[]] = [[], []];
  let both = 0;
  for (let i = 0; i < first.length; i += 1) {
    const [one, other] = [first[i] ?? 0, second[i] ?? 0];
    if (one > line) continue;
    own.push(one);
    others.push(other);
    if (other <= otherLine && other < 0) both += 1;
  }
  return {
    sessions: own.length,
    correlation: correlation(own, others),
    mean: mean(others),
    shared: both / own.length,
  };
}

function lineOf(values: ArrayLike<number>, share: number): number | undefined {
  const sorted = Float64Array.from(values).sort((left, right) => left - right);
  return quantile(sorted, share);
}
