import type { Failure } from "@steward/model";
import type { Format, Parsed, ReadOptions, Remark, Source } from "./format.ts";
import { formatOf } from "./formats.ts";
import { openingOf } from "./source.ts";
import { malformed } from "./table.ts";

/** How to read a source as a whole. */
export interface WholeReadOptions extends ReadOptions {
  /** Name of the format, where it is not to be told from the content. */
  readonly format?: string | undefined;
  /** Whether a refused row is left out like others; if left out, none is. */
  readonly tolerates?: ((refused: Remark) => boolean) | undefined;
}

/** All of a source. */
export interface WholeSource {
  readonly format: Format;
  readonly facts: readonly Parsed[];
  readonly remarks: readonly Remark[];
}

/** Reads all of a source that a run rests on: the first row that cannot be right is a `data.malformed` with its line. */
export async function readSource(source: Source, options: WholeReadOptions): Promise<WholeSource> {
  const { tolerates = () => false } = options;
  const format = formatOf(await openingOf(source), options.format);
  const facts: Parsed[] = [];
  const remarks: Remark[] = [];
  for await (const part of format.read(source, options)) {
    const damage = part.remarks.find((remark) => remark.outcome === "refused" && !tolerates(remark));
    if (damage !== undefined) throw damaged(source.name, damage);
    for (const fact of part.facts) facts.push(fact);
    for (const remark of part.remarks) remarks.push(remark);
  }
  return { format, facts, remarks };
}

function damaged(path: string, { line, message }: Remark): Failure {
  // The reader of a cell has named the place already.
  const place = `${path}:${line}: `;
  return malformed({ path, line }, message.startsWith(place) ? message.slice(place.length) : message);
}
