// `node tools/refresh-pages.ts [page …]`: runs again what the pages show as run, and writes what it prints now.

import { writeFileSync } from "node:fs";
import { blocksOf, PAGES, printedBy, refreshed, root, textOf } from "./pages/shown-block.ts";

const wanted = process.argv.slice(2);
for (const page of PAGES) {
  if (wanted.length > 0 && !wanted.includes(page)) continue;
  let text = textOf(page);
  for (const block of blocksOf(page)) {
    const printed = await printedBy(block);
    text = text.replace(block.text, () => refreshed(block, printed));
  }
  writeFileSync(new URL(page, root), text);
}
