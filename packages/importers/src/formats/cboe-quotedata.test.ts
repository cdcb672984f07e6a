import { describe, expect, test } from "vitest";
import { quotedata, quotedataOf2019 } from "../testing/option-samples.ts";
import { changed, failureOfReading, inShort, readQuotes, rulesOf, tableFaults } from "../testing/reading.ts";
import { cboeQuotedata } from "./cboe-quotedata.ts";

const read = (content: string, quotedAt?: string) => readQuotes(cboeQuotedata, { content, quotedAt });
const DATE = "September 14, 2023 at 4:31 PM EDT";

describe("the table of Cboe's page", () => {
  test("has two quotes a row, roots from the keys, and quotes of the close after hours", async () => {
    const { quotes, lines, remarks } = await read(quotedata);
    expect(quotes.map(inShort)).toEqual([
      "SPX 2023-09-15 4500 call 17.1/17.6 2023-09-14T20:15:00Z 2023-09-14T20:46:00Z",
      "SPX 2023-09-15 4500 put 11/11.4 2023-09-14T20:15:00Z 2023-09-14T20:46:00Z",
      "SPXW 2023-09-15 4510 call 11.9/12.3 2023-09-14T20:15:00Z 2023-09-14T20:46:00Z",
      "SPXW 2023-09-15 4510 put 16/16.5 2023-09-14T20:15:00Z 2023-09-14T20:46:00Z",
      "SPXW 2023-09-20 4500 call 35/35.6 2023-09-14T20:15:00Z 2023-09-14T20:46:00Z",
      "SPXW 2023-09-20 4500 put 26.6/27.2 2023-09-14T20:15:00Z 2023-09-14T20:46:00Z",
    ]);
    expect(lines).toEqual([5, 5, 6, 6, 7, 7]);
    expect(quotes[1]).toMatchObject({
      ...{ underlying: "SPX", session: "2023-09-14", last: 11.2, volume: 950, openInterest: 10_233 },
      ...{ volatility: 0.1098, delta: -0.4488, gamma: 0.0061, underlyingPrice: 4505.1001 },
    });
    expect(rulesOf(remarks)).toEqual([
      "5 mended quotes.after-hours",
      "6 mended quotes.never-traded",
      "6 mended quotes.no-volatility",
    ]);
  });

  test("had its header a line earlier and shorter names until 2020", async () => {
    const { quotes, remarks } = await read(quotedataOf2019);
    expect(quotes.map(inShort)).toEqual([
      "SPXW 2019-04-26 2920 call 12/12.2 2019-04-25T14:10:00Z 2019-04-25T14:25:00Z",
      "SPXW 2019-04-26 2920 put 10.1/10.3 2019-04-25T14:10:00Z 2019-04-25T14:25:00Z",
    ]);
    expect(quotes[0]).toMatchObject({ volume: 150, openInterest: 4000, underlyingPrice: 2919.04 });
    expect(remarks).toEqual([]);
  });

  test.each([
    ["September 14, 2023 at 10:11 AM EDT", "2023-09-14T14:11:00Z"],
    ["September 14, 2023, 10:11 AM", "2023-09-14T14:11:00Z"],
    ["Sep 14 2023 @ 10:11 ET", "2023-09-14T14:11:00Z"],
    ["14. September 2023 um 16:11 MESZ", "2023-09-14T14:11:00Z"],
    ["14 septembre 2023 à 16:11 UTC+2", "2023-09-14T14:11:00Z"],
    ["14 de septiembre de 2023, 10:11 a. m. EDT", "2023-09-14T14:11:00Z"],
    ["14 de setembro de 2023 às 11:11 GMT-3", "2023-09-14T14:11:00Z"],
    ["14 settembre 2023 alle ore 16:11 CEST", "2023-09-14T14:11:00Z"],
    ["14 september 2023 om 16:11 CEST", "2023-09-14T14:11:00Z"],
    ["September 14, 2023 at 7:41 PM GMT+5:30", "2023-09-14T14:11:00Z"],
    ["September 14, 2023 at 12:05 PM EDT", "2023-09-14T16:05:00Z"],
  ])("says its time in the language of a browser: %s", async (text, instant) => {
    const { quotes } = await read(changed(quotedata, DATE, text));
    expect(inShort(quotes[0] ?? expect.fail())).toContain(` ${instant} `);
  });

  test.each([
    [
      "in the night, of the day before",
      "September 15, 2023 at 12:10 AM EDT",
      "2023-09-14",
      "2023-09-15T04:25:00Z",
    ],
    ["on a Sunday, of the Friday", "September 10, 2023 at 9:00 AM EDT", "2023-09-08", "2023-09-10T13:15:00Z"],
    ["on a holiday", "September 4, 2023 at 9:00 AM EDT", "2023-09-01", "2023-09-04T13:15:00Z"],
  ])("shows, %s, the last session", async (_, text, session, knownAt) => {
    const { quotes, remarks } = await read(changed(quotedata, DATE, text));
    expect(quotes[0]).toMatchObject({ session });
    expect(inShort(quotes[0] ?? expect.fail())).toContain(`${session}T20:15:00Z ${knownAt}`);
    expect(rulesOf(remarks)[0]).toBe("5 mended quotes.after-hours");
  });

  test.each([
    ["Last: 450.81", 450.81],
    ["450.81", 450.81],
    ["Last: 4,505.10", undefined],
    ['"Last: 4,505.10"', undefined],
    ["Last: ", undefined],
  ])("has a last price, if it is whole: %s", async (text, price) => {
    const { quotes } = await read(changed(quotedata, "Last: 4505.1001", text));
    expect(quotes.map(({ underlyingPrice }) => underlyingPrice)).toEqual(quotes.map(() => price));
  });

  test("may have a month and a year in its name", async () => {
    const { quotes } = await read(changed(quotedata, "S&P 500 INDEX", "Bonds of 1 Dec 2025"), "10:00");
    expect(quotes[0]).toMatchObject({ session: "2023-09-14" });
  });

  test("takes the time that the reader was told where the line has none", async () => {
    const content = changed(quotedata, DATE, "September 14, 2023");
    const { quotes } = await read(content, "10:30");
    expect(inShort(quotes[0] ?? expect.fail())).toContain("2023-09-14T14:30:00Z 2023-09-14T14:45:00Z");
    await expect(read(content)).rejects.toMatchObject({ code: "data.malformed" });
  });

  test.each([
    ["months in numbers, which are read both ways", "9/10/2023 4:31 PM EDT"],
    ["a zone that nobody knows", "September 14, 2023 at 4:31 PM XYZT"],
    ["an hour past 12 in the afternoon", "September 14, 2023 at 14:31 PM EDT"],
    ["a day that does not exist", "September 31, 2023 at 4:31 PM EDT"],
    ["a year outside the calendar", "September 14, 1980 at 4:31 PM EDT"],
    ["no date", "n/a"],
  ])("refuses %s", async (_, text) => {
    const failure = await failureOfReading(read(changed(quotedata, DATE, text)));
    expect(failure.code).toBe("data.malformed");
    expect(failure.message).toContain("sample:1: expected a line with date and time");
  });

  const first = "Fri Sep 15 2023,SPX230915C04500000,17.35,8.1,17.1";
  test.each([
    ["a strike that is not the keys'", ",4500.00,", ",4501.00,", 2],
    ["a key of the other side", "SPX230915C04500000", "SPX230915P04500000", 1],
    ["a key of another strike", "SPX230915C04500000", "SPX230915C04505000", 1],
    ["a key of 2005", "SPX230915C04500000", "SPB IX-E", 1],
    ["a text for a bid", first, first.replace("17.1", "bid"), 2],
    ["a row cut short", "12,0.1191,0.5402", "12", 2],
  ])("reads on after %s", async (_, from, to, lost) => {
    const { quotes, remarks } = await read(changed(quotedata, from, to));
    expect(quotes).toHaveLength(6 - lost);
    expect(remarks.some(({ outcome }) => outcome === "refused")).toBe(true);
  });

  test("may lack one side of a row", async () => {
    const { quotes, remarks } = await read(changed(quotedata, "SPXW230920C04500000", ""));
    expect(quotes).toHaveLength(5);
    expect(remarks.some(({ outcome }) => outcome === "refused")).toBe(false);
  });

  test.each(tableFaults(quotedata, "Strike"))("is not %s", async (_, content) => {
    const failure = await failureOfReading(readQuotes(cboeQuotedata, { name: "spx.csv", content }));
    expect(failure).toMatchObject({ code: "data.malformed", details: { path: "spx.csv" } });
  });

  test("is not a long text without a header", async () => {
    const failure = await failureOfReading(read("a,b\n".repeat(1000)));
    expect(failure.message).toContain("its header within ten lines");
  });
});
