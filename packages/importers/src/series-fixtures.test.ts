import { existsSync, globSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import type { Parsed, Remark } from "./format.ts";
import { FORMATS, formatOf } from "./formats.ts";
import { fileSource, openingOf } from "./source.ts";
import { IMPORTED_AT, rulesOf } from "./testing/series-samples.ts";

const folder = new URL("../../../../shared/data/", import.meta.url).pathname;
const hasFiles = existsSync(folder);
const files = globSync("{vol,vx_futures,equity,breadth,rates,macro,calendar}/*.csv*", {
  cwd: folder,
}).toSorted((a, b) => (a < b ? -1 : 1));

interface Content {
  readonly formats: readonly string[];
  readonly facts: readonly Parsed[];
  readonly remarks: readonly Remark[];
}

async function contentOf(file: string): Promise<Content> {
  const source = await fileSource(`${folder}${file}`);
  const opening = await openingOf(source);
  const facts: Parsed[] = [];
  const remarks: Remark[] = [];
  for await (const batch of formatOf(opening).read(source, { importedAt: IMPORTED_AT })) {
    facts.push(...batch.facts);
    remarks.push(...batch.remarks);
  }
  return {
    formats: FORMATS.filter(({ recognizes }) => recognizes(opening)).map(({ id }) => id),
    facts,
    remarks,
  };
}

/** What is read and what is said of the files whose faults are on record: facts, and remarks by rule. */
const EXPECTED: Readonly<Record<string, readonly [facts: number, rules: Readonly<Record<string, number>>]>> =
  {
    "vix.csv": [9202, { "bars.not-a-session": 33, "bars.inconsistent": 47 }],
    "vix3m.csv": [5361, { "bars.inconsistent": 1 }],
    "vix6m.csv": [4607, { "bars.inconsistent": 1 }],
    "vix9d.csv": [3884, {}],
    "vix1d.csv": [788, {}],
    "vvix.csv": [5038, { "bars.bad-print": 6, "bars.empty": 1, "bars.inconsistent": 4 }],
    "skew.csv": [9110, {}],
    "cor1m.csv": [5090, {}],
    "dspx.csv": [2960, { "bars.not-positive": 1 }],
    "vixeq.csv": [2961, {}],
    "ovx.csv": [4750, { "bars.not-a-session": 176 }],
    "vx_by_contract_2004_2017.csv.gz": [25_538, { "futures.empty": 338 }],
    "vx_m1_m8_close_2004_2017.csv": [23_213, {}],
    "vx_m1_m2_2026.csv": [130, {}],
    "spx.csv.gz": [24_777, {}],
    "etf_SPY.csv.gz": [8222, {}],
    "dxy.csv.gz": [5094, {}],
    "adjclose_BTC-USD.csv.gz": [8716, {}],
    "advance_decline_2023_2026.csv": [6008, { "breadth.partial-day": 1 }],
    "sp500_pct_above_ma_2008_2026.csv": [13_697, { "breadth.warm-up": 67 }],
    "cboe_put_call_2010_2019.csv": [4912, {}],
    "us_rates_daily.csv.gz": [156_392, {}],
    "macro_signals_daily_2007_2025.csv": [45_176, { "observations.latest-revised": 1 }],
    "us_macro_monthly.csv": [8911, { "observations.latest-revised": 1 }],
    "reer_us_RBUSBIS.csv": [361, { "observations.latest-revised": 1 }],
    "shiller_monthly.csv": [21_984, { "observations.latest-revised": 1 }],
    "fomc_decisions.csv": [223, {}],
    "cpi_release_dates.csv": [150, {}],
  };

test.skipIf(!hasFiles)("there are files beside the repository (skipped where there are none)", () => {
  expect(files.length).toBe(50);
});

test.each(files)("%s is of one format and read whole", async (file) => {
  const { formats, facts, remarks } = await contentOf(file);
  expect(formats.length).toBe(1);
  expect(facts.length).toBeGreaterThan(0);
  expect(facts.every(({ fact }) => fact.knownAt >= fact.occurredAt)).toBe(true);
  const [count, rules] = EXPECTED[basename(file)] ?? [facts.length, {}];
  expect(facts.length).toBe(count);
  expect(rulesOf({ remarks })).toEqual(rules);
});

const releases = files.filter((file) => file.endsWith("cpi_release_dates.csv"));

test.each(releases)("no CPI of %s was out after the lag that is taken", async (file) => {
  const macro = await contentOf("macro/us_macro_monthly.csv");
  const known = new Map(
    macro.facts.flatMap(({ table, fact }) =>
      table === "observations" && fact.series === "CPIAUCSL" ? [[fact.period.slice(0, 7), fact.knownAt]] : [],
    ),
  );
  const { facts } = await contentOf(file);
  const late = facts.flatMap(({ table, fact }) => {
    if (table !== "events") return [];
    const taken = known.get(fact.reference);
    // The event was announced a week before its date at 18:00.
    const released = fact.knownAt + 7 * 86_400_000_000 - 10 * 3_600_000_000;
    return taken !== undefined && taken < released ? [fact.reference] : [];
  });
  expect(late).toEqual([]);
});
