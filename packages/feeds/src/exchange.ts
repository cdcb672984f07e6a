import ky, { TimeoutError } from "ky";
import { readBody } from "./body.ts";
import type { Pacer } from "./pace.ts";

/** What came of one attempt to get an address. */
export type Outcome =
  | {
      readonly kind: "reply";
      readonly status: number;
      readonly reason: string;
      readonly headers: Headers;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  | {
      readonly kind: "broken";
      readonly code: "feed.truncated" | "feed.unreachable" | "feed.changed" | "feed.refused";
      readonly found: string;
    };

/** How to talk to the network. */
export interface ExchangeSettings {
  readonly userAgent: string;
  /** Milliseconds to the headers of an answer, and between two parts of it. */
  readonly timeoutMs: number;
  /** Base address of what answers in place of every host, under `/host/path`. */
  readonly mirror?: string | undefined;
  readonly pace: Pacer;
}

const MAX_BYTES = 256 * 1024 * 1024;
const MAX_REDIRECTS = 5;

/**
 * Gets an address, redirects followed: to the same family of hosts and encrypted ones only. Never throws, and never tells an
 * address: it may carry a key, and the errors of the network layer do tell it.
 */
export async function exchange(
  address: URL,
  conditions: Readonly<Record<string, string>>,
  settings: ExchangeSettings,
): Promise<Outcome> {
  let at = address;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await send(at, conditions, settings);
    if ("kind" in response) return response;
    const location = isRedirect(response.status) ? response.headers.get("location") : null;
    if (location === null) return await reply(response, settings);

    response.body?.cancel().catch(() => {});
    const next = redirectOf(location, at, settings);
    if (next === undefined || next.protocol !== "https:" || familyOf(next) !== familyOf(at)) {
      const found = `a redirect to ${next === undefined ? "nowhere" : `${next.protocol}//${next.host}`}`;
      return { kind: "broken", code: "feed.refused", found };
    }
    at = next;
  }
  return { kind: "broken", code: "feed.refused", found: `more than ${MAX_REDIRECTS} redirects` };
}

async function send(
  address: URL,
  conditions: Readonly<Record<string, string>>,
  { userAgent, timeoutMs, mirror, pace }: ExchangeSettings,
): Promise<Response | Outcome> {
  const { host, pathname, search } = address;
  const target = mirror === undefined ? address.href : `${mirror}/${host}${pathname}${search}`;
  try {
    return await pace(host, () =>
      ky.get(target, {
        headers: { ...conditions, "user-agent": userAgent },
        redirect: "manual",
        retry: 0,
        throwHttpErrors: false,
        timeout: timeoutMs,
      }),
    );
  } catch (error) {
    const found = error instanceof TimeoutError ? `no answer within ${timeoutMs / 1000} s` : faultOf(error);
    return { kind: "broken", code: "feed.unreachable", found };
  }
}

async function reply(response: Response, { timeoutMs }: ExchangeSettings): Promise<Outcome> {
  const { status, statusText, headers } = response;
  const reason = statusText === "" ? "" : ` ${statusText}`;
  if (status !== 200) {
    response.body?.cancel().catch(() => {});
    return { kind: "reply", status, reason, headers, bytes: new Uint8Array() };
  }
  const body = await readBody(response, { stallMs: timeoutMs, maxBytes: MAX_BYTES });
  return body.kind === "broken" ? body : { kind: "reply", status, reason, headers, bytes: body.bytes };
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** Where a redirect leads in public; a mirror may name itself. */
function redirectOf(location: string, from: URL, { mirror }: ExchangeSettings): URL | undefined {
  const isOwn = mirror !== undefined && location.startsWith(`${mirror}/`);
  const text = isOwn ? `https://${location.slice(mirror.length + 1)}` : location;
  return URL.canParse(text, from.href) ? new URL(text, from.href) : undefined;
}

/** `cboe.com` of `cdn.cboe.com`. */
function familyOf({ hostname }: URL): string {
  return hostname.split(".").slice(-2).join(".");
}

/** The system's word for what went wrong, `ECONNREFUSED`. */
function faultOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string")
      return `${FAULTS.get(at.code) ?? "a broken connection"} (${at.code})`;
  }
  return "a broken connection";
}

const FAULTS: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "nobody who listens"],
  ["ENOTFOUND", "no such host"],
  ["EAI_AGAIN", "no name service"],
  ["ECONNRESET", "a connection that was cut"],
  ["UND_ERR_SOCKET", "a connection that was cut"],
]);
