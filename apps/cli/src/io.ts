import type { Instant } from "@steward/model";
import type { TrialLedger } from "@steward/store/trials";

/** Everything that a command may touch of the outside. Tests pass strings in and read strings out. */
export interface Io {
  /** Standard output, one line. */
  readonly out: (line: string) => void;
  /** To await before more output, where standard output has enough; a command of many lines asks after each. */
  readonly full?: () => Promise<void> | undefined;
  /** Standard error, one line. */
  readonly err: (line: string) => void;
  /** Lines of standard input as they come. */
  readonly lines: () => AsyncIterable<string>;
  /** The wall clock: the only one there is. */
  readonly now: () => Instant;
  /** Waits, or not any longer once the signal comes. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** A signal that comes when the user wants the command to stop at the next good moment. */
  readonly interruption: () => AbortSignal;
  /** The user's ledger of everything that was tried; absent where nothing is to be counted. */
  readonly trials?: () => TrialLedger;
  /** Tells a person how far a job is; silent where nobody looks. */
  readonly progress: (title: string) => Progress;
}

export interface Progress {
  /** The share done, from 0 to 1. */
  readonly update: (share: number) => void;
  readonly done: () => void;
}

/** 0 done · 1 the world failed · 2 invalid use or input · 3 refused by a risk rule. */
export type ExitStatus = 0 | 1 | 2 | 3;

/** One JSON document on standard output, as `--json` promises: keys in the order in which they were built. */
export function printJson(io: Io, document: unknown): void {
  io.out(JSON.stringify(document, undefined, 2));
}

/** Runs a command's action and keeps its exit status. */
export type CommandRunner = (action: () => ExitStatus | Promise<ExitStatus>) => Promise<void>;
