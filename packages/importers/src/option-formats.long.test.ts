import { expect, test } from "vitest";
import { surviveMutations } from "./testing/option-mutations.ts";

test.each([11, 12, 13, 14])("survive 50,000 mutated sources of seed %i", async (seed) => {
  const { read, refused } = await surviveMutations(50_000, seed);
  expect(read + refused).toBe(50_000);
  expect(Math.min(read, refused)).toBeGreaterThan(4_000);
});
