import { calendarDate, type Download, Failure, instantAt } from "@steward/model";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Answer, type ClientSettings, feedClient } from "./client.ts";
import type { FeedRequest } from "./feed.ts";
import { retryAfterMs } from "./retry-after.ts";
import {
  type Behavior,
  content,
  cutShort,
  cutShortUntold,
  type MirrorServer,
  mirrorServer,
  packed,
  reset,
  silence,
  stalled,
  status,
} from "./testing/mirror-server.ts";

const ADDRESS = "https://cdn.cboe.com/x/VIX_History.csv";
const NOW = instantAt(calendarDate("2026-11-23"), "16:00", "America/New_York");
const TEXT = "DATE,OPEN,HIGH,LOW,CLOSE\n11/20/2026,20,21,19,20.5\n";

let server: MirrorServer;
let waits: number[];

beforeEach(async () => {
  server = await mirrorServer();
  waits = [];
});

afterEach(async () => {
  await server.close();
});

interface Asking {
  readonly request?: Partial<FeedRequest>;
  readonly known?: Download;
  readonly settings?: Partial<ClientSettings>;
}

async function get({ request, known, settings }: Asking = {}): Promise<Answer> {
  const client = feedClient({
    userAgent: "steward/test (+me@example.org)",
    keys: {},
    mirror: server.address,
    timeoutMs: 200,
    now: () => NOW,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
    },
    ...settings,
  });
  return await client.get(
    "indices",
    { address: ADDRESS, format: "f", freshness: "changing", ...request },
    known,
  );
}

async function failureOf(asking: Asking = {}): Promise<Failure> {
  const error = await get(asking).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Failure) return error;
  return expect.fail(`expected a failure, found ${error}`);
}

function download(rest: Partial<Download> = {}): Download {
  return { address: ADDRESS, feed: "indices", bytes: TEXT.length, fetchedAt: NOW, isFinal: false, ...rest };
}

function textOf(answer: Answer): string {
  return answer.kind === "content" ? new TextDecoder().decode(answer.bytes) : answer.kind;
}

describe("a request", () => {
  it("says who asks, and gives what came with the marks of its version", async () => {
    server.serve(ADDRESS, content(TEXT, { etag: '"7"', "last-modified": "Fri, 20 Nov 2026 23:00:00 GMT" }));
    const answer = await get();
    expect(textOf(answer)).toBe(TEXT);
    expect(answer).toMatchObject({ etag: '"7"', lastModified: "Fri, 20 Nov 2026 23:00:00 GMT" });
    expect(server.seen[0]?.headers["user-agent"]).toBe("steward/test (+me@example.org)");
  });

  it.each([{ etag: '"7"' }, { "last-modified": "Fri, 20 Nov 2026 23:00:00 GMT" }])(
    "is made on condition that something changed: %o",
    async (headers) => {
      server.serve(ADDRESS, content(TEXT, headers));
      const known = download({ etag: headers.etag, lastModified: headers["last-modified"] });
      expect(await get({ known })).toEqual({ kind: "unchanged" });
      expect((await get({ known: { ...known, bytes: 0 } })).kind).toBe("content");
    },
  );

  it("takes packed content", async () => {
    server.serve(ADDRESS, packed(TEXT));
    expect(textOf(await get())).toBe(TEXT);
  });

  it("waits for its turn, host by host", async () => {
    server.serve(ADDRESS, content(TEXT));
    const client = { pauseMs: () => 60 };
    const one = feedClient({
      userAgent: "u",
      keys: {},
      mirror: server.address,
      timeoutMs: 500,
      now: () => NOW,
      sleep: async () => {},
      ...client,
    });
    const began = performance.now();
    const request: FeedRequest = { address: ADDRESS, format: "f", freshness: "changing" };
    await Promise.all([one.get("a", request), one.get("a", request), one.get("a", request)]);
    // Timers may be early by a millisecond.
    expect(performance.now() - began).toBeGreaterThan(118);
  });
});

describe("a redirect", () => {
  it("is followed within the family of hosts", async () => {
    server.serve(ADDRESS, status(302, { location: "https://www.cboe.com/y.csv" }));
    server.serve("https://www.cboe.com/y.csv", status(301, { location: "/z.csv" }));
    server.serve("https://www.cboe.com/z.csv", content(TEXT));
    expect(textOf(await get())).toBe(TEXT);
  });

  it.each(["http://cdn.cboe.com/y.csv", "https://cboe.com.example.org/y.csv", "https://"])(
    "to %s is refused",
    async (location) => {
      server.serve(ADDRESS, status(302, { location }));
      const failure = await failureOf();
      expect(failure.code).toBe("feed.refused");
      expect(failure.message).toMatch(/found a redirect to/);
    },
  );

  it("that goes round in a circle is refused", async () => {
    server.serve(ADDRESS, status(302, { location: ADDRESS }));
    expect((await failureOf()).message).toContain("found more than 5 redirects");
    expect(server.seen).toHaveLength(6);
  });
});

describe("what may pass is asked again", () => {
  it.each<[string, Behavior]>([
    ["an error of the server", status(500)],
    ["a gateway without a server", status(502)],
    ["a cut connection", reset],
    ["half a file", cutShort(TEXT)],
    ["half a file of untold length", cutShortUntold(TEXT)],
    ["a stall before the headers", silence],
    ["a stall in the body", stalled(TEXT)],
  ])("%s, then the file", async (_, trouble) => {
    server.serve(ADDRESS, trouble, trouble, content(TEXT));
    expect(textOf(await get())).toBe(TEXT);
    expect(waits).toEqual([1000, 2000]);
  });

  it.each<[string, Behavior, string, RegExp]>([
    [
      "an error of the server",
      status(503),
      "feed.unreachable",
      /found 503 Service Unavailable; what has come is kept/,
    ],
    ["a cut connection", reset, "feed.unreachable", /found a connection that was cut/],
    ["half a file", cutShort(TEXT), "feed.truncated", /found an end after 25 of 50 bytes; nothing of it/],
    ["half a file of untold length", cutShortUntold(TEXT), "feed.truncated", /found 25 bytes and no sign/],
    ["a stall before the headers", silence, "feed.unreachable", /found no answer within 0.2 s/],
    ["a stall in the body", stalled(TEXT), "feed.unreachable", /found no byte for 0.2 s after 25 bytes/],
    [
      "an exhausted server",
      status(429),
      "feed.busy",
      /found 429 Too Many Requests; run steward data sync indices/,
    ],
  ])("%s, four times, is a failure", async (_, trouble, code, message) => {
    server.serve(ADDRESS, trouble);
    const failure = await failureOf();
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    expect(failure.message).toMatch(
      /^indices: expected a file at https:\/\/cdn\.cboe\.com\/x\/VIX_History\.csv, found/,
    );
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  it("as late as the server asks, in seconds or by the clock", async () => {
    server.serve(
      ADDRESS,
      status(429, { "retry-after": "7" }),
      status(503, { "retry-after": "Mon, 23 Nov 2026 21:01:30 GMT" }),
      content(TEXT),
    );
    expect(textOf(await get())).toBe(TEXT);
    expect(waits).toEqual([7000, 90_000]);
  });

  it("but not where the server wants more than two minutes", async () => {
    server.serve(ADDRESS, status(429, { "retry-after": "3600" }));
    const failure = await failureOf();
    expect(failure.code).toBe("feed.busy");
    expect(failure.message).toContain("until 2026-11-23 17:00 New York time");
    expect(waits).toEqual([]);
  });

  it("and nobody who listens is told by name", async () => {
    const { address } = server;
    await server.close();
    expect((await failureOf({ settings: { mirror: address } })).message).toContain(
      "nobody who listens (ECONNREFUSED)",
    );
    server = await mirrorServer();
  });
});

describe("what will not pass is not asked again", () => {
  it.each([400, 401, 403, 404, 410])("%d is a refusal", async (code) => {
    server.serve(ADDRESS, status(code));
    const failure = await failureOf();
    expect([failure.code, failure.details["status"]]).toEqual(["feed.refused", code]);
    expect(server.seen).toHaveLength(1);
  });

  it.each([403, 404])("%d of what may be absent is an answer", async (code) => {
    server.serve(ADDRESS, status(code));
    expect(await get({ request: { absence: "passing" } })).toEqual({ kind: "absent" });
  });

  it("a whole history that shrank by more than a tenth is refused", async () => {
    server.serve(ADDRESS, content(TEXT));
    const shrunk = { request: { grows: true }, known: download({ bytes: 60 }) };
    const failure = await failureOf(shrunk);
    expect([failure.code, failure.message]).toEqual([
      "feed.truncated",
      expect.stringContaining("at least 54 bytes"),
    ]);
    expect(textOf(await get({ ...shrunk, known: download({ bytes: 56 }) }))).toBe(TEXT);
  });
});

describe("a key", () => {
  const KEY = "0123456789abcdef0123456789abcdef";
  const secret = { parameter: "api_key", key: "fred" } as const;
  const asking = { request: { secret }, settings: { keys: { fred: KEY } } };

  it("goes over the wire", async () => {
    server.serve(`${ADDRESS}?api_key=${KEY}`, content(TEXT));
    expect(textOf(await get(asking))).toBe(TEXT);
  });

  it.each<[string, Behavior]>([
    ["a refusal", status(400)],
    ["a cut connection", reset],
    ["a stall", silence],
    ["a redirect astray", status(302, { location: `https://example.org/?api_key=${KEY}` })],
    ["an answer that repeats it", content(`{"error":"bad key ${KEY}"}`)],
  ])("is in nothing that %s tells", async (_, trouble) => {
    server.serve(`${ADDRESS}?api_key=${KEY}`, trouble);
    const failure = await failureOf(asking);
    expect(`${failure.stack} ${JSON.stringify(failure)} ${String(failure.cause)}`).not.toContain(KEY);
    expect(failure.message).toContain(ADDRESS);
  });
});

it("a date of HTTP is nothing but that", () => {
  expect(retryAfterMs("Mon, 23 Nov 2026 21:00:05 GMT", NOW)).toBe(5000);
  expect(retryAfterMs("Mon, 23 Nov 2026 20:00:00 GMT", NOW)).toBe(0);
  for (const text of [null, "", "soon", "-1", "2026-11-23", "1.5"])
    expect(retryAfterMs(text, NOW)).toBeUndefined();
});
