import { describe, expect, test } from "vitest";
import { mean, standardDeviation } from "./moments.ts";
import { backtestOverfitting, type SplitOptions } from "./overfitting.ts";
import { seededRandom } from "./random.ts";
import { sharpePerSession } from "./sharpe.ts";

function options(blocks: number, changes: Partial<SplitOptions> = {}): SplitOptions {
  return { blocks, limit: 20_000, random: seededRandom(3), ...changes };
}

function noise(seed: number, count: number, sessions: number): readonly number[][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: sessions }, () => (random.next() - 0.5) / 50),
  );
}

/** Bit patterns of half of the blocks, in any order. */
function masks(blocks: number): readonly number[] {
  return Array.from({ length: 2 ** blocks }, (_, mask) => mask).filter(
    (mask) => mask.toString(2).replaceAll("0", "").length === blocks / 2,
  );
}

/** The definition, word by word: halves are copied together, Sharpe ratios taken, trials sorted. */
function byHand(trials: readonly (readonly number[])[], blocks: number) {
  const sessions = trials[0]?.length ?? 0;
  const size = Math.floor(sessions / blocks);
  const start = sessions - size * blocks;
  return masks(blocks).map((mask) => {
    const half = (returns: readonly number[], bit: number) =>
      returns.slice(start).filter((_, session) => ((mask >> Math.floor(session / size)) & 1) === bit);
    const seen = trials.map((returns) => sharpePerSession(half(returns, 1)) ?? 0);
    const unseen = trials.map((returns) => sharpePerSession(half(returns, 0)) ?? 0);
    const selected = seen.indexOf(Math.max(...seen));
    const rank = 1 + unseen.toSorted((left, right) => left - right).indexOf(unseen[selected] ?? 0);
    const share = rank / (trials.length + 1);
    return { inSample: seen[selected], outOfSample: unseen[selected], logit: Math.log(share / (1 - share)) };
  });
}

const ascending = (values: readonly number[]) => values.toSorted((left, right) => left - right);

describe("backtestOverfitting", () => {
  test.each([
    [2, 2, 4],
    [3, 2, 11],
    [2, 4, 40],
    [5, 4, 43],
    [8, 6, 65],
    [7, 8, 100],
  ])("of %d trials in %d blocks of %d sessions is what the definition says", (count, blocks, sessions) => {
    for (let seed = 0; seed < 10; seed += 1) {
      const trials = noise(100 * seed + count, count, sessions);
      const found = backtestOverfitting(trials, options(blocks));
      const expected = byHand(trials, blocks);
      const logits = ascending(expected.map(({ logit }) => logit));
      expect(found?.logits).toHaveLength(logits.length);
      ascending(found?.logits ?? []).forEach((logit, at) => {
        expect(logit).toBeCloseTo(logits[at] ?? Number.NaN, 12);
      });
      const shareOf = (holds: (split: (typeof expected)[number]) => boolean) =>
        expected.filter(holds).length / expected.length;
      expect(found?.probability).toBe(shareOf(({ logit }) => logit <= 1e-12));
      expect(found?.lossProbability).toBe(shareOf(({ outOfSample }) => (outOfSample ?? 0) < 0));
      expect(found?.sessions).toBe(sessions - (sessions % blocks));

      // The line goes through the means, with a residual that the ratio in sample cannot explain.
      const x = expected.map(({ inSample }) => inSample ?? 0);
      const y = expected.map(({ outOfSample }) => outOfSample ?? 0);
      const { slope, intercept } = found?.degradation ?? { slope: Number.NaN, intercept: Number.NaN };
      const residuals = y.map((value, at) => value - intercept - slope * (x[at] ?? 0));
      expect(mean(residuals)).toBeCloseTo(0, 10);
      expect(mean(residuals.map((value, at) => value * (x[at] ?? 0)))).toBeCloseTo(0, 10);
    }
  });

  test("one trial that is always the best is never overfitted", () => {
    const [first = [], ...others] = noise(1, 6, 80);
    const found = backtestOverfitting([...others, first.map((value) => value + 0.05)], options(8));
    expect([found?.probability, found?.lossProbability]).toEqual([0, 0]);
    expect(new Set(found?.logits)).toEqual(new Set([Math.log(6)]));
  });

  test("trials that win in one half what they lose in the other are overfitted for sure", () => {
    // Each block is a mean of its own plus and minus 1; the means of a trial sum to zero, and hardly change its deviation.
    const centered = noise(2, 3, 8).map((values) => values.map((value) => value - (mean(values) ?? 0)));
    // With each its opposite, so that one of them wins in any half.
    const means = [...centered, ...centered.map((values) => values.map((value) => -value))];
    const trials = means.map((values) => values.flatMap((value) => [value / 100 + 1, value / 100 - 1]));
    const found = backtestOverfitting(trials, options(8));
    expect([found?.probability, found?.lossProbability]).toEqual([1, 1]);
    expect(new Set(found?.logits)).toEqual(new Set([Math.log(1 / 6)]));
    expect(found?.degradation?.slope).toBeCloseTo(-1, 5);
  });

  test("identical trials are all in the middle, which is no better than the middle", () => {
    const [returns = []] = noise(3, 1, 60);
    const found = backtestOverfitting([returns, returns, returns, returns], options(6));
    expect(new Set(found?.logits)).toEqual(new Set([0]));
    expect(found?.probability).toBe(1);
  });

  test("among equals in both halves the rank is the mean of theirs", () => {
    const [winner = [], loser = []] = noise(4, 2, 40);
    const high = winner.map((value) => value + 0.05);
    // Of three, two are best: ranks 2 and 3, so 2.5 of 4.
    const found = backtestOverfitting([loser, high, high], options(4));
    expect(new Set(found?.logits)).toEqual(new Set([Math.log(2.5 / 1.5)]));
  });

  test("what never trades has a ratio of zero: it beats what always loses, and does not lose", () => {
    const losers = noise(5, 2, 40).map((returns) => returns.map((value) => value - 0.05));
    const found = backtestOverfitting([...losers, new Float64Array(40)], options(4));
    expect([found?.probability, found?.lossProbability]).toEqual([0, 0]);
    expect(found?.degradation).toBeUndefined();
    // Nor does a ratio belong to returns that do not vary, though their squares cancel only to the last bits.
    const constant = new Float64Array(40).fill(-0.1);
    expect(backtestOverfitting([...losers, constant], options(4))).toEqual(found);
  });
});

describe("over many histories of noise", () => {
  test("selection is a throw of a coin: the probability is one half in the mean", () => {
    const found = Array.from(
      { length: 300 },
      (_, seed) => backtestOverfitting(noise(seed, 10, 160), options(8))?.probability ?? Number.NaN,
    );
    const error = (standardDeviation(found) ?? 0) / Math.sqrt(found.length);
    expect(error).toBeLessThan(0.02);
    expect(Math.abs((mean(found) ?? 0) - 0.5)).toBeLessThan(3 * error);
  });

  test("a trial with skill lowers it", () => {
    const found = Array.from({ length: 20 }, (_, seed) => {
      const trials = noise(seed, 10, 400).map((returns, index) =>
        index === 0 ? returns.map((value) => value + 0.0015) : returns,
      );
      return backtestOverfitting(trials, options(8))?.probability ?? Number.NaN;
    });
    expect(mean(found)).toBeLessThan(0.1);
  });
});

describe("splits", () => {
  const trials = noise(11, 20, 320);

  test("drawn at random come near all of them", () => {
    const all = backtestOverfitting(trials, options(16));
    const drawn = backtestOverfitting(trials, options(16, { limit: 2000 }));
    expect(all?.logits).toHaveLength(12_870);
    expect(drawn?.logits).toHaveLength(2000);
    const share = all?.probability ?? Number.NaN;
    const error = Math.sqrt((share * (1 - share)) / 2000);
    expect(Math.abs((drawn?.probability ?? Number.NaN) - share)).toBeLessThan(4 * error);
    expect(drawn).toEqual(backtestOverfitting(trials, options(16, { limit: 2000 })));
  });

  test("leave out the oldest sessions that fill no block", () => {
    const longer = trials.map((returns) => [9, -9, 9, ...returns]);
    expect(backtestOverfitting(longer, options(8))).toEqual(backtestOverfitting(trials, options(8)));
  });

  test("do not see the unit of a trial, nor the order of trials", () => {
    const found = backtestOverfitting(trials, options(8));
    const scaled = trials.map((returns, index) => returns.map((value) => value * 2 ** (index % 3)));
    expect(backtestOverfitting(scaled, options(8))).toEqual(found);
    expect(backtestOverfitting(trials.toReversed(), options(8))).toEqual(found);
  });
});

test("there is no answer without a choice, equal lengths, an even number of blocks and two sessions in a half", () => {
  const trials = noise(1, 3, 12);
  expect(backtestOverfitting(trials, options(4))).toBeDefined();
  expect(backtestOverfitting([], options(4))).toBeUndefined();
  expect(backtestOverfitting(trials.slice(0, 1), options(4))).toBeUndefined();
  expect(backtestOverfitting([...trials, [1, 2]], options(4))).toBeUndefined();
  for (const blocks of [0, 1, 3, -2, 2.5, Number.NaN, 14])
    expect(backtestOverfitting(trials, options(blocks))).toBeUndefined();
  expect(backtestOverfitting(noise(1, 3, 3), options(2))).toBeUndefined();
  expect(backtestOverfitting(trials, options(4, { limit: 0 }))).toBeUndefined();
  expect(backtestOverfitting(trials, options(4, { limit: 1 }))?.logits).toHaveLength(1);
});
