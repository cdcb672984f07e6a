import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";

const LINES = 1_000_000;
const MOST_MEGABYTES = 200;
const STEWARD = new URL("../bin/steward.js", import.meta.url).pathname;

it.each([
  ["price", { volatility: 0.2 }, "vega"],
  ["implied-volatility", { price: 50 }, "volatility"],
])(
  "steward %s answers a million lines in bounded memory, however slowly they are read",
  async (command, with_, key) => {
    const child = spawn(process.execPath, [STEWARD, command], { stdio: ["pipe", "pipe", "inherit"] });
    const written = write(child.stdin, with_);
    let answers = 0;
    let peak = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      answers += 1;
      if (answers % 100_000 === 1) {
        // Long enough for all answers to pile up in a process that did not wait.
        await new Promise((resolve) => setTimeout(resolve, 1000));
        peak = Math.max(peak, residentMegabytes(child.pid));
        expect(JSON.parse(line)).toHaveProperty(key);
      }
    }
    await written;
    expect(answers).toBe(LINES);
    expect(peak).toBeLessThan(MOST_MEGABYTES);
  },
  300_000,
);

async function write(input: NodeJS.WritableStream, with_: object): Promise<void> {
  for (let line = 0; line < LINES; line += 1) {
    const strike = 5900 + (line % 200);
    const option = { model: "european", right: "call", spot: 6000, strike, years: 0.1, rate: 0.04, ...with_ };
    // Every price of 50 has a volatility only out of the money.
    const text = "price" in with_ ? { ...option, strike: strike + 150 } : option;
    if (!input.write(`${JSON.stringify(text)}\n`)) await once(input, "drain");
  }
  input.end();
}

/** The most memory that a process has had, where the system tells. */
function residentMegabytes(pid: number | undefined): number {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return 0;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(status, "utf8"))?.[1] ?? 0) / 1024;
}
