import { gzipSync } from "node:zlib";
import { Failure, type Instant } from "@steward/model";
import { afterAll, describe, expect, test } from "vitest";
import { readSource } from "./read-source.ts";
import { fileSource, memorySource } from "./source.ts";
import { lines, openFolder } from "./testing/files.ts";

const folder = openFolder();
afterAll(folder.remove);

const importedAt = 0 as Instant;
const header = "date,open,high,low,close";
const first = "2019-06-03,2751.53,2763.07,2728.81,2744.45";
const good = lines(header, first, "2019-06-04,2762.64,2804.49,2762.64,2803.27");

async function read(content: string | Uint8Array) {
  return await readSource(memorySource("spx.csv", content), { importedAt, series: "SPX" });
}

async function failureOf(reading: Promise<unknown>): Promise<Failure> {
  const error = await reading.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (error instanceof Failure) return error;
  throw new Error("expected a failure");
}

describe("readSource", () => {
  test.each([
    ["gzipped", gzipSync(good)],
    ["with a byte order mark", `\uFEFF${good}`],
    ["gzipped with a byte order mark", gzipSync(`\uFEFF${good}`)],
    ["with CRLF line ends", good.replaceAll("\n", "\r\n")],
    ["without a last line end", good.trimEnd()],
    ["with empty lines", good.replaceAll("\n", "\n\n")],
    ["with blanks around cells", good.replaceAll(",", " , ")],
    ["with quoted cells", good.replaceAll(/([\d.-]+)/g, '"$1"')],
    ["with US dates", good.replace("2019-06-03", "06/03/2019").replace("2019-06-04", "6/4/2019")],
  ])("reads the same %s", async (_, content) => {
    const plain = await read(good);
    expect(plain.facts).toHaveLength(2);
    const facts = (whole: typeof plain) => whole.facts.map(({ fact }) => fact);
    expect(facts(await read(content))).toEqual(facts(plain));
  });

  const row = (text: string): string => lines(header, first, text);

  test.each([
    ["a text for a number", row("2019-06-04,2762,2804,n,2803"), 3, 'a number in low, found "n"'],
    ["infinity", row("2019-06-04,2762,Infinity,2760,2803"), 3, 'in high, found "Infinity"'],
    ["hexadecimal digits", row("2019-06-04,0xACA,2804,2760,2803"), 3, 'in open, found "0xACA"'],
    ["a comma for thousands", row('2019-06-04,"2,762",2804,2760,2803'), 3, 'in open, found "2,762"'],
    ["a close of zero", row("2019-06-04,2762,2804,2760,0"), 3, "a close above 0, found 0"],
    ["a day that does not exist", row("2019-06-31,2762,2804,2760,2803"), 3, 'in date, found "2019-06-31"'],
    ["a truncated row", row("2019-06-04,2762,2804"), 3, "expected 5 cells"],
  ])("refuses %s, with file and line", async (_, content, line, message) => {
    const failure = await failureOf(read(content));
    expect(failure).toMatchObject({ code: "data.malformed", details: { path: "spx.csv", line } });
    expect(failure.message.startsWith(`spx.csv:${line}: expected `)).toBe(true);
    expect(failure.message).toContain(message);
  });

  test("leaves out what it is told to tolerate", async () => {
    const content = row("2019-06-04,2762,2804,2760,0");
    const options = { importedAt, series: "SPX", tolerates: () => true };
    const { facts, remarks } = await readSource(memorySource("spx.csv", content), options);
    expect(facts).toHaveLength(1);
    expect(remarks).toMatchObject([{ line: 3, outcome: "refused", rule: "bars.not-positive" }]);
  });

  test("says that a file is missing, and that an archive is damaged", async () => {
    const path = folder.pathOf("absent.csv");
    expect(await failureOf(fileSource(path))).toMatchObject({ code: "data.missing", details: { path } });
    const cut = folder.write("cut.csv.gz", gzipSync(good).subarray(0, 60));
    const failure = await failureOf(readSource(await fileSource(cut), { importedAt }));
    expect(failure).toMatchObject({ code: "data.malformed", details: { path: cut } });
    expect(failure.message).toContain("expected a whole gzip archive");
  });
});
