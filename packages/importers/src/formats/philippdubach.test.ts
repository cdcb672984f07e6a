import { gzipSync } from "node:zlib";
import { Failure } from "@steward/model";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { memorySource } from "../source.ts";
import { parquetColumns, parquetOf } from "../testing/option-samples.ts";
import { failureOfReading, inShort, readQuotes, rulesOf } from "../testing/reading.ts";
import { philippdubach } from "./philippdubach.ts";

const read = (content: Uint8Array | string) => readQuotes(philippdubach, { name: "spy.parquet", content });
const whole = parquetOf(parquetColumns);

describe("the Parquet set of philippdubach", () => {
  test("is read over all its groups of rows; a row's line is its number", async () => {
    const { quotes, lines, remarks } = await read(whole);
    expect(quotes.map(inShort)).toEqual([
      "SPY 2020-01-17 320 call 5.11/5.14 2020-01-03T21:15:00Z 2020-01-06T14:30:00Z",
      "SPY 2020-01-17 320 put 2.31/2.33 2020-01-03T21:15:00Z 2020-01-06T14:30:00Z",
      "SPY 2020-02-21 330 call 2.02/2.05 2020-01-03T21:15:00Z 2020-01-06T14:30:00Z",
    ]);
    expect(lines).toEqual([1, 2, 3]);
    expect(quotes[1]).toMatchObject({
      ...{ underlying: "SPY", volume: 941, openInterest: 18_811, volatility: 0.1131, delta: -0.3721 },
      ...{ gamma: 0.0511, theta: -0.0633, vega: 0.2312, rho: -0.0467 },
    });
    expect(rulesOf(remarks)).toEqual(["3 mended quotes.no-volatility"]);
  });

  test("may have dates, instants, whole numbers and missing values instead", async () => {
    const day = 18_264;
    const content = parquetWriteBuffer({
      schema: [
        { name: "root", num_children: 9 },
        ...["contract_id", "symbol", "type"].map((name) => ({
          name,
          type: "BYTE_ARRAY" as const,
          converted_type: "UTF8" as const,
          repetition_type: "OPTIONAL" as const,
        })),
        { name: "date", type: "INT32", converted_type: "DATE", repetition_type: "OPTIONAL" },
        {
          name: "expiration",
          type: "INT64",
          converted_type: "TIMESTAMP_MICROS",
          repetition_type: "OPTIONAL",
        },
        ...["strike", "bid", "ask", "volume"].map((name) => ({
          name,
          type: name === "volume" ? ("INT64" as const) : ("DOUBLE" as const),
          repetition_type: "OPTIONAL" as const,
        })),
      ],
      columnData: [
        { name: "contract_id", data: ["SPY200117C00320000", null] },
        { name: "symbol", data: ["SPY", "SPY"] },
        { name: "type", data: ["call", "put"] },
        { name: "date", data: [day, day] },
        {
          name: "expiration",
          data: [BigInt(day + 14) * 86_400_000_000n, BigInt(day + 14) * 86_400_000_000n],
        },
        { name: "strike", data: [320, 320] },
        { name: "bid", data: [5.11, null] },
        { name: "ask", data: [5.14, Number.NaN] },
        { name: "volume", data: [1201n, null] },
      ],
    });
    const { quotes, remarks } = await read(new Uint8Array(content));
    expect(quotes).toMatchObject([{ session: "2020-01-03", expiration: "2020-01-17", volume: 1201 }]);
    expect(rulesOf(remarks)).toEqual(["2 left-out quotes.no-market"]);
  });

  test("is read gzipped, and its bytes are counted", async () => {
    expect((await read(gzipSync(whole))).quotes).toHaveLength(3);
    const bytes: number[] = [];
    for await (const batch of philippdubach.read(memorySource("spy.parquet", whole), {
      importedAt: 0 as never,
    }))
      bytes.push(batch.bytesRead);
    expect(bytes.at(-1)).toBe(whole.length);
  });

  test.each([
    ["a day", { date: ["2020-01-03", "x", "2020-01-03"] }, "2 refused table.unreadable"],
    ["a type", { type: ["call", "", "call"] }, "2 refused table.unreadable"],
    ["a strike", { strike: [320, 320.00001, 330] }, "2 refused quotes.strike"],
    ["a market", { bid: [5.11, 9, 2.02] }, "2 refused quotes.crossed"],
  ])("refuses %s that is wrong and reads on", async (_, columns, rule) => {
    const { quotes, remarks } = await read(parquetOf({ ...parquetColumns, ...columns }));
    expect(quotes).toHaveLength(2);
    expect(rulesOf(remarks)).toContain(rule);
  });

  test("ends on damage that would have its pages read in circles, or one number fill the memory", async () => {
    // Every byte of pages and index once, by three others: each file is read, or refused in good time.
    let refusals = 0;
    for (let at = 4; at < whole.length; at += 1) {
      for (const value of [0, 0x7f, 0xff]) {
        const damaged = Uint8Array.from(whole);
        damaged[at] = value;
        await read(damaged).catch((cause: unknown) => {
          if (!(cause instanceof Failure) || cause.code !== "data.malformed") throw cause;
          refusals += 1;
        });
      }
    }
    expect(refusals).toBeGreaterThan(1000);
    const circle = Buffer.concat([whole.subarray(0, 1131), Buffer.from([0]), whole.subarray(1141)]);
    await expect(read(circle)).rejects.toMatchObject({ code: "data.malformed" });
  });

  const { strike: _, ...withoutStrike } = parquetColumns;
  test.each([
    ["a file cut short", whole.subarray(0, whole.length - 20)],
    ["the magic number alone", "PAR1"],
    ["nothing", ""],
    ["a web page", "<html></html>"],
    ["a file without strikes", parquetOf(withoutStrike)],
    ["half an archive", gzipSync(whole).subarray(0, 200)],
  ])("is not %s", async (_, content) => {
    const failure = await failureOfReading(read(content));
    expect(failure).toMatchObject({ code: "data.malformed", details: { path: "spy.parquet" } });
  });
});
