import { expect, test } from "vitest";
import { readMutated } from "./testing/series-mutations.ts";

test("6,000 mutated files of series are read or refused, and what is read is sound", async () => {
  const { read, refused, facts } = await readMutated(6000, 6000);
  expect(Math.min(read, refused, facts)).toBeGreaterThan(500);
});
