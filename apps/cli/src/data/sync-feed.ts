import { type Feed, feedFailure, type KeyName, type PlanContext, planOf } from "@steward/feeds";
import { Failure, formatInstant, type Instant, wallClock } from "@steward/model";
import type { MarketStore } from "@steward/store";
import type { Io } from "../io.ts";
import { type Fetching, type FileOutcome, fetchFile } from "./fetch-file.ts";
import type { Keys } from "./keys.ts";

/** What a feed brought. */
export interface FeedOutcome {
  readonly feed: string;
  /** Host that was asked. */
  readonly from: string;
  readonly state: "done" | "failed" | "skipped";
  readonly files: { readonly new: number; readonly unchanged: number; readonly absent: number };
  readonly facts: { readonly added: number; readonly corrected: number; readonly refused: number };
  /** Of the last fact that the feed ever brought, UTC. */
  readonly upTo: string | undefined;
  readonly failures: readonly Failure[];
}

/** All that plans depend on, as it stands in the store now. */
export function planContext(store: MarketStore, keys: Keys, { now }: Pick<Io, "now">): PlanContext {
  const instant = now();
  return {
    now: instant,
    today: wallClock(instant, "America/New_York").date,
    known: new Map(store.downloads().map((download) => [download.address, download])),
    keys: new Set((["fred", "contact"] as const).filter((name) => keys[name] !== undefined)),
  };
}

/**
 * Asks for all files of a feed that are due. A server that is down or busy ends the feed, and so do two bad files in a row; one
 * bad file among good ones does not keep the others away.
 */
export async function syncFeed(feed: Feed, context: PlanContext, fetching: Fetching): Promise<FeedOutcome> {
  const plan = planOf(feed, context);
  const files: FileOutcome[] = [];
  const failures: Failure[] = [];
  let badInRow = 0;
  const progress = fetching.io.progress(`${feed.id}, ${plan.length} files`);
  try {
    for (const [i, request] of plan.entries()) {
      try {
        files.push(await fetchFile(feed.id, request, fetching));
        badInRow = 0;
      } catch (error) {
        if (!(error instanceof Failure) || !error.code.startsWith("feed.")) throw error;
        failures.push(error);
        badInRow += 1;
        if (badInRow === 2 || error.code === "feed.unreachable" || error.code === "feed.busy") break;
      }
      progress.update((i + 1) / plan.length);
    }
  } finally {
    progress.done();
  }
  const state = failures.length === 0 ? "done" : "failed";
  return { ...outcomeOf(feed, context, fetching.store), state, ...sumsOf(files), failures };
}

/** A feed that lacks its key: passed over where all feeds are asked, a failure where it was named. */
export function withoutKey(feed: Feed, context: PlanContext, store: MarketStore): FeedOutcome {
  const none = { files: { new: 0, unchanged: 0, absent: 0 }, facts: { added: 0, corrected: 0, refused: 0 } };
  return { ...outcomeOf(feed, context, store), state: "skipped", ...none, failures: [] };
}

/** How to get what a feed lacks. */
export function howToGet(key: KeyName): string {
  return key === "fred"
    ? "it needs a key, free at https://fredaccount.stlouisfed.org/apikeys: put it into FRED_API_KEY, or as fred: into keys.yaml"
    : "it wants to know who asks: put your mail address into STEWARD_CONTACT, or as contact: into keys.yaml";
}

/** The failure of a feed that was named and lacks its key. */
export function missingKey(feed: Feed, context: PlanContext): Failure {
  const address = feed.requests(context)[0]?.address ?? feed.home;
  const advice = howToGet(feed.needs ?? "fred");
  const expected = feed.needs === "contact" ? "a contact" : "a key";
  return feedFailure({ code: "feed.key-missing", feed: feed.id, address, expected, found: "none", advice });
}

function outcomeOf(
  feed: Feed,
  context: PlanContext,
  store: MarketStore,
): Pick<FeedOutcome, "feed" | "from" | "upTo"> {
  const address = feed.requests(context)[0]?.address ?? feed.home;
  return { feed: feed.id, from: new URL(address).host, upTo: lastFactOf(feed.id, store) };
}

function lastFactOf(feed: string, store: MarketStore): string | undefined {
  const addresses = new Set(
    store.downloads().flatMap((download) => (download.feed === feed ? [download.address] : [])),
  );
  const imports = new Set(store.imports().flatMap(({ id, name }) => (addresses.has(name) ? [id] : [])));
  const ends = store
    .partitions()
    .flatMap(({ importId, occurredTo }) => (imports.has(importId) ? [occurredTo] : []));
  const last = ends.reduce((latest, end) => Math.max(latest, end), Number.NEGATIVE_INFINITY);
  return ends.length === 0 ? undefined : formatInstant(last as Instant);
}

function sumsOf(files: readonly FileOutcome[]): Pick<FeedOutcome, "files" | "facts"> {
  const of = (kind: FileOutcome["kind"]): number => files.filter((file) => file.kind === kind).length;
  const outcomes = files.flatMap((file) => (file.kind === "new" ? [file.outcome] : []));
  const tables = outcomes.flatMap(({ tables: own }) => Object.values(own));
  const remarks = outcomes.flatMap(({ remarks: own }) => own).filter(({ outcome }) => outcome === "refused");
  return {
    files: { new: of("new"), unchanged: of("unchanged"), absent: of("absent") },
    facts: {
      added: tables.reduce((sum, { added }) => sum + added, 0),
      corrected: tables.reduce((sum, { corrected }) => sum + corrected, 0),
      refused: remarks.reduce((sum, { count }) => sum + count, 0),
    },
  };
}
