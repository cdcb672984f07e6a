import { describe, expect, test } from "vitest";
import { type Random, randomIndex, seededRandom } from "./random.ts";

const TWO_TO_32 = 4294967296;

/** PractRand's sfc32 with its 64-bit seeding, in exact arithmetic: an independent writing of the same definition. */
function exactSfc32(seed: bigint): () => bigint {
  const word = (value: bigint): bigint => BigInt.asUintN(32, value);
  let [a, b, c, counter] = [0n, word(seed), word(seed >> 32n), 1n];
  const next = (): bigint => {
    const result = word(a + b + counter);
    counter = word(counter + 1n);
    a = b ^ (b >> 9n);
    b = word(c + (c << 3n));
    c = word(((c << 21n) | (c >> 11n)) + result);
    return result;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

function draws(random: Random, count: number): readonly number[] {
  return Array.from({ length: count }, () => random.next());
}

describe("seededRandom", () => {
  test("gives the published first word of sfc32 for the seed 0 after twelve rounds, and after fifteen", () => {
    // docs.rs, sfc-prng 0.3: Sfc32::new_u64(0, None) is 0x514676c3, Sfc32::from_seed([0; 12]) 0xfb52c520.
    const words = draws(seededRandom(0), 4).map((value) => value * TWO_TO_32);
    expect([words[0], words[3]]).toEqual([0x514676c3, 0xfb52c520]);
  });

  test.each([0, 1, 42, 20_200_316, TWO_TO_32 - 1, TWO_TO_32, 2 ** 53 - 1])(
    "seed %d: a hundred thousand draws are those of the definition in exact arithmetic",
    (seed) => {
      const random = seededRandom(seed);
      const exact = exactSfc32(BigInt(seed));
      for (let draw = 0; draw < 100_000; draw += 1) {
        const expected = Number(exact()) / TWO_TO_32;
        if (random.next() !== expected) expect.fail(`draw ${draw} differs`);
      }
    },
  );

  test("draws are uniform: ten equal bins hold a tenth each", () => {
    const count = 100_000;
    const bins = new Array<number>(10).fill(0);
    const random = seededRandom(7);
    for (let draw = 0; draw < count; draw += 1) {
      const value = random.next();
      expect(value >= 0 && value < 1).toBe(true);
      const bin = Math.floor(value * 10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    // χ² with 9 degrees of freedom: 27.9 is passed once in a thousand.
    const chiSquare = bins.reduce((total, found) => total + ((found - count / 10) ** 2 * 10) / count, 0);
    expect(chiSquare).toBeLessThan(27.9);
  });

  test("sources of one seed agree and do not share their state; other seeds differ", () => {
    const first = seededRandom(5);
    const second = seededRandom(5);
    const ahead = draws(first, 10);
    expect(draws(second, 10)).toEqual(ahead);
    expect(draws(seededRandom(6), 10)).not.toEqual(ahead);
    expect(draws(seededRandom(5 + TWO_TO_32), 10)).not.toEqual(ahead);
  });
});

test("randomIndex covers every whole number below the limit and none else", () => {
  const random = seededRandom(3);
  const found = new Set(Array.from({ length: 1000 }, () => randomIndex(random, 7)));
  expect([...found].sort((left, right) => left - right)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(randomIndex({ next: () => 1 - 1 / TWO_TO_32 }, 7)).toBe(6);
  expect(randomIndex({ next: () => 0 }, 7)).toBe(0);
});
