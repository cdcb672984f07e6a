import { spawnSync } from "node:child_process";

/** What a command took in a process of its own, whose memory is that of the command alone. */
export interface Spent {
  readonly seconds: number;
  /** The highest resident set. */
  readonly megabytes: number;
}

/** Runs the command line with a home of its own. Throws if it fails. */
export function spentBySteward(args: readonly string[], home: string): Spent {
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", TELL_MEMORY, "apps/cli/bin/steward.js", ...args],
    { env: { ...process.env, STEWARD_HOME: home }, encoding: "utf8", maxBuffer: 1e9 },
  );
  const seconds = (performance.now() - start) / 1000;
  const kilobytes = Number(stderr.trim().split("\n").at(-1));
  if (status !== 0 || Number.isNaN(kilobytes))
    throw new Error(`expected steward ${args[0]} to succeed, found ${stderr}`);
  return { seconds, megabytes: kilobytes / 1024 };
}

const TELL_MEMORY =
  "data:text/javascript,process.on('exit', () => console.error(process.resourceUsage().maxRSS))";
