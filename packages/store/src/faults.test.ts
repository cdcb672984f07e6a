import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Instant } from "@steward/model";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { WriteStep } from "./disk.ts";
import { MarketStore } from "./store.ts";
import { importSample, sampleBars } from "./testing/sample-import.ts";
import { verifyStore } from "./verify.ts";

const END = Number.MAX_SAFE_INTEGER as Instant;
const BEFORE = 10;
const AFTER = 40;
// Six partitions of five steps each, and the end. All of them in the long run, every seventh here.
const STEPS = 31;
const STRIDE = process.env["STEWARD_LONG"] === "1" ? 1 : 7;
const ROUNDS = process.env["STEWARD_LONG"] === "1" ? 7 : 1;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "steward-faults-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function closes(store: MarketStore): Promise<readonly number[]> {
  const all = await Promise.all(
    ["VIX", "VIX3M", "VIX6M"].map((series) => store.facts("bars", series, { asOf: END })),
  );
  return all.flat().map(({ close }) => close);
}

const expected = (days: number): readonly number[] => sampleBars(days).map(({ close }) => close);

/** Whatever happened, the store is whole, holds what was acknowledged, and the same import completes it. */
async function expectRecovery(wasFinished: boolean): Promise<void> {
  const store = await MarketStore.open(folder);
  try {
    expect(await verifyStore(store)).toEqual([]);
    expect(await closes(store)).toEqual(expected(wasFinished ? AFTER : BEFORE));
    await importSample(store, AFTER);
    expect(await closes(store)).toEqual(expected(AFTER));
    expect(await verifyStore(store)).toEqual([]);
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
    expect(filesOf(folder)).toEqual(
      store
        .partitions()
        .map(({ path }) => path)
        .toSorted(),
    );
  } finally {
    store.close();
  }
}

/** Every Parquet file of the store: none that its catalogue does not know. */
function filesOf(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".parquet"))
    .toSorted();
}

async function storeWithHistory(): Promise<void> {
  const store = await MarketStore.open(folder);
  await importSample(store, BEFORE);
  store.close();
}

describe("a step that fails", () => {
  it.each(Array.from({ length: STEPS }, (_, i) => i + 1))("number %s loses nothing", async (failing) => {
    await storeWithHistory();
    const steps: WriteStep[] = [];
    const store = await MarketStore.open(folder, {
      before: (step) => {
        steps.push(step);
        if (steps.length === failing) throw new Error(`no ${step}`);
      },
    });
    await expect(importSample(store, AFTER)).rejects.toThrow(/^no /);
    store.close();
    expect(steps).toHaveLength(failing);
    await expectRecovery(false);
  });
});

describe("a process that is killed", () => {
  const kills = Array.from({ length: Math.ceil((STEPS + 1) / STRIDE) * ROUNDS }, (_, i) => {
    return 1 + ((i * STRIDE) % (STEPS + 1));
  });

  it.each(kills)("before step %s loses nothing", async (step) => {
    await storeWithHistory();
    const script = new URL("./testing/killed-import.ts", import.meta.url).pathname;
    const { signal, stdout } = spawnSync(process.execPath, [script, folder, String(step), String(AFTER)]);
    const isPastTheLast = step > STEPS;
    expect(signal).toBe(isPastTheLast ? null : "SIGKILL");
    if (isPastTheLast) expect(String(stdout)).toBe(String(STEPS));
    await expectRecovery(isPastTheLast);
  });
});

describe("two writers", () => {
  it("are not let in at once, and the second is told who the first is", async () => {
    const [one, two] = [await MarketStore.open(folder), await MarketStore.open(folder)];
    const script = `
      import { Catalogue } from ${JSON.stringify(new URL("./catalogue.ts", import.meta.url).pathname)};
      new Catalogue(${JSON.stringify(join(folder, "catalogue.sqlite"))}).claim(process.ppid, () => true);`;
    spawnSync(process.execPath, [
      "--input-type=module-typescript",
      "-e",
      script.replaceAll("process.ppid", String(process.ppid)),
    ]);
    await expect(importSample(two, BEFORE)).rejects.toThrow(
      new RegExp(`^process ${process.ppid} is writing to ${folder}; wait until it is done, or end it$`),
    );
    one.close();
    two.close();
  });
});

it("a folder that cannot be used is named", async () => {
  const path = join(folder, "file");
  writeFileSync(path, "in the way");
  await expect(MarketStore.open(path)).rejects.toMatchObject({ code: "store.unusable", details: { path } });
});
