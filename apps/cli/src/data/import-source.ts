import { basename } from "node:path";
import { type Format, formatOf, openingOf, type ReadOptions, type Source } from "@steward/importers";
import { type Facts, type FactTable, Failure, type Instant } from "@steward/model";
import { contentHasher, type FactWriter, type MarketStore } from "@steward/store";
import type { Progress } from "../io.ts";
import { type ChainJudgement, chainsIn, judgeChain } from "./chain-check.ts";
import { type RowRemark, rowChecker } from "./row-check.ts";

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
  /** What the rules of quality say of every chain that came in. */
  readonly chains: readonly ChainJudgement[];
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
  readonly outcome: RowRemark["outcome"];
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
  const content = await surveyOf(source, options);
  const known = store.importOf(content.hash, format.vendor, format.id);
  const outcome = { name: source.name, format: format.id, source: format.vendor };
  if (known !== undefined) return { ...outcome, state: "repeated", tables: {}, remarks: [], chains: [] };

  const reading = new Reading();
  const info = { source: format.vendor, format: format.id, name: source.name, now: options.importedAt };
  const { id, tallies } = await store.import(info, async (writer) => {
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
  const chains = await judgeImport(store, id, progress);
  return { ...outcome, state: "imported", tables, remarks: reading.remarks(), chains };
}

/** Judges what is stored, not the rows as they come: a chain may be spread over a file. */
async function judgeImport(
  store: MarketStore,
  id: number,
  progress: Progress,
): Promise<readonly ChainJudgement[]> {
  const names = chainsIn(store, id);
  const judged: ChainJudgement[] = [];
  for (const [i, name] of names.entries()) {
    progress.update(i / names.length);
    const judgement = await judgeChain(store, { ...name, asOf: END_OF_TIME });
    if (judgement !== undefined) judged.push(judgement);
  }
  return judged;
}

const END_OF_TIME = Number.MAX_SAFE_INTEGER as Instant;

/** What a source would bring is decided by its bytes, by its name, which may name a series, and by how it is to be read. */
async function surveyOf(
  source: Source,
  { series, quotedAt, columns }: ReadOptions,
): Promise<{ readonly hash: string; readonly bytes: number }> {
  const hasher = contentHasher();
  let bytes = 0;
  for await (const chunk of source.bytes()) {
    hasher.add(chunk);
    bytes += chunk.length;
  }
  hasher.add(Buffer.from(JSON.stringify([basename(source.name), series, quotedAt, columns])));
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
  #stored = 0;
  #refused = 0;
  readonly #remarks = new Map<
    string,
    { rule: string; outcome: RowRemark["outcome"]; lines: RowRemark[]; count: number }
  >();

  async run(format: Format, source: Source, { options, writer, tell }: RunOptions): Promise<void> {
    const check = rowChecker();
    for await (const { facts, remarks, bytesRead } of format.read(source, options)) {
      const checked = check(facts);
      this.#stored += checked.facts.length;
      this.#refused += facts.length - checked.facts.length;
      this.#refused += remarks.filter(({ outcome }) => outcome === "refused").length;
      for (const { table } of facts) this.#read.set(table, this.count(table) + 1);
      for (const [table, parsed] of Map.groupBy(checked.facts, ({ table }) => table)) {
        await writer.append(table, parsed.map(({ fact }) => fact) as readonly Facts[typeof table][]);
      }
      for (const remark of [...remarks, ...checked.remarks]) this.#note(remark);
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

  #note(remark: RowRemark): void {
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
    if (this.#stored > this.#refused) return;
    const first = [...this.#remarks.values()].find(({ outcome }) => outcome === "refused")?.lines[0];
    if (this.#stored > 0 && first === undefined) return;
    const why =
      first === undefined
        ? "none"
        : `${this.#refused} refused, the first on line ${first.line}: ${first.message}`;
    throw new Failure("data.malformed", `${name}: expected rows that can be stored, found ${why}`, {
      details: { path: name, ...(first === undefined ? {} : { line: first.line }) },
    });
  }
}
