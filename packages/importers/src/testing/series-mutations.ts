import { Failure } from "@steward/model";
import fc from "fast-check";
import type { Parsed } from "../format.ts";
import { readText, SERIES_SAMPLES } from "./series-samples.ts";
import { WORKBOOK_SAMPLES } from "./workbook-samples.ts";

const SAMPLES = [...SERIES_SAMPLES, ...WORKBOOK_SAMPLES];

/** How many mutated files were read and how many refused. */
export interface MutationCounts {
  readonly read: number;
  readonly refused: number;
  readonly facts: number;
}

/**
 * Reads so many samples with up to four places changed, each by its own format or one time in ten by another's. Anything but
 * sound facts or a failure that says what is wrong is thrown.
 */
export async function readMutated(count: number, seed: number): Promise<MutationCounts> {
  let read = 0;
  let refused = 0;
  let facts = 0;
  const which = fc.nat(SAMPLES.length - 1);
  const property = fc.asyncProperty(which, which, fc.nat(9), SPLICES, async (own, other, choice, splices) => {
    const sample = SAMPLES[own];
    const format = SAMPLES[choice === 0 ? other : own]?.format;
    if (sample === undefined || format === undefined) return;
    try {
      const reading = await readText(sample.name, mutated(sample.text, splices), { format });
      const unsound = reading.facts.find((parsed) => !isSound(parsed));
      if (unsound !== undefined) throw new Error(`expected sound facts, found ${JSON.stringify(unsound)}`);
      read += 1;
      facts += reading.facts.length;
    } catch (error) {
      if (!(error instanceof Failure) || !/^(?:data\.malformed|input\.invalid)$/.test(error.code))
        throw error;
      refused += 1;
    }
  });
  await fc.assert(property, { seed, numRuns: count });
  return { read, refused, facts };
}

/** One change of a content. */
export interface Splice {
  readonly at: number;
  readonly removed: number;
  readonly added: string;
}

/** Up to four places of a content that change: what is taken out and what is put in. */
export const SPLICES: fc.Arbitrary<readonly Splice[]> = fc.array(
  fc.record({
    at: fc.nat(20_000),
    removed: fc.oneof(fc.constantFrom(0, 1, 1, 2), fc.integer({ min: 0, max: 40 })),
    added: fc.oneof(
      fc.constantFrom(
        "",
        "0",
        "9",
        ".",
        "-",
        ",",
        '"',
        "\n",
        "\r",
        "\0",
        "\uFEFF",
        " ",
        "{",
        "}",
        "[",
        "]",
        ":",
      ),
      fc.constantFrom(
        "1e309",
        "1e308",
        "-0",
        "NaN",
        "null",
        "true",
        "0x1",
        "__proto__",
        "constructor",
        "٣",
        "e",
      ),
      fc.constantFrom(
        "2019-02-30",
        "0000-01-01",
        "9999-12-31",
        "12/31/9999",
        "1699-12-31",
        "2199-12-31",
        "Europe/Nowhere",
      ),
      fc.string({ maxLength: 4, unit: "binary" }),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

/** A content with its changes. */
export function mutated(content: string | Uint8Array, splices: readonly Splice[]): string | Uint8Array {
  if (typeof content === "string") return spliced(content, splices);
  return Buffer.from(spliced(Buffer.from(content).toString("latin1"), splices), "latin1");
}

function spliced(text: string, splices: readonly Splice[]): string {
  return splices.reduce((whole, { at, removed, added }) => {
    const position = at % (whole.length + 1);
    return whole.slice(0, position) + added + whole.slice(position + removed);
  }, text);
}

function isSound({ fact }: Parsed): boolean {
  const numbers = Object.values(fact).filter((value) => typeof value === "number");
  const areTimes = Number.isSafeInteger(fact.occurredAt) && Number.isSafeInteger(fact.knownAt);
  return areTimes && fact.occurredAt <= fact.knownAt && numbers.every(Number.isFinite);
}
