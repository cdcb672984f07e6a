import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import type { Instant } from "@steward/model";
import cliProgress from "cli-progress";
import type { Io, Progress } from "./io.ts";
import { openTrials } from "./trials.ts";

/** The process's own streams. Progress goes to standard error, and only where that is a terminal. */
export function processIo(): Io {
  // Whoever reads us may stop: `| head` closes the pipe, and that is no fault. A full disk is one.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    process.stderr.write(`steward: output.failed: cannot write standard output: ${error.message}\n`);
    process.exit(1);
  });
  return {
    out: writeLine,
    full: () => (process.stdout.writableNeedDrain ? drained() : undefined),
    err: (line) => process.stderr.write(`${line}\n`),
    lines: () => createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }),
    now: () => (Date.now() * 1000) as Instant,
    sleep: async (milliseconds, signal) => {
      // What cuts a wait short is told by the signal itself.
      await wait(milliseconds, undefined, { signal }).catch(() => {});
    },
    interruption,
    trials: openTrials,
    progress: (title) => (process.stderr.isTTY ? terminalProgress(title) : silent),
  };
}

/** Lines of one turn of the event loop go out together: a million writes would take longer than what they tell. */
function writeLine(line: string): void {
  if (process.stdout.writableCorked === 0) {
    process.stdout.cork();
    process.nextTick(() => process.stdout.uncork());
  }
  process.stdout.write(`${line}\n`);
}

function drained(): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.once("drain", resolve);
  });
}

/** The first Ctrl-C or SIGTERM asks; a second one is not caught and ends the process. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

const silent: Progress = { update: () => {}, done: () => {} };

function terminalProgress(title: string): Progress {
  const bar = new cliProgress.SingleBar(
    {
      format: `${title} {bar} {percentage} %  {eta_formatted} left`,
      clearOnComplete: true,
      hideCursor: true,
      stream: process.stderr,
    },
    cliProgress.Presets.shades_grey,
  );
  bar.start(100, 0);
  return { update: (share) => bar.update(Math.round(share * 100)), done: () => bar.stop() };
}
