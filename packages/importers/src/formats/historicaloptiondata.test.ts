import { describe, expect, test } from "vitest";
import { lines } from "../testing/files.ts";
import { deltaNeutral } from "../testing/option-samples.ts";
import { changed, failureOfReading, inShort, readQuotes, rulesOf, tableFaults } from "../testing/reading.ts";
import { historicaloptiondata } from "./historicaloptiondata.ts";

const read = (content: string, quotedAt?: string) => readQuotes(historicaloptiondata, { content, quotedAt });

describe("historicaloptiondata.com", () => {
  test("begins with a byte order mark, and has roots in keys and Saturdays for expirations", async () => {
    const { quotes, lines: numbers, remarks } = await read(deltaNeutral);
    expect(quotes.map(inShort)).toEqual([
      "VXX 2016-12-02 20 call 8.75/8.95 2016-12-01T21:15:00Z 2016-12-02T14:30:00Z",
      "VXX 2016-12-16 28.5 put 0.25/0.26 2016-12-01T21:15:00Z 2016-12-02T14:30:00Z",
      "SPXW 2016-12-30 2270 call 12.1/12.9 2016-12-01T21:15:00Z 2016-12-02T14:30:00Z",
    ]);
    expect(numbers).toEqual([2, 3, 4]);
    expect(quotes[1]).toMatchObject({
      ...{ underlying: "VXX", last: 0.25, volume: 4898, openInterest: 1630, volatility: 0.7523 },
      ...{ delta: -0.3377, gamma: 32.1533, theta: -20.8829, vega: 0.5521, underlyingPrice: 28.95 },
    });
    expect(rulesOf(remarks)).toEqual([
      "2 mended quotes.no-volatility",
      "3 mended quotes.saturday-expiration",
      "4 mended quotes.never-traded",
      "4 mended quotes.no-volatility",
      "4 mended quotes.sentinel",
    ]);
  });

  test("writes a volatility of 0.01 and zero Greeks, or −99.99, where it found none", async () => {
    const { quotes } = await read(deltaNeutral);
    for (const quote of [quotes[0], quotes[2]]) {
      for (const measure of ["volatility", "delta", "gamma", "theta", "vega"])
        expect(quote).not.toHaveProperty(measure);
    }
    const real = await read(changed(deltaNeutral, "0.01,0,0,0,0", "0.01,0.9991,0,0,0"));
    expect(real.quotes[0]).toMatchObject({ volatility: 0.01, delta: 0.9991, gamma: 0 });
  });

  test("is also written without the columns of extras", async () => {
    const content = lines(
      "underlying,underlying_last,exchange,optionroot,type,expiration,quotedate,strike,last,net,bid,ask,volume,openinterest,impliedvol,delta,gamma",
      "SPX,2919.04,CBOE,SPXW190426C02690000,call,04/26/2019,04/25/2019,2690.0,229.55,-14.4,226.9,230.5,2,26,0.5247,0.9958,0.0001",
    );
    const { quotes, remarks } = await read(content, "10:10");
    expect(quotes.map(inShort)).toEqual([
      "SPXW 2019-04-26 2690 call 226.9/230.5 2019-04-25T14:10:00Z 2019-04-26T13:30:00Z",
    ]);
    expect(remarks).toEqual([]);
  });

  test("had other roots before 2010: those of today follow from the expiration", async () => {
    const row = "SPX,1100.5,*,SXYLT,,call,12/19/2009,12/01/2009,1100,20,19.5,20.5,1,1,0.2,0.5,0.1,-1,1,";
    const { quotes, remarks } = await read(lines(deltaNeutral.split("\n")[0] ?? "", row));
    expect(quotes).toMatchObject([{ root: "SPXW", expiration: "2009-12-18" }]);
    expect(rulesOf(remarks)).toContain("2 mended historicaloptiondata.root-assumed");
  });

  test.each([
    ["a type", ",put,", ",straddle,", "3 refused table.unreadable"],
    ["a date in the European order", "12/17/2016,12/01", "17/12/2016,12/01", "3 refused table.unreadable"],
    ["a strike", ",28.5,0.25", ",-28.5,0.25", "3 refused quotes.strike"],
    ["a missing cell", ",0.5521,", ",0.5521", "3 refused table.row-length"],
  ])("refuses %s that is wrong and reads on", async (_, from, to, rule) => {
    const { quotes, remarks } = await read(changed(deltaNeutral, from, to));
    expect(quotes).toHaveLength(2);
    expect(rulesOf(remarks)).toContain(rule);
  });

  test.each(tableFaults(deltaNeutral, "optionroot"))("is not %s", async (_, content) => {
    const failure = await failureOfReading(readQuotes(historicaloptiondata, { name: "VXX.csv", content }));
    expect(failure).toMatchObject({ code: "data.malformed", details: { path: "VXX.csv" } });
  });
});
