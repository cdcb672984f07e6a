import { describe, expect, test } from "vitest";
import { datashop, datashopCalcs } from "../testing/option-samples.ts";
import { changed, failureOfReading, inShort, readQuotes, rulesOf, tableFaults } from "../testing/reading.ts";
import { cboeDatashop } from "./cboe-datashop.ts";

const read = (content: string) => readQuotes(cboeDatashop, { content });

describe("DataShop's end-of-day summaries", () => {
  test("have two quotes a row, and no binaries", async () => {
    const { quotes, lines, remarks } = await read(datashop);
    expect(quotes.map(inShort)).toEqual([
      "VIX 2016-06-15 14 call 0.8/0.95 2016-06-01T19:45:00Z 2016-06-02T13:30:00Z",
      "VIX 2016-06-15 14 call 0.9/0.95 2016-06-01T20:15:00Z 2016-06-02T13:30:00Z",
      "VIX 2016-06-15 70 put 0/0 2016-06-01T19:45:00Z 2016-06-02T13:30:00Z",
      "VIX 2016-06-15 70 put 0/0 2016-06-01T20:15:00Z 2016-06-02T13:30:00Z",
    ]);
    expect(lines).toEqual([2, 2, 3, 3]);
    expect(rulesOf(remarks)).toEqual(["3 mended quotes.never-traded", "4 left-out cboe-datashop.binary"]);
  });

  test("tell volume and last price of the whole day, which belong to its end", async () => {
    const { quotes } = await read(datashop);
    expect(quotes[0]).toMatchObject({ underlying: "VIX", bidSize: 219, askSize: 3010, openInterest: 1136 });
    expect(quotes[0]).not.toHaveProperty("volume");
    expect(quotes[0]).not.toHaveProperty("last");
    expect(quotes[1]).toMatchObject({ volume: 175, last: 0.95, openInterest: 1136 });
    expect(quotes.map(({ underlyingPrice }) => underlyingPrice)).toEqual([14.575, 14.65, 14.575, 14.65]);
  });

  test("have calcs of the early quote, which on half days is of 12:45", async () => {
    const { quotes, remarks } = await read(datashopCalcs);
    expect(quotes.map(inShort)).toEqual([
      "SPXW 2019-07-05 2990 put 3.4/3.6 2019-07-03T16:45:00Z 2019-07-05T13:30:00Z",
      "SPXW 2019-07-05 2990 put 3.2/3.5 2019-07-03T17:15:00Z 2019-07-05T13:30:00Z",
    ]);
    expect(quotes[0]).toMatchObject({
      ...{ volatility: 0.0803, delta: -0.3912, gamma: 0.0141, theta: -1.0212, vega: 0.7613, rho: -0.0313 },
    });
    expect(quotes[1]).not.toHaveProperty("volatility");
    expect(remarks).toEqual([]);
  });

  test("lose one quote of a row where the other is right", async () => {
    const { quotes, remarks } = await read(
      changed(datashopCalcs, "12,3.2000,33,3.5000", "12,3.6000,33,3.5000"),
    );
    expect(quotes).toHaveLength(1);
    expect(rulesOf(remarks)).toEqual(["2 refused quotes.crossed"]);
  });

  test.each([
    ["an option type", ",C,1.3000", ",B,1.3000", "2 refused table.unreadable"],
    ["a strike", ",14.000,C,1.3000", ",14.0001,C,1.3000", "2 refused quotes.strike"],
    ["an expiration", "VIX,2016-06-15,14", "VIX,2016-05-31,14", "2 refused quotes.expired"],
    ["a day", "^VIX,2016-06-01", "^VIX,2016-06-04", "2 left-out quotes.not-a-session"],
    ["a number", ",0.8000,3010", ",0.8O00,3010", "2 refused table.unreadable"],
    ["a cell too few", ",1136,\n", "\n", "2 refused table.row-length"],
  ])("say once what is wrong with %s", async (_, from, to, rule) => {
    const { quotes, remarks } = await read(changed(datashop, from, to));
    expect(quotes).toHaveLength(2);
    expect(rulesOf(remarks).filter((text) => text.startsWith("2"))).toEqual([rule]);
  });

  test.each(tableFaults(datashop, "bid_1545"))("are not %s", async (_, content) => {
    const failure = await failureOfReading(readQuotes(cboeDatashop, { name: "vix.csv", content }));
    expect(failure).toMatchObject({ code: "data.malformed", details: { path: "vix.csv" } });
  });
});
