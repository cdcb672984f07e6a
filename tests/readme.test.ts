// The README shows what the commands print. Each console block is run again and must print the same.

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { transcript } from "../apps/cli/src/testing/transcript.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const scripts: Record<string, string> = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
).scripts;
const blocks = [...readme.matchAll(/```console\n\$ npx steward ([^\n]*)\n([\s\S]*?)\n```/g)];

describe("README.md", () => {
  it("shows the two commands, and both are scripts", () => {
    for (const script of ["start", "test"]) {
      expect(readme).toMatch(new RegExp(`^npm ci && npm ${script}$`, "m"));
      expect(scripts[script]).toBeDefined();
    }
    expect(blocks.length).toBeGreaterThanOrEqual(2);
  });

  it.each(blocks.map(([, command = "", output = ""]) => ({ command, output })))(
    "prints what it shows for steward $command",
    async ({ command, output }) => {
      expect((await transcript(command.split(" "))).out).toBe(output);
    },
  );

  it.each([...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, target = ""]) => target))(
    "links to %s, which exists",
    (target) => {
      expect(existsSync(new URL(`../${target}`, import.meta.url))).toBe(true);
    },
  );
});
