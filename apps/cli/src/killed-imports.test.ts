import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Instant } from "@steward/model";
import { MarketStore } from "@steward/store";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  chainTable,
  importInProcess,
  type Kill,
  linesIn,
  linesOf,
  strayFiles,
} from "./testing/killed-imports.ts";
import { documentOf, transcript } from "./testing/transcript.ts";

const IS_LONG = process.env["STEWARD_LONG"] === "1";
/** Of the import under test: six sessions known, one of them contradicted, and eighteen new ones. */
const [BEFORE, AFTER] = [6, 24];
const MOST_WRITES = 150;
/** Every write and eighty instants in the long run, a few of them here. */
const WRITES = IS_LONG ? Array.from({ length: MOST_WRITES }, (_, i) => i + 1) : [45, 110];
const SHARES = IS_LONG ? Array.from({ length: 80 }, (_, i) => (i + 1) / 81) : [0.85];
/** Of imports here: later than all facts. */
const NOW = 1_780_000_000_000_000 as Instant;

let folder: string;
let history: string;
let file: string;
let home: string;
let known: readonly string[];
let complete: readonly string[];
let took: number;
let writes: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "steward-killed-"));
  history = join(folder, "history");
  const first = join(folder, "first.csv");
  file = join(folder, "second.csv");
  writeFileSync(first, chainTable(BEFORE, { correctedSessions: 0 }));
  writeFileSync(file, chainTable(AFTER, { correctedSessions: 1 }));
  expect(await importInProcess(history, first)).toMatchObject({ status: 0 });
  known = await linesIn(history);
  const whole = join(folder, "whole");
  cpSync(history, whole, { recursive: true });
  const ending = await importInProcess(whole, file);
  expect(ending.status).toBe(0);
  took = ending.milliseconds;
  writes = ending.writes ?? 0;
  complete = await linesIn(whole);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(() => {
  home = mkdtempSync(join(folder, "home-"));
  cpSync(history, home, { recursive: true });
  vi.stubEnv("STEWARD_HOME", home);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

/** All of the import is there, or nothing of it; what was there before, is. */
async function expectWhole({ wasFinished }: { readonly wasFinished: boolean }): Promise<void> {
  expect(await documentOf(["data", "verify"])).toMatchObject({ status: 0, document: { damaged: [] } });
  const lines = await linesIn(home);
  // A process may die between the end of its import and its own.
  expect(wasFinished ? [complete] : [known, complete]).toContainEqual(lines);
}

async function expectCompletion(): Promise<void> {
  expect(await transcript(["data", "import", file], [], { now: () => NOW })).toMatchObject({ status: 0 });
  await expectWhole({ wasFinished: true });
  expect(await strayFiles(home)).toEqual([]);
}

async function killedImport(kill: Kill): Promise<void> {
  const { status, signal } = await importInProcess(home, file, kill);
  expect([status, signal]).toEqual(signal === null ? [0, null] : [null, "SIGKILL"]);
  await expectWhole({ wasFinished: status === 0 });
}

it("an import that nobody kills adds the sessions and the correction", () => {
  expect(known).toHaveLength(BEFORE * 40);
  expect(complete).toHaveLength(AFTER * 40 + 1);
  expect(writes).toBeGreaterThan(130);
  expect(writes).toBeLessThanOrEqual(MOST_WRITES);
});

describe("a killed import", () => {
  it.each(WRITES)("before write %s loses nothing and is completed by the next", async (beforeWrite) => {
    await killedImport({ beforeWrite });
    await expectCompletion();
  });

  it.each(SHARES)("after %d of its time loses nothing and is completed by the next", async (share) => {
    await killedImport({ afterMs: share * took });
    await expectCompletion();
  });

  it("and killed again and again is completed in the end", async () => {
    for (const beforeWrite of IS_LONG ? [140, 100, 60, 20, 75, 35] : [120, 40]) {
      await killedImport({ beforeWrite });
    }
    await expectCompletion();
  });

  it("does not disturb who reads meanwhile", async () => {
    const reader = await MarketStore.open(join(home, "market"));
    try {
      await killedImport({ beforeWrite: 90 });
      expect(await linesOf(reader)).toEqual(known);
      await expectCompletion();
      expect(await linesOf(reader)).toEqual(complete);
    } finally {
      reader.close();
    }
  });
});
