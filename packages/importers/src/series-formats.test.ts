import { Failure } from "@steward/model";
import { describe, expect, test } from "vitest";
import { FORMATS } from "./formats.ts";
import { memorySource, openingOf } from "./source.ts";
import { readText, SERIES_SAMPLES } from "./testing/series-samples.ts";
import { WORKBOOK_SAMPLES } from "./testing/workbook-samples.ts";

describe.each(SERIES_SAMPLES)("$format: $name", ({ format, name, text, facts }) => {
  test("is recognized by its format alone", async () => {
    const opening = await openingOf(memorySource(name, text));
    expect(FORMATS.filter(({ recognizes }) => recognizes(opening)).map(({ id }) => id)).toEqual([format]);
  });

  test("is read whole, and known when it happened or later", async () => {
    const reading = await readText(name, text);
    expect(reading.facts.length).toBe(facts);
    for (const { fact } of reading.facts) expect(fact.knownAt).toBeGreaterThanOrEqual(fact.occurredAt);
  });

  test("is read the same with a byte order mark and CRLF", async () => {
    if (text.startsWith("{")) return expect((await readText(name, `\n${text}\n`)).facts.length).toBe(facts);
    const other = `\uFEFF${text.replaceAll(/\r?\n/g, "\r\n")}`;
    expect((await readText(name, other)).facts.length).toBe(facts);
  });

  test.each([
    ["a page", "<!DOCTYPE html><html><body>Access denied</body></html>\n"],
    ["nothing", ""],
    ["another header", text.startsWith("{") ? '{"message":"limit"}' : "a,b,c\n1,2,3\n"],
    ["an array", "[1,2,3]"],
    ["binary", "PAR1\u0000\u0001\u0002\uFFFD"],
  ])("refuses %s", async (_, other) => {
    const failure = await readText(name, other, { format }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).code).toBe("data.malformed");
  });

  test("cut anywhere is refused or read in part", async () => {
    for (let length = 0; length < text.length; length += 13) {
      const result = await readText(name, text.slice(0, length), { format }).catch((error: unknown) => error);
      if (result instanceof Failure) expect(result.code).toBe("data.malformed");
      else expect(result).toMatchObject({ format });
    }
  });
});

test("every format of series has a sample", () => {
  const sampled = new Set<string>([...SERIES_SAMPLES, ...WORKBOOK_SAMPLES].map(({ format }) => format));
  const own = FORMATS.filter(({ vendor }) =>
    /^(?:cboe|cfe|yahoo|stooq|fred|treasury|newyorkfed|shiller|bis|sec|deribit|table|calendar|fed|bls)$/.test(
      vendor,
    ),
  );
  expect(own.map(({ id }) => id).filter((id) => !sampled.has(id))).toEqual([]);
});
