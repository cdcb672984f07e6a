// `node tools/bits.ts NODE...`: whether pricing gives the same bits under every Node binary that is named, this one
// included. Exit status 1 where one differs.

import { spawnSync } from "node:child_process";

const SCRIPT = new URL("../packages/pricing/src/testing/fingerprints.ts", import.meta.url).href;
const PROGRAM = `
  const { americanFingerprints, fingerprints } = await import(${JSON.stringify(SCRIPT)});
  const all = { ...fingerprints(), ...americanFingerprints() };
  console.log(JSON.stringify({ ...process.versions, fingerprints: all }));`;

interface Answer {
  readonly node: string;
  readonly v8: string;
  readonly fingerprints: Readonly<Record<string, string>>;
}

function main(binaries: readonly string[]): number {
  const [own, ...others] = [process.execPath, ...binaries].map(answerOf);
  if (own === undefined) return 1;
  const names = Object.keys(own.fingerprints);
  console.log(`node ${own.node} (V8 ${own.v8}): ${names.length} functions`);
  let differing = 0;
  for (const { node, v8, fingerprints } of others) {
    const different = names.filter((name) => fingerprints[name] !== own.fingerprints[name]);
    differing += different.length;
    console.log(
      `node ${node} (V8 ${v8}): ${different.length === 0 ? "the same bits" : different.join(", ")}`,
    );
  }
  return differing === 0 ? 0 : 1;
}

function answerOf(binary: string): Answer {
  // Node 22 strips types from 22.18 on by itself, before that when asked.
  for (const flags of [[], ["--experimental-strip-types"]]) {
    const args = [...flags, "--no-warnings", "--input-type=module", "--eval", PROGRAM];
    const { status, stdout } = spawnSync(binary, args, { encoding: "utf8" });
    if (status === 0) return JSON.parse(stdout);
  }
  throw new Error(`expected ${binary} to be a Node of 22 or later, found that it does not run the functions`);
}

process.exitCode = main(process.argv.slice(2));
