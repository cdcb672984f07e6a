import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addDays, type CalendarDate, sessionsBetween } from "@steward/model";
import { afterEach, beforeEach, expect, it } from "vitest";

const GIGABYTE = 2 ** 20;
const TELL_MEMORY =
  "data:text/javascript,process.on('exit', () => console.error(process.resourceUsage().maxRSS))";
const SESSIONS = sessionsBetween("2023-01-03" as CalendarDate, "2023-12-29" as CalendarDate);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "steward-memory-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** 20,000 quotes: forty expirations of 250 strikes, calls and puts. */
function chainLines(session: CalendarDate): string {
  const lines: string[] = [];
  for (let days = 1; days <= 40; days += 1) {
    const expiration = addDays(session, 7 * days);
    for (let i = 0; i < 500; i += 1) {
      const strike = 3000 + 5 * Math.floor(i / 2);
      const bid = ((i * days) % 977) / 10;
      const sizes = `${1 + (i % 97)},${1 + (i % 89)}`;
      const greeks = `0.${1000 + i},0.${1000 + days},0.00${1 + (i % 9)},-0.${100 + i},${bid / 7}`;
      lines.push(
        `${session},SPXW,${expiration},${strike},${i % 2 === 0 ? "C" : "P"},${bid},${bid + 1},${sizes},${greeks}`,
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Kilobytes of the highest resident set of `steward data import` of so many sessions. */
function memoryOf(sessions: number): number {
  const path = join(folder, `${sessions}.csv`);
  writeFileSync(
    path,
    "quote_date,root,expiration,strike,right,bid,ask,bid_size,ask_size,iv,delta,gamma,theta,vega\n",
  );
  for (const session of SESSIONS.slice(0, sessions)) appendFileSync(path, chainLines(session));
  const steward = new URL("../bin/steward.js", import.meta.url).pathname;
  const args = ["--import", TELL_MEMORY, steward, "data", "import", path];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    env: { ...process.env, STEWARD_HOME: join(folder, `home-${sessions}`) },
    encoding: "utf8",
  });
  expect(status).toBe(0);
  expect(stdout).toContain((20_000 * sessions).toLocaleString("en-US"));
  return Number(stderr.trim().split("\n").at(-1));
}

it("importing takes less than 2 GB, whether a million quotes or three", () => {
  const [one, three] = [memoryOf(50), memoryOf(150)];
  expect(one).toBeLessThan(2 * GIGABYTE);
  // What grows with the file is the list of its partitions.
  expect(three).toBeLessThan(1.3 * one);
});
