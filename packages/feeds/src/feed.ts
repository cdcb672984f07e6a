import type { CalendarDate, Download, Instant } from "@steward/model";

/** What a vendor wants to know of who asks: a key of FRED's API, or a contact for the User-Agent. */
export type KeyName = "fred" | "contact";

/** One vendor's data of one kind, and how it is asked for. */
export interface Feed {
  /** As `steward data sync` takes it: `cboe-indices`. */
  readonly id: string;
  /** In a few words, for help. */
  readonly title: string;
  /** Where a person reads about the data and its terms. */
  readonly home: string;
  /** Without which the vendor does not answer. */
  readonly needs?: KeyName;
  /** Everything the feed could ask for at this moment, in the order in which to ask. */
  readonly requests: (context: PlanContext) => readonly FeedRequest[];
}

/** One file to ask for. */
export interface FeedRequest {
  /** The public address: its name in the log and in messages. */
  readonly address: string;
  /** The importer's format of the content. */
  readonly format: string;
  /** The series that the content is about, where neither it nor the address says so. */
  readonly series?: string;
  /** Query parameter that carries a key, added on the wire only. */
  readonly secret?: { readonly parameter: string; readonly key: KeyName };
  /** `once`: its content will never change again. `changing`: asked for each time, on condition that it changed. */
  readonly freshness: "once" | "changing";
  /** Whether it is a whole history, which only ever grows. */
  readonly grows?: boolean;
  /** Whether it may not be there, for good or for now: then 403 and 404 are answers, and no fault. */
  readonly absence?: "lasting" | "passing";
}

/** All that a plan depends on. */
export interface PlanContext {
  readonly now: Instant;
  /** New York's date at that instant. */
  readonly today: CalendarDate;
  /** What was downloaded before, by address. */
  readonly known: ReadonlyMap<string, Download>;
  readonly keys: ReadonlySet<KeyName>;
}

/** What a feed has to ask for now: final content that is held is left out, and so is what was lately found to be absent. */
export function planOf(feed: Feed, context: PlanContext): readonly FeedRequest[] {
  return feed.requests(context).filter(({ address, freshness }) => {
    const known = context.known.get(address);
    if (freshness === "changing" || known === undefined) return true;
    if (known.bytes === 0) return context.now - known.fetchedAt > ABSENCE_HOLDS;
    return !known.isFinal;
  });
}

/** Thirty days: long enough to be polite, short enough for a vendor's mistake to heal. */
const ABSENCE_HOLDS = 30 * 86_400_000_000;
