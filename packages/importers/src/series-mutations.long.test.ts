import { expect, test } from "vitest";
import { readMutated } from "./testing/series-mutations.ts";

test("200,000 mutated files of series are read or refused, and what is read is sound", async () => {
  const { read, refused, facts } = await readMutated(200_000, 20_260_101);
  expect(Math.min(read, refused, facts)).toBeGreaterThan(10_000);
}, 1_200_000);
