import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { documentOf, transcript } from "./testing/transcript.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "steward-data-"));
  vi.stubEnv("STEWARD_HOME", join(folder, "home"));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const HISTORY =
  "DATE,OPEN,HIGH,LOW,CLOSE\n01/02/1990,17.24,17.24,17.24,17.24\n05/30/2022,1,1,1,1\n01/03/1990,18.19,18.19,18.19,18.19\n";

describe("steward data import", () => {
  it("takes a file in and says what it left out", async () => {
    const { status, document } = await documentOf(["data", "import", file("VIX_History.csv", HISTORY)]);
    expect(status).toBe(0);
    expect(document).toMatchObject({
      schema: "steward/data-import@1",
      errors: [],
      imports: [
        {
          format: "cboe-index-history",
          source: "cboe",
          state: "imported",
          tables: { bars: { read: 2, added: 2, repeated: 0, corrected: 0 } },
          remarks: [{ rule: "bars.not-a-session", outcome: "left-out", count: 1, examples: [{ line: 3 }] }],
        },
      ],
    });
  });

  it("does nothing twice, and adds what a longer file has more", async () => {
    const path = file("VIX_History.csv", HISTORY);
    await documentOf(["data", "import", path]);
    expect((await documentOf(["data", "import", path])).document).toMatchObject({
      imports: [{ state: "repeated" }],
    });
    file("VIX_History.csv", `${HISTORY}01/04/1990,19.22,19.22,19.22,19.22\n`);
    expect((await documentOf(["data", "import", path])).document).toMatchObject({
      imports: [{ tables: { bars: { read: 3, added: 1, repeated: 2 } } }],
    });
    const { document } = await documentOf(["data", "status"]);
    expect(document).toMatchObject({
      imports: 2,
      holdings: [
        {
          table: "bars",
          series: "VIX",
          source: "cboe",
          facts: 3,
          partitions: 2,
          from: "1990-01-02T21:15:00Z",
        },
      ],
    });
  });

  it("refuses what it does not know, and stores nothing of what is mostly wrong", async () => {
    const html = await transcript(["data", "import", file("x.csv", "<html><body>Forbidden</body></html>")]);
    expect(html.status).toBe(2);
    expect(html.err).toMatch(/^steward: data\.malformed: x\.csv: expected a format that steward knows/);
    const bad = await transcript([
      "data",
      "import",
      file(
        "VIX_History.csv",
        "DATE,OPEN,HIGH,LOW,CLOSE\n01/02/1990,1,1,1,a\n01/04/1990,1,1,1,b\n01/03/1990,18,18,18,18\n",
      ),
    ]);
    expect(bad.status).toBe(2);
    expect(bad.err).toMatch(/2 refused, the first on line 2:/);
    expect((await documentOf(["data", "status"])).document).toMatchObject({ holdings: [], imports: 0 });
  });

  it("takes the good files of a folder and names the bad ones", async () => {
    file("VIX_History.csv", HISTORY);
    file("notes.txt", "nothing to see");
    const { status, out, err } = await transcript(["data", "import", folder]);
    expect(status).toBe(2);
    expect(out).toMatch(/VIX_History\.csv +cboe-index-history +bars +2 +2 +0 +0/);
    expect(err).toMatch(/data\.malformed: notes\.txt/);
  });

  it("says what it expected of its options", async () => {
    const path = file("VIX_History.csv", HISTORY);
    const wrong = async (...args: string[]) => (await transcript(["data", "import", path, ...args])).err;
    expect(await wrong("--format", "nonsense")).toMatch(
      /input\.invalid: expected a format of .*cboe-index-history/,
    );
    expect(await wrong("--time", "9 o'clock")).toMatch(/expected a time HH:MM/);
    expect(await wrong("--columns", "session")).toMatch(/expected pairs like session=day/);
    expect((await transcript(["data", "import", join(folder, "none")])).err).toMatch(
      /data\.missing: cannot read/,
    );
  });
});

describe("steward data verify", () => {
  it("names a partition that is not what was written", async () => {
    await documentOf(["data", "import", file("VIX_History.csv", HISTORY)]);
    expect((await transcript(["data", "verify"])).out).toBe("1 partitions, all as they were written");
    const partitions = join(folder, "home/market/bars/cboe/VIX");
    const [name = ""] = readdirSync(partitions);
    writeFileSync(join(partitions, name), "PAR1 and nothing else");
    const { status, err } = await transcript(["data", "verify"]);
    expect(status).toBe(1);
    expect(err).toMatch(new RegExp(`store.damaged: 1 of 1 partitions are broken: .*${name} was changed`));
    rmSync(join(partitions, name));
    expect((await documentOf(["data", "verify"])).document).toMatchObject({
      partitions: 1,
      damaged: [{ kind: "missing" }],
    });
  });
});

it("an empty store says what to do next", async () => {
  expect((await transcript(["data", "status"])).out).toMatch(
    /is empty\. steward data import FILE takes files in/,
  );
});
