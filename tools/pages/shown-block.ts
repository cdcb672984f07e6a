// What a page shows as run: a command with its output, or a snippet with what it prints.

import { spawn } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { transcript } from "../../apps/cli/src/testing/transcript.ts";

/** A command of the product, an example of the repository, or TypeScript. */
export interface ShownBlock {
  readonly kind: "steward" | "example" | "snippet";
  /** The arguments, the path or the text that is run. */
  readonly source: string;
  /** What the page says that it prints. */
  readonly output: string;
  /** All of it as it stands in the page. */
  readonly text: string;
}

/** The root of the repository. */
export const root: URL = new URL("../../", import.meta.url);

/** The pages, by their paths from the root. */
export const PAGES: readonly string[] = globSync(
  [
    "README.md",
    "packages/*/README.md",
    "docs/pricing.md",
    "docs/pricing/*.md",
    "docs/condor.md",
    "docs/hedge.md",
    "docs/management.md",
    "docs/profiles.md",
    "docs/second-engine.md",
    "docs/sweep.md",
  ],
  { cwd: root.pathname },
).toSorted((left, right) => (left < right ? -1 : 1));

/** The text of a page. */
export function textOf(page: string): string {
  return readFileSync(new URL(page, root), "utf8");
}

const SHOWN =
  /```console\n\$ npx (?<tool>steward|node) (?<args>[^\n]*)\n(?<printed>[\s\S]*?)```|```ts\n(?<code>[\s\S]*?)```\n\n```text\n(?<result>[\s\S]*?)```/g;

/** Everything that a page shows as run, from top to bottom. */
export function blocksOf(page: string): readonly ShownBlock[] {
  return [...textOf(page).matchAll(SHOWN)].map(({ 0: text, groups = {} }) => {
    const { tool, args = "", printed = "", code = "", result = "" } = groups;
    if (tool === undefined) return { kind: "snippet", source: code, output: result.trimEnd(), text };
    return { kind: tool === "node" ? "example" : "steward", source: args, output: printed.trimEnd(), text };
  });
}

/** What the block prints now. Throws if it fails. */
export async function printedBy({ kind, source }: ShownBlock): Promise<string> {
  switch (kind) {
    case "steward": {
      const { out, err, status } = await transcript(source.split(" "));
      if (status !== 0) throw new Error(`steward ${source} ended with ${status}: ${err}`);
      return out;
    }
    case "example":
      return await node([source], "");
    case "snippet":
      return await node(["--input-type=module-typescript", "-"], source);
  }
}

/** The block as it should stand, with what it prints. */
export function refreshed({ kind, source }: ShownBlock, printed: string): string {
  if (kind === "snippet") return `\`\`\`ts\n${source}\`\`\`\n\n\`\`\`text\n${printed}\n\`\`\``;
  return `\`\`\`console\n$ npx ${kind === "example" ? "node" : kind} ${source}\n${printed}\n\`\`\``;
}

/** Examples time themselves: a time counts as any other, wherever it is printed. */
export function withoutTimes(printed: string): string {
  return printed.replace(/ +[\d.]+ (?:ns|µs|ms)$/gm, " (time)");
}

function node(args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: "1" };
    const child = spawn(process.execPath, args, { cwd: root.pathname, env });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", (status) => {
      if (status === 0) resolve(out.trimEnd());
      else reject(new Error(`expected a run without errors, found ${status}: ${err}`));
    });
    child.stdin.end(input);
  });
}
