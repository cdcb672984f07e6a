import type { Format, Opening, Remark } from "../format.ts";
import { notThis } from "../json-records.ts";
import { leftOut } from "../row-reading.ts";
import { isShillerHeader, shillerColumns } from "../shiller-columns.ts";
import type { Row } from "../table.ts";
import { beginsLikeWorkbook, readSheet } from "../workbook.ts";

/**
 * Shiller's workbook `ie_data.xls`: the sheet Data, under a header in rows one upon the other of which the last begins
 * `Date,P,D,E,CPI`. A month is a number, 1871.1 October; the last rows lack dividends and earnings, and notes end the table.
 */
export const shillerXls: Format = {
  id: "shiller-xls",
  title: "Shiller's workbook, ie_data.xls",
  vendor: "shiller",
  recognizes: isWorkbook,
  read: async function* (source) {
    const { rows, bytesRead } = await readSheet(source, "Data");
    const top = rows.findIndex((row) => isShillerHeader(textsOf(row)));
    const header = rows[top];
    if (header === undefined) throw notThis(source, "a row Date,P,D,E,CPI in the sheet Data", "none");
    const { names, read } = shillerColumns(textsOf(header), source);
    const months: Row[] = [];
    const remarks: Remark[] = [];
    for (const [i, row] of rows.slice(top + 1).entries()) {
      const line = top + i + 2;
      const [month = ""] = row;
      if (typeof month === "number") months.push({ line, cells: cellsOf(row, names) });
      else if (row.some((cell) => cell !== "")) {
        remarks.push(
          leftOut(line, "shiller.note", `no month: ${textsOf(row).join(" ").trim().slice(0, 80)}`),
        );
      }
    }
    yield read({ rows: months, remarks, bytesRead });
  },
};

/** What is in a workbook shows when it is read: its sheets may stand anywhere in it. */
function isWorkbook({ bytes, text }: Opening): boolean {
  return beginsLikeWorkbook(bytes) && (!text.startsWith("PK") || text.includes("xl/"));
}

function textsOf(row: readonly (string | number)[]): readonly string[] {
  return row.map(String);
}

function cellsOf(
  [month = "", ...others]: readonly (string | number)[],
  names: readonly string[],
): Row["cells"] {
  const cells: Record<string, string> = Object.create(null);
  const texts = [typeof month === "number" ? month.toFixed(2) : month, ...textsOf(others)];
  for (const [i, name] of names.entries()) cells[name] = texts[i] ?? "";
  return cells;
}
