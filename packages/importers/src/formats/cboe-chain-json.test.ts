import { describe, expect, test } from "vitest";
import { chainDocument, chainJson } from "../testing/option-samples.ts";
import { changed, failureOfReading, inShort, readQuotes, rulesOf } from "../testing/reading.ts";
import { cboeChainJson } from "./cboe-chain-json.ts";

const read = (content: string) => readQuotes(cboeChainJson, { name: "_SPX.json", content });
const first = async (content: string) => inShort((await read(content)).quotes[0] ?? expect.fail());

describe("Cboe's delayed chain", () => {
  test("is of a quarter of an hour before it was made, its roots tell how they settle", async () => {
    const { quotes, lines, remarks } = await read(chainJson);
    expect(quotes.map(inShort)).toEqual([
      "SPX 2023-09-15 4500 call 17.1/17.6 2023-09-14T19:55:07Z 2023-09-14T20:10:07Z",
      "SPXW 2023-09-15 4400 put 0/0.05 2023-09-14T19:55:07Z 2023-09-14T20:10:07Z",
      "SPXW 2023-09-20 4500 call 17.1/17.6 2023-09-14T19:55:07Z 2023-09-14T20:10:07Z",
    ]);
    expect(lines).toEqual([1, 2, 3]);
    expect(quotes[0]).toMatchObject({
      ...{ underlying: "SPX", bidSize: 31, askSize: 20, last: 17.35, volume: 421, openInterest: 8123 },
      ...{ volatility: 0.1102, delta: 0.5512, gamma: 0.0061, vega: 0.9412, theta: -4.2103, rho: 0.0321 },
      underlyingPrice: 4505.1001,
    });
    expect(rulesOf(remarks)).toEqual(["2 mended quotes.never-traded", "2 mended quotes.no-volatility"]);
  });

  test("has New York time where trades would else lie after its making", async () => {
    const content = changed(chainJson, "2023-09-14 20:10:07", "2023-09-14 16:10:07");
    expect(await first(content)).toContain("2023-09-14T19:55:07Z 2023-09-14T20:10:07Z");
  });

  test("is of winter time in winter", async () => {
    const content = chainJson
      .replace("2023-09-14 20:10:07", "2023-01-11 20:10:07")
      .replaceAll("2023-09-14T", "2023-01-11T")
      .replaceAll("15:5", "14:5");
    expect(await first(content)).toContain("2023-01-11T19:55:07Z 2023-01-11T20:10:07Z");
  });

  test("shows the close of the last session in the night and on days without one", async () => {
    const content = changed(chainJson, "2023-09-14 20:10:07", "2023-09-17 13:00:00").replaceAll(
      "2023-09-14T",
      "2023-09-15T",
    );
    const { quotes, remarks } = await read(content);
    expect(quotes.map(({ session }) => session)).toEqual(["2023-09-15", "2023-09-15", "2023-09-15"]);
    expect(inShort(quotes[0] ?? expect.fail())).toContain("2023-09-15T20:15:00Z 2023-09-17T13:00:00Z");
    expect(rulesOf(remarks)[0]).toBe("1 mended quotes.after-hours");
  });

  test("may write its numbers as texts and leave fields out", async () => {
    const options = [
      { option: "VIXW230927C00015000", bid: "0.55", ask: "0.60", iv: "0.9131", last_trade_price: null },
      { option: "VIX231018P00015000", bid: 1.1, ask: 1.2, volume: 5.0 },
    ];
    const content = JSON.stringify({
      ...chainDocument,
      data: { ...chainDocument.data, symbol: "_VIX", options },
    });
    const { quotes, remarks } = await read(content);
    expect(quotes).toMatchObject([
      { root: "VIXW", underlying: "VIX", bid: 0.55, ask: 0.6, volatility: 0.9131 },
      { root: "VIX", underlying: "VIX", volume: 5 },
    ]);
    expect(remarks).toEqual([]);
  });

  test("names the underlying of roots that nobody here knows", async () => {
    const content = changed(chainJson, "SPX230915C04500000", "SPX1230915C04500000").replace("^SPX", "_SPX");
    expect((await read(content)).quotes[0]).toMatchObject({ root: "SPX1", underlying: "SPX" });
  });

  test.each([
    ["a key without a strike", '"SPX230915C04500000"', '"SPX230915C"', "cboe-chain-json.key"],
    ["a key of no day", '"SPX230915C04500000"', '"SPX230931C04500000"', "cboe-chain-json.key"],
    ["a key that is a number", '"SPX230915C04500000"', "230915", "cboe-chain-json.key"],
    ["a bid that is a word", '"bid":17.1', '"bid":"none"', "table.unreadable"],
    ["a bid above the ask", '"bid":17.1', '"bid":18', "quotes.crossed"],
    [
      "a record that is none",
      '[{"option":"SPX230915C04500000"',
      '[7,{"option":"SPX230915C04500000"',
      "table.unreadable",
    ],
  ])("refuses %s and reads on", async (_, from, to, rule) => {
    const { quotes, remarks } = await read(changed(chainJson, from, to));
    expect(quotes.length).toBeGreaterThanOrEqual(2);
    expect(rulesOf(remarks)[0]).toBe(`1 refused ${rule}`);
  });

  test.each([
    ["half of it", chainJson.slice(0, 900), "expected JSON"],
    ["a web page", "<html><body>403</body></html>", "expected JSON"],
    ["nothing", "", "expected JSON"],
    ["a list", "[]", "expected an object with data"],
    ["null", "null", "expected an object with data"],
    ["no data", '{"timestamp":"2023-09-14 20:10:07"}', "expected an object with data"],
    ["no options", '{"timestamp":"2023-09-14 20:10:07","data":{}}', "expected a list options, found none"],
    [
      "options that are no list",
      '{"timestamp":"2023-09-14 20:10:07","data":{"options":{}}}',
      "expected a list",
    ],
    ["no timestamp", chainJson.replace("timestamp", "stamp"), "expected a timestamp with date and time"],
    [
      "a time that is none",
      chainJson.replace("20:10:07", "25:10:07"),
      "expected a timestamp with date and time",
    ],
    [
      "a year beyond",
      chainJson.replace("2023-09-14 20", "2099-09-14 20"),
      "expected a timestamp from 1990 to 2030",
    ],
  ])("is not %s", async (_, content, message) => {
    const failure = await failureOfReading(read(content));
    expect(failure).toMatchObject({ code: "data.malformed", details: { path: "_SPX.json" } });
    expect(failure.message).toContain(`_SPX.json: ${message}`);
  });

  test("is read in parts, however long", async () => {
    const { options } = chainDocument.data;
    const many = Array.from({ length: 10_000 }, (_, i) => ({
      ...options[0],
      option: `SPX231215C0${4_000_000 + i * 10}`,
    }));
    const content = JSON.stringify({ ...chainDocument, data: { ...chainDocument.data, options: many } });
    const { quotes, lines } = await read(content);
    expect(new Set(quotes.map(({ strike }) => strike)).size).toBe(10_000);
    expect([lines[0], lines.at(-1)]).toEqual([1, 10_000]);
  });
});
