// `npm test`: everything that must hold, one line a check, and a closing line that counts.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Check {
  readonly name: string;
  readonly command: readonly string[];
  /** Turns what the command printed into a complaint, where its exit status does not say enough. */
  readonly complain?: (output: string) => string | undefined;
}

const bin = (name: string): string => join("node_modules", ".bin", name);

/** Another Node to compare results with, in a folder of its own: two of them cannot share one folder of programs. */
const OTHER_NODE = join("tools", "other-node");

const CHECKS: readonly Check[] = [
  { name: "types of the deterministic rows", command: [bin("tsc"), "-p", "tsconfig.pure.json"] },
  { name: "types", command: [bin("tsc"), "-p", "tsconfig.json"] },
  { name: "lint and format", command: [bin("biome"), "ci", "--colors=off", "--error-on-warnings", "."] },
  { name: "dead code", command: [bin("knip"), "--no-config-hints"] },
  {
    name: "cycles",
    command: [bin("depcruise"), "--config", ".dependency-cruiser.mjs", "packages", "apps", "examples"],
    // A cruiser that does not understand the compiler finds nothing and is content.
    complain: (output) => {
      const modules = Number(/\((\d+) modules/.exec(output)?.[1] ?? 0);
      return modules > 100 ? undefined : `expected more than 100 modules, cruised ${modules}`;
    },
  },
];

const BRING_OTHER_NODE: Check = {
  name: "another Node to compare with",
  command: ["npm", "ci", "--prefix", OTHER_NODE],
};

async function main(): Promise<number> {
  let passed = 0;
  let failed = 0;
  const isThere = existsSync(join(OTHER_NODE, bin("node")));
  for (const check of isThere ? CHECKS : [...CHECKS, BRING_OTHER_NODE]) {
    const complaint = await runCheck(check);
    if (complaint === undefined) passed += 1;
    else failed += 1;
    console.log(complaint === undefined ? `ok    ${check.name}` : `FAIL  ${check.name}\n${complaint}`);
  }

  const tests = await runTests();
  console.log(
    `${passed + tests.passed} passed, ${failed + tests.failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ""}`,
  );
  return failed + tests.failed === 0 ? 0 : 1;
}

async function runCheck({ command, complain }: Check): Promise<string | undefined> {
  const { status, output } = await run(command, { echo: false });
  return status === 0 ? complain?.(output) : output;
}

async function runTests(): Promise<{ passed: number; failed: number; skipped: number }> {
  const results = join(mkdtempSync(join(tmpdir(), "steward-verify-")), "results.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
  const { status } = await run([bin("vitest"), "run", ...reporters], { echo: true });
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(results, "utf8"));
    // A suite that fails to load has no failed test; it must not pass for want of one.
    const failed = numFailedTests === 0 && status !== 0 ? 1 : numFailedTests;
    return { passed: numPassedTests, failed, skipped: numPendingTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function run(
  command: readonly string[],
  { echo }: { readonly echo: boolean },
): Promise<{ status: number; output: string }> {
  const [file = "", ...args] = command;
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: "1" };
    const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], env });
    let output = "";
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
      if (echo) process.stdout.write(chunk);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => resolve({ status: 1, output: String(error) }));
    child.on("close", (status) => resolve({ status: status ?? 1, output }));
  });
}

process.exitCode = await main();
