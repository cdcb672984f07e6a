import { type Download, type Failure, type Instant, wallClock } from "@steward/model";
import { pageTitle } from "./content.ts";
import { type ExchangeSettings, exchange, type Outcome } from "./exchange.ts";
import { commandOf, feedFailure } from "./failures.ts";
import type { FeedRequest, KeyName } from "./feed.ts";
import { pacer, politePauseMs } from "./pace.ts";
import { backOffMs, retryAfterMs } from "./retry-after.ts";

/** What a client depends on. */
export interface ClientSettings {
  readonly userAgent: string;
  readonly keys: Readonly<Partial<Record<KeyName, string>>>;
  /** Base address of a mirror, without a slash at its end. It is asked without pauses. */
  readonly mirror?: string | undefined;
  readonly timeoutMs: number;
  readonly now: () => Instant;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Least time between two requests to a host; the vendors' limits unless told otherwise. */
  readonly pauseMs?: (host: string) => number;
}

/** What a server said. */
export type Answer =
  | {
      readonly kind: "content";
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly etag?: string | undefined;
      readonly lastModified?: string | undefined;
    }
  /** As it was when it was last fetched. */
  | { readonly kind: "unchanged" }
  /** Not there, or not yet, which was to be expected. */
  | { readonly kind: "absent" };

/** Asks politely: in turn, with a name, and again with growing pauses where that may help. */
export interface FeedClient {
  /** Fails with a code of feeds. `known` is what the last download of the address left in the log. */
  readonly get: (feed: string, request: FeedRequest, known?: Download) => Promise<Answer>;
}

const ATTEMPTS = 4;
/** Longest that a server may ask us to wait before we give up instead. */
const PATIENCE_MS = 120_000;

/** A client for any number of requests. */
export function feedClient(settings: ClientSettings): FeedClient {
  const pauseMs = settings.pauseMs ?? (settings.mirror === undefined ? politePauseMs : () => 0);
  const wire: ExchangeSettings = { ...settings, pace: pacer(pauseMs) };
  return {
    get: async (feed, request, known) => {
      const address = new URL(request.address);
      const key = request.secret === undefined ? undefined : settings.keys[request.secret.key];
      if (request.secret !== undefined) address.searchParams.set(request.secret.parameter, key ?? "");
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await exchange(address, conditionsOf(known), wire);
        const verdict = judge(outcome, { feed, request, known, attempt, now: settings.now() });
        if (verdict.kind === "failed") throw verdict.failure;
        if (verdict.kind === "content" && key !== undefined && holds(verdict.bytes, key)) {
          // Whatever is stored or told of it would tell the key.
          const found = "an answer that repeats the key";
          throw feedFailure({ code: "feed.changed", feed, address: request.address, found });
        }
        if (verdict.kind !== "again") return verdict;
        await settings.sleep(verdict.afterMs);
      }
    },
  };
}

/** Not the whole of the buffer under the bytes: Node cuts small ones out of one that others write to. */
function holds({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>, text: string): boolean {
  return Buffer.from(buffer, byteOffset, length).includes(text);
}

function conditionsOf(known: Download | undefined): Readonly<Record<string, string>> {
  if (known === undefined || known.bytes === 0) return {};
  const { etag, lastModified } = known;
  return {
    ...(etag === undefined ? {} : { "if-none-match": etag }),
    ...(lastModified === undefined ? {} : { "if-modified-since": lastModified }),
  };
}

interface Attempt {
  readonly feed: string;
  readonly request: FeedRequest;
  readonly known: Download | undefined;
  readonly attempt: number;
  readonly now: Instant;
}

type Verdict =
  | Answer
  | { readonly kind: "again"; readonly afterMs: number }
  | { readonly kind: "failed"; readonly failure: Failure };

function judge(outcome: Outcome, about: Attempt): Verdict {
  const { feed, request, known, attempt, now } = about;
  const named = { feed, address: request.address };
  const isLast = attempt >= ATTEMPTS;
  if (outcome.kind === "broken") {
    const mayPass = outcome.code === "feed.unreachable" || outcome.code === "feed.truncated";
    if (mayPass && !isLast) return { kind: "again", afterMs: backOffMs(attempt) };
    return { kind: "failed", failure: feedFailure({ ...named, code: outcome.code, found: outcome.found }) };
  }
  const { status, reason, headers, bytes } = outcome;
  if (status === 200) return contentOf(bytes, headers, about);
  if (status === 304 && known !== undefined) return { kind: "unchanged" };
  if (request.absence !== undefined && (status === 403 || status === 404)) return { kind: "absent" };

  const said = { ...named, found: `${status}${reason}`, status };
  const isBusy = status === 429;
  if (!isBusy && status !== 408 && status < 500) {
    const advice =
      request.secret !== undefined && status < 404 ? { advice: "see that the key is right" } : {};
    return { kind: "failed", failure: feedFailure({ ...said, code: "feed.refused", ...advice }) };
  }
  const asked = retryAfterMs(headers.get("retry-after"), now);
  if (asked !== undefined && asked > PATIENCE_MS) {
    const advice = `it wants to be left alone until ${newYorkTime((now + asked * 1000) as Instant)}; run ${commandOf(feed)} then`;
    return { kind: "failed", failure: feedFailure({ ...said, code: "feed.busy", advice }) };
  }
  if (!isLast) return { kind: "again", afterMs: asked ?? backOffMs(attempt) };
  return {
    kind: "failed",
    failure: feedFailure({ ...said, code: isBusy ? "feed.busy" : "feed.unreachable" }),
  };
}

/** A whole history that lost more than a tenth of itself is more likely to be half a file than a shorter history. */
const LEAST_SHARE = 0.9;

function contentOf(
  bytes: Uint8Array<ArrayBuffer>,
  headers: Headers,
  { feed, request, known }: Attempt,
): Verdict {
  // A page is no shorter history: what it is says the importer.
  const isHistory = request.grows === true && pageTitle(bytes) === undefined;
  const least = isHistory ? Math.floor((known?.bytes ?? 0) * LEAST_SHARE) : 0;
  if (bytes.length < least) {
    const failure = feedFailure({
      code: "feed.truncated",
      feed,
      address: request.address,
      expected: `a history of at least ${least} bytes, for it had ${known?.bytes} before,`,
      found: `${bytes.length}`,
      advice: "nothing of it was stored; if it is right as it is, download it and run steward data import",
    });
    return { kind: "failed", failure };
  }
  const etag = headers.get("etag") ?? undefined;
  const lastModified = headers.get("last-modified") ?? undefined;
  return { kind: "content", bytes, etag, lastModified };
}

function newYorkTime(instant: Instant): string {
  const { date, time } = wallClock(instant, "America/New_York");
  return `${date} ${time.slice(0, 5)} New York time`;
}
