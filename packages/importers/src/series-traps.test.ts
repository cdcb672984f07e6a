import { formatInstant } from "@steward/model";
import { describe, expect, test } from "vitest";
import type { Parsed } from "./format.ts";
import { IMPORTED_AT, type Reading, readText, rulesOf, SERIES_SAMPLES } from "./testing/series-samples.ts";

/** The reading of a sample by its file's name. */
function sample(name: string): Promise<Reading> {
  const found = SERIES_SAMPLES.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no sample ${name}`);
  return readText(name, found.text);
}

/** What a fact says, in order of the sample, with the moment it was known. */
function told({ facts }: Reading, ...fields: readonly string[]): readonly unknown[] {
  return facts.map(({ fact }: Parsed) => {
    const values: Readonly<Record<string, unknown>> = { ...fact };
    const known = formatInstant(fact.knownAt).slice(0, 16);
    return [...fields.map((field) => values[field]), known];
  });
}

describe("Cboe's indices", () => {
  test("a holiday's row is left out, and the close is known at 16:15", async () => {
    const reading = await sample("VIX_History.csv");
    expect(told(reading, "series", "session", "close")).toEqual([
      ["VIX", "2022-05-27", 25.72, "2022-05-27T20:15"],
      ["VIX", "2022-05-31", 26.19, "2022-05-31T20:15"],
    ]);
    expect(rulesOf(reading)).toEqual({ "bars.not-a-session": 1 });
  });

  test("bad prints of the VVIX are left out", async () => {
    expect(rulesOf(await sample("VVIX_History.csv"))).toEqual({ "bars.bad-print": 2 });
  });

  test("as JSON: texts are numbers, and zeros are none", async () => {
    const reading = await sample("_VIX.json");
    expect(reading.facts[0]?.fact).not.toHaveProperty("open");
    expect(reading.facts[0]?.fact).not.toHaveProperty("volume");
    expect(told(reading, "series", "open", "close")).toEqual([
      ["VIX", undefined, 17.24, "1990-01-02T21:15"],
      ["VIX", 14.22, 13.35, "2024-01-05T21:15"],
    ]);
    expect(rulesOf(reading)).toEqual({ "bars.zero-price": 1, "bars.not-a-session": 1 });
  });
});

describe("VX contracts", () => {
  const fields = ["expiration", "session", "open", "close", "settle"];

  test("of the first era are divided by ten, zeros are missing, a trailing comma is no cell", async () => {
    const reading = await sample("CFE_K04_VX.csv");
    expect(told(reading, ...fields)).toEqual([
      ["2004-05-19", "2004-03-26", 21.24, 20.27, 20.32, "2004-03-26T22:15"],
      ["2004-05-19", "2004-03-29", undefined, undefined, 19.81, "2004-03-29T22:15"],
      ["2004-05-19", "2004-05-19", undefined, undefined, 18.19, "2004-05-19T21:15"],
    ]);
    expect(rulesOf(reading)).toEqual({ "vx.tenfold": 3, "vx.untraded-day": 1, "vx.settlement-day": 1 });
  });

  test("with a disclaimer above the header are read", async () => {
    const reading = await sample("CFE_N13_VX.csv");
    expect(told(reading, ...fields)).toEqual([
      ["2013-07-17", "2013-07-11", 14.6, 14.3, 14.275, "2013-07-11T21:15"],
    ]);
  });

  test("of the second era have no settlement in early 2013, and a day without any price is left out", async () => {
    const reading = await sample("VX_2013-07-17.csv");
    expect(told(reading, ...fields)).toEqual([
      ["2013-07-17", "2013-07-11", 14.6, 14.3, undefined, "2013-07-11T21:15"],
      ["2013-07-17", "2013-07-17", undefined, undefined, 14.03, "2013-07-17T21:15"],
    ]);
    expect(rulesOf(reading)).toEqual({ "vx.no-settlement": 1, "vx.empty": 1, "vx.settlement-day": 1 });
  });

  const header = "Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest\n";
  test.each([
    ["CFE_N04_VX.csv", "6/1/2004,N (Jul 04)", "2004-07-14"],
    ["CFE_V04_VX.csv", "6/1/2004,V (Oct 04)", "2004-10-13"],
    ["CFE_H14_VX.csv", "3/3/2014,H (Mar 14)", "2014-03-18"],
    ["VX_2026-05-19.csv", "2026-01-02,K (May 2026)", "2026-05-19"],
  ])("of %s expire on %s's date", async (name, start, expiration) => {
    const reading = await readText(name, `${header}${start},1,1,1,1,1,0,0,0,0\n`);
    expect(reading.facts[0]?.fact).toMatchObject({ expiration });
  });

  test.each([
    ["VX_2026-01-07.csv", "2026-01-02,F (Jan 2026),1,1,1,1,1,0,0,0,0", "vx.not-a-monthly"],
    ["VX.csv", "2026-01-02,VX01 (Jan 2026),1,1,1,1,1,0,0,0,0", "vx.not-a-monthly"],
    ["VX.csv", "2026-01-02,F (Feb 2026),1,1,1,1,1,0,0,0,0", "vx.not-a-monthly"],
    ["VX.csv", "2026-01-02,F (Jan 2099),1,1,1,1,1,0,0,0,0", "vx.year"],
    ["VX.csv", "2026-01-22,F (Jan 2026),1,1,1,1,1,0,0,0,0", "vx.after-settlement"],
    ["VX.csv", "2026-01-02,F (Jan 2026),1,1,1,1,-1,0,0,0,0", "vx.negative"],
    ["VX.csv", "2026-01-02,F (Jan 2026),1,1,1,x,1,0,0,0,0", "table.unreadable"],
    ["VX.csv", "2026-01-02,F (Jan 2026),1,1,1", "table.row-length"],
  ])("%s with %s is a remark %s", async (name, row, rule) => {
    expect(rulesOf(await readText(name, `${header}${row}\n`))).toEqual({ [rule]: 1 });
  });

  test("settlements of a day: monthlies alone, by the day in the name", async () => {
    const reading = await sample("settlement-2027-01-04.csv");
    expect(told(reading, "session", "expiration", "settle")).toEqual([
      ["2027-01-04", "2027-01-20", 19.1053, "2027-01-04T22:15"],
      ["2027-01-04", "2027-02-17", 20.4603, "2027-01-04T22:15"],
    ]);
    expect(rulesOf(reading)).toEqual({ "vx.not-a-monthly": 2 });
    await expect(readText("s.csv", "Product,Symbol,Expiration Date,Price\n")).rejects.toMatchObject({
      code: "input.invalid",
    });
  });
});

describe("Yahoo, Stooq and Deribit", () => {
  test("nulls are no bar, dividends and splits are events", async () => {
    const reading = await sample("SPY.json");
    expect(rulesOf(reading)).toEqual({ "bars.empty": 1 });
    expect(told(reading, "kind", "session", "date", "close", "note")).toEqual([
      [undefined, "2024-03-14", undefined, 514.95, undefined, "2024-03-14T20:00"],
      [undefined, "2024-03-15", undefined, 509.83, undefined, "2024-03-15T20:00"],
      ["dividend", undefined, "2024-03-15", undefined, "1.594937", "2024-03-15T20:00"],
      ["split", undefined, "2024-03-18", undefined, "4:1", "2024-03-18T20:00"],
    ]);
  });

  test("a session that is not over is left out", async () => {
    const text = "Date,Open,High,Low,Close,Volume\n2027-06-01,1,1,1,1,1\n";
    const reading = await readText("spy_us_d.csv", text, { importedAt: IMPORTED_AT });
    expect(rulesOf(reading)).toEqual({ "bars.unfinished": 1 });
  });

  test.each([
    ["a London share is dated in London", "Europe/London", "EQUITY", 1_717_398_000, "2024-06-03"],
    ["a coin in Universal Time", "UTC", "CRYPTOCURRENCY", 1_717_286_400, "2024-06-02"],
    ["a currency at London's midnight in summer", "Europe/London", "CURRENCY", 1_717_369_200, "2024-06-03"],
  ])("%s", async (_, zone, kind, stamp, session) => {
    const meta = { symbol: "^X", exchangeTimezoneName: zone, instrumentType: kind };
    const result = { meta, timestamp: [stamp], indicators: { quote: [{ close: [5] }] } };
    const reading = await readText("x.json", JSON.stringify({ chart: { result: [result], error: null } }));
    expect(reading.facts[0]?.fact).toMatchObject({ series: "X", session, close: 5 });
  });

  test("what the vendor refuses fails with its words", async () => {
    const refusal = '{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found"}}}';
    await expect(readText("x.json", refusal)).rejects.toThrow(/No data found/);
    await expect(readText("x.csv", "No data")).rejects.toMatchObject({ code: "data.malformed" });
  });

  test("an hour of the coin's volatility is no day", async () => {
    const reading = await sample("dvol_btc.json");
    expect(rulesOf(reading)).toEqual({ "bars.not-daily": 1 });
    expect(told(reading, "series", "session", "close")[0]).toEqual([
      "BTCDVOL",
      "2024-01-01",
      61.5,
      "2024-01-02T00:00",
    ]);
  });
});

describe("rates and statistics", () => {
  const fields = ["series", "period", "value"];

  test("rates wait for the next business day, prices for their release", async () => {
    const reading = await sample("fredgraph.csv");
    expect(told(reading, ...fields)).toEqual([
      ["CPIAUCSL", "2024-01-01", 308.417, "2024-02-28T13:30"],
      ["DGS10", "2024-01-02", 3.95, "2024-01-03T21:15"],
      ["DGS10", "2024-01-03", 3.91, "2024-01-04T21:15"],
    ]);
    expect(rulesOf(reading)).toEqual({ "observations.latest-revised": 1 });
  });

  test("a rate before Columbus Day waits for the day after it", async () => {
    const reading = await sample("effr.json");
    expect(told(reading, ...fields)[0]).toEqual(["EFFR", "2024-10-11", 4.83, "2024-10-15T18:30"]);
  });

  test("a month whose release a shutdown held up is known late", async () => {
    const reading = await readText("x.csv", "DATE,CPIAUCSL\n2025-08-01,323.364\n2025-09-01,324.368\n");
    expect(told(reading, "period")).toEqual([
      ["2025-08-01", "2025-09-28T12:30"],
      ["2025-09-01", "2025-12-17T13:30"],
    ]);
  });

  test("vintages are known at their release and not repeated", async () => {
    expect(told(await sample("CPIAUCSL_vintages.json"), ...fields)).toEqual([
      ["CPIAUCSL", "2023-12-01", 308.85, "2024-01-11T13:30"],
      ["CPIAUCSL", "2023-12-01", 308.742, "2024-02-09T13:30"],
      ["CPIAUCSL", "2024-01-01", 309.685, "2024-02-13T13:30"],
    ]);
    expect(told(await sample("observations?series_id=CPIAUCSL&file_type=json"), ...fields)).toEqual([
      ["CPIAUCSL", "2024-01-01", 308.417, "2024-02-13T13:30"],
      ["CPIAUCSL", "2024-01-01", 309.794, "2025-02-12T13:30"],
    ]);
  });

  test("one day's observations are known by the publisher's lag, and said to be revised", async () => {
    const text =
      '{"realtime_start":"2026-01-02","realtime_end":"2026-01-02","observations":[{"realtime_start":"2026-01-02","realtime_end":"2026-01-02","date":"2024-01-01","value":"309.794"}]}';
    const reading = await readText("CPIAUCSL.json", text);
    expect(rulesOf(reading)).toEqual({ "observations.latest-revised": 1 });
  });

  test("dates of releases refer to the month before, the first of two to the one further back", async () => {
    const reading = await sample("release-dates.json");
    expect(told(reading, "kind", "reference").toSorted((a, b) => (String(a) < String(b) ? -1 : 1))).toEqual([
      ["cpi", "2025-08", "2025-09-04T22:00"],
      ["cpi", "2025-09", "2025-10-17T22:00"],
      ["cpi", "2025-11", "2025-12-11T23:00"],
      ["pce", "2019-01", "2019-02-22T23:00"],
      ["pce", "2019-02", "2019-03-22T22:00"],
    ]);
    expect(rulesOf(reading)).toEqual({ "events.other-release": 1 });
  });

  test("the Treasury's curve is known the same evening", async () => {
    const reading = await sample("daily-treasury-rates.csv");
    expect(told(reading, ...fields).slice(0, 2)).toEqual([
      ["DGS1MO", "2025-02-19", 4.37, "2025-02-19T23:00"],
      ["DGS1_5MO", "2025-02-19", 4.36, "2025-02-19T23:00"],
    ]);
  });

  test("Shiller's 1871.1 is October, and his earnings are a quarter late", async () => {
    const sheet = await sample("ie_data.csv");
    expect([...new Set(told(sheet, "period").map((row) => String(row).split(",")[0]))]).toEqual([
      "1871-09-01",
      "1871-10-01",
    ]);
    const table = await sample("data.csv");
    expect(told(table, ...fields)).toContainEqual([
      "SHILLER_EARNINGS",
      "2018-01-01",
      111.73,
      "2018-07-01T20:15",
    ]);
  });

  test("a filing is known on the evening it was filed", async () => {
    const reading = await sample("CIK0000320193.json");
    expect(told(reading, "entity", "concept", "value")[0]).toEqual([
      "0000320193",
      "us-gaap/Assets",
      352583000000,
      "2023-11-04T02:00",
    ]);
    expect(rulesOf(reading)).toEqual({ "filings.unreadable": 1 });
  });

  test("an unscheduled decision was known on its evening, a planned one before its year", async () => {
    const reading = await sample("fomc.csv");
    expect(told(reading, "date", "note")).toEqual([
      ["2020-01-29", undefined, "2020-01-01T14:00"],
      ["2020-03-15", "unscheduled", "2020-03-16T00:00"],
    ]);
    expect(rulesOf(reading)).toEqual({ "events.type": 1 });
  });
});

describe("series-table", () => {
  const text = "Day,Px Last,Vol\n01/04/2024,467.28,5\n01/05/2024,467.92,6\n";

  test("reads bars by a map of columns", async () => {
    const columns = { date: "Day", close: "Px Last", volume: "Vol" };
    const reading = await readText("x.csv", text, { format: "series-table", series: "spy", columns });
    expect(reading.facts.map(({ fact }) => fact)).toMatchObject([
      { series: "SPY", session: "2024-01-04", close: 467.28, volume: 5 },
      { series: "SPY", session: "2024-01-05", close: 467.92, volume: 6 },
    ]);
  });

  test("reads observations by a map of columns", async () => {
    const columns = { date: "Day", value: "Px Last" };
    const reading = await readText("x.csv", text, { format: "series-table", series: "rate", columns });
    expect(told(reading, "series", "period", "value")[0]).toEqual([
      "RATE",
      "2024-01-04",
      467.28,
      "2024-01-05T21:15",
    ]);
  });

  test.each([
    ["a field that is none", { day: "Day" }],
    ["a column that is not there", { date: "Date" }],
  ])("refuses a map with %s", async (_, columns) => {
    const reading = readText("x.csv", text, { format: "series-table", columns });
    await expect(reading).rejects.toMatchObject({ code: "input.invalid" });
  });

  test("contradicting prices are taken out and the close is kept", async () => {
    const reading = await readText(
      "vix6m.csv",
      "date,open,high,low,close\n2019-07-05,16.18,15.87,16.5,15.99\n",
    );
    expect(rulesOf(reading)).toEqual({ "bars.inconsistent": 1 });
    expect(reading.facts[0]?.fact).toMatchObject({ series: "VIX6M", close: 15.99 });
    expect(reading.facts[0]?.fact).not.toHaveProperty("high");
  });
});
