// One picture of a chain for each of many sessions: what a backtest reads of years of chains.

import type { CalendarDate, Instant, OptionRoot } from "@steward/model";
import type { Batch } from "./batch.ts";
import type { Partition } from "./catalogue.ts";
import { type Asked, type Band, isWithin, mostOf } from "./reads.ts";
import type { MarketStore } from "./store.ts";

/** A span of time, both ends included. */
export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/** Which pictures are wanted. */
export interface SnapshotSelection extends Asked {
  readonly underlying: string;
  readonly root: OptionRoot;
  /** Calendar days from the session. */
  readonly daysToExpiration: Band;
  /** When a quote must have stood to count for a session; undefined leaves the session out. */
  readonly window: (session: CalendarDate) => Window | undefined;
}

/** The quotes of one instant of a session, as columns in the order of expiration, strike and right. */
export interface Snapshot {
  readonly session: CalendarDate;
  readonly source: string;
  readonly occurredAt: Instant;
  /** Rows `from` to `to` of `quotes`, which may hold other sessions too. */
  readonly rows: { readonly from: number; readonly to: number };
  readonly quotes: Batch;
}

/** Sessions that are read at once: enough to make a query worth its while, few enough for the memory. */
const SESSIONS_AT_ONCE = 50;
const COLUMNS = ["occurredAt", "expiration", "strike", "right", "bid", "ask", "bidSize", "askSize"];

/**
 * The last picture within its window of every session that has one, oldest first. In each session the source with most quotes
 * there answers, so that bought years and recorded ones make one history.
 */
export async function* lastSnapshots(
  store: MarketStore,
  { underlying, root, daysToExpiration, window, asOf, source, versions }: SnapshotSelection,
): AsyncGenerator<Snapshot> {
  const sessions = sessionsWith(store.partitions("quotes"), { underlying, window, asOf, source });
  const where = `"root" = '${root}' AND ${isWithin(`"expiration" - "session"`, daysToExpiration)}`;
  for (let first = 0; first < sessions.length; first += SESSIONS_AT_ONCE) {
    const group = sessions.slice(first, first + SESSIONS_AT_ONCE);
    const held = group.flatMap((session) => session.held);
    const quotes = await store.columnsOf("quotes", held, { asOf, where, versions, columns: COLUMNS });
    const instants = quotes.columns["occurredAt"];
    if (instants?.kind !== "instant") continue;
    for (const { session, source: answering, window: within } of group) {
      const rows = lastWithin(instants.values, within);
      const occurredAt = instants.values[rows.from] as Instant | undefined;
      if (occurredAt !== undefined && rows.to > rows.from)
        yield { session, source: answering, occurredAt, rows, quotes };
    }
  }
}

interface SessionWithQuotes {
  readonly session: CalendarDate;
  readonly source: string;
  readonly window: Window;
  readonly held: readonly Partition[];
}

function sessionsWith(
  partitions: readonly Partition[],
  { underlying, window, asOf, source }: Pick<SnapshotSelection, "underlying" | "window" | "asOf" | "source">,
): readonly SessionWithQuotes[] {
  const own = partitions.filter((partition) => partition.subject.startsWith(`${underlying}/`));
  const bySession = Map.groupBy(own, ({ subject }) => subject.slice(underlying.length + 1) as CalendarDate);
  const sorted = [...bySession].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return sorted.flatMap(([session, parts]) => {
    const within = window(session);
    if (within === undefined) return [];
    const standing = parts.filter(({ occurredFrom, occurredTo, knownFrom }) => {
      return occurredFrom <= within.to && occurredTo >= within.from && knownFrom <= asOf;
    });
    const answering = source ?? mostOf(standing);
    const held = latest(standing.filter((partition) => partition.source === answering));
    return answering === undefined || held.length === 0
      ? []
      : [{ session, source: answering, window: within, held }];
  });
}

/** Of pictures that hold one instant each, the last alone need be read. */
function latest(parts: readonly Partition[]): readonly Partition[] {
  if (parts.some(({ occurredFrom, occurredTo }) => occurredFrom !== occurredTo)) return parts;
  const last = Math.max(...parts.map(({ occurredFrom }) => occurredFrom));
  return parts.filter(({ occurredFrom }) => occurredFrom === last);
}

/** Where the last instant within a window stands among ascending ones. */
function lastWithin(instants: Float64Array, { from, to }: Window): Snapshot["rows"] {
  const end = placeAfter(instants, to);
  const last = instants[end - 1];
  return last === undefined || last < from
    ? { from: 0, to: 0 }
    : { from: placeAfter(instants, last - 1), to: end };
}

/** How many instants are not after one. */
function placeAfter(instants: Float64Array, instant: number): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? 0) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
