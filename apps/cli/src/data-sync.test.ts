import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calendarDate, formatInstant, type Instant, instantAt } from "@steward/model";
import { MarketStore, observationsOf } from "@steward/store";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  content,
  type MirrorServer,
  mirrorServer,
  status,
} from "../../../packages/feeds/src/testing/mirror-server.ts";
import { feedSample } from "./testing/feed-samples.ts";
import { type Transcript, transcript } from "./testing/transcript.ts";

const KEY = "0123456789abcdef0123456789abcdef";
const CDN = "https://cdn.cboe.com/api/global/us_indices/daily_prices";
// Monday, after the close.
const NOW = instantAt(calendarDate("2026-11-23"), "18:00", "America/New_York");

let home: string;
let server: MirrorServer;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "steward-sync-"));
  server = await mirrorServer();
  server.serveOthers((path) => {
    const sample = feedSample(path);
    return sample === undefined ? undefined : content(sample, { etag: `"${path.length}-${sample.length}"` });
  });
  vi.stubEnv("STEWARD_HOME", home);
  vi.stubEnv("STEWARD_MIRROR", server.address);
  vi.stubEnv("FRED_API_KEY", "");
  vi.stubEnv("STEWARD_CONTACT", "");
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

async function sync(...args: readonly string[]): Promise<Transcript> {
  return await transcript(["data", "sync", ...args], [], { now: () => NOW });
}

interface FeedRow {
  readonly feed: string;
  readonly state: string;
  readonly upTo?: string;
  readonly files: { readonly new: number; readonly unchanged: number; readonly absent: number };
  readonly facts: { readonly added: number; readonly refused: number };
}

async function rowsOf(...args: readonly string[]): Promise<ReadonlyMap<string, FeedRow>> {
  const { out } = await sync(...args, "--json");
  const { feeds } = JSON.parse(out) as { readonly feeds: readonly FeedRow[] };
  return new Map(feeds.map((row) => [row.feed, row]));
}

/** Everything but the contracts of VIX futures, which are hundreds. */
const MOST = [
  ...["cboe-indices", "vx-settlements", "treasury", "effr", "fred", "alfred", "release-dates"],
  ...["fomc", "bls", "shiller", "bis", "sec", "dvol"],
];

describe("steward data sync", () => {
  it("brings every feed in its own format, and nothing twice", async () => {
    vi.stubEnv("FRED_API_KEY", KEY);
    vi.stubEnv("STEWARD_CONTACT", "me@example.org");
    const first = await rowsOf(...MOST);
    expect([...first.keys()]).toEqual(MOST);
    for (const [feed, row] of first) {
      expect(row, feed).toMatchObject({
        state: "done",
        files: { unchanged: 0, absent: 0 },
        facts: { refused: 0 },
      });
      expect(row.files.new, feed).toBeGreaterThan(0);
      expect(row.facts.added, feed).toBeGreaterThanOrEqual(row.files.new);
      expect(row.upTo, feed).toMatch(/^202\d-/);
    }
    const asked = server.seen.length;
    const second = await rowsOf(...MOST);
    for (const [feed, row] of second) expect([row.files.new, row.facts.added], feed).toEqual([0, 0]);
    // Years and windows that are over are not asked for again; all others are, on condition that they changed.
    expect([
      second.get("treasury"),
      second.get("effr"),
      second.get("alfred"),
      second.get("dvol"),
    ]).toMatchObject([1, 1, 8, 2].map((unchanged) => ({ files: { unchanged } })));
    expect(second.get("vx-settlements")?.files).toEqual({ new: 0, unchanged: 0, absent: 0 });
    expect(server.seen.slice(asked).every(({ headers }) => headers["if-none-match"] !== undefined)).toBe(
      true,
    );
  });

  it("asks for contracts of both eras, once where they have settled", async () => {
    const first = await rowsOf("vx-contracts");
    expect(first.get("vx-contracts")).toMatchObject({ state: "done", files: { unchanged: 0, absent: 0 } });
    const paths = server.seen.map(({ path }) => path);
    expect(paths[0]).toMatch(/VX_2026-12-16\.csv$/);
    expect(paths.filter((path) => path.includes("/archive/"))).toHaveLength(119);
    expect(paths.at(-1)).toMatch(/CFE_N14_VX\.csv$/);
    await rowsOf("vx-contracts");
    // The nine that are listed; November's has settled on the 18th.
    expect(server.seen.length - paths.length).toBe(9);
  }, 120_000);

  it("prints what came, from where and up to when", async () => {
    const { status: exit, out, err } = await sync("cboe-indices", "dvol");
    expect([exit, err]).toEqual([0, ""]);
    expect(out).toMatch(/feed +from +up to +new files +unchanged +absent +new facts +corrected/);
    expect(out).toMatch(/cboe-indices +cdn\.cboe\.com +2026-11-20 +12 +0 +0 +24 +0/);
    expect(out).toMatch(/dvol +www\.deribit\.com +2026-01-0\d +12 +0 +0 +12 +0/);
  });

  it("goes on where it failed, and downloads nothing twice", async () => {
    server.serve(`${CDN}/VIX1D_History.csv`, status(500));
    const failed = await sync("cboe-indices");
    expect(failed.status).toBe(1);
    expect(failed.err).toMatch(
      /^steward: feed\.unreachable: cboe-indices: expected a file at \S+VIX1D_History\.csv, found 500/,
    );
    const files = ["VIX", "VIX9D", "VIX3M", "VIX6M"].map(
      (name) => `cdn.cboe.com/api/global/us_indices/daily_prices/${name}_History.csv`,
    );
    expect(server.seen.map(({ path }) => path).slice(0, 4)).toEqual(files);
    server.seen.length = 0;
    server.serve(`${CDN}/VIX1D_History.csv`, content(feedSample(`${CDN}/VIX1D_History.csv`) ?? ""));
    expect((await rowsOf("cboe-indices")).get("cboe-indices")?.files).toEqual({
      new: 8,
      unchanged: 4,
      absent: 0,
    });
  });

  it("does not ask again for years that came before a failure", async () => {
    const year = (y: number): string =>
      `https://home.treasury.gov/resource-center/data-chart-center/interest-rates/daily-treasury-rates.csv/${y}/all?type=daily_treasury_yield_curve&field_tdr_date_value=${y}&page&_format=csv`;
    server.serve(year(2022), status(502));
    expect((await sync("treasury")).status).toBe(1);
    server.seen.length = 0;
    server.serve(year(2022), content(feedSample(year(2022)) ?? ""));
    expect((await sync("treasury")).status).toBe(0);
    const years = server.seen.map(({ path }) => /csv\/(\d{4})/.exec(path)?.[1]);
    expect(years.slice(0, 3)).toEqual(["2026", "2022", "2021"]);
    expect(years).toHaveLength(1 + 2022 - 1990 + 1);
  });

  it("lists its feeds with what is due", async () => {
    const { status: exit, out } = await sync("--list");
    expect(exit).toBe(0);
    expect(out).toMatch(/alfred +alfred\.stlouisfed\.org +fred +prices.* +24$/m);
    expect(server.seen).toEqual([]);
  });

  it("knows its feeds", async () => {
    const { status: exit, err } = await sync("yahoo");
    expect(exit).toBe(2);
    expect(err).toMatch(/^steward: input\.invalid: expected a feed of cboe-indices, .*, found yahoo$/);
  });
});

it("a vintage that a window of real time cuts in two was first known before the window", async () => {
  vi.stubEnv("FRED_API_KEY", KEY);
  server.serveOthers((path) => {
    const [, series, from] = /series_id=(\w+)&realtime_start=(\d{4}-\d{2}-\d{2})/.exec(path) ?? [];
    // FRED clips what was told before the window to its first day.
    const told = from === "1776-07-04" ? "2005-02-23" : from;
    const row = `{"realtime_start":"${told}","realtime_end":"9999-12-31","date":"2005-01-01","value":"191.6"}`;
    const document = `{"realtime_start":"${from}","realtime_end":"9999-12-31","units":"${series}","observations":[${row}]}`;
    return content(document);
  });
  expect((await rowsOf("alfred")).get("alfred")).toMatchObject({ files: { new: 24 } });
  const store = await MarketStore.open(join(home, "market"));
  try {
    const asked = { asOf: Number.MAX_SAFE_INTEGER as Instant, series: "CPIAUCSL" };
    const first = await observationsOf(store, { ...asked, versions: "first" });
    expect(first?.facts.map(({ value, knownAt }) => [value, formatInstant(knownAt).slice(0, 10)])).toEqual([
      [191.6, "2005-02-23"],
    ]);
    expect((await observationsOf(store, asked))?.facts).toHaveLength(1);
  } finally {
    store.close();
  }
});

describe("a key", () => {
  it("that is missing fails the feed that was named, and is told how to get", async () => {
    const { status: exit, err } = await sync("alfred", "bis");
    expect(exit).toBe(1);
    expect(err).toMatch(
      /^steward: feed\.key-missing: alfred: expected a key .*api\.stlouisfed\.org.*fredaccount.*FRED_API_KEY/,
    );
    expect(err.split("\n")).toHaveLength(1);
    expect(server.seen.map(({ path }) => path.split("/")[0])).toEqual(["stats.bis.org"]);
  });

  it("comes from a file that nobody else can read", async () => {
    writeFileSync(join(home, "keys.yaml"), `fred: ${KEY}\ncontact: me@example.org\n`);
    chmodSync(join(home, "keys.yaml"), 0o644);
    const exposed = await sync("bis");
    expect(exposed.status).toBe(2);
    expect(exposed.err).toMatch(
      /^steward: keys\.exposed: expected \S+keys\.yaml to be readable by you alone, found mode 0644; run chmod 600/,
    );
    chmodSync(join(home, "keys.yaml"), 0o600);
    expect((await sync("release-dates", "sec")).status).toBe(0);
    expect(server.seen[0]?.path).toContain(`api_key=${KEY}`);
    expect(server.seen.at(-1)?.headers["user-agent"]).toMatch(
      /^steward\/\d+\.\d+\.\d+ \(\+me@example\.org\)$/,
    );
  });

  it.each([`fred: [${KEY}`, `fred: {a: ${KEY}}`, `api: ${KEY}`])(
    "in a file like %j is refused unseen",
    async (text) => {
      writeFileSync(join(home, "keys.yaml"), text, { mode: 0o600 });
      const { status: exit, err, out } = await sync("bis");
      expect([exit, out]).toEqual([2, ""]);
      expect(err).toMatch(/^steward: config\.invalid: expected lines/);
      expect(err).not.toContain(KEY);
    },
  );

  it("stands nowhere but on the wire", async () => {
    vi.stubEnv("FRED_API_KEY", KEY);
    const good = await sync("alfred", "release-dates");
    server.serveOthers(() => status(400));
    const bad = await sync("alfred", "--json");
    server.serveOthers(({ length }) =>
      content(`{"release_dates":[{"release_id":10,"date":"${KEY}"}],"n":${length}}`),
    );
    const echoed = await sync("release-dates");
    expect([good, bad, echoed].map(({ status: exit }) => exit)).toEqual([0, 1, 1]);
    expect(JSON.stringify([good, bad, echoed])).not.toContain(KEY);
    for (const file of filesUnder(home)) expect(readFileSync(file).includes(KEY), file).toBe(false);
    expect(server.seen.some(({ path }) => path.includes(KEY))).toBe(true);
  });
});

function filesUnder(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
