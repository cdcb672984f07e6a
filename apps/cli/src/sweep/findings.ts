import {
  type BestTrial,
  backtestOverfitting,
  bestTrial,
  probabilisticSharpe,
  seededRandom,
  trackRecord,
} from "@steward/analytics";
import type { VariantResult } from "@steward/engine";

/** What choosing the best of the variants is worth. */
export interface SweepFindings {
  readonly best: BestTrial;
  readonly overfitting: SweepOverfitting | undefined;
}

/** How the choice does where it was not made. */
export interface SweepOverfitting {
  /** Share of the ways to halve the sessions in which the best of one half is no better than the middle in the other. */
  readonly probability: number;
  /** Share in which it loses there. */
  readonly lossProbability: number;
  /** Ways to halve that were looked at. */
  readonly splits: number;
}

/** As many blocks as in the paper, of two weeks at least. */
const BLOCKS = 16;
const LEAST_BLOCK = 10;
/** Variants times splits, about a second. */
const MOST_WORK = 1e7;

/** Judges the best of variants that ran over the same sessions; undefined where not even the best one's returns vary. */
export function judgeSweep(results: readonly VariantResult[], seed: number): SweepFindings | undefined {
  const returns = results.map((result) => result.returns);
  const best = bestTrial(returns);
  return best === undefined ? undefined : { best, overfitting: overfittingOf(returns, seed) };
}

/** Probability that a variant's true Sharpe ratio exceeds zero, as if no other had been tried. */
export function probabilityOf({ returns }: VariantResult): number | undefined {
  const record = trackRecord(returns);
  return record === undefined ? undefined : probabilisticSharpe(record, 0);
}

function overfittingOf(returns: readonly Float64Array[], seed: number): SweepOverfitting | undefined {
  if ((returns[0]?.length ?? 0) < BLOCKS * LEAST_BLOCK) return undefined;
  const found = backtestOverfitting(returns, {
    blocks: BLOCKS,
    limit: Math.floor(MOST_WORK / returns.length),
    random: seededRandom(seed),
  });
  if (found === undefined) return undefined;
  const { probability, lossProbability, logits } = found;
  return { probability, lossProbability, splits: logits.length };
}
