import { type Html, html } from "../html.ts";

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => Html | string;
  /** Right-aligned and never broken. */
  readonly isNumber?: boolean;
  /** Takes the card's whole width on a phone. */
  readonly isWhole?: boolean;
  /** Left out on a phone: what the other columns can do without. */
  readonly isExtra?: boolean;
}

/** What a cell says where the column does not apply; cards leave it out. */
export const NOT_APPLICABLE = "–";

export interface TableParts<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly caption?: string;
  /** Turns rows into cards where the table does not fit. */
  readonly isStacked?: boolean;
  readonly isTotal?: (row: Row) => boolean;
}

/** A table whose first column names the row. */
export function table<Row>({ columns, rows, caption, isStacked = false, isTotal }: TableParts<Row>): Html {
  const head = columns.map((column) => html`<th scope="col"${classOf(namesOf(column))}>${column.head}</th>`);
  const body = rows.map((row) => {
    const cells = columns.map((column, index) => cellOf(column, row, index === 0));
    return html`<tr${classOf(isTotal?.(row) === true ? "total" : "")}>${cells}</tr>`;
  });
  const title = caption === undefined ? undefined : html`<caption>${caption}</caption>`;
  return html`<table${classOf(isStacked ? "stack" : "")}>${title}<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function cellOf<Row>(column: Column<Row>, row: Row, isFirst: boolean): Html {
  const content = column.cell(row);
  if (isFirst) return html`<th scope="row"${classOf(namesOf(column))}>${content}</th>`;
  const names = content === NOT_APPLICABLE ? `${namesOf(column)} none`.trim() : namesOf(column);
  return html`<td${classOf(names)} data-label="${column.head}">${content}</td>`;
}

function namesOf<Row>({ isNumber = false, isWhole = false, isExtra = false }: Column<Row>): string {
  return [isNumber ? "num" : "", isWhole ? "whole" : "", isExtra ? "extra" : ""]
    .filter((name) => name !== "")
    .join(" ");
}

function classOf(names: string): Html | undefined {
  return names === "" ? undefined : html` class="${names}"`;
}
