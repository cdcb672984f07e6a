import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CalendarDate, Instant, QuoteFact, Strike } from "@steward/model";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { factsOf } from "./batch.ts";
import { selectedQuotes } from "./reads.ts";
import { MarketStore } from "./store.ts";

const END = Number.MAX_SAFE_INTEGER as Instant;
const DAY = 86_400_000_000;

let folder: string;
let store: MarketStore;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "steward-selected-"));
  store = await MarketStore.open(folder);
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** On one of the first days of March 2024, expiring on one of April. */
function quote(day: number, expirationDay: number, delta: number): QuoteFact {
  const at = (1_709_300_000_000_000 + day * DAY) as Instant;
  return {
    occurredAt: at,
    knownAt: at,
    session: `2024-03-0${day}` as CalendarDate,
    underlying: "SPX",
    root: "SPXW",
    expiration: `2024-04-${String(expirationDay).padStart(2, "0")}` as CalendarDate,
    strike: (5_000_000 + Math.round(1000 * delta)) as Strike,
    right: delta < 0 ? "put" : "call",
    bid: 1,
    ask: 2,
    delta,
  };
}

async function importQuotes(quotes: readonly QuoteFact[], now: number, source = "test"): Promise<void> {
  const info = { source, format: "test", name: "quotes", now: now as Instant };
  await store.import(info, async (writer) => {
    await writer.append("quotes", quotes);
    return { contentHash: "", report: "{}" };
  });
}

const CHAINS = [1, 4, 5].flatMap((day) =>
  [5, 12, 19].flatMap((expiration) => [-0.5, -0.1, 0.1, 0.5].map((delta) => quote(day, expiration, delta))),
);

const ASKED = { underlying: "SPX", asOf: END };

async function selected(selection: Partial<Parameters<typeof selectedQuotes>[1]>) {
  const found = await selectedQuotes(store, { ...ASKED, ...selection });
  return found && factsOf(found.facts);
}

describe("selected quotes", () => {
  it("are those of all sessions that meet every condition", async () => {
    await importQuotes(CHAINS, 1.8e15);
    expect(await selected({})).toHaveLength(CHAINS.length);
    const expected = CHAINS.filter(({ session, expiration, delta = 0 }) => {
      const days = (Date.parse(expiration) - Date.parse(session)) / 86_400_000;
      return days >= 35 && days <= 42 && Math.abs(delta) >= 0.05 && Math.abs(delta) <= 0.15;
    });
    const bands = { daysToExpiration: { least: 35, most: 42 }, absoluteDelta: { least: 0.05, most: 0.15 } };
    const found = await selected(bands);
    expect(found).toEqual(expected);
    expect(found?.length).toBe(8);
    const puts = expected.filter(({ right }) => right === "put");
    expect(await selected({ ...bands, right: "put" })).toEqual(puts);
    const later = expected.filter(({ session }) => session >= "2024-03-04");
    expect(await selected({ ...bands, from: "2024-03-04" as CalendarDate })).toEqual(later);
    expect(await selected({ ...bands, to: "2024-03-01" as CalendarDate })).toHaveLength(
      expected.length - later.length,
    );
    expect(await selected({ underlying: "VIX" })).toBeUndefined();
  });

  it("hold the columns that are asked for", async () => {
    await importQuotes(CHAINS, 1.8e15);
    const found = await selectedQuotes(store, { ...ASKED, columns: ["strike", "ask"], right: "put" });
    expect(Object.keys(found?.facts.columns ?? {})).toEqual(["strike", "ask"]);
    expect(found?.facts.rows).toBe(CHAINS.length / 2);
  });

  it("are those of the source asked for", async () => {
    await importQuotes(CHAINS, 1.8e15, "one");
    await importQuotes(CHAINS.slice(0, 3), 1.8e15, "other");
    expect(await selected({})).toHaveLength(CHAINS.length);
    expect(await selected({ source: "other" })).toHaveLength(3);
  });

  it("of sessions that were corrected are as known then: what was revised does not come back", async () => {
    const [first = quote(1, 5, 0.1)] = CHAINS;
    await importQuotes(CHAINS, 1.8e15);
    await importQuotes([{ ...first, delta: -0.3 }], 1.9e15);
    const near = { absoluteDelta: { least: 0.45, most: 0.55 } };
    const half = CHAINS.filter(({ delta = 0 }) => Math.abs(delta) === 0.5).length;
    expect(await selected({ ...near, asOf: 1.89e15 as Instant })).toHaveLength(half);
    expect(await selected(near)).toHaveLength(half - 1);
    expect(await selected({ ...near, versions: "all" })).toHaveLength(half);
    expect(await selected({})).toHaveLength(CHAINS.length);
    expect(await selected({ asOf: first.knownAt })).toHaveLength(12);
  });
});
