import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BarFact, CalendarDate, Instant, ObservationFact, QuoteFact, Strike } from "@steward/model";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { factsOf } from "./batch.ts";
import { barsOf, chainOf, observationsOf } from "./reads.ts";
import { MarketStore } from "./store.ts";
import { verifyStore } from "./verify.ts";

const END = Number.MAX_SAFE_INTEGER as Instant;
const date = (text: string): CalendarDate => text as CalendarDate;
const instant = (value: number): Instant => value as Instant;

let folder: string;
let store: MarketStore;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "steward-store-"));
  store = await MarketStore.open(folder);
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const info = (now: number, source = "test") => ({
  source,
  format: "test",
  name: "a file",
  now: instant(now),
});
const done = { contentHash: "", report: "{}" };

function bar(session: string, close: number, knownAt: number): BarFact {
  return {
    series: "SPX",
    session: date(session),
    close,
    occurredAt: instant(knownAt),
    knownAt: instant(knownAt),
  };
}

async function importBars(bars: readonly BarFact[], now: number, source?: string) {
  return await store.import(info(now, source), async (writer) => {
    await writer.append("bars", bars);
    return done;
  });
}

describe("what was stored", () => {
  it("comes back as it was, with what is missing left out", async () => {
    const quote: QuoteFact = {
      occurredAt: instant(1_700_000_000_123_456),
      knownAt: instant(1_700_000_900_000_000),
      session: date("2023-11-14"),
      underlying: "SPX",
      root: "SPXW",
      expiration: date("2023-11-17"),
      strike: 4_500_000 as Strike,
      right: "put",
      bid: 0,
      ask: 12.345678901234567,
      delta: -0.25,
    };
    const other: QuoteFact = { ...quote, root: "SPX", right: "call", volume: 0, bidSize: 7 };
    await store.import(info(1.8e15), async (writer) => {
      await writer.append("quotes", [quote, other]);
      return done;
    });
    const chain = await chainOf(store, { underlying: "SPX", session: quote.session, asOf: END });
    expect(chain?.source).toBe("test");
    expect(chain?.occurredAt).toBe(quote.occurredAt);
    expect(chain && factsOf(chain.quotes)).toEqual([other, quote]);
  });

  it("of every kind comes back as it was", async () => {
    const times = { occurredAt: instant(5), knownAt: instant(9) };
    const facts = {
      futures: {
        ...times,
        product: "VX",
        expiration: date("2024-01-17"),
        session: date("2023-12-01"),
        settle: 14.5,
      },
      observations: { ...times, series: "CPI", period: date("2023-12-01"), value: -0.5 },
      events: {
        ...times,
        kind: "cpi",
        reference: "2023-12",
        date: date("2024-01-11"),
        status: "scheduled",
        note: "it's",
      },
      filings: {
        ...times,
        entity: "0000019617",
        concept: "us-gaap/Assets",
        unit: "USD",
        end: date("2023-12-31"),
        value: 3_875_393_000_000,
        form: "10-K",
        accession: "0000019617-24-000225",
      },
    } as const;
    await store.import(info(10), async (writer) => {
      await writer.append("futures", [facts.futures]);
      await writer.append("observations", [facts.observations]);
      await writer.append("events", [facts.events]);
      await writer.append("filings", [facts.filings]);
      return done;
    });
    expect(await store.facts("futures", "VX", { asOf: END })).toEqual([facts.futures]);
    expect(await store.facts("observations", "CPI", { asOf: END })).toEqual([facts.observations]);
    expect(await store.facts("events", "cpi", { asOf: END })).toEqual([facts.events]);
    expect(await store.facts("filings", "0000019617", { asOf: END })).toEqual([facts.filings]);
  });
});

describe("news", () => {
  it("is only what the store did not hold", async () => {
    const first = await importBars([bar("2020-01-02", 1, 10), bar("2020-01-03", 2, 20)], 100);
    expect(first.tallies.get("bars")).toEqual({ added: 2, repeated: 0, corrected: 0 });
    const second = await importBars([bar("2020-01-03", 2, 20), bar("2020-01-06", 3, 30)], 200);
    expect(second.tallies.get("bars")).toEqual({ added: 1, repeated: 1, corrected: 0 });
    const third = await importBars([bar("2020-01-03", 2, 20), bar("2020-01-06", 3, 30)], 300);
    expect(third.tallies.get("bars")).toEqual({ added: 0, repeated: 2, corrected: 0 });
    expect(store.partitions()).toHaveLength(2);
  });

  it("is told from what the same import has written before", async () => {
    const { tallies } = await store.import(info(100), async (writer) => {
      await writer.append("bars", [bar("2020-01-02", 1, 10), bar("2020-01-03", 2, 20)]);
      await writer.flush();
      await writer.append("bars", [bar("2020-01-03", 2, 20), bar("2020-01-06", 3, 30)]);
      return done;
    });
    expect(tallies.get("bars")).toEqual({ added: 3, repeated: 1, corrected: 0 });
    expect(await store.facts("bars", "SPX", { asOf: END, versions: "all" })).toHaveLength(3);
  });

  it("that contradicts a fact is known from the import on, and not before", async () => {
    await importBars([bar("2020-01-02", 1, 10)], 100);
    const { tallies } = await importBars([bar("2020-01-02", 1.5, 10)], 200);
    expect(tallies.get("bars")).toEqual({ added: 1, repeated: 0, corrected: 1 });
    const closeAt = async (asOf: number) => {
      return (await barsOf(store, { series: "SPX", asOf: instant(asOf) }))?.facts.map(({ close }) => close);
    };
    expect(await closeAt(9)).toBeUndefined();
    expect(await closeAt(10)).toEqual([1]);
    expect(await closeAt(199)).toEqual([1]);
    expect(await closeAt(200)).toEqual([1.5]);
    // The correction again says nothing new.
    expect((await importBars([bar("2020-01-02", 1.5, 10)], 300)).tallies.get("bars")?.added).toBe(0);
  });

  it("keeps sources apart, and the larger answers", async () => {
    await importBars([bar("2020-01-02", 1, 10)], 100, "cboe");
    await importBars([bar("2020-01-02", 7, 10), bar("2020-01-03", 8, 20)], 100, "yahoo");
    const asked = { series: "SPX", asOf: END };
    expect(await barsOf(store, asked)).toMatchObject({
      source: "yahoo",
      facts: [{ close: 7 }, { close: 8 }],
    });
    expect(await barsOf(store, { ...asked, source: "cboe" })).toMatchObject({ facts: [{ close: 1 }] });
    expect(await barsOf(store, { ...asked, source: "stooq" })).toBeUndefined();
  });
});

describe("a series that is revised", () => {
  const vintage = (value: number, knownAt: number): ObservationFact => ({
    series: "GDP",
    period: date("2020-01-01"),
    value,
    occurredAt: instant(1),
    knownAt: instant(knownAt),
  });

  it("is told as it was known, and as first released", async () => {
    await store.import(info(1000), async (writer) => {
      await writer.append("observations", [
        vintage(2.1, 100),
        vintage(2.3, 200),
        vintage(2.3, 250),
        vintage(1.9, 300),
      ]);
      return done;
    });
    const valueAt = async (asOf: number) => {
      return (await observationsOf(store, { series: "GDP", asOf: instant(asOf) }))?.facts[0]?.value;
    };
    expect(await valueAt(99)).toBeUndefined();
    expect(await valueAt(100)).toBe(2.1);
    expect(await valueAt(260)).toBe(2.3);
    expect(await valueAt(300)).toBe(1.9);
    const first = await observationsOf(store, { series: "GDP", asOf: END, versions: "first" });
    expect(first?.facts).toEqual([vintage(2.1, 100)]);
    // A vintage that says the same as the one before is kept: another file may tell of one in between.
    expect(store.partitions()[0]?.rows).toBe(4);
  });
});

describe("laws", () => {
  const facts = fc.array(
    fc.record({
      day: fc.integer({ min: 1, max: 9 }),
      close: fc.integer({ min: 1, max: 4 }),
      knownAt: fc.integer({ min: 1, max: 60 }),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const imports = fc.array(facts, { minLength: 1, maxLength: 4 });

  it("no read gives a fact known later, and every read gives the last known of each day", async () => {
    await fc.assert(
      fc.asyncProperty(imports, fc.integer({ min: 0, max: 500 }), async (batches, asOf) => {
        const own = mkdtempSync(join(tmpdir(), "steward-law-"));
        const other = await MarketStore.open(own);
        try {
          const all: BarFact[] = [];
          for (const [i, batch] of batches.entries()) {
            const bars = batch.map(({ day, close, knownAt }) => bar(`2020-01-0${day}`, close, knownAt));
            all.push(...bars);
            await other.import(info(100 * (i + 1)), async (writer) => {
              await writer.append("bars", bars);
              return done;
            });
          }
          const versions = await other.facts("bars", "SPX", { asOf: instant(asOf), versions: "all" });
          expect(versions.every(({ knownAt }) => knownAt <= asOf)).toBe(true);
          const last = new Map<string, BarFact>();
          for (const fact of versions) {
            const known = last.get(fact.session);
            if (known === undefined || fact.knownAt > known.knownAt) last.set(fact.session, fact);
          }
          const read = await other.facts("bars", "SPX", { asOf: instant(asOf) });
          expect(read.map(({ session }) => session)).toEqual(
            [...last.keys()].toSorted((a, b) => (a < b ? -1 : 1)),
          );
          // Nothing that was given is lost: of each day the close given last is the one known in the end.
          const end = await other.facts("bars", "SPX", { asOf: END });
          expect(new Set(end.map(({ session }) => session))).toEqual(
            new Set(all.map(({ session }) => session)),
          );
        } finally {
          other.close();
          rmSync(own, { recursive: true, force: true });
        }
      }),
      { seed: 20_240_607, numRuns: 40 },
    );
  });
});

describe("the order of imports", () => {
  /** Every way to deal dated versions out to files, and every order of the files. */
  const versions = fc.uniqueArray(
    fc.record({
      day: fc.integer({ min: 1, max: 2 }),
      close: fc.integer({ min: 1, max: 2 }),
      knownAt: fc.integer({ min: 1, max: 8 }),
    }),
    { minLength: 2, maxLength: 9, selector: ({ day, knownAt }) => `${day} ${knownAt}` },
  );
  const dealt = versions.chain((all) =>
    fc.tuple(
      fc.constant(all),
      ...[0, 1].map(() =>
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: all.length, maxLength: all.length }),
      ),
      fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
    ),
  );

  async function answersOf(files: readonly (readonly BarFact[])[]): Promise<string> {
    const own = mkdtempSync(join(tmpdir(), "steward-order-"));
    const other = await MarketStore.open(own);
    try {
      for (const [i, file] of files.entries()) {
        await other.import(info(100 + i), async (writer) => {
          await writer.append("bars", file);
          return done;
        });
      }
      const answers: unknown[] = [];
      for (let asOf = 0; asOf <= 9; asOf += 1) {
        for (const kind of ["last", "first"] as const) {
          const read = await other.facts("bars", "SPX", { asOf: instant(asOf), versions: kind });
          answers.push(read.map(({ session, close }) => [asOf, kind, session, close]));
        }
      }
      return JSON.stringify(answers);
    } finally {
      other.close();
      rmSync(own, { recursive: true, force: true });
    }
  }

  it("does not show in any answer, where sources date what they tell", async () => {
    await fc.assert(
      fc.asyncProperty(dealt, async ([all, places, otherPlaces, order]) => {
        const bars = all.map(({ day, close, knownAt }) => bar(`2020-01-0${day}`, close, knownAt));
        const filesOf = (where: readonly number[]): readonly (readonly BarFact[])[] =>
          [0, 1, 2].map((file) => bars.filter((_, i) => where[i] === file));
        const one = filesOf(places ?? []);
        const other = filesOf(otherPlaces ?? []);
        const reordered = (order ?? []).map((file) => other[file] ?? []);
        expect(await answersOf(reordered)).toBe(await answersOf(one));
      }),
      { seed: 20_250_109, numRuns: 12 },
    );
  });

  it("of an event that moves away and back, told by two files, ends where it began", async () => {
    const [away, back] = [bar("2020-01-02", 2, 20), bar("2020-01-02", 1, 30)];
    await importBars([bar("2020-01-02", 1, 10), back], 100);
    await importBars([away], 200);
    const closes = async (asOf: number) =>
      (await barsOf(store, { series: "SPX", asOf: instant(asOf) }))?.facts[0]?.close;
    expect([await closes(10), await closes(20), await closes(30)]).toEqual([1, 2, 1]);
  });

  it("keeps what an undated source repeats from growing the store", async () => {
    await importBars([bar("2020-01-02", 1, 100)], 100);
    const again = await importBars([bar("2020-01-02", 1, 200)], 200);
    expect(again.tallies.get("bars")).toEqual({ added: 0, repeated: 1, corrected: 0 });
  });
});

describe("first releases", () => {
  it("are of every day the version known first, however later ones differ", async () => {
    const facts = fc.uniqueArray(
      fc.record({
        day: fc.integer({ min: 1, max: 4 }),
        close: fc.integer({ min: 1, max: 3 }),
        knownAt: fc.integer({ min: 1, max: 30 }),
      }),
      { minLength: 1, maxLength: 14, selector: ({ day, knownAt }) => `${day} ${knownAt}` },
    );
    await fc.assert(
      fc.asyncProperty(facts, fc.integer({ min: 0, max: 31 }), async (drawn, asOf) => {
        const own = mkdtempSync(join(tmpdir(), "steward-first-"));
        const other = await MarketStore.open(own);
        try {
          const bars = drawn.map(({ day, close, knownAt }) => bar(`2020-01-0${day}`, close, knownAt));
          await other.import(info(100), async (writer) => {
            await writer.append("bars", bars);
            return done;
          });
          const known = bars.filter(({ knownAt }) => knownAt <= asOf);
          const first = [...Map.groupBy(known, ({ session }) => session)].map(([session, own]) => {
            return [session, own.reduce((one, two) => (two.knownAt < one.knownAt ? two : one)).close];
          });
          const read = await other.facts("bars", "SPX", { asOf: instant(asOf), versions: "first" });
          expect(read.map(({ session, close }) => [session, close])).toEqual(
            first.toSorted(([one], [two]) => (String(one) < String(two) ? -1 : 1)),
          );
        } finally {
          other.close();
          rmSync(own, { recursive: true, force: true });
        }
      }),
      { seed: 7, numRuns: 25 },
    );
  });
});

describe("an import that fails", () => {
  it("leaves the store as it was, and the next one completes it", async () => {
    await importBars([bar("2020-01-02", 1, 10)], 100);
    const broken = store.import(info(200), async (writer) => {
      await writer.append("bars", [bar("2020-01-03", 2, 20)]);
      await writer.flush();
      throw new Error("the line went dead");
    });
    await expect(broken).rejects.toThrow("the line went dead");
    const asked = { series: "SPX", asOf: END };
    expect((await barsOf(store, asked))?.facts).toHaveLength(1);
    expect(await verifyStore(store)).toEqual([]);
    await importBars([bar("2020-01-03", 2, 20)], 300);
    expect((await barsOf(store, asked))?.facts).toHaveLength(2);
    expect(await verifyStore(store)).toEqual([]);
  });
});
