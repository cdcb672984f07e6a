import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calendarDate, instantAt } from "@steward/model";
import { MarketStore } from "@steward/store";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type Behavior,
  content,
  cutShort,
  cutShortUntold,
  type MirrorServer,
  mirrorServer,
  page,
  reset,
  silence,
  stalled,
  status,
} from "../../../packages/feeds/src/testing/mirror-server.ts";
import { type Transcript, transcript } from "./testing/transcript.ts";

const BIS = "https://stats.bis.org/api/v2/data/dataflow/BIS/WS_EER/1.0/M.R.B.US?format=csv";
const CDN = "https://cdn.cboe.com/api/global/us_indices/daily_prices";
const SETTLEMENT = "https://www.cboe.com/us/futures/market_statistics/settlement/csv?dt=";
const HEADER = "FREQ,EER_TYPE,EER_BASKET,REF_AREA,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE\n";
const HELD = `${HEADER}M,R,B,US,628,2026-08,107.57\n`;
const NEXT = `${HELD}M,R,B,US,628,2026-09,108.25\n`;
const NOW = instantAt(calendarDate("2026-11-23"), "18:00", "America/New_York");
/** Dates before this one the server does not have, and it says so as the exchange does. */
const LATEST = "2026-11-23";

let home: string;
let server: MirrorServer;
let waits: number[];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "steward-faults-"));
  server = await mirrorServer();
  waits = [];
  vi.stubEnv("STEWARD_HOME", home);
  vi.stubEnv("STEWARD_MIRROR", server.address);
  vi.stubEnv("STEWARD_TIMEOUT", "0.15");
  vi.stubEnv("FRED_API_KEY", "");
  vi.stubEnv("STEWARD_CONTACT", "");
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

async function sync(...args: readonly string[]): Promise<Transcript> {
  const sleep = async (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
  };
  return await transcript(["data", "sync", ...args], [], { now: () => NOW, sleep });
}

/** All that the store holds: its files, its facts, and what it knows of downloads. */
async function storeState(): Promise<unknown> {
  const store = await MarketStore.open(join(home, "market"));
  try {
    const observations = await store.facts("observations", "RBUSBIS", {
      asOf: Number.MAX_SAFE_INTEGER as typeof NOW,
    });
    return {
      partitions: store.partitions(),
      imports: store.imports(),
      downloads: store.downloads(),
      observations,
    };
  } finally {
    store.close();
  }
}

const MISBEHAVIORS: readonly (readonly [string, Behavior, string, RegExp])[] = [
  ["401", status(401), "feed.refused", /found 401 Unauthorized; open the address in a browser/],
  ["403", status(403), "feed.refused", /found 403 Forbidden; open the address in a browser/],
  ["404", status(404), "feed.refused", /found 404 Not Found; open the address in a browser/],
  [
    "500 again and again",
    status(500),
    "feed.unreachable",
    /found 500 .*; what has come is kept; see that the network is up/,
  ],
  ["429 again and again", status(429), "feed.busy", /found 429 .*; run steward data sync bis again later/],
  [
    "429 for an hour",
    status(429, { "retry-after": "3600" }),
    "feed.busy",
    /until 2026-11-23 19:00 New York time/,
  ],
  [
    "429 until tomorrow",
    status(429, { "retry-after": "Tue, 24 Nov 2026 12:00:00 GMT" }),
    "feed.busy",
    /until 2026-11-24 07:00 New York time/,
  ],
  [
    "a page in place of data",
    page("Denied"),
    "feed.changed",
    /expected the format bis-reer .* found an HTML page, "Denied"/,
  ],
  ["an empty file", content(""), "feed.truncated", /expected a history of at least 87 bytes.*found 0;/],
  [
    "another header",
    content(NEXT.replace("OBS_VALUE", "OBSERVATION")),
    "feed.changed",
    /expected the format bis-reer .*OBSERVATION|obs_value/,
  ],
  [
    "another language",
    content(`{"data":[],"note":"${HELD.trim()}"}`),
    "feed.changed",
    /expected the format bis-reer/,
  ],
  [
    "half a file",
    cutShort(NEXT),
    "feed.truncated",
    /nothing of it was stored; run steward data sync bis again/,
  ],
  ["half a file of untold length", cutShortUntold(NEXT), "feed.truncated", /no sign that they are all/],
  [
    "half a file under its own length",
    content(HELD.slice(0, 80)),
    "feed.truncated",
    /expected a history of at least/,
  ],
  ["a stall before the headers", silence, "feed.unreachable", /found no answer within 0.15 s/],
  ["a stall in the body", stalled(NEXT), "feed.unreachable", /found no byte for 0.15 s/],
  ["a cut connection", reset, "feed.unreachable", /found a connection that was cut/],
  ["a redirect in a circle", status(302, { location: BIS }), "feed.refused", /found more than 5 redirects/],
  [
    "a redirect to elsewhere",
    status(302, { location: "https://example.org/" }),
    "feed.refused",
    /found a redirect to https:\/\/example\.org/,
  ],
];

describe("a server that answers with", () => {
  it.each(MISBEHAVIORS)("%s leaves the store as it was", async (_, behavior, code, message) => {
    server.serve(BIS, content(HELD), behavior);
    expect((await sync("bis")).status).toBe(0);
    const before = await storeState();

    const { status: exit, err, out } = await sync("bis");
    expect(exit).toBe(1);
    expect(err).toMatch(/^steward: [a-z.]+: bis: expected .* at https:\/\/stats\.bis\.org\/\S+, found /);
    expect(err.split("\n")).toHaveLength(1);
    expect(err).toContain(`steward: ${code}: `);
    expect(err).toMatch(message);
    expect(out).toMatch(/bis +stats\.bis\.org +2026-08-31 +0 +0 +0 +0 +0/);
    expect(await storeState()).toEqual(before);
  });

  it("trouble that passes is waited for", async () => {
    server.serve(BIS, status(429, { "retry-after": "9" }), status(500), reset, content(NEXT));
    const { status: exit, out } = await sync("bis");
    expect(exit).toBe(0);
    expect(waits).toEqual([9000, 2000, 4000]);
    expect(out).toMatch(/bis +stats\.bis\.org +2026-09-30 +1 +0 +0 +2 +0/);
  });

  it("numbers as texts is understood", async () => {
    server.serve(BIS, content(NEXT.replaceAll(/(\d+\.\d+)/g, '"$1"')));
    expect((await sync("bis")).status).toBe(0);
    expect(await storeState()).toMatchObject({ observations: [{ value: 107.57 }, { value: 108.25 }] });
  });

  it("a failure is a document for machines", async () => {
    server.serve(BIS, status(403));
    const { status: exit, out, err } = await sync("bis", "--json");
    expect(exit).toBe(1);
    const error = { code: "feed.refused", details: { feed: "bis", address: BIS, status: 403 } };
    expect(JSON.parse(out)).toMatchObject({
      schema: "steward/data-sync@1",
      feeds: [{ feed: "bis", state: "failed", failures: [error] }],
      errors: [error],
    });
    expect(err).toMatch(/^steward: feed\.refused/);
  });
});

describe("a feed that fails", () => {
  it("does not stop the others", async () => {
    server.serve(BIS, content(HELD));
    const { status: exit, out, err } = await sync();
    expect(exit).toBe(1);
    expect(out).toMatch(/bis +stats\.bis\.org +2026-08-31 +1/);
    expect(out).toMatch(/alfred +api\.stlouisfed\.org +never +skipped/);
    expect(err).toMatch(/^alfred was skipped: it needs a key/m);
    expect(err).toMatch(/^sec was skipped: it wants to know who asks/m);
    expect(err).not.toContain("key-missing");
  });

  it("is left alone after two bad files in a row, but goes on after one", async () => {
    server.serveOthers((path) => {
      const symbol = /(\w+)_History/.exec(path)?.[1] ?? "";
      if (["VIX9D", "SKEW", "OVX"].includes(symbol)) return status(404);
      return content(
        `DATE,OPEN,HIGH,LOW,CLOSE\n11/20/2026,1,1,1,1.${[...symbol].map((letter) => letter.charCodeAt(0)).join("")}\n`,
      );
    });
    const { err, out } = await sync("cboe-indices");
    expect(err.split("\n").map((line) => /(\w+)_History/.exec(line)?.[1])).toEqual(["VIX9D", "SKEW", "OVX"]);
    expect(server.seen.map(({ path }) => path)).toHaveLength(8);
    expect(out).toMatch(/cboe-indices .* 5 /);
    server.seen.length = 0;
    server.serve(`${CDN}/VIX_History.csv`, status(503));
    await sync("cboe-indices");
    expect(server.seen).toHaveLength(4);
  });
});

describe("what is not there yet", () => {
  it("is no failure, and asked for again", async () => {
    server.serveOthers((path) => {
      const date = /dt=(.*)$/.exec(path)?.[1] ?? "";
      return date < LATEST
        ? content(`Product,Symbol,Expiration Date,Price\nVX,VX/F7,2027-01-20,19.${date.slice(8)}\n`)
        : page("Settlements");
    });
    const first = await sync("vx-settlements");
    expect([first.status, first.err]).toEqual([0, ""]);
    expect(first.out).toMatch(/vx-settlements +www\.cboe\.com +2026-11-20 +19 +0 +1 +19 +0/);
    server.serve(
      `${SETTLEMENT}${LATEST}`,
      content("Product,Symbol,Expiration Date,Price\nVX,VX/F7,2027-01-20,20.5\n"),
    );
    server.seen.length = 0;
    expect((await sync("vx-settlements")).out).toMatch(/2026-11-23 +1 +0 +0 +1 +0/);
    expect(server.seen).toHaveLength(1);
  });

  it("of contracts is believed only while the nearest ones are there", async () => {
    server.serveOthers(() => status(403));
    const refused = await sync("vx-contracts");
    expect(refused.status).toBe(1);
    expect(refused.err.match(/feed\.refused/g)).toHaveLength(2);
    expect(server.seen).toHaveLength(2);
  });
});
