import { describe, expect, test } from "vitest";
import { oratsCsv, oratsJson } from "../testing/option-samples.ts";
import { changed, failureOfReading, inShort, readQuotes, rulesOf, tableFaults } from "../testing/reading.ts";
import { orats } from "./orats.ts";

const read = (content: string) => readQuotes(orats, { content });

describe.each([
  ["as CSV", oratsCsv, 2],
  ["as JSON", oratsJson, 1],
])("ORATS' strikes %s", (_, content, first) => {
  test("have a call and a put a row, the root by the time of expiry, times in Universal Time", async () => {
    const { quotes, lines, remarks } = await read(content);
    expect(quotes.map(inShort)).toEqual([
      "SPX 2022-06-17 4120 call 58.1/58.9 2022-06-08T13:59:50Z 2022-06-08T14:00:01Z",
      "SPX 2022-06-17 4120 put 59.5/60.7 2022-06-08T13:59:50Z 2022-06-08T14:00:01Z",
      "SPXW 2022-06-17 4120 call 58.1/58.9 2022-06-08T13:59:50Z 2022-06-08T14:00:01Z",
      "SPXW 2022-06-17 4120 put 59.5/60.7 2022-06-08T13:59:50Z 2022-06-08T14:00:01Z",
      "SPY 2022-06-17 412 call 5.81/5.89 2022-06-08T19:46:00Z 2022-06-09T13:30:00Z",
      "SPY 2022-06-17 412 put 5.95/6.07 2022-06-08T19:46:00Z 2022-06-09T13:30:00Z",
    ]);
    expect(lines).toEqual([first, first, first + 1, first + 1, first + 2, first + 2]);
    expect(rulesOf(remarks)).toEqual([
      `${first + 2} mended quotes.no-volatility`,
      `${first + 2} mended quotes.no-volatility`,
    ]);
  });

  test("have Greeks of the call, of which the put shares gamma and vega", async () => {
    const { quotes } = await read(content);
    expect(quotes[0]).toMatchObject({
      ...{ bidSize: 25, askSize: 51, volume: 150, openInterest: 28_206, volatility: 0.2271 },
      ...{
        delta: 0.5112,
        gamma: 0.0031,
        theta: -3.1021,
        vega: 2.7112,
        rho: 0.4213,
        underlyingPrice: 4117.21,
      },
    });
    expect(quotes[1]).toMatchObject({
      volatility: 0.2272,
      gamma: 0.0031,
      vega: 2.7112,
      openInterest: 18_438,
    });
    // Within rounding of 0.5112 − 1.
    expect(quotes[1]?.delta).toBeCloseTo(-0.4888, 12);
    expect(quotes[1]).not.toHaveProperty("theta");
    expect(quotes[5]).not.toHaveProperty("delta");
    expect(quotes[5]).toMatchObject({ underlyingPrice: 411.83 });
  });
});

describe("ORATS' strikes", () => {
  test("of SPX without a time of expiry are of an assumed root on third Fridays", async () => {
    const { quotes, remarks } = await read(changed(oratsCsv, "Z,am\n", "Z,\n"));
    expect(quotes[0]).toMatchObject({ root: "SPX" });
    expect(rulesOf(remarks)).toContain("2 mended orats.root-assumed");
  });

  test("are of fourteen minutes before the close where quoteDate is of another day", async () => {
    const { quotes, remarks } = await read(changed(oratsCsv, "2022-06-08T13:59:50Z", "2022-06-07T13:59:50Z"));
    expect(inShort(quotes[0] ?? expect.fail())).toContain("2022-06-08T19:46:00Z 2022-06-09T13:30:00Z");
    expect(rulesOf(remarks)).toContain("2 mended orats.quote-date");
  });

  test("are never known before they were quoted", async () => {
    const { quotes } = await read(changed(oratsCsv, "2022-06-08T14:00:01Z", "2022-06-08T13:00:01Z"));
    expect(inShort(quotes[0] ?? expect.fail())).toContain("2022-06-08T13:59:50Z 2022-06-08T13:59:50Z");
  });

  test.each([
    ["a day", "SPX,2022-06-08", "SPX,2022-06-31"],
    ["a strike", ",9,4120,", ",9,strike,"],
    ["a price", ",58.1,58.86,58.9,", ",58.1,58.86,58;9,"],
    ["a row", ",am\n", "\n"],
  ])("read on after %s that is wrong", async (_, from, to) => {
    const { quotes, remarks } = await read(changed(oratsCsv, from, to));
    expect(quotes).toHaveLength(4);
    expect(remarks.some(({ line, outcome }) => line === 2 && outcome === "refused")).toBe(true);
  });

  test.each([
    ...tableFaults(oratsCsv, "callBidPrice"),
    ["half a document", oratsJson.slice(0, 500)],
    ["a document without data", '{"message":"Not Found"}'],
    ["a document whose data is none", '{"data":{"ticker":"SPX"}}'],
  ] as const)("are not %s", async (_, content) => {
    const failure = await failureOfReading(readQuotes(orats, { name: "strikes", content }));
    expect(failure).toMatchObject({ code: "data.malformed", details: { path: "strikes" } });
  });

  test("are none where data is empty", async () => {
    expect(await read('{"data":[]}')).toEqual({ quotes: [], lines: [], remarks: [] });
  });
});
