// The market store: generated chains in, a chain and a selection out, and the memory of an import.

import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Instant } from "@steward/model";
import { chainOf, MarketStore, selectedQuotes } from "@steward/store";
import { writeChainTable } from "./chain-table.ts";
import { CHAIN_ROWS, chain, sessionNumber } from "./chains.ts";
import { median } from "./rounds.ts";
import { type Row, rate } from "./row.ts";
import { spentBySteward } from "./steward-process.ts";

/** 5 million quotes, and 24.7 million. */
const SESSIONS = 250;
const SCANNED_SESSIONS = 1235;
/** Sessions of an import: each is timed for itself. */
const PART = 25;
const END = Number.MAX_SAFE_INTEGER as Instant;
const NEEDED_BYTES = 4e9;

/** Speed and memory of the market store, in a temporary folder. */
export async function marketStoreRows(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "steward-bench-"));
  try {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < NEEDED_BYTES) throw new Error(`expected 4 GB free in ${folder}`);
    const store = await MarketStore.open(join(folder, "market"));
    try {
      return [
        await appendRow(store),
        ...(await chainRows(store)),
        await scanRow(store),
        ...[1, 5].map((millions) => importRow(folder, millions)),
      ];
    } finally {
      store.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function appendRow(store: MarketStore): Promise<Row> {
  const speeds: number[] = [];
  let seconds = 0;
  for (let first = 0; first < SESSIONS; first += PART) {
    const part = await append(store, first, PART);
    speeds.push((PART * CHAIN_ROWS) / part);
    seconds += part;
  }
  const perSecond = (SESSIONS * CHAIN_ROWS) / seconds;
  return {
    ...AREA,
    work: "append of 5 million quotes in 250 sessions",
    engine: "from objects to files forced to disk",
    speed: rate(perSecond),
    perSecond,
    accuracy: `imports of 25 sessions: best ${rate(Math.max(...speeds))}, median ${rate(median(speeds))}`,
  };
}

/** Seconds that an import of some sessions takes, without those of generating them. */
async function append(store: MarketStore, first: number, count: number): Promise<number> {
  const name = `sessions from ${first}`;
  let generating = 0;
  const start = performance.now();
  await store.import({ source: "generated", format: "bench", name, now: END }, async (writer) => {
    for (let number = first; number < first + count; number += 1) {
      const before = performance.now();
      const quotes = chain(number);
      generating += performance.now() - before;
      await writer.append("quotes", quotes);
    }
    return { contentHash: name, report: "{}" };
  });
  return (performance.now() - start - generating) / 1000;
}

async function chainRows(store: MarketStore): Promise<readonly Row[]> {
  const times: number[] = [];
  for (let number = 0; number < SESSIONS; number += 1) {
    const start = performance.now();
    const found = await chainOf(store, { underlying: "SPX", session: sessionNumber(number), asOf: END });
    times.push((performance.now() - start) / 1000);
    if (found?.quotes.rows !== CHAIN_ROWS) throw new Error(`expected ${CHAIN_ROWS} contracts a session`);
  }
  const [first = 0, ...warm] = times;
  const seconds = median(warm);
  return [
    {
      ...AREA,
      work: "a session's chain of 20,000 contracts",
      engine: "22 columns into typed arrays, median of 249 sessions",
      speed: milliseconds(seconds),
      seconds,
      accuracy: `the first ${milliseconds(first)}, then ${milliseconds(Math.min(...warm))} to ${milliseconds(Math.max(...warm))}`,
    },
  ];
}

async function scanRow(store: MarketStore): Promise<Row> {
  await append(store, SESSIONS, SCANNED_SESSIONS - SESSIONS);
  const times: number[] = [];
  let rows = 0;
  for (let round = 0; round < 3; round += 1) {
    const start = performance.now();
    const found = await selectedQuotes(store, {
      underlying: "SPX",
      asOf: END,
      daysToExpiration: { least: 30, most: 45 },
      absoluteDelta: { least: 0.09, most: 0.11 },
      columns: ["session", "expiration", "strike", "right", "bid", "ask", "delta"],
    });
    times.push((performance.now() - start) / 1000);
    rows = found?.facts.rows ?? 0;
  }
  const [first = 0, ...warm] = times;
  return {
    ...AREA,
    work: `scan of ${((SCANNED_SESSIONS * CHAIN_ROWS) / 1e6).toFixed(1)} million quotes in 1,235 sessions`,
    engine: "30 to 45 days, 10 delta, seven columns",
    speed: `${first.toFixed(2)} s`,
    seconds: first,
    accuracy: `${rows} found; again ${warm.map((time) => time.toFixed(2)).join(", ")} s`,
  };
}

/** In a process of its own, whose memory is that of the import alone. */
function importRow(folder: string, millions: number): Row {
  const home = join(folder, `home-${millions}`);
  const path = join(folder, `chains-${millions}.csv`);
  const sessions = (millions * 1e6) / CHAIN_ROWS;
  writeChainTable(path, sessions);
  const { seconds, megabytes } = spentBySteward(["data", "import", path], home);
  rmSync(path);
  rmSync(home, { recursive: true, force: true });
  return {
    ...AREA,
    work: `memory of importing ${millions} million quotes`,
    engine: "steward data import, chain-table, highest resident set",
    speed: `${megabytes.toFixed(0)} MB`,
    seconds,
    accuracy: `${rate((millions * 1e6) / seconds)}, reading the text included`,
  };
}

const AREA = { area: "store" };

function milliseconds(seconds: number): string {
  return `${(1000 * seconds).toFixed(1)} ms`;
}
