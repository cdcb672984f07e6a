import {
  type Format,
  formatOf,
  openingOf,
  type ReadOptions,
  type Remark,
  type Source,
} from "@steward/importers";
import { type Facts, type FactTable, Failure } from "@steward/model";
import { contentHasher, type FactWriter, type MarketStore } from "@steward/store";
import type { Progress } from "../io.ts";

/** How to read a source. */
export interface ImportOptions extends ReadOptions {
  /** Name of the format, where it is not to be told from the content. */
  readonly format?: string | undefined;
}

/** What became of one source. */
export interface ImportOutcome {
  readonly name: string;
  readonly format: string;
  readonly source: string;
  /** `repeated`: this very content is in the store already, nothing was read. */
  readonly state: "imported" | "repeated";
  readonly tables: Readonly<Partial<Record<FactTable, TableOutcome>>>;
  readonly remarks: readonly RemarkCount[];
}

/** What of a table came in. */
export interface TableOutcome {
  /** Rows that held facts. */
  readonly read: number;
  /** Of these, facts that the store did not hold, and those that contradict what it held. */
  readonly added: number;
  readonly repeated: number;
  readonly corrected: number;
}

/** How often a remark was made, with the first lines of it. */
export interface RemarkCount {
  readonly rule: string;
  readonly outcome: Remark["outcome"];
  readonly count: number;
  readonly examples: readonly { readonly line: number; readonly message: string }[];
}

/** Reads a source into the store: all of it, or nothing where it fails. */
export async function importSource(
  store: MarketStore,
  source: Source,
  options: ImportOptions,
  progress: Progress,
): Promise<ImportOutcome> {
  const format = formatOf(await openingOf(source), options.format);
  const content = await surveyOf(source);
  const known = store.importOf(content.hash, format.vendor, format.id);
  const outcome = { name: source.name, format: format.id, source: format.vendor };
  if (known !== undefined) return { ...outcome, state: "repeated", tables: {}, remarks: [] };

  const reading = new Reading();
  const info = { source: format.vendor, format: format.id, name: source.name, now: options.importedAt };
  const { tallies } = await store.import(info, async (writer) => {
    await reading.run(format, source, {
      options,
      writer,
      tell: (bytes) => progress.update(bytes / Math.max(content.bytes, 1)),
    });
    return { contentHash: content.hash, report: JSON.stringify(reading.remarks()) };
  });
  const tables = Object.fromEntries(
    [...tallies].map(([table, tally]) => [table, { read: reading.count(table), ...tally }]),
  );
  return { ...outcome, state: "imported", tables, remarks: reading.remarks() };
}

async function surveyOf(source: Source): Promise<{ readonly hash: string; readonly bytes: number }> {
  const hasher = contentHasher();
  let bytes = 0;
  for await (const chunk of source.bytes()) {
    hasher.add(chunk);
    bytes += chunk.length;
  }
  return { hash: hasher.digest(), bytes };
}

interface RunOptions {
  readonly options: ReadOptions;
  readonly writer: FactWriter;
  readonly tell: (bytes: number) => void;
}

const EXAMPLES = 5;

/** One pass over a source, counting. */
class Reading {
  readonly #read = new Map<FactTable, number>();
  readonly #remarks = new Map<
    string,
    { rule: string; outcome: Remark["outcome"]; lines: Remark[]; count: number }
  >();

  async run(format: Format, source: Source, { options, writer, tell }: RunOptions): Promise<void> {
    for await (const { facts, remarks, bytesRead } of format.read(source, options)) {
      const byTable = Map.groupBy(facts, ({ table }) => table);
      for (const [table, parsed] of byTable) {
        this.#read.set(table, this.count(table) + parsed.length);
        await writer.append(table, parsed.map(({ fact }) => fact) as readonly Facts[typeof table][]);
      }
      for (const remark of remarks) this.#note(remark);
      tell(bytesRead);
    }
    this.#requireFacts(source);
  }

  count(table: FactTable): number {
    return this.#read.get(table) ?? 0;
  }

  remarks(): readonly RemarkCount[] {
    return [...this.#remarks.values()].map(({ rule, outcome, count, lines }) => {
      return { rule, outcome, count, examples: lines.map(({ line, message }) => ({ line, message })) };
    });
  }

  #note(remark: Remark): void {
    const key = `${remark.rule} ${remark.outcome}`;
    const noted = this.#remarks.get(key) ?? {
      rule: remark.rule,
      outcome: remark.outcome,
      lines: [],
      count: 0,
    };
    this.#remarks.set(key, noted);
    noted.count += 1;
    if (noted.lines.length < EXAMPLES) noted.lines.push(remark);
  }

  /** A source whose rows are mostly wrong is not what it was taken for. */
  #requireFacts({ name }: Source): void {
    const read = [...this.#read.values()].reduce((sum, count) => sum + count, 0);
    const refused = [...this.#remarks.values()].filter(({ outcome }) => outcome === "refused");
    const refusedRows = refused.reduce((sum, { count }) => sum + count, 0);
    if (read > refusedRows || (read > 0 && refusedRows === 0)) return;
    const [first] = refused[0]?.lines ?? [];
    const why =
      first === undefined
        ? "none"
        : `${refusedRows} refused, the first on line ${first.line}: ${first.message}`;
    throw new Failure("data.malformed", `${name}: expected rows that can be stored, found ${why}`, {
      details: { path: name, ...(first === undefined ? {} : { line: first.line }) },
    });
  }
}
