import { gzipSync } from "node:zlib";
import { type CalendarDate, Failure, isSession } from "@steward/model";
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
interface Splice {
  readonly at: number;
  readonly removed: number;
  readonly added: string;
}

const splices: fc.Arbitrary<readonly Splice[]> = fc.array(
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

function mutated(text: string, mutations: readonly Splice[]): string {
  return mutations.reduce((whole, { at, removed, added }) => {
    const position = at % (whole.length + 1);
    return whole.slice(0, position) + added + whole.slice(position + removed);
  }, text);
}

/** As it is, as an archive, or as an archive that was cut. */
function packed(text: string, kind: number): string | Uint8Array {
  if (kind > 1) return text;
  const archive = gzipSync(text, { level: 0 });
  return kind === 1 ? archive : archive.subarray(0, archive.length - 5);
}

function isSound({ date, ...values }: { readonly date: CalendarDate }): boolean {
  const numbers = Object.values(values).filter((value) => typeof value === "number");
  return isSession(date) && numbers.every((value) => Number.isFinite(value) && value > 0);
}

test("20,000 mutated files are read or refused, and what is read is finite and of a session", () => {
  let read = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.nat(2), fc.nat(2), splices, fc.nat(19), (which, other, mutations, kind) => {
      const path = folder.write("mutated.csv", packed(mutated(files[which] ?? "", mutations), kind));
      // One file in ten goes to another reader than it was made for.
      const reader = readers[kind < 18 ? which : other] ?? readIndexFile;
      try {
        if (!reader(path).rows.every(isSound)) throw new Error("expected sound rows");
        read += 1;
      } catch (cause) {
        const isOurs = cause instanceof Failure && cause.code === "data.malformed";
        if (!isOurs || cause.details["path"] !== path) throw cause;
        refused += 1;
      }
    }),
    { seed: 20_000, numRuns: 20_000 },
  );
  expect(Math.min(read, refused)).toBeGreaterThan(400);
}, 300_000);
