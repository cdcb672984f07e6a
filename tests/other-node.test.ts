// The same run under another engine: last digits of the language's own functions may differ between versions, ours may not.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const other = fileURLToPath(new URL("../tools/other-node/node_modules/.bin/node", import.meta.url));
const script = fileURLToPath(new URL("../tools/run-hash.ts", import.meta.url));

interface Answer {
  readonly node: string;
  readonly hash: string;
}

function answerOf(binary: string): Answer {
  const { status, stdout, stderr } = spawnSync(binary, ["--no-warnings", script], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${binary} failed: ${stderr}`);
  return JSON.parse(stdout) as Answer;
}

it.skipIf(!existsSync(other))(
  "two years of backtests, on SPX and on SPY, are the same bytes (skipped until npm test has brought another Node)",
  () => {
    const [own, theirs] = [answerOf(process.execPath), answerOf(other)];
    expect(theirs.node.split(".")[0]).not.toBe(own.node.split(".")[0]);
    expect(own.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(theirs.hash).toBe(own.hash);
  },
  60_000,
);
