import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { FORMATS, formatOf } from "./formats.ts";
import { memorySource, openingOf } from "./source.ts";
import { surviveMutations } from "./testing/option-mutations.ts";
import { OPTION_SAMPLES } from "./testing/option-samples.ts";

describe("the formats of option chains", () => {
  test.each(OPTION_SAMPLES)("$id alone is recognized in $name", async ({ id, name, content }) => {
    for (const bytes of [content, gzipSync(content)]) {
      const opening = await openingOf(memorySource(name, bytes));
      expect(FORMATS.filter(({ recognizes }) => recognizes(opening)).map((format) => format.id)).toEqual([
        id,
      ]);
      expect(formatOf(opening).id).toBe(id);
    }
  });

  test.each(["", "{}", "[]", "null", "<html></html>", "PAR", "a,b\n1,2\n", "date,close\n2020-01-02,1\n"])(
    "none is recognized in %j",
    async (content) => {
      const opening = await openingOf(memorySource("x", content));
      const ids = FORMATS.filter(({ recognizes }) => recognizes(opening)).map(({ id }) => id);
      expect(ids.filter((id) => OPTION_SAMPLES.some((sample) => sample.id === id))).toEqual([]);
    },
  );

  test("survive 6,000 mutated sources: each is read soundly or refused by name", async () => {
    const { read, refused } = await surviveMutations(6_000, 1);
    expect(read + refused).toBe(6_000);
    expect(Math.min(read, refused)).toBeGreaterThan(400);
  });
});
