import { describe, expect, test } from "vitest";
import { optionsdxMorning, optionsdxSample } from "../testing/option-samples.ts";
import { changed, failureOfReading, inShort, readQuotes, rulesOf, tableFaults } from "../testing/reading.ts";
import { optionsdx } from "./optionsdx.ts";

const NAME = "data/spx_eod_202301.txt";
const read = (content: string, name = NAME) => readQuotes(optionsdx, { name, content });

describe("OptionsDX", () => {
  test("has a call and a put a row, at the wall clock of New York", async () => {
    const { quotes, remarks } = await read(optionsdxSample);
    expect(quotes.map(inShort)).toEqual([
      "SPXW 2023-01-05 1000 call 2846.8/2848.3 2023-01-04T21:00:00Z 2023-01-05T14:30:00Z",
      "SPXW 2023-01-05 1000 put 0/0.05 2023-01-04T21:00:00Z 2023-01-05T14:30:00Z",
      "SPX 2023-01-20 3850 call 117.9/119.1 2023-01-04T21:00:00Z 2023-01-05T14:30:00Z",
      "SPX 2023-01-20 3850 put 104.2/105.6 2023-01-04T21:00:00Z 2023-01-05T14:30:00Z",
    ]);
    expect(quotes[3]).toMatchObject({
      ...{ underlying: "SPX", last: 104.9, volume: 980, bidSize: 45, askSize: 8, volatility: 0.1901 },
      ...{ delta: -0.4488, gamma: 0.0021, vega: 4.91, theta: -0.39, rho: -1.98, underlyingPrice: 3853.39 },
    });
    expect(quotes[0]).not.toHaveProperty("volatility");
    expect(rulesOf(remarks)).toEqual([
      "2 mended quotes.no-volatility",
      "3 mended optionsdx.root-assumed",
      "4 refused optionsdx.contract-twice",
    ]);
  });

  test("knows SPX where the expiration is told to be in the morning", async () => {
    const { quotes, remarks } = await read(optionsdxMorning);
    expect(quotes.map(({ root }) => root)).toEqual(["SPX", "SPX"]);
    expect(remarks).toEqual([]);
  });

  test("takes a contract of the next quote time for another quote", async () => {
    const later = optionsdxSample.replace(/\n([^\n]*)\n$/, (row) =>
      row.replace("2023-01-04 16:00", "2023-01-04 15:45"),
    );
    const { quotes } = await read(later);
    expect(quotes).toHaveLength(6);
  });

  test.each([
    ["before weeklys expired on third Fridays", "2016-01-04", "2016-01-15", "SPX", 0],
    ["on a Friday that is not the third", "2023-01-04", "2023-01-13", "SPXW", 0],
    ["on the Thursday before Good Friday", "2014-04-01", "2014-04-17", "SPX", 0],
    ["on a third Friday since", "2023-01-04", "2023-02-17", "SPX", 1],
    ["on a day that is no expiration", "2016-01-04", "2016-01-19", "SPXW", 1],
    ["past the calendar", "2023-01-04", "2031-12-19", "SPX", 1],
  ])("derives the root of an expiration %s", async (_, quoted, expiration, root, doubts) => {
    const content = optionsdxMorning
      .replaceAll("2023-01-04", quoted)
      .replace("2023-01-20, 1674225000", `${expiration}, 0`);
    const { quotes, remarks } = await read(content);
    expect(quotes.map((quote) => quote.root)).toEqual([root, root]);
    expect(remarks.filter(({ rule }) => rule === "optionsdx.root-assumed")).toHaveLength(doubts);
  });

  test("takes other underlyings for their own root, and VIX off its month for VIXW", async () => {
    const { quotes } = await read(optionsdxSample, "spy_eod_202301.txt");
    expect(quotes.map(({ root }) => root)).toEqual(["SPY", "SPY", "SPY", "SPY", "SPY", "SPY"]);
    const vix = await read(optionsdxSample.replace("2023-01-05, ", "2023-01-18, "), "vix_eod_202301.txt");
    expect(vix.quotes.map(({ root }) => root)).toEqual(["VIX", "VIX", "VIXW", "VIXW", "VIXW", "VIXW"]);
  });

  test("needs the underlying from the file's name or from the reader", async () => {
    const failure = await failureOfReading(read(optionsdxSample, "january.txt"));
    expect(failure).toMatchObject({ code: "input.invalid", details: { path: "january.txt" } });
    const { quotes } = await readQuotes(optionsdx, {
      name: "january.txt",
      content: optionsdxSample,
      series: "qqq",
    });
    expect(quotes[0]).toMatchObject({ underlying: "QQQ", root: "QQQ" });
  });

  test.each([
    ["a time that is none", "2023-01-04 16:00", "2023-01-04 24:00"],
    ["a day that is none", "2023-01-05, 1672952400", "2023-01-35, 1672952400"],
    ["a word for a bid", "2846.800000", "bid"],
    ["a cell too few", "2846.800000, 2848.300000", "2846.800000"],
  ])("refuses %s and reads on", async (_, from, to) => {
    const { quotes, remarks } = await read(changed(optionsdxSample, from, to));
    expect(quotes).toHaveLength(2);
    expect(remarks.some(({ line, outcome }) => line === 2 && outcome === "refused")).toBe(true);
  });

  test.each(tableFaults(optionsdxSample, "[C_BID]"))("is not %s", async (_, content) => {
    const failure = await failureOfReading(readQuotes(optionsdx, { name: NAME, content }));
    expect(failure).toMatchObject({ code: "data.malformed", details: { path: NAME } });
  });
});
