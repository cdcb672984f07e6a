import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { compiledPasses } from "./compile-passes.ts";

it("the compiled passes in the repository are what the passes compile to", () => {
  const committed = new URL("../packages/pricing/src/batch/compiled-passes.ts", import.meta.url);
  expect(readFileSync(committed, "utf8")).toBe(compiledPasses());
});
