import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ArmStatistics, FrontierArm } from "@steward/engine";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { documentOf, transcript } from "./testing/transcript.ts";
import { openTrials } from "./trials.ts";

const RANGE = ["--from", "2017-01-01", "--to", "2018-06-29"] as const;
const COMMAND = ["frontier", ...RANGE, "--budgets", "0.005,0.02"] as const;

type Arm = Pick<FrontierArm, "kind" | "budgetShare" | "spent" | "protection" | "jitter"> & {
  readonly name: string;
  readonly growth: number;
  readonly drawdown: number;
};

async function armsOf(...options: readonly string[]): Promise<readonly Arm[]> {
  const { document } = await documentOf([...COMMAND, ...options]);
  return document["arms"] as Arm[];
}

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "steward-frontier-"));
  vi.stubEnv("STEWARD_HOME", home);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

describe("steward frontier", () => {
  test("its accounts are those of a backtest: the unhedged one, and the layers at their budget", async () => {
    const { document } = await documentOf([...COMMAND]);
    const settings = ["--set", "hedge.budgetShare=0.02"];
    const { document: backtest } = await documentOf(["backtest", ...RANGE, ...settings]);
    const { hedged, unhedged } = backtest["arms"] as { hedged: ArmStatistics; unhedged: ArmStatistics };
    const numbersOf = ({ growth, volatility, drawdown, sharpe }: ArmStatistics) => ({
      growth: growth?.value,
      volatility,
      drawdown: drawdown?.depth.value,
      sharpe,
    });
    expect(document).toMatchObject({ schema: "steward/frontier@1", unhedged: numbersOf(unhedged) });
    const [, layers] = document["arms"] as Arm[];
    expect(layers).toMatchObject({ kind: "layers", budgetShare: 0.02, ...numbersOf(hedged) });
    expect(layers?.protection).toEqual((backtest["protection"] as { hedged: object }).hedged);
  });

  test("an account of ten millions spends its budgets within 15 % where it buys single calls", async () => {
    const arms = await armsOf("--set", "account.startEquity=10000000");
    expect(arms).toHaveLength(12);
    for (const { kind, spent, budgetShare } of arms) {
      if (kind === "layers" || kind === "vxth") continue;
      expect(Math.abs(spent / budgetShare - 1)).toBeLessThan(0.15);
    }
  });

  test("says why where a budget was not spent, and how many hedges saved anything", async () => {
    const { out } = await transcript([...COMMAND]);
    const lines = out.split("\n");
    expect(lines[0]).toMatch(/^376 sessions of flagship from 2017-01-03 to 2018-06-29, options modelled; /);
    expect(lines[2]).toMatch(/^ {2}Against the unhedged condors +budget +spends +costs a year /);
    expect(lines[3]).toMatch(/^ {2}layers of 30\/110\/220 days +0\.5 % /);
    expect(lines[14]).toMatch(/^ {2}a smaller size instead +2\.0 % /);
    expect(out).toMatch(
      /^Of 10 hedges \d+ made the deepest drawdown shallower, \d+ with an interval above zero\.$/m,
    );
    expect(out).toMatch(/^ {2}layers of 30\/110\/220 days: the budget never buys one unit \(at 0\.5 %\)\.$/m);
    expect(out).toMatch(/^ {2}a month of calls, VXTH-like: none are bought while the VIX future is at 15/m);
    expect(out).not.toContain("that roll otherwise");
  });

  test("with jitter shows the distribution, and changes nothing else", async () => {
    const plain = await armsOf();
    const jittered = await armsOf("--jitter", "2");
    expect(jittered.map(({ jitter, ...arm }) => ({ ...arm, jitter: null }))).toEqual(plain);
    expect(jittered.map(({ jitter }) => jitter?.runs)).toEqual([...Array(10).fill(4), undefined, undefined]);
    const { out } = await transcript([...COMMAND, "--jitter", "2"]);
    const [, table = ""] = out.split("Over 4 runs that roll otherwise");
    expect(table.split("\n")).toHaveLength(11);
  });

  test("gives the same bytes twice, and counts every account once however often it runs", async () => {
    const counted = { trials: openTrials };
    const first = await transcript([...COMMAND, "--json"], [], counted);
    const second = await transcript([...COMMAND, "--json", "--jitter", "1"], [], counted);
    expect(first.status).toBe(0);
    expect(JSON.parse(second.out).unhedged).toEqual(JSON.parse(first.out).unhedged);
    expect((await transcript([...COMMAND, "--json"])).out).toBe(first.out);
    const ledger = openTrials();
    const trials = ledger.all();
    ledger.close();
    // Two budgets of six ways and the unhedged account.
    expect(trials).toHaveLength(13);
    expect(trials.map(({ name }) => name)).toContain("flagship 110 days alone at 0.02");
  });

  test("tells how far it is", async () => {
    const shares: number[] = [];
    await transcript([...COMMAND], [], {
      progress: () => ({ update: (share) => shares.push(share), done: () => shares.push(2) }),
    });
    expect(shares.slice(-2)).toEqual([1, 2]);
    expect(shares[0]).toBeLessThan(0.01);
  });

  test.each([
    ["no hedge", ["--preset", "condorOnly"], "expected a configuration with a hedge, found condorOnly"],
    ["a budget of nothing", ["--budgets", "0"], 'found "0" for --budgets'],
    [
      "a budget twice",
      ["--budgets", "0.01,0.010"],
      "expected different shares of equity above 0 and up to 0.5",
    ],
    ["per cent", ["--budgets", "1,2"], 'found "1,2" for --budgets'],
    ["no number", ["--budgets", "0.01,"], 'found "0.01," for --budgets'],
    ["too many phases", ["--jitter", "11"], 'expected a whole number from 1 to 10, found "11" for --jitter'],
    ["half a phase", ["--jitter", "0.5"], 'found "0.5" for --jitter'],
  ])("refuses %s", async (_, options, message) => {
    const { status, out, err } = await transcript(["frontier", ...options]);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toContain(message);
  });
});
