import type { Facts, FactTable, Instant } from "@steward/model";

/** What is to be read: a file or a download, already unpacked. */
export interface Source {
  /** Path or address, for messages and for what a name alone tells. */
  readonly name: string;
  readonly bytes: () => AsyncIterable<Uint8Array>;
}

/** What the reader of a source may need to be told. */
export interface ReadOptions {
  /** The instant of the import: what we cannot date otherwise became known to us then. */
  readonly importedAt: Instant;
  /** Name of the series, where neither the content nor the file's name says it. */
  readonly series?: string | undefined;
  /** When the quotes of a table without times were taken, New York time `HH:MM`; else the options' close is assumed. */
  readonly quotedAt?: string | undefined;
  /** Of a generic table: our column by the file's. */
  readonly columns?: Readonly<Record<string, string>> | undefined;
}

/** A fact with the line or record that it stands on. */
export type Parsed = {
  readonly [Table in FactTable]: {
    readonly table: Table;
    readonly line: number;
    readonly fact: Facts[Table];
  };
}[FactTable];

/** A row that is not taken, or was mended, and why. `rule` names the kind for counting, e.g. `vx.untraded-day`. */
export interface Remark {
  readonly line: number;
  readonly rule: string;
  /** `left-out`: not stored, for a reason of the format; `mended`: stored, changed; `refused`: it cannot be right. */
  readonly outcome: "left-out" | "mended" | "refused";
  readonly message: string;
}

/** A part of a source, in the order of its lines. */
export interface ParsedBatch {
  readonly facts: readonly Parsed[];
  readonly remarks: readonly Remark[];
  /** Bytes read so far, for progress. */
  readonly bytesRead: number;
}

/** One format of files or downloads. */
export interface Format {
  /** Stable name, as `--format` takes it: `cboe-quotedata`. */
  readonly id: string;
  /** In a few words, for help. */
  readonly title: string;
  /** Whose data it is, the source under which facts are stored: `cboe-delayed`. */
  readonly vendor: string;
  /** Whether a source that begins like this is of this format. */
  readonly recognizes: (opening: Opening) => boolean;
  /**
   * Reads a source part by part. A row that is wrong is a remark and the rest is read; a source that is not of the format
   * at all, or breaks off, throws `data.malformed`.
   */
  readonly read: (source: Source, options: ReadOptions) => AsyncIterable<ParsedBatch>;
}

/** The first bytes of a source, up to 64 KiB. */
export interface Opening {
  readonly name: string;
  readonly text: string;
  readonly bytes: Uint8Array;
}
