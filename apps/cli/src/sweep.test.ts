import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "@steward/analytics";
import type { ArmStatistics } from "@steward/engine";
import { calendarDate, instantAt, sessionsBetween } from "@steward/model";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { loadConfiguration } from "./config/load.ts";
import { loadMarketData } from "./market-data.ts";
import { runVariants } from "./sweep/threads.ts";
import { documentOf, transcript } from "./testing/transcript.ts";
import { openTrials } from "./trials.ts";

const YEAR = ["--from", "2018-01-01", "--to", "2018-12-31"] as const;
const SIX = [
  "sweep",
  ...YEAR,
  "--vary",
  "condor.width=5,10,15",
  "--vary",
  "hedge.budgetShare=0,0.02",
] as const;

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "steward-sweep-"));
  vi.stubEnv("STEWARD_HOME", home);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

describe("steward sweep", () => {
  test("gives the same bytes whatever the threads, variants in the order of their axes", async () => {
    const [one, two, three] = await Promise.all(
      ["1", "2", "3"].map((threads) => transcript([...SIX, "--json", "--threads", threads])),
    );
    expect(one?.status).toBe(0);
    expect(two?.out).toBe(one?.out);
    expect(three?.out).toBe(one?.out);
    const { variants } = JSON.parse(one?.out ?? "");
    expect(variants.map((variant: { settings: object }) => Object.values(variant.settings))).toEqual([
      [5, 0],
      [5, 0.02],
      [10, 0],
      [10, 0.02],
      [15, 0],
      [15, 0.02],
    ]);
  });

  test("a variant is the hedged account of a backtest with its settings", async () => {
    const { document: sweep } = await documentOf([...SIX]);
    const settings = ["--set", "condor.width=10", "--set", "hedge.budgetShare=0.02"];
    const { document: backtest } = await documentOf(["backtest", ...YEAR, ...settings]);
    const { hedged } = backtest["arms"] as { hedged: ArmStatistics };
    expect((sweep["variants"] as object[])[3]).toMatchObject({
      growth: hedged.growth?.value,
      volatility: hedged.volatility,
      drawdown: hedged.drawdown?.depth.value,
      sharpe: hedged.sharpe,
    });
  });

  test("shows the best first, what luck explains of it, and the command that shows more of it", async () => {
    const { out } = await transcript([...SIX]);
    const { document } = await documentOf([...SIX]);
    const variants = document["variants"] as { sharpe: { value: number }; settings: object }[];
    const best = Math.max(...variants.map(({ sharpe }) => sharpe.value));
    const index = variants.findIndex(({ sharpe }) => sharpe.value === best);
    expect(document["best"]).toMatchObject({ index, sharpe: { value: best } });
    const [width, share] = Object.values(variants[index]?.settings ?? {});
    const lines = out.split("\n");
    expect(lines[0]).toMatch(/^6 variants of flagship over 251 sessions from 2018-01-01 to 2018-12-31/);
    expect(lines[3]).toContain(`condor.width=${width} hedge.budgetShare=${share}`);
    expect(out).toContain("(deflated Sharpe)");
    expect(out).toContain("12,870 ways to halve");
    expect(lines.at(-1)).toBe(
      `  steward backtest --from 2018-01-01 --to 2018-12-31 --set condor.width=${width} --set hedge.budgetShare=${share} --report best.html`,
    );
  });

  test.each([
    ["no axis", [], "expected 2 to 10000 variants for --vary, found none"],
    ["one value", ["condor.width=5"], "expected 2 to 10000 variants for --vary, found 1"],
    ["too many", Array.from({ length: 14 }, (_, axis) => `k${axis}=1,2`), "found 16384"],
    [
      "a value twice",
      ["condor.width=5,10,5"],
      "expected every value once for --vary, found condor.width=5 twice",
    ],
    ["a key twice", ["condor.width=5,6", "condor.width=7,8"], "do not set each other"],
    ["a key within another", ["hedge=null,1", "hedge.delta=0.1,0.2"], "found hedge and hedge.delta"],
    ["data", ["data.store=true,false"], "expected keys of the rules or the account"],
    ["no values", ["condor.width"], 'expected key=value for --vary, found "condor.width"'],
    ["an unknown key", ["condor.widht=5,10"], "found condor.widht; did you mean width?"],
    [
      "a variant that contradicts itself",
      ["condor.width=5,10", "condor.step=5,10"],
      "condor.width=5 condor.step=10: ",
    ],
  ])("refuses %s before anything runs", async (_, axes, message) => {
    const { status, err, out } = await transcript(["sweep", ...axes.flatMap((axis) => ["--vary", axis])]);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toContain(message);
  });

  test("counts what it ran once, and holds the best against all that was ever tried", async () => {
    const counted = { trials: openTrials };
    const { err } = await transcript([...SIX], [], counted);
    expect(err).toMatch(/^Configurations tried so far: 6\. /);
    await transcript([...SIX], [], counted);
    const again = await transcript(["backtest", ...YEAR], [], counted);
    expect(again.err).toMatch(/^Configurations tried so far: 7\. /);
    const { out } = await transcript(["trials"], [], counted);
    expect(out).toMatch(/^7 configurations tried since 2024-01-02/);
    expect(out.split("\n")).toHaveLength(10);
    const { out: json } = await transcript(["trials", "--json"], [], counted);
    expect(JSON.parse(json)).toMatchObject({ schema: "steward/trials@1", tried: 7 });
  });

  test("a ledger that cannot be written keeps no result back", async () => {
    writeFileSync(join(home, "trials.sqlite"), "this is no database, and was never meant to be one");
    const { status, err, out } = await transcript([...SIX], [], { trials: openTrials });
    expect(status).toBe(0);
    expect(err).toMatch(
      /^steward: the ledger of trials cannot be written, and what was run is not counted: /,
    );
    expect(out).toContain("6 variants");
    const trials = await transcript(["trials"], [], { trials: openTrials });
    expect(trials).toMatchObject({ status: 1, out: "" });
    expect(trials.err).toContain("store.unusable");
  });

  test("stops when asked to, has no best one then, and counts what ran", async () => {
    const stop = new AbortController();
    const { status, err, out } = await transcript([...SIX, "--threads", "1"], [], {
      trials: openTrials,
      interruption: () => stop.signal,
      progress: () => ({ update: (share) => (share > 0.3 ? stop.abort() : undefined), done: () => {} }),
    });
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toContain("run.interrupted: stopped after 2 of 6 variants");
    const ledger = openTrials();
    expect(ledger.all()).toHaveLength(2);
    ledger.close();
  });

  test("of an index that walks at random it finds nothing to believe", async () => {
    const random = seededRandom(5);
    let price = 1200;
    const bars = sessionsBetween(calendarDate("2003-01-02"), calendarDate("2006-12-29")).map((date) => {
      const open = price;
      // The sum of twelve uniforms less six is nearly normal; 16 % a year.
      const noise = Array.from({ length: 12 }, () => random.next()).reduce((sum, one) => sum + one, -6);
      price = open * (1 + 0.01 * noise);
      return [date, open, Math.max(open, price) * 1.002, Math.min(open, price) * 0.998, price].join();
    });
    const index = join(home, "walk.csv");
    writeFileSync(index, ["Date,Open,High,Low,Close", ...bars].join("\n"));
    const config = join(home, "walk.yaml");
    writeFileSync(config, `data: { index: ${index}, store: false }`);
    const axes = ["condor.width=5,10,20", "vixGate.hysteresis=0,1", "hedge.budgetShare=0,0.01"];
    const { document } = await documentOf([
      "sweep",
      "--config",
      config,
      ...axes.flatMap((axis) => ["--vary", axis]),
    ]);
    expect(document).toMatchObject({ schema: "steward/sweep@1" });
    expect(document["variants"]).toHaveLength(12);
    const { deflated } = document["best"] as { deflated: number };
    expect(deflated).toBeLessThan(0.9);
    expect(document["overfitting"]).toMatchObject({ splits: 12_870 });
  });
});

test("a variant that breaks an invariant ends the sweep by its name", async () => {
  const now = instantAt(calendarDate("2024-01-02"), "15:00", "America/New_York");
  const data = await loadMarketData({ data: { store: false, files: {} } }, now);
  const sound = loadConfiguration({});
  // No configuration file gets this far.
  const broken = { ...sound, name: "flagship account.startEquity=NaN", startEquity: Number.NaN };
  const range = { from: calendarDate("2018-01-01"), to: calendarDate("2018-03-01") };
  const { signal } = new AbortController();
  const sweep = runVariants([sound, broken], data, { range, threads: 2, signal, onResult: () => {} });
  await expect(sweep).rejects.toMatchObject({
    code: "run.broken",
    message: expect.stringMatching(/^flagship account\.startEquity=NaN: an invariant does not hold: /),
    details: { variant: broken.name, data: data.fingerprint, seed: 42 },
  });
});
