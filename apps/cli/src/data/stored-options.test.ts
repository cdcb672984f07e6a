// Real chains of the store in the record: a chain a little dearer than the model's, so that it can be told apart.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { calendarDate, instantAt, nextSession, type Slice, strike } from "@steward/model";
import { presets } from "@steward/strategy";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { centralMarket, dataUpTo, loadMarketData } from "../market-data.ts";
import { documentOf, transcript } from "../testing/transcript.ts";

const now = instantAt(calendarDate("2024-01-02"), "15:00", "America/New_York");
const session = calendarDate("2016-11-10");
const fixtures = new URL("../../../../../shared/data/", import.meta.url);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "steward-options-"));
  vi.stubEnv("STEWARD_HOME", join(folder, "home"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function flagship() {
  const strategy = presets["flagship"];
  if (strategy === undefined) throw new Error("the flagship is a preset");
  return strategy;
}

async function marketData() {
  return await loadMarketData({ data: { store: true, files: {} }, strategy: flagship() }, now);
}

/** A chain of one expiration around the marks of a slice, half a point wide, as our own table. */
function chainCsv(slice: Slice, scale = 1): string {
  const first = Math.round(slice.forward / 5) * 5 - 150;
  const rows = Array.from({ length: 61 }, (_, i) => first + 5 * i).flatMap((points) =>
    (["call", "put"] as const).map((right) => {
      const price = slice.mark(right, strike(points))?.price ?? 0;
      const bid = Math.round(Math.max(price - 0.1, 0) * scale * 100) / 100;
      const ask = Math.round((price + 0.15) * scale * 100) / 100;
      return [
        session,
        slice.root,
        slice.expiration,
        points * scale,
        right === "call" ? "C" : "P",
        bid,
        ask,
      ].join();
    }),
  );
  return `quote_date,root,expiration,strike,right,bid,ask\n${rows.join("\n")}\n`;
}

async function bringChain(scale = 1): Promise<Map<string, readonly string[]>> {
  const market = centralMarket(await marketData(), flagship());
  const slice = market.view(session).slice("SPXW", nextSession(session));
  if (slice === undefined) throw new Error("the model has the next session");
  const csv = chainCsv(slice, scale);
  writeFileSync(join(folder, "chain.csv"), csv);
  expect(await transcript(["data", "import", join(folder, "chain.csv")])).toMatchObject({
    status: 0,
    err: "",
  });
  return quotesIn(csv);
}

/** Bid and ask by root, expiration, strike and right. */
function quotesIn(csv: string): Map<string, readonly string[]> {
  const [header = "", ...rows] = csv.trim().split("\n");
  const names = header.split(",");
  const at = (cells: readonly string[], name: string): string => cells[names.indexOf(name)] ?? "";
  const keyed = rows.map((row) => {
    const cells = row.split(",");
    const key = ["root", "expiration", "strike", "right"].map((name) => at(cells, name)).join();
    return [key, [at(cells, "bid"), at(cells, "ask")]] as const;
  });
  return new Map(keyed);
}

interface RecordedLeg {
  readonly root: string;
  readonly expiration: string;
  readonly right: string;
  readonly strike: number;
  readonly bid: number;
  readonly ask: number;
}

function legsOf(document: Record<string, unknown>): readonly RecordedLeg[] {
  const tiers = document["tiers"] as readonly { readonly legs?: readonly RecordedLeg[] }[];
  return tiers.flatMap(({ legs = [] }) => legs);
}

function expectQuoted(legs: readonly RecordedLeg[], quotes: ReadonlyMap<string, readonly string[]>): void {
  expect(legs.length).toBeGreaterThanOrEqual(4);
  for (const { root, expiration, right, strike: points, bid, ask } of legs) {
    const key = [root, expiration, points, right === "call" ? "C" : "P"].join();
    expect([key, String(bid), String(ask)]).toEqual([key, ...(quotes.get(key) ?? [])]);
  }
}

describe("a record with a real chain in the store", () => {
  it("trades its quotes, and says so", async () => {
    const quotes = await bringChain();
    const { document } = await documentOf(["signal", "--session", session]);
    expectQuoted(legsOf(document), quotes);
    expect(document["labels"]).toContain("real quotes in this session: spxw-options");
    expect(document["provenance"]).toMatchObject({
      series: expect.arrayContaining([
        expect.objectContaining({ series: "spxw-options", source: "imported", from: session, to: session }),
      ]),
    });
  });

  it("refuses quotes that cannot be of its index", async () => {
    await bringChain(2);
    const refused = await transcript(["signal", "--session", session]);
    expect(refused).toMatchObject({
      status: 2,
      err: expect.stringContaining("found 1 expirations whose calls and puts meet"),
    });
  });

  it("does not know it a session earlier, and has another fingerprint from then on", async () => {
    const before = await marketData();
    await bringChain();
    const after = await marketData();
    expect(after.inputs.options?.expirations).toHaveLength(1);
    const cut = (to: string) => [before, after].map((data) => dataUpTo(data, calendarDate(to)).fingerprint);
    const [without, withChain] = cut("2016-11-10");
    expect(withChain).not.toBe(without);
    const [earlier, earlierWithChain] = cut("2016-11-09");
    expect(earlierWithChain).toBe(earlier);
  });

  it.skipIf(!existsSync(fixtures))("of 2019 trades what the exchange showed", async () => {
    const chain = new URL("options/spx_2019_cboe_delayed/2019-05-16.csv.gz", fixtures);
    const files = [chain, new URL("vol/vix.csv", fixtures)].map(({ pathname }) => pathname);
    expect(await transcript(["data", "import", ...files])).toMatchObject({ status: 0, err: "" });
    const { document } = await documentOf(["signal", "--session", "2019-05-16"]);
    expectQuoted(legsOf(document), quotesIn(gunzipSync(readFileSync(chain)).toString()));
  });
});
