import { readFileSync } from "node:fs";
import { calendarDate, type Download, type Instant, instantAt, wallClock } from "@steward/model";
import { describe, expect, it } from "vitest";
import { type FeedRequest, type KeyName, type PlanContext, planOf } from "./feed.ts";
import { FEEDS, feedsNamed } from "./feeds.ts";
import { politePauseMs } from "./pace.ts";

// A Monday, after the close.
const NOW = instantAt(calendarDate("2026-11-23"), "18:00", "America/New_York");
const DAY = 86_400_000_000;

function context(rest: Partial<PlanContext> = {}): PlanContext {
  const now = rest.now ?? NOW;
  const today = wallClock(now, "America/New_York").date;
  return { now, today, known: new Map(), keys: new Set<KeyName>(["fred", "contact"]), ...rest };
}

function planned(id: string, rest: Partial<PlanContext> = {}): readonly FeedRequest[] {
  return feedsNamed([id]).flatMap((feed) => planOf(feed, context(rest)));
}

/** The log as it stands when everything of the plan has come. */
function logOf(
  requests: readonly FeedRequest[],
  rest: Partial<Download> = {},
): ReadonlyMap<string, Download> {
  return new Map(
    requests.map(({ address, freshness }) => {
      const isFinal = freshness === "once";
      return [address, { address, feed: "x", bytes: 100, fetchedAt: NOW, isFinal, ...rest }];
    }),
  );
}

/** What is asked for once everything has come. */
function left(id: string, rest: Partial<PlanContext> = {}): readonly string[] {
  return planned(id, { known: logOf(planned(id)), ...rest }).map(({ address }) => address);
}

describe("every feed", () => {
  it.each(FEEDS)("$id plans requests of public addresses, each once", (feed) => {
    const requests = feed.requests(context());
    expect(requests.length).toBeGreaterThan(0);
    expect(new Set(requests.map(({ address }) => address)).size).toBe(requests.length);
    for (const { address } of requests) {
      expect(new URL(address).protocol).toBe("https:");
      expect(address).not.toMatch(/api_key/);
    }
  });

  it.each(FEEDS)("$id stands in docs/feeds.md as it is", ({ id, title, home, needs }) => {
    const page = readFileSync(new URL("../../../docs/feeds.md", import.meta.url), "utf8");
    expect(page).toContain(
      `| \`${id}\` | ${title} | [${new URL(home).host}](${home}) | ${needs ?? ""} |`.replace("|  |", "| |"),
    );
  });

  it("has a name of its own", () => {
    expect(new Set(FEEDS.map(({ id }) => id)).size).toBe(FEEDS.length);
    expect(() => feedsNamed(["nonsense"])).toThrow(/expected a feed of cboe-indices, .*, found nonsense/);
    expect(feedsNamed(["bis", "dvol"]).map(({ id }) => id)).toEqual(["bis", "dvol"]);
  });
});

describe("what is planned", () => {
  it("of whole histories is all of them, each time", () => {
    for (const id of ["cboe-indices", "fred", "shiller", "bis", "sec", "fomc", "bls", "release-dates"]) {
      expect(left(id), id).toEqual(planned(id).map(({ address }) => address));
    }
  });

  it("of years is this one, and those that did not come", () => {
    expect(planned("treasury")).toHaveLength(37);
    expect(left("treasury")).toEqual([expect.stringContaining("csv/2026/all")]);
    const known = new Map(logOf(planned("treasury")));
    known.delete([...known.keys()].find((address) => address.includes("csv/1999/")) ?? "");
    expect(planned("treasury", { known }).map(({ address }) => /csv\/(\d+)/.exec(address)?.[1])).toEqual([
      "2026",
      "1999",
    ]);
    expect(left("effr")).toEqual([expect.stringContaining("startDate=2026-01-01&endDate=2026-12-31")]);
  });

  it("of last year is asked for until it cannot change, and once more", () => {
    const in2027 = (day: string): Partial<PlanContext> => ({
      now: instantAt(calendarDate(`2027-01-${day}`), "12:00", "America/New_York"),
    });
    const yearsLeft = (day: string): readonly string[] =>
      left("treasury", in2027(day)).map((address) => /csv\/(\d+)/.exec(address)?.[1] ?? "");
    expect(yearsLeft("05")).toEqual(["2027", "2026"]);
    // The copy in the log is of November and not final.
    expect(yearsLeft("20")).toEqual(["2027", "2026"]);
    const known = logOf(planned("treasury", in2027("20")));
    expect(
      planned("treasury", { ...in2027("20"), known }).map(({ address }) => /csv\/(\d+)/.exec(address)?.[1]),
    ).toEqual(["2027"]);
  });

  it("of DVOL are windows of a year at most, in milliseconds", () => {
    const windows = planned("dvol").map(({ address }) =>
      /currency=(\w+)&start_timestamp=(\d+)&end_timestamp=(\d+)/.exec(address),
    );
    expect(windows).toHaveLength(12);
    for (const window of windows) {
      const days = (Number(window?.[3]) - Number(window?.[2])) / 86_400_000;
      expect([364, 365]).toContain(days);
    }
    expect(left("dvol").map((address) => /currency=(\w+)/.exec(address)?.[1])).toEqual(["BTC", "ETH"]);
  });

  it("of settlements are the last twenty sessions that are over, and of them what is not held", () => {
    const dates = (requests: readonly FeedRequest[]): readonly string[] =>
      requests.map(({ address }) => address.slice(-10));
    const all = planned("vx-settlements");
    expect(dates(all)).toHaveLength(20);
    expect(dates(all).slice(-2)).toEqual(["2026-11-20", "2026-11-23"]);
    expect(all.map(({ absence }) => absence).slice(-3)).toEqual([undefined, "passing", "passing"]);
    const morning = instantAt(calendarDate("2026-11-23"), "10:00", "America/New_York");
    expect(dates(planned("vx-settlements", { now: morning })).at(-1)).toBe("2026-11-20");
    const thanksgiving = instantAt(calendarDate("2026-11-27"), "18:00", "America/New_York");
    expect(left("vx-settlements", { now: thanksgiving }).map((address) => address.slice(-10))).toEqual([
      "2026-11-24",
      "2026-11-25",
      "2026-11-27",
    ]);
  });

  it("of vintages are windows of real time, those that are over once", () => {
    expect(planned("alfred")).toHaveLength(24);
    expect(left("alfred")).toHaveLength(8);
    expect(
      left("alfred").every((address) =>
        address.includes("realtime_start=2020-01-01&realtime_end=9999-12-31"),
      ),
    ).toBe(true);
    expect(planned("alfred").every(({ secret }) => secret?.parameter === "api_key")).toBe(true);
  });

  it("of FRED is the economy too where there is no key for its vintages", () => {
    const series = (keys: readonly KeyName[]): readonly string[] =>
      planned("fred", { keys: new Set(keys) }).map(({ address }) => address.split("id=")[1] ?? "");
    expect(series(["fred"])).toHaveLength(13);
    expect(series([])).toHaveLength(21);
    expect(series([])).toEqual(
      expect.arrayContaining(["DFF", "DGS1MO", "DGS30", "BAMLH0A0HYM2", "CPIAUCSL", "RSXFS"]),
    );
  });

  it("of contracts are the listed ones first, then those of the current folder, then the archive's", () => {
    const names = planned("vx-contracts").map(({ address }) => address.split("/").at(-1));
    expect(names.slice(0, 3)).toEqual(["VX_2026-12-16.csv", "VX_2027-01-20.csv", "VX_2027-02-17.csv"]);
    expect(names[9]).toBe("VX_2014-08-20.csv");
    expect(names).toEqual(
      expect.arrayContaining(["VX_2019-03-19.csv", "VX_2025-03-18.csv", "CFE_K04_VX.csv", "CFE_N14_VX.csv"]),
    );
    // Never listed: the archive has no file of them.
    expect(names).not.toEqual(expect.arrayContaining(["CFE_Z04_VX.csv"]));
    expect(names.filter((name) => name?.startsWith("CFE_"))).toHaveLength(119);
    expect(left("vx-contracts")).toHaveLength(9);
  });

  it("of a contract that settles is its last rows, and then nothing", () => {
    const day = (date: string): Partial<PlanContext> => ({
      now: instantAt(calendarDate(date), "18:00", "America/New_York"),
    });
    const december = (rest: Partial<PlanContext>): boolean =>
      left("vx-contracts", rest).some((address) => address.endsWith("VX_2026-12-16.csv"));
    expect(december(day("2026-12-16"))).toBe(true);
    expect(december(day("2026-12-19"))).toBe(true);
    const known = logOf(planned("vx-contracts", day("2026-12-22")));
    expect(december({ ...day("2026-12-23"), known })).toBe(false);
  });

  it("of what was not there is nothing for thirty days", () => {
    const known = logOf(planned("vx-contracts"), { bytes: 0, isFinal: false });
    expect(planned("vx-contracts", { known })).toHaveLength(9);
    const later = (NOW + 31 * DAY) as Instant;
    expect(planned("vx-contracts", { known, now: later }).length).toBeGreaterThan(250);
  });
});

it("the exchange has two seconds and a half between requests, the SEC an eighth of one", () => {
  const hosts = [
    "cdn.cboe.com",
    "www.cboe.com",
    "data.sec.gov",
    "api.stlouisfed.org",
    "fred.stlouisfed.org",
    "www.bls.gov",
  ];
  expect(hosts.map(politePauseMs)).toEqual([2500, 2500, 125, 500, 500, 1000]);
  expect(politePauseMs("notcboe.com")).toBe(1000);
});
