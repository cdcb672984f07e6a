// `node tools/refresh-readme.ts`: runs the README's console blocks again and writes what they print now.

import { readFileSync, writeFileSync } from "node:fs";
import { transcript } from "../apps/cli/src/testing/transcript.ts";

const path = new URL("../README.md", import.meta.url);
let readme = readFileSync(path, "utf8");
for (const [block, command = ""] of readme.matchAll(/```console\n\$ npx steward ([^\n]*)\n[\s\S]*?```/g)) {
  const { out, err, status } = await transcript(command.split(" "));
  if (status !== 0) throw new Error(`steward ${command} ended with ${status}: ${err}`);
  readme = readme.replace(block, () => `\`\`\`console\n$ npx steward ${command}\n${out}\n\`\`\``);
}
writeFileSync(path, readme);
