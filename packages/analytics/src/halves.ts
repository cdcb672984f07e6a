import { type Random, randomIndex } from "./random.ts";

/** Which half of so many blocks is chosen, as ascending positions. */
export type Half = readonly number[];

/**
 * All ways to choose half of an even number of blocks if there are no more than `limit`, in lexicographic order; else as many
 * as `limit`, each drawn uniformly from all, with replacement.
 */
export function* halves(
  blocks: number,
  { limit, random }: { readonly limit: number; readonly random: Random },
): Generator<Half> {
  if (halfCount(blocks) <= limit) {
    yield* combinations(0, blocks, blocks / 2);
    return;
  }
  for (let drawn = 0; drawn < limit; drawn += 1) yield randomHalf(blocks, random);
}

/** C(S, S/2), the number of ways to choose half of S blocks; every factor of the product is a whole number. */
export function halfCount(blocks: number): number {
  const half = blocks / 2;
  let count = 1;
  for (let i = 1; i <= half; i += 1) count = (count * (half + i)) / i;
  return count;
}

function* combinations(from: number, to: number, count: number): Generator<Half> {
  if (count === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= to - count; first += 1)
    for (const rest of combinations(first + 1, to, count - 1)) yield [first, ...rest];
}

/** Selection sampling: each block is taken with the share of those still wanted among those left (Knuth, Algorithm 3.4.2S). */
function randomHalf(blocks: number, random: Random): Half {
  const chosen: number[] = [];
  for (let block = 0; block < blocks; block += 1)
    if (randomIndex(random, blocks - block) < blocks / 2 - chosen.length) chosen.push(block);
  return chosen;
}
