import type { Instant } from "@steward/model";
import type { ExitStatus, Io } from "../io.ts";
import { main } from "../main.ts";

/** What a command line printed and how it ended. */
export interface Transcript {
  readonly status: ExitStatus;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line with strings for streams. */
export async function transcript(
  args: readonly string[],
  input: readonly string[] = [],
  overrides: Partial<Io> = {},
): Promise<Transcript> {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    lines: async function* () {
      yield* input;
    },
    // 2024-01-02 15:00 New York.
    now: () => 1_704_225_600_000_000 as Instant,
    sleep: async () => {},
    interruption: () => new AbortController().signal,
    progress: () => ({ update: () => {}, done: () => {} }),
    ...overrides,
  };
  const status = await main(args, io);
  return { status, out: out.join("\n"), err: err.join("\n") };
}

/** The document of a command line with `--json`. */
export async function documentOf(
  args: readonly string[],
): Promise<{ status: ExitStatus; document: Record<string, unknown> }> {
  const { status, out } = await transcript([...args, "--json"]);
  return { status, document: JSON.parse(out) };
}
