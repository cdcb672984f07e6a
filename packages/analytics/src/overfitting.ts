import { strictLog } from "@steward/pricing";
import { type Half, halves } from "./halves.ts";
import { mean, positionOfMaximum, varies } from "./moments.ts";
import type { Random } from "./random.ts";

/** How the sessions are split into halves to select in and to judge by. */
export interface SplitOptions {
  /** Blocks of equal length that the sessions are cut into, S: even, 16 in the paper. The oldest that do not fit are left out. */
  readonly blocks: number;
  /** All C(S, S/2) halves are used if there are no more than this, else as many drawn at random, with replacement. */
  readonly limit: number;
  readonly random: Random;
}

/** What selecting the best of several trials is worth, judged on sessions that the selection did not see. */
export interface Overfitting {
  /** Share of splits with a logit of zero or less, in which the selected trial is no better than the middle: the PBO. */
  readonly probability: number;
  /** Share of splits in which the selected trial loses out of sample. */
  readonly lossProbability: number;
  /** Line of the selected trial's Sharpe ratio per session out of sample by that in sample; undefined if the latter is one. */
  readonly degradation: Line | undefined;
  /** ln(ω / (1 − ω)) of each split, ω being the selected trial's rank out of sample over the number of trials plus one. */
  readonly logits: readonly number[];
  /** Sessions used. */
  readonly sessions: number;
}

/** A straight line fitted by least squares. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation (Bailey, Borwein, López de Prado and Zhu
 * 2017): each way to take half of the blocks selects the trial with the highest Sharpe ratio there, the first of equals, and
 * ranks it by its ratio in the other half. Equal ratios share the mean of their ranks. A trial whose returns do not vary in a
 * half counts there with a ratio of zero, as one that never traded.
 *
 * Trials are session returns over the same sessions. Undefined for fewer than two of them, unequal lengths, an odd number of
 * blocks, fewer than two sessions in a half and a limit below one.
 */
export function backtestOverfitting(
  trials: readonly ArrayLike<number>[],
  options: SplitOptions,
): Overfitting | undefined {
  const { blocks, limit } = options;
  const length = trials[0]?.length ?? 0;
  if (trials.length < 2 || trials.some((returns) => returns.length !== length)) return undefined;
  if (!(blocks >= 2 && blocks % 2 === 0 && limit >= 1)) return undefined;
  const blockLength = Math.floor(length / blocks);
  if ((blockLength * blocks) / 2 < 2) return undefined;

  const sums = trials.map((returns) => blockSums(returns, { blocks, blockLength }));
  const inSample: number[] = [];
  const outOfSample: number[] = [];
  const logits: number[] = [];
  for (const half of halves(blocks, options)) {
    const seen = ratios(sums, half, blockLength);
    const unseen = ratios(sums, otherHalf(half, blocks), blockLength);
    const selected = positionOfMaximum(seen);
    const rank = meanRank(unseen, selected);
    inSample.push(seen[selected] ?? 0);
    outOfSample.push(unseen[selected] ?? 0);
    logits.push(strictLog(rank / (trials.length + 1 - rank)));
  }
  return {
    probability: logits.filter((logit) => logit <= 0).length / logits.length,
    lossProbability: outOfSample.filter((ratio) => ratio < 0).length / logits.length,
    degradation: fitLine(inSample, outOfSample),
    logits,
    sessions: blockLength * blocks,
  };
}

/** Sums of returns and of their squares in each block: what a Sharpe ratio of any union of blocks takes. */
interface BlockSums {
  readonly returns: Float64Array;
  readonly squares: Float64Array;
}

function blockSums(
  returns: ArrayLike<number>,
  { blocks, blockLength }: { readonly blocks: number; readonly blockLength: number },
): BlockSums {
  const sums = { returns: new Float64Array(blocks), squares: new Float64Array(blocks) };
  const left = returns.length - blocks * blockLength;
  for (let block = 0; block < blocks; block += 1) {
    let total = 0;
    let squares = 0;
    const start = left + block * blockLength;
    for (let i = start; i < start + blockLength; i += 1) {
      const value = returns[i] ?? 0;
      total += value;
      squares += value * value;
    }
    sums.returns[block] = total;
    sums.squares[block] = squares;
  }
  return sums;
}

/** Each trial's Sharpe ratio per session over the blocks of a half. */
function ratios(sums: readonly BlockSums[], half: Half, blockLength: number): Float64Array {
  const count = half.length * blockLength;
  const found = new Float64Array(sums.length);
  for (let trial = 0; trial < sums.length; trial += 1) {
    const { returns, squares } = sums[trial] ?? NOTHING;
    let total = 0;
    let square = 0;
    for (const block of half) {
      total += returns[block] ?? 0;
      square += squares[block] ?? 0;
    }
    const deviations = square - (total * total) / count;
    // What rounding leaves of equal returns is no variation.
    if (deviations > 1e-12 * square) found[trial] = total / count / Math.sqrt(deviations / (count - 1));
  }
  return found;
}

const NOTHING: BlockSums = { returns: new Float64Array(0), squares: new Float64Array(0) };

function otherHalf(half: Half, blocks: number): Half {
  return Array.from({ length: blocks }, (_, block) => block).filter((block) => !half.includes(block));
}

/** Rank of one value among all from 1 for the lowest; equals share the mean of theirs. */
function meanRank(values: Float64Array, position: number): number {
  const own = values[position] ?? 0;
  let below = 0;
  let equal = 0;
  for (const value of values) {
    if (value < own) below += 1;
    else if (value === own) equal += 1;
  }
  return below + (equal + 1) / 2;
}

function fitLine(xs: readonly number[], ys: readonly number[]): Line | undefined {
  const centerX = mean(xs);
  const centerY = mean(ys);
  if (centerX === undefined || centerY === undefined || !varies(xs)) return undefined;
  let squares = 0;
  let products = 0;
  for (let i = 0; i < xs.length; i += 1) {
    const x = (xs[i] ?? 0) - centerX;
    squares += x * x;
    products += x * ((ys[i] ?? 0) - centerY);
  }
  if (squares === 0) return undefined;
  const slope = products / squares;
  return { slope, intercept: centerY - slope * centerX };
}
