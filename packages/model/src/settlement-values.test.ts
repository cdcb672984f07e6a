import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { calendarDate } from "./calendar-date.ts";
import { isListedExpiration } from "./expirations.ts";
import { officialSettlement } from "./settlement-values.ts";

const factsFile = new URL("../../../../shared/reference/facts/settlement_values.json", import.meta.url);

interface Row {
  readonly date: string;
  readonly value: number;
  readonly source?: string;
  readonly confidence: string;
}

describe("officialSettlement", () => {
  test.each([
    ["VX", "2004-05-19", 18.355],
    ["VIX", "2008-10-22", 63.04],
    ["VIX", "2014-01-22", 12.36],
    ["VIX", "2019-03-19", 12.35],
    ["VIX", "2024-06-18", 12.39],
    ["VX", "2025-03-18", 21.63],
    ["VIX", "2025-10-01", 16.84],
  ] as const)("%s on %s was %d, verified", (root, date, value) => {
    expect(officialSettlement(root, calendarDate(date))).toMatchObject({ value, confidence: "verified" });
  });

  test("one VRO and the only SET rest on a single page", () => {
    expect(officialSettlement("VIX", calendarDate("2020-03-18"))).toMatchObject({
      value: 69.76,
      confidence: "secondary",
    });
    expect(officialSettlement("SPX", calendarDate("2005-06-17"))).toMatchObject({
      value: 1222.68,
      confidence: "secondary",
    });
  });

  test.each([
    ["VIX", "2011-12-21", "the row may be a daily settlement"],
    ["VIX", "2016-06-15", "a month without a stored value"],
    ["VIX", "2024-06-19", "a holiday"],
    ["SPXW", "2005-06-17", "settles on the close"],
    ["SPY", "2025-03-18", "is delivered"],
    ["SPX", "2025-03-18", "does not settle on VIX"],
  ] as const)("%s on %s has none: %s", (root, date, _why) => {
    expect(officialSettlement(root, calendarDate(date))).toBeUndefined();
  });

  test("equals the collected values, but for the one not to be used", ({ skip }) => {
    if (!existsSync(factsFile)) skip("reference facts are not here");
    const facts: { monthly: readonly Row[]; weekly: readonly Row[] } = JSON.parse(
      readFileSync(factsFile, "utf8"),
    );
    const rows = [...facts.monthly, ...facts.weekly];
    expect(rows).toHaveLength(180);
    for (const { date, value, confidence } of rows) {
      const found = officialSettlement("VX", calendarDate(date));
      expect(isListedExpiration("VX", calendarDate(date)), date).toBe(true);
      if (date === "2011-12-21") expect(found).toBeUndefined();
      else expect({ date, ...found }).toMatchObject({ date, value, confidence: confidence.split(":")[0] });
    }
  });
});
