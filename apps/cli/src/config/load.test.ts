import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "@steward/model";
import { presets } from "@steward/strategy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadConfiguration } from "./load.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "steward-config-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function load(content: string): ReturnType<typeof loadConfiguration> {
  const path = join(folder, "config.yaml");
  writeFileSync(path, content);
  return loadConfiguration({ config: path });
}

function failureOf(content: string): Failure {
  try {
    load(content);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("expected a failure");
}

describe("loadConfiguration", () => {
  it("is the flagship where nothing is said", () => {
    expect(loadConfiguration({})).toMatchObject({
      name: "flagship",
      startEquity: 1_000_000,
      seed: 42,
      strategy: presets["flagship"],
    });
    expect(load("").strategy).toEqual(presets["flagship"]);
  });

  it("changes what the file says and nothing else", () => {
    const { strategy, seed } = load(
      "seed: 7\ncondor:\n  width: 25\n  tiers:\n    balanced: { credit: 1.3 }\n",
    );
    expect(seed).toBe(7);
    expect(strategy.condor.width).toBe(25);
    expect(strategy.condor.tiers.map(({ credit }) => credit)).toEqual([0.7, 1.3, 1.6]);
    expect({ ...strategy, condor: presets["flagship"]?.condor }).toEqual(presets["flagship"]);
  });

  it("counts credits in points, in shares of the width or in basis points, and holds each to its own limit", () => {
    const tiers = "conservative: { credit: 0.07 }, balanced: { credit: 0.12 }, aggressive: { credit: 0.16 }";
    const ofWidth = load(`condor: { creditUnit: width, creditBand: 0.01, tiers: { ${tiers} } }`).strategy
      .condor;
    expect(ofWidth).toMatchObject({ creditUnit: "width", creditBand: 0.01 });
    expect(failureOf("condor: { creditUnit: width }").message).toContain(
      "condor.tiers.balanced.credit: expected a share of the width that stays below 1 with its band, found 1.15",
    );
    expect(
      load("condor: { creditUnit: basis-points, tiers: { aggressive: { credit: 12 } } }").strategy.condor
        .creditUnit,
    ).toBe("basis-points");
  });

  it("removes a tier or a layer for null", () => {
    const { strategy } = load(
      "condor: { tiers: { balanced: null } }\nhedge: { layers: { short: null, nobody: null } }",
    );
    expect(strategy.condor.tiers.map(({ name }) => name)).toEqual(["conservative", "aggressive"]);
    expect(strategy.hedge?.layers.map(({ name }) => name)).toEqual(["medium", "long"]);
  });

  it("reads JSON, drops the hedge for null, adds a tier in order of its credit", () => {
    const tier = '{ "credit": 0.9, "startMultiple": 1.2, "vixBelow": 18 }';
    const { strategy } = load(`{ "hedge": null, "condor": { "tiers": { "between": ${tier} } } }`);
    expect(strategy.hedge).toBeUndefined();
    expect(strategy.condor.tiers.map(({ name }) => name)).toEqual([
      "conservative",
      "between",
      "balanced",
      "aggressive",
    ]);
  });

  it("changes fills key by key, and the broker", () => {
    const { strategy } = load(
      "fills: { beyondSize: cap, halfSpreadShare: { 4: 0.7 } }\nfees: { broker: tastytrade }",
    );
    const usual = presets["flagship"]?.fills;
    expect(strategy.fills).toEqual({
      ...usual,
      beyondSize: "cap",
      halfSpreadShare: { ...usual?.halfSpreadShare, 4: 0.7 },
    });
    expect(strategy.fees).toEqual({ broker: "tastytrade" });
  });

  it("resolves data files against the file's own folder", () => {
    const files = { vix: join(folder, "vix.csv") };
    expect(load("data: { vix: vix.csv }").data).toEqual({ store: true, files });
    expect(load("data: { store: false }").data).toEqual({ store: false, files: {} });
  });

  it.each([
    ["an unknown key", "condro: {}", "config.unknown-key", "condro; did you mean condor?"],
    [
      "an unknown key below",
      "condor: { widht: 5 }",
      "config.unknown-key",
      "condor.widht; did you mean width?",
    ],
    [
      "an unknown key of a tier",
      "condor: { tiers: { balanced: { credits: 1 } } }",
      "config.unknown-key",
      "did you mean credit?",
    ],
    ["an unknown preset", "preset: flagshi", "config.unknown-preset", "did you mean flagship?"],
    ["NaN", "condor: { width: .nan }", "config.invalid", "condor.width"],
    [
      "a steward without a hedge",
      "{ preset: condorOnly, size: { profile: steward } }",
      "config.invalid",
      "hedge",
    ],
    [
      "a promoter who risks more",
      "size: { profile: promoter, totalRiskShare: 0.11 }",
      "config.invalid",
      "size.totalRiskShare",
    ],
    ["infinity", "size: { totalRiskShare: .inf }", "config.invalid", "size.totalRiskShare"],
    [
      "a negative credit",
      "condor: { tiers: { conservative: { credit: -0.7 } } }",
      "config.invalid",
      "condor.tiers.conservative.credit",
    ],
    ["wings narrower than the credit", "condor: { width: 1, step: 1 }", "config.invalid", "condor.width"],
    ["a step that does not divide the width", "condor: { step: 3 }", "config.invalid", "condor.step"],
    ["a band as wide as the credit", "condor: { creditBand: 0.7 }", "config.invalid", "condor.creditBand"],
    [
      "a roll after the purchase",
      "hedge: { layers: { short: { rollDays: 40 } } }",
      "config.invalid",
      "hedge.layers.short.rollDays",
    ],
    [
      "an incomplete new tier",
      "condor: { tiers: { wild: { credit: 3 } } }",
      "config.invalid",
      "condor.tiers.wild.startMultiple",
    ],
    ["text for a number", 'condor: { width: "10" }', "config.invalid", 'found "10"'],
    ["a list for the file", "[1]", "config.invalid", "expected object"],
    [
      "more equity than the ledger holds",
      "account: { startEquity: 1.0e+15 }",
      "config.invalid",
      "account.startEquity",
    ],
    ["a step finer than strikes", "condor: { step: 0.0001 }", "config.invalid", "condor.step"],
    [
      "fills beyond reason",
      "fills: { halfSpreadShare: { 1: 50 } }",
      "config.invalid",
      "fills.halfSpreadShare.1",
    ],
    ["an unknown broker", "fees: { broker: ibkr }", "config.invalid", "fees.broker"],
    ["an unknown rule of sizes", "fills: { beyondSize: wait }", "config.invalid", "fills.beyondSize"],
    ["a negative age", "fills: { staleAfterMinutes: -1 }", "config.invalid", "fills.staleAfterMinutes"],
    [
      "a name that would break a table",
      'condor: { tiers: { "a,b": { credit: 1 } } }',
      "config.invalid",
      "condor.tiers",
    ],
    ["an alias that makes a cycle", "condor: &a { width: *a }", "config.invalid", "is not YAML or JSON"],
    ["broken YAML", "condor: {", "config.invalid", "is not YAML or JSON"],
    ["a key twice", "seed: 1\nseed: 2", "config.invalid", "is not YAML or JSON"],
  ])("refuses %s, naming the key", (_what, content, code, message) => {
    const failure = failureOf(content);
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(message);
    expect(failure.details["path"] ?? "by name").toBeDefined();
  });

  it("says which file is missing", () => {
    expect(() => loadConfiguration({ config: join(folder, "none.yaml") })).toThrow(
      /expected a file, found none to read: .*none\.yaml/,
    );
  });
});
