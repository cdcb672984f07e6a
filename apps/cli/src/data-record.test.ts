import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calendarDate, type Instant, instantAt } from "@steward/model";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type Behavior,
  content,
  cutShort,
  type MirrorServer,
  mirrorServer,
  page,
  status,
} from "../../../packages/feeds/src/testing/mirror-server.ts";
import { chainDocument } from "../../../packages/importers/src/testing/option-samples.ts";
import { documentOf, type Transcript, transcript } from "./testing/transcript.ts";

const CHAINS = "https://cdn.cboe.com/api/global/delayed_quotes/options";

let home: string;
let server: MirrorServer;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "steward-record-"));
  server = await mirrorServer();
  vi.stubEnv("STEWARD_HOME", home);
  vi.stubEnv("STEWARD_MIRROR", server.address);
  vi.stubEnv("STEWARD_TIMEOUT", "0.2");
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

function at(date: string, time: string): Instant {
  return instantAt(calendarDate(date), time, "America/New_York");
}

/** An SPX chain as the exchange makes it at a time of Universal Time; one bid is the caller's. */
function chainAt(timestamp: string, bid = 10.5): string {
  const { data, ...rest } = chainDocument;
  const [first, ...others] = data.options;
  return JSON.stringify({
    ...rest,
    timestamp,
    data: { ...data, options: [{ ...first, bid, ask: bid + 1 }, ...others] },
  });
}

async function record(...args: readonly string[]): Promise<Transcript> {
  return await transcript(["data", "record", ...args], [], { now: () => at("2023-09-14", "16:10") });
}

describe("steward data record", () => {
  it("asks for four chains, indices with an underscore, and tells the instant of the quotes", async () => {
    server.serveOthers(() => content(chainAt("2023-09-14 20:10:07")));
    const { status: exit, out } = await record();
    expect(exit).toBe(0);
    expect(server.seen.map(({ path }) => path.split("/").at(-1))).toEqual([
      "_SPX.json",
      "_VIX.json",
      "_XSP.json",
      "SPY.json",
    ]);
    expect(out).toMatch(
      /^2023-09-14 16:10 New York {2}SPX 3 quotes of 15:55.*; VIX known already; XSP known already; SPY known already$/,
    );
  });

  it("keeps what it saw at the time at which it could be seen, and knows it again", async () => {
    server.serve(
      `${CHAINS}/_SPX.json`,
      content(chainAt("2023-09-14 20:10:07")),
      content(chainAt("2023-09-14 20:20:02", 11)),
    );
    const first = await documentOf(["data", "record", "spx"]);
    expect(first.document).toMatchObject({
      schema: "steward/data-record@1",
      chains: [{ symbol: "SPX", state: "recorded", quotedAt: "2023-09-14T19:55:07Z", quotes: 3, added: 3 }],
      errors: [],
    });
    expect((await documentOf(["data", "record", "^SPX"])).document).toMatchObject({
      chains: [{ state: "recorded", added: 3 }],
    });
    expect((await documentOf(["data", "record", "SPX"])).document).toMatchObject({
      chains: [{ state: "known", added: 0 }],
    });
    const { document } = await documentOf(["data", "status"]);
    expect(document).toMatchObject({
      imports: 2,
      holdings: [{ table: "quotes", series: "SPX", source: "cboe-delayed", facts: 6 }],
    });
  });

  it("knows what the exchange serves unchanged after the close, though it says a later time", async () => {
    server.serve(
      `${CHAINS}/_SPX.json`,
      content(chainAt("2023-09-14 22:00:00")),
      content(chainAt("2023-09-14 23:00:00")),
    );
    expect((await record("SPX")).out).toMatch(/SPX 3 quotes of 16:15/);
    expect((await record("SPX")).out).toMatch(/SPX known already$/);
  });

  it.each<[string, Behavior, RegExp]>([
    ["403", status(403), /^steward: feed\.refused: cboe-chains: .*_VIX\.json, found 403/],
    ["a page", page("Sorry"), /^steward: feed\.changed: cboe-chains: .*an HTML page, "Sorry"/],
    [
      "half a chain",
      cutShort(chainAt("2023-09-14 20:10:07")),
      /^steward: feed\.truncated: .*run steward data record again$/,
    ],
  ])("tells %s in place of a chain, and stores the others", async (_, trouble, message) => {
    server.serve(`${CHAINS}/_VIX.json`, trouble);
    server.serve(`${CHAINS}/_SPX.json`, content(chainAt("2023-09-14 20:10:07")));
    const { status: exit, out, err } = await record("VIX", "SPX");
    expect(exit).toBe(1);
    expect(out).toMatch(/VIX failed; SPX 3 quotes of 15:55/);
    expect(err).toMatch(message);
    expect((await documentOf(["data", "status"])).document).toMatchObject({ imports: 1 });
  });

  it.each([
    [["--at", "25:00"], /expected times like 15:45,16:00, found "25:00" for --at/],
    [["--every", "0"], /expected whole minutes from 1 to 405, found "0" for --every/],
    [["--at", "15:45", "--every", "15"], /expected --at or --every, found both/],
    [["../x"], /expected an underlying like SPX, found \.\.\/x/],
  ])("refuses %j", async (args, message) => {
    const { status: exit, err } = await record(...args);
    expect(exit).toBe(2);
    expect(err).toMatch(message);
    expect(server.seen).toEqual([]);
  });
});

interface Clock {
  readonly waits: number[];
  readonly run: (...args: readonly string[]) => Promise<Transcript>;
}

/** A clock that a wait moves on, until an instant at which the user ends the command; `jumps` happen during the nth wait. */
function clock(from: Instant, until: Instant, jumps: Readonly<Record<number, Instant>> = {}): Clock {
  const stop = new AbortController();
  const waits: number[] = [];
  let now = from;
  const sleep = async (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    now = jumps[waits.length] ?? ((now + milliseconds * 1000) as Instant);
    if (now >= until) stop.abort();
  };
  const io = { now: () => now, sleep, interruption: () => stop.signal };
  return { waits, run: (...args) => transcript(["data", "record", "SPX", ...args], [], io) };
}

describe("a schedule", () => {
  beforeEach(() => {
    server.serveOthers(() => content(chainAt("2023-09-14 20:10:07", server.seen.length)));
  });

  it("records on sessions alone until it is ended, and looks at the clock every minute", async () => {
    // From Friday to Tuesday.
    const { run, waits } = clock(at("2023-09-15", "15:40"), at("2023-09-19", "12:00"));
    const { status: exit, out, err } = await run("--at", "15:45,16:00");
    expect(exit).toBe(0);
    expect(out.split("\n").map((line) => line.slice(0, 16))).toEqual([
      "2023-09-15 15:45",
      "2023-09-15 16:00",
      "2023-09-18 15:45",
      "2023-09-18 16:00",
    ]);
    expect(err).toBe("recording next at 2023-09-15 15:45 New York time; Ctrl-C ends it");
    expect(Math.max(...waits)).toBe(60_000);
  });

  it("gives a line for each recording to machines", async () => {
    const { run } = clock(at("2023-09-15", "15:40"), at("2023-09-15", "16:40"));
    const { out } = await run("--every", "30", "--json");
    const documents = out.split("\n").map((line) => JSON.parse(line) as { readonly at: string });
    expect(documents.map(({ at: instant }) => instant)).toEqual([
      "2023-09-15T19:45:00Z",
      "2023-09-15T20:15:00Z",
      "2023-09-15T20:30:00Z",
    ]);
  });

  it("survives a suspended machine: what was slept through is told, and the next comes", async () => {
    const { run } = clock(at("2023-09-15", "15:40"), at("2023-09-15", "17:00"), {
      2: at("2023-09-15", "15:58"),
    });
    const { out, err } = await run("--at", "15:45,16:00");
    expect(err).toContain("missed the recording of 2023-09-15 15:45 New York time: this machine slept");
    expect(out.split("\n").map((line) => line.slice(11, 16))).toEqual(["16:00"]);
  });

  it("comes a little late rather than not at all", async () => {
    const { run } = clock(at("2023-09-15", "15:40"), at("2023-09-15", "15:59"), {
      2: at("2023-09-15", "15:50"),
    });
    expect((await run("--at", "15:45")).out).toMatch(/^2023-09-15 15:50 New York/);
  });

  it("survives a clock that is set back", async () => {
    const { run } = clock(at("2023-09-15", "15:44"), at("2023-09-15", "16:10"), {
      2: at("2023-09-15", "15:30"),
    });
    expect((await run("--at", "15:45")).out.split("\n")).toHaveLength(2);
  });

  it("goes on after a failure", async () => {
    server.serve(`${CHAINS}/_SPX.json`, status(403), content(chainAt("2023-09-15 20:20:02")));
    const { run } = clock(at("2023-09-15", "15:40"), at("2023-09-15", "16:10"));
    const { status: exit, out, err } = await run("--at", "15:45,16:00");
    expect(exit).toBe(0);
    expect(out).toMatch(/15:45 New York {2}SPX failed\n.*16:00 New York {2}SPX 3 quotes/);
    expect(err).toMatch(/steward: feed\.refused: cboe-chains/);
  });
});
