import { describe, expect, test } from "vitest";
import { ivolatilitySample } from "../testing/option-samples.ts";
import { changed, failureOfReading, inShort, readQuotes, rulesOf, tableFaults } from "../testing/reading.ts";
import { ivolatility } from "./ivolatility.ts";

const read = (content: string) => readQuotes(ivolatility, { content });

describe("iVolatility", () => {
  test("has the ask first, years of two digits, and keys padded with blanks", async () => {
    const { quotes, lines, remarks } = await read(ivolatilitySample);
    expect(quotes.map(inShort)).toEqual([
      "SPX 2011-01-21 200 call 1066.2/1070.5 2011-01-03T21:15:00Z 2011-01-04T14:30:00Z",
      "SPXPM 2011-01-21 860 put 0/0.05 2011-01-03T21:15:00Z 2011-01-04T14:30:00Z",
    ]);
    expect(lines).toEqual([2, 3]);
    expect(quotes[0]).toMatchObject({
      ...{ underlying: "SPX", volume: 0, openInterest: 250, volatility: 0.448957, delta: 0.999032 },
      ...{ gamma: 0, rho: 0.097077, underlyingPrice: 1271.87 },
    });
    expect(quotes[0]).not.toHaveProperty("last");
    expect(quotes[1]).toMatchObject({ underlying: "SPX" });
    expect(rulesOf(remarks)).toEqual(["3 mended quotes.no-volatility"]);
  });

  test("is quoted at the time that the reader was told", async () => {
    const { quotes } = await readQuotes(ivolatility, { content: ivolatilitySample, quotedAt: "16:00" });
    expect(inShort(quotes[0] ?? expect.fail())).toContain("2011-01-03T21:00:00Z");
  });

  test("has no keys in old files: the root follows from the expiration", async () => {
    const { quotes, remarks } = await read(changed(ivolatilitySample, "SPX   110122C00200000", "SXZAC"));
    expect(quotes[0]).toMatchObject({ root: "SPX" });
    expect(rulesOf(remarks)).toEqual(["3 mended quotes.no-volatility"]);
  });

  test.each([
    ["a day of 1970 or later only", "1/3/11", "1/3/70", "2 left-out quotes.not-a-session"],
    ["no day", "1/3/11", "13/3/11", "2 refused table.unreadable"],
    ["a year of one digit", "1/3/11", "1/3/1", "2 refused table.unreadable"],
    ["neither call nor put", ",200,C,", ",200,,", "2 refused table.unreadable"],
    ["a bid above the ask", "1070.5,1066.2", "1066.2,1070.5", "2 refused quotes.crossed"],
    ["too few cells", ",0.097077", "", "2 refused table.row-length"],
  ])("reads on after %s", async (_, from, to, rule) => {
    const { quotes, remarks } = await read(changed(ivolatilitySample, from, to));
    expect(quotes).toHaveLength(1);
    expect(rulesOf(remarks)).toContain(rule);
  });

  test.each(tableFaults(ivolatilitySample, "call/put"))("is not %s", async (_, content) => {
    const failure = await failureOfReading(readQuotes(ivolatility, { name: "iv.csv", content }));
    expect(failure).toMatchObject({ code: "data.malformed", details: { path: "iv.csv" } });
  });
});
