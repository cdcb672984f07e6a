// The README's own promises. That its console blocks print what they show is in pages.test.ts.

import { expect, it } from "vitest";
import { blocksOf, textOf } from "../tools/pages/shown-block.ts";

it("the README shows the two commands, and both are scripts", () => {
  const scripts: Record<string, string> = JSON.parse(textOf("package.json")).scripts;
  for (const script of ["start", "test"]) {
    expect(textOf("README.md")).toMatch(new RegExp(`^npm ci && npm ${script}$`, "m"));
    expect(scripts[script]).toBeDefined();
  }
  expect(blocksOf("README.md").length).toBeGreaterThanOrEqual(2);
});
