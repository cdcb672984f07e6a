import { gzipSync } from "node:zlib";
import { Failure, isSession, type QuoteFact } from "@steward/model";
import fc from "fast-check";
import { FORMATS } from "../formats.ts";
import { memorySource, openingOf } from "../source.ts";
import { OPTION_SAMPLES } from "./option-samples.ts";

/** What goes wrong with files: parts that change, vanish, come twice or are put in. */
interface Splice {
  readonly at: number;
  readonly removed: number;
  readonly added: string;
}

const added = fc.oneof(
  fc.constantFrom("", "0", "9", " ", ".", "-", "1", "\n", ",", '"', "\r", "\0", "\uFEFF", "e", "{", "}", "["),
  fc.constantFrom("1e309", "NaN", "-1", "1e9", "0x1", "null", "true", "{}", "[]", "__proto__", "constructor"),
  fc.constantFrom("2019-02-30", "99/99/9999", "0000-00-00", "9999-12-31", "12/31/99", "1969-12-31T00:00:00Z"),
  fc.constantFrom("SPX", "SPXW991231C99999999", "1e308", "-0", "٣", "2030-12-31", "1990-01-01", "2031-01-17"),
  fc.string({ maxLength: 4, unit: "binary" }),
);

const splices: fc.Arbitrary<readonly Splice[]> = fc.array(
  fc.record({
    at: fc.nat(20_000),
    removed: fc.oneof(fc.constantFrom(0, 1, 4, 10), fc.integer({ min: 0, max: 40 })),
    added,
  }),
  { minLength: 1, maxLength: 4 },
);

function mutated(content: string | Uint8Array, mutations: readonly Splice[]): Uint8Array {
  const start = Buffer.from(content);
  return mutations.reduce<Buffer>((whole, { at, removed, added: text }) => {
    const position = at % (whole.length + 1);
    return Buffer.concat([
      whole.subarray(0, position),
      Buffer.from(text),
      whole.subarray(position + removed),
    ]);
  }, start);
}

/** How many mutated sources were read with facts and without a failure, and how many were refused. */
export interface Survival {
  readonly read: number;
  readonly refused: number;
}

/**
 * Mutates the samples and reads them: every reading ends in facts that are sound or in a failure that names the source. One
 * source in ten goes to another format than it was made for, one in ten is an archive, one in twenty a cut one.
 */
export async function surviveMutations(runs: number, seed: number): Promise<Survival> {
  let read = 0;
  let refused = 0;
  const sample = fc.nat(OPTION_SAMPLES.length - 1);
  const property = fc.asyncProperty(
    sample,
    splices,
    fc.nat(19),
    fc.nat(99),
    async (which, parts, kind, other) => {
      const { id, name, content } = OPTION_SAMPLES[which] ?? OPTION_SAMPLES[0] ?? fail("expected samples");
      const bytes = mutated(content, parts);
      const source = memorySource(name, packed(bytes, kind));
      const own = FORMATS.find((format) => format.id === id) ?? fail(`expected a format ${id}`);
      const format = kind < 18 ? own : (OWN[other % OWN.length] ?? own);
      try {
        const opening = await openingOf(source);
        for (const { recognizes } of OWN) recognizes(opening);
        for await (const { facts, remarks } of format.read(source, {
          importedAt: 0 as never,
          series: "SPX",
        })) {
          for (const parsed of facts) {
            if (parsed.table !== "quotes" || !isSound(parsed.fact))
              fail(`expected a sound quote, found ${JSON.stringify(parsed)}`);
          }
          for (const { message, line } of remarks)
            if (message === "" || line < 1) fail("expected a remark that says where");
        }
        read += 1;
      } catch (cause) {
        const isOurs = cause instanceof Failure && cause.code === "data.malformed";
        if (!isOurs || cause.details["path"] !== name) throw cause;
        refused += 1;
      }
    },
  );
  await fc.assert(property, { seed, numRuns: runs });
  return { read, refused };
}

const OWN = FORMATS.filter(({ id }) => OPTION_SAMPLES.some((sample) => sample.id === id));

function packed(bytes: Uint8Array, kind: number): Uint8Array {
  if (kind > 2) return bytes;
  const archive = gzipSync(bytes, { level: 0 });
  return kind === 2 ? archive.subarray(0, archive.length - 5) : archive;
}

function isSound(quote: QuoteFact): boolean {
  const numbers = Object.values(quote).filter((value) => typeof value === "number");
  const isMarket = quote.bid >= 0 && quote.ask >= 0 && (quote.ask === 0 || quote.bid <= quote.ask);
  const isTimed = Number.isSafeInteger(quote.occurredAt) && quote.occurredAt <= quote.knownAt;
  const isContract =
    Number.isSafeInteger(quote.strike) && quote.strike > 0 && quote.expiration >= quote.session;
  return numbers.every(Number.isFinite) && isMarket && isTimed && isContract && isSession(quote.session);
}

function fail(message: string): never {
  throw new Error(message);
}
