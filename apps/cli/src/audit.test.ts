import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { documentOf, transcript } from "./testing/transcript.ts";

function fileOf(...lines: readonly string[]): string {
  const path = join(mkdtempSync(join(tmpdir(), "audit-")), "trades.txt");
  writeFileSync(path, lines.join("\n"));
  return path;
}

const small = [
  "# a spread of puts, and a call of the hedge",
  "2019-06-03 -1 SPXW 2019-06-04 P 2690 @1.05",
  "",
  "2019-06-03 1 SPXW  190604P02680000 @0.75   # the far leg",
  "2019-06-03 +4 VIX 2019-07-17 C 18 @2.10",
] as const;

describe("steward audit", () => {
  it("finds a steward in somebody who sells less than the rules and hedges", async () => {
    const { document, status } = await documentOf(["audit", fileOf(...small)]);
    expect(status).toBe(0);
    expect(document).toMatchObject({
      schema: "steward/audit@1",
      from: "2019-06-03",
      score: { entries: 1, promoter: 0 },
      months: [{ month: "2019-06" }],
      entries: [{ session: "2019-06-03", risk: 1000, offences: [] }],
    });
  });

  it("tells a promoter each of his ways, and scores the months", async () => {
    const naked = "2019-07-05 -80 SPXW 2019-07-08 C 3100 @1.05";
    const path = fileOf(...small, "2019-06-04 -80 SPXW 2019-06-05 P 2780 @1", naked);
    const { status, out } = await transcript(["audit", path]);
    expect(status).toBe(0);
    expect(out).toMatch(/^ {2}2019-06 +2 +0\.0 % +50\.0 % /m);
    expect(out).toMatch(/^ {2}2019-07 +1 +0\.0 % +100\.0 % /m);
    expect(out).toMatch(/^ {2}2019-07-05: an amount without a bound at risk where the rules took \$\d+$/m);
    const { document } = await documentOf(["audit", path]);
    expect(document["score"]).toMatchObject({ promoter: 1 });
    expect(document["entries"]).toMatchObject([{ risk: 1000 }, {}, { risk: null }]);
  });

  it("has nothing to judge in a hedge alone", async () => {
    const { out } = await transcript(["audit", fileOf(small[4])]);
    expect(out).toContain("nothing to judge");
  });

  it.each([
    ["a line that is no trade", "buy some puts", "expected a date"],
    ["no price", "2019-06-03 -1 SPXW 2019-06-04 P 2690", "expected a price"],
    ["a holiday", "2019-07-04 -1 SPXW 2019-07-05 P 2690 @1", "expected a session"],
    [
      "an option of the past",
      "2019-06-03 -1 SPXW 2019-05-31 P 2690 @1",
      "expected an expiration on or after",
    ],
    ["shares", "2019-06-03 -100 SPY", "expected options on SPX, XSP or VIX"],
    ["options that deliver", "2019-06-03 -1 SPY 2019-06-04 P 269 @1", "expected options on SPX, XSP or VIX"],
    ["a leg that is none", "2019-06-03 -1 SPXW", "expected a leg"],
  ])("refuses %s by its line", async (_, line, message) => {
    const path = fileOf(...small, line);
    const { document, status } = await documentOf(["audit", path]);
    expect(status).toBe(2);
    expect(document["error"]).toMatchObject({ code: "data.malformed", details: { path, line: 6 } });
    expect(JSON.stringify(document)).toContain(message);
  });

  it("refuses a file without trades, and none", async () => {
    for (const path of [fileOf("# nothing yet"), "/nowhere/trades.txt"]) {
      const { document, status } = await documentOf(["audit", path]);
      expect(status).toBe(1);
      expect(document["error"]).toMatchObject({ code: "data.missing" });
    }
  });
});
