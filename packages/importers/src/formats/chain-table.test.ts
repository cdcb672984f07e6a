import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatOf } from "../formats.ts";
import { fileSource, openingOf } from "../source.ts";
import { lines } from "../testing/files.ts";
import { chain } from "../testing/option-samples.ts";
import { changed, failureOfReading, inShort, readQuotes, rulesOf, tableFaults } from "../testing/reading.ts";
import { chainTable } from "./chain-table.ts";

describe("a chain in our own columns", () => {
  test("is read with its times: the close of the options, known when the next session opens", async () => {
    const { quotes, lines: numbers, remarks } = await readQuotes(chainTable, { content: chain });
    expect(quotes.map(inShort)).toEqual([
      "SPXW 2019-05-03 2940 call 12.1/12.6 2019-04-26T20:15:00Z 2019-04-29T13:30:00Z",
      "SPX 2019-05-17 2940 put 24.5/25 2019-04-26T20:15:00Z 2019-04-29T13:30:00Z",
    ]);
    expect(quotes[0]).toMatchObject({
      ...{ underlying: "SPX", session: "2019-04-26", last: 12.3, volume: 841, openInterest: 1204 },
      ...{ volatility: 0.0912, delta: 0.5121, gamma: 0.0081, theta: -1.2, vega: 1.61 },
      underlyingPrice: 2939.88,
    });
    expect(numbers).toEqual([2, 3]);
    expect(rulesOf(remarks)).toEqual(["3 mended quotes.never-traded", "3 mended quotes.no-volatility"]);
  });

  test("keeps no zero that stands for missing", async () => {
    const { quotes } = await readQuotes(chainTable, { content: chain });
    expect(Object.keys(quotes[1] ?? {}).sort((a, b) => (a < b ? -1 : 1))).toEqual([
      ...["ask", "bid", "expiration", "knownAt", "occurredAt", "openInterest", "right", "root", "session"],
      ...["strike", "underlying", "underlyingPrice", "volume"],
    ]);
  });

  test("is quoted at the time that the reader was told", async () => {
    const { quotes } = await readQuotes(chainTable, { content: chain, quotedAt: "15:45" });
    expect(inShort(quotes[0] ?? expect.fail())).toContain("2019-04-26T19:45:00Z 2019-04-29T13:30:00Z");
    const failure = await failureOfReading(readQuotes(chainTable, { content: chain, quotedAt: "25:00" }));
    expect(failure).toMatchObject({ code: "input.invalid" });
  });

  test("needs the required columns alone, in any order, and takes the underlying from the root", async () => {
    const content = lines(
      "ask,bid,right,strike,expiration,root,quote_date",
      "12.6,12.1,call,2940.5,05/03/2019,SPXW,04/26/2019",
    );
    const { quotes } = await readQuotes(chainTable, { content });
    expect(quotes).toMatchObject([{ underlying: "SPX", strike: 2_940_500, bid: 12.1, ask: 12.6 }]);
  });

  test("may have other names, if the reader is told them", async () => {
    const content = chain.replace("quote_date", "Day").replace("right", "[CP]");
    await expect(readQuotes(chainTable, { content })).rejects.toMatchObject({ code: "data.malformed" });
    const { quotes } = await readQuotes(chainTable, { content, columns: { quote_date: "Day", right: "cp" } });
    expect(quotes).toHaveLength(2);
  });

  test("keeps roots that nobody here knows", async () => {
    const { quotes } = await readQuotes(chainTable, { content: changed(chain, ",SPXW,", ",BRKB,") });
    expect(quotes[0]).toMatchObject({ root: "BRKB", underlying: "SPX" });
  });

  const row = "12.1,12.6,12.3,841,1204,0.0912,0.5121";
  test.each([
    ["a bid above the ask", row, "12.7,12.6,12.3,841,1204,0.0912,0.5121", "quotes.crossed"],
    ["a strike of a ten-thousandth", ",2940,C", ",2940.0001,C", "quotes.strike"],
    ["a strike of zero", ",2940,C", ",0,C", "quotes.strike"],
    ["a strike beyond eight digits", ",2940,C", ",100000,C", "quotes.strike"],
    ["an option that is gone", "2019-05-03", "2019-04-25", "quotes.expired"],
    ["a root of seven letters", ",SPXW,", ",SPXWEEK,", "quotes.root"],
    ["no root", ",SPXW,", ",,", "quotes.root"],
    ["a right of neither kind", ",2940,C", ",2940,X", "table.unreadable"],
    ["a text for a number", row, "12.1,ask,12.3,841,1204,0.0912,0.5121", "table.unreadable"],
    ["a day that does not exist", "2019-05-03", "2019-05-32", "table.unreadable"],
    ["a cell too few", `${row},`, "12.1,", "table.row-length"],
    ["a cell too many", row, `${row},1,1`, "table.row-length"],
  ])("refuses %s and reads on", async (_, from, to, rule) => {
    const { quotes, remarks } = await readQuotes(chainTable, { content: changed(chain, from, to) });
    expect(quotes).toHaveLength(1);
    expect(rulesOf(remarks)[0]).toBe(`2 refused ${rule}`);
  });

  test.each([
    ["no ask", "12.1,12.6", "12.1,-1", "quotes.no-market"],
    ["a day without a session", "2019-04-26", "2019-04-27", "quotes.not-a-session"],
    ["a day before the calendar", "2019-04-26", "1989-04-26", "quotes.not-a-session"],
  ])("leaves out %s", async (_, from, to, rule) => {
    const { quotes, remarks } = await readQuotes(chainTable, { content: changed(chain, from, to) });
    expect(quotes).toHaveLength(1);
    expect(rulesOf(remarks)).toContain(`2 left-out ${rule}`);
  });

  test.each([
    ["a bid of −1", "12.1,12.6", "-1,12.6", "quotes.no-bid", { bid: 0 }],
    ["an open interest of a billion", ",1204,", ",1000000000,", "quotes.sentinel", { volume: 841 }],
    ["a volume of half a contract", ",841,", ",0.5,", "quotes.sentinel", { openInterest: 1204 }],
    ["a volatility of −1", ",0.0912,", ",-1,", "quotes.no-volatility", { delta: 0.5121 }],
    ["a call's delta of −1", ",0.5121,", ",-1,", "quotes.sentinel", { volatility: 0.0912 }],
    ["a theta of −99.99", ",-1.2,", ",-99.99,", "quotes.sentinel", { vega: 1.61 }],
    ["an underlying of 0", "1.61,2939.88", "1.61,0", "quotes.sentinel", { vega: 1.61 }],
    ["a Saturday", "2019-05-03", "2019-05-04", "quotes.saturday-expiration", { expiration: "2019-05-03" }],
    ["Holy Saturday", "2019-05-03", "2022-04-16", "quotes.saturday-expiration", { expiration: "2022-04-14" }],
  ])("mends %s", async (_, from, to, rule, fact) => {
    const { quotes, remarks } = await readQuotes(chainTable, { content: changed(chain, from, to) });
    expect(quotes[0]).toMatchObject(fact);
    expect(rulesOf(remarks)).toContain(`2 mended ${rule}`);
  });

  test.each(tableFaults(chain, "expiration"))("is not %s", async (_, content) => {
    const failure = await failureOfReading(readQuotes(chainTable, { name: "chain.csv", content }));
    expect(failure).toMatchObject({ code: "data.malformed", details: { path: "chain.csv" } });
    expect(failure.message).toContain("chain.csv");
  });
});

const folder = new URL("../../../../../shared/data/options/", import.meta.url);

describe.skipIf(!existsSync(folder))("the chains beside the repository", () => {
  const catalog = existsSync(folder) ? readFileSync(new URL("CATALOG.csv", folder), "utf8") : "";
  const days = catalog
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

  test("are all of the catalogue, and each has as many quotes as the catalogue says", async () => {
    expect(days.length).toBeGreaterThan(80);
    const counts: string[] = [];
    for (const [source = "", date = "", , rows = ""] of days) {
      const file = await fileSource(new URL(`${source}/${date}.csv.gz`, folder).pathname);
      const format = formatOf(await openingOf(file));
      let count = 0;
      const bad = new Set<string>();
      for await (const { facts, remarks } of format.read(file, { importedAt: 0 as never })) {
        count += facts.length;
        for (const { outcome, rule } of remarks) if (outcome !== "mended") bad.add(rule);
      }
      const isRight = format === chainTable && count === Number(rows) && bad.size === 0;
      if (!isRight) counts.push(`${source} ${date}: ${count} of ${rows}, ${[...bad].join(" ")}`);
    }
    expect(counts).toEqual([]);
  });
});
