import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FORMATS } from "../formats.ts";
import { memorySource, openingOf } from "../source.ts";
import { type Reading, readText, rulesOf } from "../testing/series-samples.ts";
import { SHILLER_SHEET, WORKBOOK_SAMPLES, workbook } from "../testing/workbook-samples.ts";

function told({ facts }: Reading): readonly string[] {
  return facts.map(({ line, table, fact }) => {
    if (table !== "observations") throw new Error(`expected observations, found ${table}`);
    return `${line} ${fact.series} ${fact.period} ${fact.value}`;
  });
}

/** The sheet as rows of texts, as a spreadsheet saves it. */
function csvOf(rows: readonly (readonly (string | number | null)[])[]): string {
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => Array.from({ length: width }, (_, i) => row[i] ?? "").join(",")).join("\n");
}

describe.each(WORKBOOK_SAMPLES)("$name", ({ format, name, text, facts }) => {
  test("is recognized by its format alone and read whole", async () => {
    const opening = await openingOf(memorySource(name, text));
    expect(FORMATS.filter(({ recognizes }) => recognizes(opening)).map(({ id }) => id)).toEqual([format]);
    const reading = await readText(name, text);
    expect(reading.facts.length).toBe(facts);
    for (const { fact } of reading.facts) expect(fact.knownAt).toBeGreaterThanOrEqual(fact.occurredAt);
    expect(rulesOf(reading)).toEqual({ "observations.latest-revised": 1, "shiller.note": 1 });
  });

  test("names its lines as the spreadsheet does, and October as such", async () => {
    const found = told(await readText(name, text));
    expect(found.slice(9, 18)).toEqual([
      "7 SHILLER_PRICE 1871-10-01 4.59",
      "7 SHILLER_DIVIDEND 1871-10-01 0.26",
      "7 SHILLER_EARNINGS 1871-10-01 0.4",
      "7 SHILLER_CPI 1871-10-01 12.56",
      "7 SHILLER_GS10 1871-10-01 5.34",
      "7 SHILLER_REAL_PRICE 1871-10-01 110.1",
      "7 SHILLER_REAL_DIVIDEND 1871-10-01 6.8",
      "7 SHILLER_REAL_TR_PRICE 1871-10-01 116.2",
      "7 SHILLER_REAL_EARNINGS 1871-10-01 10.1",
    ]);
    expect(found.slice(-8)).toEqual([
      "9 SHILLER_PRICE 2026-03-01 6869.5",
      "9 SHILLER_CPI 2026-03-01 326.15",
      "9 SHILLER_GS10 2026-03-01 4.25",
      "9 SHILLER_REAL_PRICE 2026-03-01 6869.5",
      "9 SHILLER_REAL_TR_PRICE 2026-03-01 4659245",
      "9 CAPE 2026-03-01 38.93",
      "9 TR_CAPE 2026-03-01 41.55",
      "9 EXCESS_CAPE_YIELD 2026-03-01 0.0171",
    ]);
  });

  test("says what the same sheet says as CSV", async () => {
    const [sheet, table] = await Promise.all([
      readText(name, text),
      readText("ie_data.csv", csvOf(SHILLER_SHEET.slice(0, -1))),
    ]);
    expect(sheet.facts.map(({ fact }) => fact)).toEqual(table.facts.map(({ fact }) => fact));
  });

  test("cut anywhere is refused or read in part", async () => {
    let refused = 0;
    for (let length = 0; length < text.length; length += 101) {
      const result = await readText(name, text.subarray(0, length), { format }).catch(
        (error: unknown) => error,
      );
      if (result instanceof Error) {
        expect(result).toMatchObject({ code: "data.malformed", details: { path: name } });
        refused += 1;
      } else expect(result).toMatchObject({ format });
    }
    expect(refused).toBeGreaterThan(10);
  });
});

test("of a formula its value is read", async () => {
  const price = { t: "n", v: 4.5, f: "9/2" } as const;
  const sheet = [
    ["Date", "P", "D", "E", "CPI"],
    [1871.01, price, 0.26, 0.4, 12.46],
  ];
  for (const layout of ["biff8", "xlsx"] as const) {
    const { facts } = await readText("ie_data.xls", workbook({ Data: sheet }, layout));
    expect(facts.map(({ fact }) => fact)[0]).toMatchObject({ series: "SHILLER_PRICE", value: 4.5 });
  }
});

describe("refuses", () => {
  test.each([
    ["a page", "<!DOCTYPE html><html></html>", /a workbook of Excel/],
    ["a workbook without the sheet", workbook({ Sheet1: SHILLER_SHEET }), /a sheet Data, found Sheet1/],
    [
      "a sheet without the header",
      workbook({
        Data: [
          ["Date", "Close"],
          [1871.01, 4.44],
        ],
      }),
      /Date,P,D,E,CPI/,
    ],
    ["an empty sheet", workbook({ Data: [] }), /Date,P,D,E,CPI/],
    ["an archive without an end", new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), /without an end/],
    ["17 MB", new Uint8Array(17 * 1024 * 1024), /up to 16777216 bytes/],
  ])("%s", async (_, content, message) => {
    const reading = readText("ie_data.xls", content, { format: "shiller-xls" });
    await expect(reading).rejects.toMatchObject({ code: "data.malformed" });
    await expect(reading).rejects.toThrow(message);
  });

  test("an archive that unpacks to more than any such workbook", async () => {
    const blank = Array.from({ length: 10 }, () => ["x".repeat(32_000)]);
    const small = Buffer.from(workbook({ Data: [...SHILLER_SHEET, ...blank] }, "xlsx"));
    // One entry after another is listed a thousand times over.
    const end = small.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
    const start = small.readUInt32LE(end + 16);
    const bomb = Buffer.concat([
      small.subarray(0, start),
      ...Array.from({ length: 1000 }, () => small.subarray(start, end)),
      small.subarray(end),
    ]);
    const added = 1000 * (end - start);
    bomb.writeUInt16LE(Math.min(65_535, small.readUInt16LE(end + 10) * 1000), start + added + 10);
    const reading = readText("ie_data.xlsx", bomb, { format: "shiller-xls" });
    await expect(reading).rejects.toMatchObject({ code: "data.malformed" });
    await expect(reading).rejects.toThrow(/unpacked|larger than/);
  });
});

const monthly = new URL("../../../../../shared/data/macro/shiller_monthly.csv", import.meta.url).pathname;

test.skipIf(!existsSync(monthly))("150 years of months (skipped where the file is not at hand)", async () => {
  const rows = readFileSync(monthly, "utf8").trim().split("\n").slice(1);
  const sheet = rows.map((row) => {
    const [month = "", p, d, e, cpi, gs10] = row.split(",");
    const [price, dividend, earnings, index, rate] = [p, d, e, cpi, gs10].map((text) =>
      text === undefined || text === "" ? null : Number(text),
    );
    return [Number(month.replace("-", ".")), price, dividend, earnings, index, null, rate] as const;
  });
  const header = ["Date", "P", "D", "E", "CPI", "Fraction", "Rate GS10"];
  const content = workbook({ Data: [header, ...sheet.map((row) => row.map((cell) => cell ?? null))] });
  const found = await readText("ie_data.xls", content);
  const expected = await readText("shiller.csv", readFileSync(monthly, "utf8"));
  const series = new Set(found.facts.map(({ fact }) => ("series" in fact ? fact.series : "")));
  expect(series.size).toBe(5);
  const same = expected.facts
    .map(({ fact }) => fact)
    .filter((fact) => "series" in fact && series.has(fact.series));
  expect(found.facts.map(({ fact }) => fact)).toEqual(same);
  expect(found.facts.length).toBeGreaterThan(9000);
});
