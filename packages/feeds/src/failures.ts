import { Failure, type FailureCode } from "@steward/model";
import { CHAINS_FEED } from "./feeds/delayed-chains.ts";

/** The failures of feeds. */
export type FeedFailureCode = Extract<FailureCode, `feed.${string}`>;

/** What went wrong with a request. */
export interface FeedFault {
  readonly code: FeedFailureCode;
  readonly feed: string;
  /** The public one, without keys. */
  readonly address: string;
  readonly expected?: string;
  readonly found: string;
  /** What the user can do, where it differs from the code's usual advice. */
  readonly advice?: string;
  readonly status?: number;
}

/** A failure that names the feed, the address without its key, what was found there and what to do next. */
export function feedFailure({ code, feed, address, expected, found, advice, status }: FeedFault): Failure {
  const what = `expected ${expected ?? "a file"} at ${address}, found ${found}`;
  const message = `${feed}: ${what}; ${advice ?? ADVICE[code](feed)}`;
  const details = { feed, address, ...(status === undefined ? {} : { status }) };
  return new Failure(code, message, { details });
}

const ADVICE: Readonly<Record<FeedFailureCode, (feed: string) => string>> = {
  "feed.busy": (feed) => `run ${commandOf(feed)} again later`,
  "feed.changed": () => "nothing of it was stored; see whether a newer Steward reads it",
  "feed.key-missing": () => "see docs/feeds.md",
  "feed.refused": () => "open the address in a browser: it has moved, or the vendor refuses this machine",
  "feed.truncated": (feed) => `nothing of it was stored; run ${commandOf(feed)} again`,
  "feed.unreachable": (feed) =>
    `what has come is kept; see that the network is up and run ${commandOf(feed)} again`,
};

/** What the user runs to ask the feed again. */
export function commandOf(feed: string): string {
  return feed === CHAINS_FEED ? "steward data record" : `steward data sync ${feed}`;
}
