import { type BarFact, isSession, sessionsBetween } from "@steward/model";
import { describe, expect, test } from "vitest";
import { BUNDLED_INDEX_DETAIL, bundledIndex } from "./bundled.ts";
import { readSource } from "./read-source.ts";

const { facts, format } = await readSource(await bundledIndex(), { importedAt: 0 as never, series: "SPX" });
const bars = facts.flatMap((parsed): readonly BarFact[] => (parsed.table === "bars" ? [parsed.fact] : []));

describe("bundledIndex", () => {
  test("holds every session from 2000-01-03 to 2020-04-17", () => {
    const [first] = bars;
    const last = bars.at(-1);
    expect(format.id).toBe("series-table");
    expect([first?.session, last?.session]).toEqual(["2000-01-03", "2020-04-17"]);
    expect(bars).toHaveLength(5105);
    expect(bars.every(({ session, series }) => isSession(session) && series === "SPX")).toBe(true);
    if (first !== undefined && last !== undefined)
      expect(bars.map(({ session }) => session)).toEqual(sessionsBetween(first.session, last.session));
  });

  test("begins and ends with the prices that S&P published", () => {
    expect(bars[0]).toMatchObject({
      session: "2000-01-03",
      open: 1469.25,
      high: 1478,
      low: 1438.359985,
      close: 1455.219971,
    });
    expect(bars.at(-1)?.close).toBeCloseTo(2874.56, 3);
    expect(bars.find(({ session }) => session === "2008-10-15")?.close).toBeCloseTo(907.84, 3);
  });

  test("says where it comes from", () => {
    expect(BUNDLED_INDEX_DETAIL).toContain("BSD-3-Clause");
  });
});
