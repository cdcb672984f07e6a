/** Numbers as the product writes them: minus is U+2212, thousands have commas, gains and losses are signed. */

const MINUS = "\u2212";

/** So many decimals, commas between thousands. */
export function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toLocaleString("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return value < 0 && Number(text.replaceAll(",", "")) !== 0 ? `${MINUS}${text}` : text;
}

/** The same with a plus before gains; zero has no sign. */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return text.startsWith(MINUS) || Number(text.replaceAll(",", "")) === 0 ? text : `+${text}`;
}

/** Whole dollars. */
export function dollars(value: number): string {
  return value < 0 ? `${MINUS}$${fixed(-value, 0)}` : `$${fixed(value, 0)}`;
}

/** A share as a percentage. */
export function percent(share: number | undefined, decimals = 1): string {
  return share === undefined ? "n/a" : `${fixed(share * 100, decimals)} %`;
}

/** A share as a signed percentage. */
export function signedPercent(share: number | undefined, decimals = 1): string {
  return share === undefined ? "n/a" : `${signed(share * 100, decimals)} %`;
}

/** Rows of cells as aligned lines: words, in the first columns, to the left, numbers to the right. */
export function alignColumns(rows: readonly (readonly string[])[], leftColumns = 1): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const padded = (cell: string, column: number): string => {
    const width = widths[column] ?? 0;
    return column < leftColumns ? cell.padEnd(width) : cell.padStart(width);
  };
  return rows.map((row) => `  ${row.map(padded).join("  ")}`.trimEnd());
}
