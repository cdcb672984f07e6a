import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { accuracyModule } from "./accuracy-module.ts";
import { hasFixtures } from "./fixtures.ts";
import { accuracyOf, measure } from "./measurement.ts";
import { page } from "./page.ts";
import { signed } from "./tables.ts";

describe("the measured errors", () => {
  it.skipIf(!hasFixtures())("on the page and in the labels are those of a new run", () => {
    const measured = measure(() => undefined);
    const accuracy = accuracyOf(measured);
    const written = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
    expect(page(measured, accuracy)).toBe(written("../../docs/market-model.md"));
    expect(accuracyModule(accuracy)).toBe(written("../../packages/market-model/src/accuracy.ts"));
  });

  it("carry their sign, unless they round to zero", () => {
    expect([signed(0.126), signed(-0.126), signed(-0.001), signed(1.25, 1)]).toEqual([
      "+0.13",
      "−0.13",
      "0.00",
      "+1.3",
    ]);
  });
});
