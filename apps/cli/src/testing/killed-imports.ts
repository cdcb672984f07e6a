// Imports in processes that are killed, and what a store holds afterwards.

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type CalendarDate, type Instant, sessionsBetween } from "@steward/model";
import { factsOf, MarketStore } from "@steward/store";

const SESSIONS = sessionsBetween("2024-01-02" as CalendarDate, "2024-03-28" as CalendarDate);
const STRIKES = 40;

/** A table of chains of the first sessions; what is told differently, contradicts a shorter table. */
export function chainTable(sessions: number, { correctedSessions }: { correctedSessions: number }): string {
  const lines = SESSIONS.slice(0, sessions).flatMap((session, number) =>
    Array.from({ length: STRIKES }, (_, i) => {
      const strike = 4700 + 5 * i;
      const bid = number < correctedSessions && i === 0 ? 1.5 : 1 + ((7 * i + number) % 50) / 10;
      return `${session},SPXW,2024-04-19,${strike},${i % 2 === 0 ? "C" : "P"},${bid},${bid + 0.3}`;
    }),
  );
  return `quote_date,root,expiration,strike,right,bid,ask\n${lines.join("\n")}\n`;
}

/** How a process ended. */
export interface Ending {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly milliseconds: number;
  /** Told by a process that was not killed. */
  readonly writes: number | undefined;
}

/** When to kill an import: before a write, or so many milliseconds after its start; never, if left out. */
export interface Kill {
  readonly beforeWrite?: number;
  readonly afterMs?: number;
}

/** `steward data import` of a file in a process of its own. */
export async function importInProcess(
  home: string,
  file: string,
  { beforeWrite, afterMs }: Kill = {},
): Promise<Ending> {
  const path = (relative: string): string => new URL(relative, import.meta.url).pathname;
  const args = ["--import", path("./kill-before-write.ts"), path("../../bin/steward.js")];
  const start = performance.now();
  const child = spawn(process.execPath, [...args, "data", "import", file], {
    env: { ...process.env, STEWARD_HOME: home, KILL_BEFORE_WRITE: String(beforeWrite ?? "") },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const timer = afterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), afterMs);
  let told = "";
  child.stderr.on("data", (part: Buffer) => {
    told += part.toString();
  });
  return await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => {
      clearTimeout(timer);
      const writes = /(\d+) writes/.exec(told)?.[1];
      const milliseconds = performance.now() - start;
      resolve({ status, signal, milliseconds, writes: writes === undefined ? undefined : Number(writes) });
    });
  });
}

/** Every version of every fact, as lines; corrections, which are known from their import on, without its time. */
export async function linesOf(store: MarketStore): Promise<readonly string[]> {
  const subjects = new Set(store.partitions("quotes").map(({ subject }) => subject));
  const lines: string[] = [];
  for (const subject of [...subjects].toSorted()) {
    const batch = await store.columns("quotes", subject, { asOf: END, versions: "all" });
    for (const { knownAt, ...fact } of factsOf(batch)) {
      const known = Number(knownAt) > YEAR_2025 ? "import" : String(knownAt);
      lines.push(JSON.stringify({ ...fact, known }));
    }
  }
  return lines;
}

/** The same of the store of a home. */
export async function linesIn(home: string): Promise<readonly string[]> {
  const store = await MarketStore.open(join(home, "market"));
  try {
    return await linesOf(store);
  } finally {
    store.close();
  }
}

/** What lies in a store beside its catalogue that the catalogue does not know. */
export async function strayFiles(home: string): Promise<readonly string[]> {
  const store = await MarketStore.open(join(home, "market"));
  try {
    const known = new Set(store.partitions().map(({ path }) => path));
    const files = readdirSync(store.folder, {
      recursive: true,
      withFileTypes: true,
    }).filter((entry) => entry.isFile());
    const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(store.folder.length + 1));
    return paths.filter((path) => !known.has(path) && !path.startsWith("catalogue.sqlite"));
  } finally {
    store.close();
  }
}

const END = Number.MAX_SAFE_INTEGER as Instant;
const YEAR_2025 = 1_735_689_600_000_000;
