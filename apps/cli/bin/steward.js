#!/usr/bin/env node
// Plain JavaScript that any Node parses, so that an old one gets a sentence instead of a syntax error.
const [major] = process.versions.node.split(".");
if (Number(major) < 24) {
  process.stderr.write(
    `steward: runtime.node: expected Node 24 or newer, found ${process.versions.node}; run it as npx steward in the checkout, which brings its own\n`,
  );
  process.exit(1);
}
const { main } = await import("../src/main.ts");
process.exitCode = await main(process.argv.slice(2));
