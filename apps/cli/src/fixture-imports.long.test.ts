// Every file of the folder of real market data through the command line, into one store: what comes in is what the catalogue counts.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { ImportOutcome } from "./data/import-source.ts";
import { documentOf } from "./testing/transcript.ts";

const fixtures = new URL("../../../../shared/data/", import.meta.url).pathname;
const FOLDERS = ["breadth", "calendar", "equity", "macro", "rates", "vol", "vx_futures", "options"];

describe.skipIf(!existsSync(fixtures) || process.env["STEWARD_LONG"] === undefined)(
  "all fixture files (skipped without them, and but in the long run)",
  () => {
    let home: string;
    let outcomes: readonly ImportOutcome[] = [];
    let errors: readonly unknown[] = [];

    beforeAll(async () => {
      home = mkdtempSync(join(tmpdir(), "steward-fixtures-"));
      vi.stubEnv("STEWARD_HOME", home);
      const paths = FOLDERS.flatMap(filesUnder).filter((path) => !path.endsWith("CATALOG.csv"));
      const { document } = await documentOf(["data", "import", ...paths]);
      outcomes = document["imports"] as readonly ImportOutcome[];
      errors = document["errors"] as readonly unknown[];
      expect(outcomes).toHaveLength(paths.length);
    }, 600_000);

    afterAll(() => {
      vi.unstubAllEnvs();
      rmSync(home, { recursive: true });
    });

    it("import", () => {
      expect(errors).toEqual([]);
      expect(outcomes.length).toBeGreaterThanOrEqual(140);
      expect(outcomes.every(({ state }) => state === "imported")).toBe(true);
    });

    it("hold as many quotes as the catalogue says, less what was refused with a reason", () => {
      const catalogued = rowsOf(join(fixtures, "options/CATALOG.csv")).map(
        ([source = "", date = "", , rows = ""]) => {
          return [`${source}/${date}`, Number(rows)] as const;
        },
      );
      expect(catalogued).toHaveLength(88);
      for (const [name, rows] of catalogued) {
        const outcome = outcomes.find((one) => one.name.includes(`/${name}`));
        const { read = 0, added = 0, repeated = 0 } = outcome?.tables.quotes ?? {};
        const refused = sum((outcome?.remarks ?? []).filter((remark) => remark.outcome === "refused"));
        expect([name, read]).toEqual([name, rows]);
        // A row may break two rules.
        expect(rows - added - repeated).toBeLessThanOrEqual(refused);
        expect(rows - added - repeated > 0).toBe(refused > 0);
      }
    });

    it("of one value a row hold a fact for every line, less what was left out or refused with a reason", () => {
      const bars = outcomes.filter(({ tables }) => tables.bars !== undefined);
      expect(bars.length).toBeGreaterThan(25);
      for (const { name, tables, remarks } of bars) {
        const lost = sum(remarks.filter(({ outcome }) => outcome === "left-out" || outcome === "refused"));
        expect([name, (tables.bars?.read ?? 0) + lost]).toEqual([name, rowsOf(name).length]);
      }
    });

    it("say what was wrong with them: bad prints, closed days, days without a price", () => {
      const told = (file: string): readonly string[] =>
        outcomes
          .filter(({ name }) => name.endsWith(file))
          .flatMap(({ remarks }) => remarks.map(({ rule, outcome, count }) => `${rule} ${outcome} ${count}`));
      expect(told("vol/vvix.csv")).toEqual(
        expect.arrayContaining(["bars.bad-print left-out 6", "bars.empty left-out 1"]),
      );
      expect(told("vol/vix.csv")).toEqual(
        expect.arrayContaining([expect.stringMatching(/not-a-session left-out 33/)]),
      );
      expect(told("vx_by_contract_2004_2017.csv.gz")).toEqual(["futures.empty left-out 338"]);
    });
  },
);

function filesUnder(folder: string): readonly string[] {
  return readdirSync(join(fixtures, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** Lines below the header, as cells. */
function rowsOf(path: string): readonly (readonly string[])[] {
  const text = path.endsWith(".gz") ? gunzipSync(readFileSync(path)).toString() : readFileSync(path, "utf8");
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
}

function sum(remarks: readonly { readonly count: number }[]): number {
  return remarks.reduce((total, { count }) => total + count, 0);
}
