import type { BarFact, CalendarDate, Instant } from "@steward/model";
import type { MarketStore } from "../store.ts";

const SERIES = ["VIX", "VIX3M", "VIX6M"];
const SESSIONS = 40;

/** Bars of three series up to a day: a later day holds all of an earlier one. */
export function sampleBars(days: number): readonly BarFact[] {
  return SERIES.flatMap((series, s) =>
    Array.from({ length: days }, (_, day): BarFact => {
      const session = `2020-${String(1 + Math.floor(day / 28)).padStart(2, "0")}-${String(1 + (day % 28)).padStart(2, "0")}`;
      const at = (1000 * (day + 1)) as Instant;
      return {
        series,
        session: session as CalendarDate,
        close: 10 + s + day / 10,
        occurredAt: at,
        knownAt: at,
      };
    }),
  );
}

/** Imports the bars in several parts, so that every series gets several partitions. */
export async function importSample(store: MarketStore, days = SESSIONS): Promise<void> {
  const info = { source: "test", format: "test", name: "sample", now: 1_000_000 as Instant };
  await store.import(info, async (writer) => {
    const bars = sampleBars(days);
    for (let from = 0; from < bars.length; from += days / 2) {
      await writer.append("bars", bars.slice(from, from + days / 2));
      await writer.flush();
    }
    return { contentHash: `sample ${days}`, report: "{}" };
  });
}
