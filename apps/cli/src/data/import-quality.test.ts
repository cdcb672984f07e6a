import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { documentOf, transcript } from "../testing/transcript.ts";
import type { ImportOutcome } from "./import-source.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "steward-quality-"));
  vi.stubEnv("STEWARD_HOME", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const HEADER = "quote_date,underlying,root,expiration,strike,right,bid,ask";
const FORWARD = 2800;

/** A chain of 31 strikes around a forward, as wide as SPX's, worth their parity. */
function chainRows(date = "2019-06-03"): readonly string[] {
  return Array.from({ length: 31 }, (_, i) => 2650 + 10 * i).flatMap((strike) => {
    const put = 40 * Math.exp(-(((strike - FORWARD) / 120) ** 2)) + Math.max(strike - FORWARD, 0);
    const call = put + FORWARD - strike;
    return [
      ["call", call],
      ["put", put],
    ].map(([right, price]) => {
      const middle = Math.round(Number(price) * 10) / 10;
      return `${date},SPX,SPXW,2019-06-28,${strike},${right},${(middle - 0.1).toFixed(2)},${(middle + 0.1).toFixed(2)}`;
    });
  });
}

function file(rows: readonly string[]): string {
  const path = join(folder, "chain.csv");
  writeFileSync(path, `${[HEADER, ...rows].join("\n")}\n`);
  return path;
}

describe("an import holds quotes to the rules of quality", () => {
  it("stores what is sound and gives the forward that parity implies", async () => {
    const { document } = await documentOf(["data", "import", file(chainRows())]);
    const { imports } = document as unknown as { imports: readonly ImportOutcome[] };
    expect(imports).toMatchObject([{ tables: { quotes: { read: 62, added: 62 } } }]);
    const [chain] = imports[0]?.chains ?? [];
    expect(chain).toMatchObject({ underlying: "SPX", session: "2019-06-03", quotes: 62, state: "sound" });
    const [forward] = chain?.forwards ?? [];
    expect(forward).toMatchObject({ root: "SPXW", expiration: "2019-06-28", pairs: 31 });
    // Middles are rounded to tenths.
    expect(Math.abs((forward?.forward ?? 0) - FORWARD)).toBeLessThan(0.2);
  });

  it("does not store what a rule rejects, and says which row and why", async () => {
    const rows = [...chainRows(), "2019-06-03,SPX,SPXW,2019-06-28,3100,call,0,0"];
    const { document } = await documentOf(["data", "import", file(rows)]);
    expect(document["imports"]).toMatchObject([
      {
        tables: { quotes: { read: 63, added: 62 } },
        remarks: [
          { rule: "Q9 quote.sign", outcome: "refused", count: 1, examples: [{ line: 64 }] },
          { rule: "Q12 quote.no-bid", outcome: "flagged", count: 1 },
        ],
      },
    ]);
  });

  it("refuses a file whose rows are mostly rejected, whole", async () => {
    const bad = chainRows().map((row) => row.replace(/,[\d.-]+$/, ",0"));
    const { status, err } = await transcript(["data", "import", file(bad)]);
    expect(status).toBe(2);
    expect(err).toContain(
      "expected rows that can be stored, found 62 refused, the first on line 2: SPXW 2019-06-28 2650",
    );
    expect((await documentOf(["data", "status"])).document).toMatchObject({ holdings: [] });
  });

  it("tells a chain that is not to be trusted", async () => {
    await documentOf(["data", "import", file(chainRows("2019-06-03"))]);
    const half = chainRows("2019-06-04").filter((_, i) => i % 2 === 0 || i < 20);
    const { out } = await transcript(["data", "import", file(half)]);
    expect(out).toMatch(/1 checked, 0 sound; parity gives a forward for 1 of 1 expirations/);
    expect(out).toMatch(/SPX 2019-06-04 is degraded: Q7 /);
  });
});
