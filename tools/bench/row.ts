/** One line of the bench. */
export interface Row {
  readonly area: string;
  readonly work: string;
  readonly engine: string;
  /** What was measured, in words and in numbers. */
  readonly speed: string;
  readonly perSecond?: number;
  readonly seconds?: number;
  /** How many times as fast the area's first row was in the same rounds. */
  readonly ratio?: number;
  readonly accuracy?: string;
}

/** 12.3 M/s, 45.6 k/s or 78.9 /s. */
export function rate(perSecond: number): string {
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(2)} M/s`;
  return perSecond >= 1e3 ? `${(perSecond / 1e3).toFixed(1)} k/s` : `${perSecond.toFixed(0)} /s`;
}

/** The rows as a table of text. */
export function table(rows: readonly Row[]): string {
  const heads = ["work", "engine", "speed", "first row is", "accuracy"];
  const cells = rows.map(({ work, engine, speed, ratio, accuracy }) => [
    work,
    engine,
    speed,
    ratio === undefined ? "" : `${ratio.toFixed(2)} x`,
    accuracy ?? "",
  ]);
  const widths = heads.map((head, index) =>
    Math.max(head.length, ...cells.map((line) => line[index]?.length ?? 0)),
  );
  const lineOf = (line: readonly string[]): string =>
    line
      .map((cell, index) =>
        index === 2 || index === 3 ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      )
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  const lines: string[] = [lineOf(heads), rule];
  for (const [index, line] of cells.entries()) {
    if (index > 0 && rows[index]?.area !== rows[index - 1]?.area) lines.push("");
    lines.push(lineOf(line));
  }
  return lines.join("\n");
}
