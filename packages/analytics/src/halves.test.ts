import { describe, expect, test } from "vitest";
import { halfCount, halves } from "./halves.ts";
import { seededRandom } from "./random.ts";

const random = seededRandom(1);

describe("halves", () => {
  test("of four blocks are the six pairs", () => {
    expect([...halves(4, { limit: 6, random })]).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
    expect([...halves(2, { limit: 100, random })]).toEqual([[0], [1]]);
  });

  test("are as many as Pascal's triangle says, all different, and with each its complement", () => {
    expect([2, 4, 6, 8, 16, 20].map(halfCount)).toEqual([2, 6, 20, 70, 12_870, 184_756]);
    const found = new Set([...halves(12, { limit: 924, random })].map((half) => half.join()));
    expect(found.size).toBe(924);
    for (const half of found) {
      const chosen = new Set(half.split(",").map(Number));
      const other = Array.from({ length: 12 }, (_, block) => block).filter((block) => !chosen.has(block));
      expect(found).toContain(other.join());
    }
  });

  test("are drawn where there are more than the limit, each equally often", () => {
    const counts = new Map<string, number>();
    for (let round = 0; round < 1200; round += 1)
      for (const half of halves(4, { limit: 5, random })) {
        expect(half).toHaveLength(2);
        counts.set(half.join(), (counts.get(half.join()) ?? 0) + 1);
      }
    expect([...counts.keys()].sort((left, right) => (left < right ? -1 : 1))).toEqual([
      "0,1",
      "0,2",
      "0,3",
      "1,2",
      "1,3",
      "2,3",
    ]);
    // 6000 draws of six: 1000 each, with a deviation of 29.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(4 * 29);
  });

  test("drawn by the same seed are the same", () => {
    const drawn = (seed: number) => [...halves(16, { limit: 50, random: seededRandom(seed) })];
    expect(drawn(5)).toEqual(drawn(5));
    expect(drawn(5)).not.toEqual(drawn(6));
    expect(drawn(5)).toHaveLength(50);
  });
});
