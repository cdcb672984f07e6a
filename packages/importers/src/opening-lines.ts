import type { Opening } from "./format.ts";

/** The first lines of an opening that are not blank, trimmed, without a byte order mark. */
export function openingLines({ text }: Opening, count: number): readonly string[] {
  const found: string[] = [];
  // A binary file may be one line of 64 KiB.
  for (const line of text
    .slice(0, 16_384)
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)) {
    if (line.trim() === "") continue;
    found.push(line.trim());
    if (found.length === count) break;
  }
  return found;
}

/** The header and the first row of an opening, quotes and blanks around cells taken off; empty where they are missing. */
export function headerAndRow(opening: Opening): { readonly header: string; readonly row: string } {
  const [header = "", row = ""] = openingLines(opening, 2).map((line) => {
    const cells = line.replaceAll('"', "").split(",");
    return cells.map((cell) => cell.trim()).join(",");
  });
  return { header, row };
}
