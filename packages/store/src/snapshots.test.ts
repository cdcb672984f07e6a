import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CalendarDate,
  fromDayNumber,
  type Instant,
  type QuoteFact,
  type Strike,
  toDayNumber,
} from "@steward/model";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { factsOf } from "./batch.ts";
import { lastSnapshots, type SnapshotSelection } from "./snapshots.ts";
import { MarketStore } from "./store.ts";

const END = Number.MAX_SAFE_INTEGER as Instant;
const MINUTE = 60_000_000;
const DAY = 1440 * MINUTE;
const FIRST = toDayNumber("2024-01-01" as CalendarDate);

let folder: string;
let store: MarketStore;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "steward-snapshots-"));
  store = await MarketStore.open(folder);
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const noonOf = (session: CalendarDate): number => toDayNumber(session) * DAY + 720 * MINUTE;
const sessionAt = (day: number): CalendarDate => fromDayNumber(FIRST + day);

interface Quoted {
  readonly day: number;
  /** Minutes from noon, which is the middle of the window of half an hour. */
  readonly minutes?: number;
  readonly bid?: number;
  readonly root?: string;
  readonly days?: number;
  readonly knownMinutes?: number;
}

function quote({
  day,
  minutes = 0,
  bid = 1,
  root = "SPXW",
  days = 3,
  knownMinutes = minutes,
}: Quoted): QuoteFact {
  const session = sessionAt(day);
  return {
    occurredAt: (noonOf(session) + minutes * MINUTE) as Instant,
    knownAt: (noonOf(session) + knownMinutes * MINUTE) as Instant,
    session,
    underlying: "SPX",
    root,
    expiration: fromDayNumber(FIRST + day + days),
    strike: 5_000_000 as Strike,
    right: "call",
    bid,
    ask: bid + 1,
  };
}

async function importQuotes(quotes: readonly QuoteFact[], source = "test"): Promise<void> {
  await store.import({ source, format: "test", name: "quotes", now: END }, async (writer) => {
    await writer.append("quotes", quotes);
    return { contentHash: "", report: "{}" };
  });
}

const ASKED: SnapshotSelection = {
  underlying: "SPX",
  root: "SPXW",
  asOf: END,
  daysToExpiration: { least: 1, most: 9 },
  window: (session) => {
    const noon = noonOf(session);
    return { from: (noon - 30 * MINUTE) as Instant, to: (noon + 30 * MINUTE) as Instant };
  },
};

/** Each snapshot as `day source bids`. */
async function seen(change: Partial<SnapshotSelection> = {}): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { session, source, rows, quotes } of lastSnapshots(store, { ...ASKED, ...change })) {
    const bids = factsOf(quotes)
      .slice(rows.from, rows.to)
      .map((fact) => fact["bid"]);
    found.push(`${toDayNumber(session) - FIRST} ${source} ${bids.join()}`);
  }
  return found;
}

describe("the last snapshot of each session", () => {
  it("is the last within its window, whether its instants came in one import or in several", async () => {
    await importQuotes([
      quote({ day: 1, minutes: -20, bid: 1 }),
      quote({ day: 1, minutes: 10, bid: 2 }),
      quote({ day: 1, minutes: 31, bid: 3 }),
    ]);
    await importQuotes([quote({ day: 2, minutes: -20, bid: 4 })]);
    await importQuotes([quote({ day: 2, minutes: 30, bid: 5 })]);
    await importQuotes([quote({ day: 3, minutes: -31, bid: 6 })]);
    expect(await seen()).toEqual(["1 test 2", "2 test 5"]);
  });

  it("holds the root and the days asked for, by expiration", async () => {
    const expiring = [12, 9, 1, 0].map((days) => quote({ day: 1, days, bid: days + 1 }));
    await importQuotes([...expiring, quote({ day: 1, root: "SPX", bid: 50 })]);
    expect(await seen()).toEqual(["1 test 2,10"]);
    expect(await seen({ root: "SPX" })).toEqual(["1 test 50"]);
    expect(await seen({ underlying: "VIX" })).toEqual([]);
  });

  it("comes from the source with most quotes of the session, or from the one named", async () => {
    await importQuotes(
      [quote({ day: 1, bid: 1 }), quote({ day: 2, bid: 2 }), quote({ day: 2, days: 4, bid: 3 })],
      "old",
    );
    await importQuotes(
      [quote({ day: 1, bid: 4 }), quote({ day: 1, days: 4, bid: 5 }), quote({ day: 2, bid: 6 })],
      "new",
    );
    expect(await seen()).toEqual(["1 new 4,5", "2 old 2,3"]);
    expect(await seen({ source: "old" })).toEqual(["1 old 1", "2 old 2,3"]);
  });

  it("is as the instant knew it, and as first known if so asked", async () => {
    await importQuotes([quote({ day: 1, bid: 1, knownMinutes: 15 })]);
    await importQuotes([quote({ day: 1, bid: 2, knownMinutes: 600 })]);
    const knownAt = (minutes: number) => (noonOf(sessionAt(1)) + minutes * MINUTE) as Instant;
    expect(await seen({ asOf: knownAt(14) })).toEqual([]);
    expect(await seen({ asOf: knownAt(15) })).toEqual(["1 test 1"]);
    expect(await seen()).toEqual(["1 test 2"]);
    expect(await seen({ versions: "first" })).toEqual(["1 test 1"]);
  });

  it("goes on over more sessions than are read at once", async () => {
    await importQuotes(Array.from({ length: 120 }, (_, day) => quote({ day, bid: day + 1 })));
    const all = await seen();
    expect(all).toHaveLength(120);
    expect(all.at(-1)).toBe("119 test 120");
    expect(all[50]).toBe("50 test 51");
  });
});
