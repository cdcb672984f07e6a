import { describe, expect, test } from "vitest";
import { lines } from "../testing/files.ts";
import { thetaEod, thetaGreeks, thetaJson } from "../testing/option-samples.ts";
import { changed, failureOfReading, inShort, readQuotes, rulesOf, tableFaults } from "../testing/reading.ts";
import { thetadata } from "./thetadata.ts";

const read = (content: string) => readQuotes(thetadata, { content });
const FIRST = "SPXW 2024-11-08 5700 call 88/88.9 2024-11-04T21:15:00Z 2024-11-04T22:15:00Z";

describe("ThetaData", () => {
  test("reports the last quotes of a day at 17:15 New York; the symbol is the root", async () => {
    const { quotes, lines: numbers, remarks } = await read(thetaEod);
    expect(quotes.map(inShort)).toEqual([
      FIRST,
      "SPX 2024-11-15 5700 put 0/0 2024-11-04T21:15:00Z 2024-11-04T22:15:00Z",
    ]);
    expect(numbers).toEqual([2, 3]);
    expect(quotes[0]).toMatchObject({ underlying: "SPX", last: 88.2, volume: 812, bidSize: 20, askSize: 31 });
    expect(rulesOf(remarks)).toEqual(["3 mended quotes.never-traded"]);
  });

  test("reports Greeks, and zeros with an error of 100 where it found no volatility", async () => {
    const { quotes, remarks } = await read(thetaGreeks);
    expect(quotes[0]).toMatchObject({
      ...{ volatility: 0.2231, delta: 0.5621, gamma: 0.0021, vega: 238.11, theta: -9.1021, rho: 34.2 },
      underlyingPrice: 5712.69,
    });
    for (const measure of ["volatility", "delta", "gamma", "vega", "theta", "rho", "underlyingPrice", "last"])
      expect(quotes[1]).not.toHaveProperty(measure);
    expect(rulesOf(remarks)).toEqual([
      "3 mended quotes.never-traded",
      "3 mended quotes.no-volatility",
      "3 mended quotes.sentinel",
    ]);
  });

  test("answers in JSON by contract", async () => {
    const { quotes, remarks } = await read(thetaJson);
    expect(quotes.map(inShort)).toEqual([FIRST]);
    expect(quotes).toEqual((await read(thetaEod)).quotes.slice(0, 1));
    expect(remarks).toEqual([]);
  });

  test("has quotes of the day, which were known when they were made", async () => {
    const content = lines(
      "symbol,expiration,strike,right,timestamp,bid_size,bid_exchange,bid,bid_condition,ask_size,ask_exchange,ask,ask_condition",
      "SPXW,2024-11-08,5700.000,PUT,2024-11-04T15:45:00.000,20,5,88.00,50,31,5,88.90,50",
    );
    const { quotes } = await read(content);
    expect(quotes.map(inShort)).toEqual([
      "SPXW 2024-11-08 5700 put 88/88.9 2024-11-04T20:45:00Z 2024-11-04T20:45:00Z",
    ]);
  });

  test("closes half days early", async () => {
    const { quotes } = await read(thetaEod.replaceAll("2024-11-04T17", "2024-07-03T17"));
    expect(inShort(quotes[0] ?? expect.fail())).toContain("2024-07-03T17:15:00Z 2024-07-03T21:15:00Z");
  });

  test.each([
    ["a right", ",CALL,", ",BOTH,", "2 refused table.unreadable"],
    [
      "a time",
      "2024-11-04T17:15:00.000,2024-11-04T16",
      "2024-11-04,2024-11-04T16",
      "2 refused table.unreadable",
    ],
    ["a strike in tenths of a cent", "5700.000,CALL", "570000000,CALL", "2 refused quotes.strike"],
    ["a cell too many", "88.90,50\n", "88.90,50,1\n", "2 refused table.row-length"],
    [
      "a Sunday",
      "2024-11-04T17:15:00.000,2024-11-04T16",
      "2024-11-03T17:15:00,2024-11-04T16",
      "2 left-out quotes.not-a-session",
    ],
  ])("reads on after %s", async (_, from, to, rule) => {
    const { quotes, remarks } = await read(changed(thetaEod, from, to));
    expect(quotes).toHaveLength(1);
    expect(rulesOf(remarks)[0]).toBe(rule);
  });

  test.each([
    ['{"response":[7]}', "1 refused table.unreadable"],
    ['{"response":[{"contract":{},"data":[null]}]}', "1 refused table.unreadable"],
    ['{"response":[{"contract":null,"data":[]}]}', "1 refused table.unreadable"],
  ])("refuses the record of %s", async (content, rule) => {
    const { quotes, remarks } = await read(content);
    expect(quotes).toEqual([]);
    expect(rulesOf(remarks)).toEqual([rule]);
  });

  test.each([
    ...tableFaults(thetaEod, "created"),
    ["half a document", thetaJson.slice(0, 100)],
    ["an error", '{"error":"No data found"}'],
    [
      "open interest alone",
      lines(
        "symbol,expiration,strike,right,timestamp,open_interest",
        "SPX,2024-11-15,5700,PUT,2024-11-04T06:30:00,5",
      ),
    ],
  ] as const)("is not %s", async (_, content) => {
    const failure = await failureOfReading(readQuotes(thetadata, { name: "eod", content }));
    expect(failure).toMatchObject({ code: "data.malformed", details: { path: "eod" } });
  });
});
