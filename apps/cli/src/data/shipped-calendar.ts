import { bundledEvents } from "@steward/importers";
import { formatInstant, type Instant } from "@steward/model";
import type { MarketStore } from "@steward/store";
import type { Io } from "../io.ts";
import { importSource } from "./import-source.ts";
import type { FeedOutcome } from "./sync-feed.ts";

/** Brings the calendar of events that comes with the product into the store; a new release brings what changed. */
export async function bringCalendar(store: MarketStore, io: Io): Promise<FeedOutcome> {
  const progress = io.progress("calendar");
  try {
    const options = { importedAt: io.now(), format: "event-facts" };
    const { source, state, tables } = await importSource(store, await bundledEvents(), options, progress);
    const { added = 0, corrected = 0 } = tables.events ?? {};
    const isNew = state === "imported" ? 1 : 0;
    return {
      feed: "calendar",
      from: "steward itself",
      state: "done",
      files: { new: isNew, unchanged: 1 - isNew, absent: 0 },
      facts: { added, corrected, refused: 0 },
      upTo: lastEventOf(store, source),
      failures: [],
    };
  } finally {
    progress.done();
  }
}

function lastEventOf(store: MarketStore, source: string): string {
  const own = store.partitions("events").filter((partition) => partition.source === source);
  return formatInstant(Math.max(...own.map(({ occurredTo }) => occurredTo)) as Instant);
}
