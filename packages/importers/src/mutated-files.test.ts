import { gzipSync } from "node:zlib";
import { Failure, isSession } from "@steward/model";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { readDailyFile, readFuturesFile, readIndexFile } from "./series-file.ts";
import { openFolder } from "./testing/files.ts";

const folder = openFolder();
afterAll(folder.remove);

const files = [
  "date,open,high,low,close\n2019-06-03,2751.53,2763.07,2728.81,2744.45\n2019-06-04,2762.64,2804.49,2762.64,2803.27\n",
  'DATE,CLOSE\r\n06/03/2019,18.86\r\n"06/04/2019",16.97\r\n06/05/2019,\r\n',
  "date,expiry,settle\n2019-06-03,2019-06-19,18.325\n2019-06-03,2019-07-17,17.975\n",
] as const;
const readers = [readIndexFile, readDailyFile, readFuturesFile];

/** What goes wrong with files: bytes that change, vanish, come twice or are put in, and texts that readers stumble over. */
const splices = fc.array(
  fc.record({
    at: fc.nat(200),
    removed: fc.oneof(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 12 })),
    added: fc.oneof(
      fc.constantFrom("0", "5", "9", " ", ".", "1", "", "\n"),
      fc.constantFrom("", ",", '"', "\n", "\r", "\0", "\uFEFF", "-", "e", "1e309", "NaN", "0x1", "__proto__"),
      fc.constantFrom(
        "2019-02-30",
        "99/99/9999",
        "0000-00-00",
        "9999-12-31",
        "1e308",
        "-0",
        "constructor",
        "٣",
      ),
      fc.string({ maxLength: 4, unit: "binary" }),
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

test("20,000 mutated files are read or refused, and what is read is finite and in order", () => {
  let read = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.nat(2), fc.nat(2), splices, fc.nat(19), (which, reader, mutations, kind) => {
      let text: string = files[which] ?? "";
      for (const { at, removed, added } of mutations) {
        const position = at % (text.length + 1);
        text = text.slice(0, position) + added + text.slice(position + removed);
      }
      // Most are read by the reader that they were made for; some are archives, some of these are cut.
      const archive = gzipSync(text, { level: 0 });
      const content = kind > 1 ? text : kind === 1 ? archive : archive.subarray(0, archive.length - 5);
      const path = folder.write("mutated.csv", content);
      try {
        const { rows } = (readers[kind < 18 ? which : reader] ?? readIndexFile)(path);
        read += 1;
        for (const { date, ...values } of rows) {
          expect(isSession(date)).toBe(true);
          for (const value of Object.values(values))
            if (typeof value === "number") expect(Number.isFinite(value) && value > 0).toBe(true);
        }
      } catch (cause) {
        if (!(cause instanceof Failure)) throw cause;
        refused += 1;
        expect(cause.code).toBe("data.malformed");
        expect(cause.details["path"]).toBe(path);
      }
    }),
    { seed: 20_000, numRuns: 20_000 },
  );
  expect(Math.min(read, refused)).toBeGreaterThan(400);
});
