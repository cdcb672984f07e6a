import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calendarDate, type EventFact, type Instant, instantAt } from "@steward/model";
import { eventsOf, MarketStore } from "@steward/store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Io } from "../io.ts";
import { bringCalendar } from "./shipped-calendar.ts";

const io: Io = {
  out: () => {},
  err: () => {},
  lines: async function* () {},
  now: () => instantAt(calendarDate("2026-11-02"), "12:00", "America/New_York"),
  progress: () => ({ update: () => {}, done: () => {} }),
  sleep: async () => {},
  interruption: () => new AbortController().signal,
};

let folder: string;
let store: MarketStore;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "steward-calendar-"));
  store = await MarketStore.open(folder);
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

async function knownOn(date: string, kind: string, reference: string): Promise<EventFact | undefined> {
  const asOf: Instant = instantAt(calendarDate(date), "23:59", "America/New_York");
  const events = await eventsOf(store, { kind, asOf });
  return events?.facts.find((event) => event.reference === reference);
}

describe("the calendar that comes along", () => {
  it("goes into the store once", async () => {
    expect(await bringCalendar(store, io)).toMatchObject({ state: "done", files: { new: 1, unchanged: 0 } });
    const again = await bringCalendar(store, io);
    expect(again).toMatchObject({ files: { new: 0, unchanged: 1 }, facts: { added: 0, corrected: 0 } });
  });

  it("tells nobody of the closure of 2025-01-09 before it was announced", async () => {
    expect(await knownOn("2024-12-20", "closure", "2025-01-09")).toBeUndefined();
    expect(await knownOn("2024-12-31", "closure", "2025-01-09")).toMatchObject({ date: "2025-01-09" });
  });

  it("moves and cancels releases when that was told", async () => {
    expect(await knownOn("2025-10-09", "cpi", "2025-09")).toMatchObject({ date: "2025-10-15" });
    expect(await knownOn("2025-10-11", "cpi", "2025-09")).toMatchObject({ date: "2025-10-24" });
    expect(await knownOn("2025-11-12", "cpi", "2025-10")).toMatchObject({ status: "scheduled" });
    expect(await knownOn("2025-11-22", "cpi", "2025-10")).toMatchObject({ status: "cancelled" });
  });
});
